// Lints Python files with Ruff: node lint.mjs FILE... ; exit code 1 where it finds something.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const ruff = createRequire(import.meta.url)("@astral-sh/ruff-wasm-nodejs");

const workspace = new ruff.Workspace(
  {
    preview: true,
    "line-length": 100,
    "target-version": "py310",
    lint: {
      select: ["AIR", "B", "C4", "E", "F", "I", "N", "PTH", "RET", "RUF", "S", "SIM", "UP", "W"],
      // A test asserts, and this is the only Python of the project.
      ignore: ["S101"],
    },
  },
  ruff.PositionEncoding.Utf32,
);

// A linter that finds nothing anywhere would be of no use: this is Airflow 2 of the oldest kind.
const old = `from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("old", schedule_interval="@daily"):
    BashOperator(task_id="a", bash_command="true")
`;
const known = workspace.check(old).filter((d) => /^(AIR3|airflow3)/.test(d.code));
if (known.length < 2) {
  console.error(`ruff ${ruff.Workspace.version()} does not know Airflow 2 when it sees it`);
  process.exit(1);
}

let findings = 0;
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  for (const d of workspace.check(text)) {
    findings++;
    console.log(`${file}:${d.start_location.row}: ${d.code} ${d.message}`);
  }
  if (workspace.format(text) !== text) {
    findings++;
    console.log(`${file}: not formatted as "ruff format --line-length 100" would`);
  }
}
console.log(`ruff ${ruff.Workspace.version()}, ${process.argv.length - 2} files: ${findings} findings`);
process.exit(findings === 0 ? 0 : 1);
