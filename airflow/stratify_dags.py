"""The schedule of Stratify: three DAGs of spark-submits, without any logic of segmentation.

Jobs, order and published tables are those of pipeline.json, which ``stratify pipeline --json``
prints. README.md, beside this file, says what to set up and what the states mean.
"""

from __future__ import annotations

import json
import logging
import os
import re
from datetime import timedelta
from importlib import import_module
from itertools import groupby
from pathlib import Path
from subprocess import TimeoutExpired  # ruff: ignore[suspicious-subprocess-import]
from typing import Any

import pendulum
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import (
    DAG,
    Asset,
    BaseHook,
    CronDataIntervalTimetable,
    Param,
    TaskGroup,
    chain,
    task,
)
from airflow.sdk.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowNotFoundException,
    AirflowSkipException,
)

log = logging.getLogger(__name__)

PIPELINE = json.loads(Path(__file__).with_name("pipeline.json").read_text(encoding="utf-8"))

CONNECTION = "spark_stratify"
POOL = "stratify"

# Exit codes of Stratify; any other but 0 may pass, and is tried again.
USAGE = 2
CHAMPION_KEPT = 3
REFIT_PROPOSED = 4

# What a driver is given to end in; Airflow itself ends a task after a minute by default.
GRACE = timedelta(seconds=30)

# The same run in all of its tasks and in no other DAG: what Stratify calls the id of the run.
RUN = "{{ dag.dag_id }}.{{ run_id }}"
# A run that is triggered without a logical date has no data interval either.
AS_OF = (
    "{{ params.as_of or"
    " ((data_interval_end if data_interval_end is defined and data_interval_end"
    " else dag_run.run_after) | ds) }}"
)


def alert(context: Any) -> None:
    """Tell people: call what STRATIFY_ALERT names as package.module.function, or only log."""
    ti = context["ti"]
    log.error("%s: task %s of run %s needs attention", ti.dag_id, ti.task_id, ti.run_id)
    target = os.environ.get("STRATIFY_ALERT")
    if target:
        module, _, function = target.rpartition(".")
        getattr(import_module(module), function)(context)


def exit_code(failure: BaseException) -> int | None:
    """Find the exit code that the hook of spark-submit has only in the text of its exception."""
    found = re.search(r"Error code is: (\d+)", str(failure))
    return int(found.group(1)) if found else None


class StratifyOperator(SparkSubmitOperator):
    """One command of Stratify; returns the exit code of what was done.

    A job describes an as-of date, as a part of the run of its DAG.

    The driver runs where the task runs (client mode): in cluster mode spark-submit would not hand
    on the exit code, by which a kept champion differs from a failure.
    """

    def __init__(
        self, *, command: str, job_settings: dict[str, str] | None = None, **kwargs: Any
    ) -> None:
        of_run: list[str] = []
        if job_settings is not None:
            of_run = ["--as-of", AS_OF, "--part-of", RUN]
            for key, value in job_settings.items():
                of_run += ["--set", f"{key}={value}"]
        super().__init__(
            conn_id=CONNECTION,
            deploy_mode="client",
            # Plans over many columns are deep; options of the properties file are added to this.
            conf={"spark.driver.defaultJavaOptions": "-Xss4m"},
            application="{{ var.value.stratify_jar }}",
            java_class="io.stratify.jobs.cli.Stratify",
            name=f"stratify {command}" + (f" {AS_OF}" if of_run else ""),
            properties_file="{{ var.value.get('stratify_spark_properties', '') }}",
            application_args=[command, "--conf", "{{ var.value.stratify_conf }}", *of_run],
            **kwargs,
        )

    def execute(self, context: Any) -> int:
        """Submit; a missing connection fails at once, since the hook would submit to YARN."""
        try:
            BaseHook.get_connection(self._conn_id)
        except AirflowNotFoundException as missing:
            raise AirflowFailException(
                f"Cannot submit: there is no connection {self._conn_id}. Make it as README.md says"
            ) from missing
        try:
            super().execute(context)
        except FileNotFoundError as missing:
            raise AirflowFailException(
                f"Cannot submit: this worker has no {missing.filename} on its PATH. Install Spark"
            ) from missing
        except AirflowException as failure:
            code = exit_code(failure)
            if code == USAGE:
                raise AirflowFailException(
                    "Bad usage or configuration; to try again is pointless. The log above says why"
                ) from failure
            if code not in (CHAMPION_KEPT, REFIT_PROPOSED):
                raise
            self.log.warning("The job is done, with exit code %d", code)
            return code
        return 0

    def on_kill(self) -> None:
        """Ask the driver to end, so that it gives its lock back; the provider only kills it."""
        driver = getattr(self._hook, "_submit_sp", None)
        if driver is not None and driver.poll() is None:
            driver.terminate()
            try:
                driver.wait(timeout=GRACE.total_seconds())
            except TimeoutExpired:
                self.log.warning("The driver did not end within %s and is killed", GRACE)
        super().on_kill()


def news(task_id: str, code: int, doc: str) -> Any:
    """Make a task that succeeds, and alerts, if a job ended with a code; else it is skipped."""

    @task(task_id=task_id, retries=0, on_success_callback=alert, doc_md=doc)
    def tell(ti: Any = None) -> None:
        told = [j["name"] for j in PIPELINE["jobs"] if ti.xcom_pull(task_ids=j["name"]) == code]
        if not told:
            raise AirflowSkipException(f"no job ended with exit code {code}")
        log.warning("%s: said by job %s; its log has lens and figures", task_id, told)

    return tell()


def jobs_by_room(settings: dict[str, str], timeout: timedelta) -> list[StratifyOperator]:
    """Make a task per job, each after the one before, in a group per room that it passes."""
    tasks: list[StratifyOperator] = []
    rooms: dict[str, int] = {}
    for room, jobs in groupby(PIPELINE["jobs"], key=lambda j: j["room"]):
        rooms[room] = rooms.get(room, 0) + 1
        group_id = f"room_{room}" if rooms[room] == 1 else f"room_{room}_{rooms[room]}"
        with TaskGroup(group_id=group_id, prefix_group_id=False):
            for job in jobs:
                last = job is PIPELINE["jobs"][-1]
                tasks.append(
                    StratifyOperator(
                        task_id=job["name"],
                        command=job["name"],
                        job_settings=settings,
                        doc_md=job["description"],
                        # The first job waits for other runs; what has begun should not idle long.
                        retries=2 if tasks else 6,
                        execution_timeout=timeout,
                        outlets=PUBLISHED if last else [],
                    )
                )
    chain(*tasks)
    return tasks


def scheduled(dag_id: str, cron: str, description: str, params: dict[str, Any]) -> DAG:
    """Make a DAG without tasks, of which one run at a time is at work."""
    return DAG(
        dag_id=dag_id,
        description=description,
        # A plain cron string has no data interval in Airflow 3.
        schedule=CronDataIntervalTimetable(cron, timezone="UTC"),
        start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
        catchup=False,
        max_active_runs=1,
        params=params,
        default_args={
            "owner": "stratify",
            "pool": POOL,
            "retry_delay": timedelta(minutes=5),
            "retry_exponential_backoff": 2,
            "max_retry_delay": timedelta(hours=1),
            "on_failure_callback": alert,
        },
        tags=["stratify"],
    )


def all_jobs(
    dag_id: str, cron: str, description: str, settings: dict[str, str], timeout: timedelta
) -> DAG:
    """Make a DAG that runs all jobs for the end of its data interval."""
    as_of = Param(
        None,
        type=["null", "string"],
        format="date",
        description="As-of date, if not the day on which the data interval ends",
    )
    with scheduled(dag_id, cron, description, {"as_of": as_of}) as dag:
        tasks = jobs_by_room(settings, timeout)
        kept = news(
            "champion_kept",
            CHAMPION_KEPT,
            "Succeeds where a gate failed, so that a lens kept its champion; the run is published.",
        )
        proposed = news(
            "refit_proposed",
            REFIT_PROPOSED,
            "Succeeds where the measures of a lens say that it should be refitted.",
        )
        tasks[-1] >> [kept, proposed]
    return dag


PUBLISHED = [
    Asset(name=f"stratify_{table}", uri=f"stratify://published/{table}")
    for table in PIPELINE["published"]
]

daily = all_jobs(
    "stratify_daily",
    "0 3 * * *",
    "Assign every customer to the published segmentations, and publish",
    {"segments.refit-every": "never"},
    timedelta(hours=3),
)

refit = all_jobs(
    "stratify_refit",
    "0 9 1 1,4,7,10 *",
    "Fit the lenses anew, apply the gates, and publish",
    {"segments.refit-every": "always"},
    timedelta(hours=8),
)

with scheduled(
    "stratify_maintain",
    "0 12 * * 0",
    "Put small files together, and delete what no reader and no version within the retention needs",
    {},
) as maintain:
    StratifyOperator(
        task_id="maintain",
        command="maintain",
        doc_md="Files by output.file-mb, retention by output.retention-days; waits for other runs.",
        retries=6,
        execution_timeout=timedelta(hours=4),
    )
