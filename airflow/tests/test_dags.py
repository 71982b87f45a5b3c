"""Loads the DAGs with the real Airflow. Skipped, and said so, where Airflow is not installed.

pytest airflow/tests/test_dags.py
"""

from __future__ import annotations

import importlib.util
import json
import subprocess  # ruff: ignore[suspicious-subprocess-import]
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

pytest.importorskip("airflow.sdk", reason="Airflow 3 is not installed: the DAGs were NOT loaded")
pytest.importorskip(
    "airflow.providers.apache.spark.operators.spark_submit",
    reason="the apache-spark provider is not installed: the DAGs were NOT loaded",
)

FOLDER = Path(__file__).parents[1]
PIPELINE = json.loads((FOLDER / "pipeline.json").read_text(encoding="utf-8"))
JOBS = [job["name"] for job in PIPELINE["jobs"]]


def load():
    spec = importlib.util.spec_from_file_location("stratify_dags", FOLDER / "stratify_dags.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DAGS = load()
BOTH = pytest.mark.parametrize("dag", [DAGS.daily, DAGS.refit], ids=lambda d: d.dag_id)


@BOTH
def test_the_tasks_are_the_jobs_one_after_the_other(dag):
    assert set(dag.task_ids) == {*JOBS, "champion_kept", "refit_proposed"}
    for before, after in pairwise(JOBS):
        assert dag.get_task(before).downstream_task_ids == {after}
        assert dag.get_task(after).upstream_task_ids == {before}
    assert dag.get_task(JOBS[-1]).downstream_task_ids == {"champion_kept", "refit_proposed"}


@BOTH
def test_one_run_at_a_time_with_a_data_interval_and_no_catchup(dag):
    assert dag.max_active_runs == 1
    assert dag.catchup is False
    assert type(dag.timetable).__name__ == "CronDataIntervalTimetable"


@BOTH
def test_tasks_wait_in_a_pool_and_are_tried_again_ever_later(dag):
    for job in JOBS:
        task = dag.get_task(job)
        assert task.pool == "stratify"
        assert task.retries == (6 if job == JOBS[0] else 2)
        assert task.retry_exponential_backoff == 2
        assert task.max_retry_delay == timedelta(hours=1)
        assert task.execution_timeout >= timedelta(hours=3)
        assert task.on_failure_callback
    for told in ("champion_kept", "refit_proposed"):
        assert dag.get_task(told).retries == 0
        assert dag.get_task(told).on_success_callback


@BOTH
def test_only_the_last_job_has_the_published_tables_as_outlets(dag):
    for job in JOBS[:-1]:
        assert not dag.get_task(job).outlets
    names = [asset.name for asset in dag.get_task(JOBS[-1]).outlets]
    assert names == [f"stratify_{table}" for table in PIPELINE["published"]]


@BOTH
def test_every_task_submits_its_job_as_a_part_of_the_run(dag):
    for job in JOBS:
        arguments = dag.get_task(job).application_args
        assert arguments[0] == job
        assert arguments[arguments.index("--part-of") + 1] == "{{ dag.dag_id }}.{{ run_id }}"
        assert "data_interval_end" in arguments[arguments.index("--as-of") + 1]
        assert "dag_run.run_after" in arguments[arguments.index("--as-of") + 1]


def test_maintenance_is_one_command_of_no_run_that_waits_for_others():
    dag = DAGS.maintain
    assert (dag.dag_id, dag.catchup, dag.max_active_runs) == ("stratify_maintain", False, 1)
    assert type(dag.timetable).__name__ == "CronDataIntervalTimetable"
    task = dag.get_task("maintain")
    assert dag.task_ids == ["maintain"]
    assert task.application_args == ["maintain", "--conf", "{{ var.value.stratify_conf }}"]
    assert (task.pool, task.retries, bool(task.on_failure_callback)) == ("stratify", 6, True)


def test_the_daily_dag_never_refits_and_the_other_always_does():
    assert "segments.refit-every=never" in DAGS.daily.get_task("segments").application_args
    assert "segments.refit-every=always" in DAGS.refit.get_task("segments").application_args


def connect(monkeypatch):
    from airflow.sdk import Connection

    connection = Connection(conn_id="spark_stratify", conn_type="spark", host="local[1]")
    monkeypatch.setattr(DAGS.BaseHook, "get_connection", lambda *_, **__: connection)


@pytest.mark.parametrize(
    ("code", "ending"),
    [(0, 0), (3, 3), (4, 4), (2, "AirflowFailException"), (1, "AirflowException")],
)
def test_exit_codes_are_told_apart(monkeypatch, code, ending):
    """With the hook of the provider and a command of our own in place of spark-submit."""
    from airflow.providers.apache.spark.hooks.spark_submit import SparkSubmitHook

    connect(monkeypatch)
    monkeypatch.setattr(
        SparkSubmitHook, "_build_spark_submit_command", lambda *_: ["sh", "-c", f"exit {code}"]
    )
    operator = DAGS.StratifyOperator(task_id="t", command="validation", job_settings={})
    if isinstance(ending, int):
        assert operator.execute({}) == ending
    else:
        with pytest.raises(DAGS.AirflowException) as raised:
            operator.execute({})
        assert type(raised.value).__name__ == ending


def test_a_missing_connection_fails_instead_of_going_to_yarn(monkeypatch):
    def missing(*_, **__):
        raise DAGS.AirflowNotFoundException("no such connection")

    monkeypatch.setattr(DAGS.BaseHook, "get_connection", missing)
    operator = DAGS.StratifyOperator(task_id="t", command="conform", job_settings={})
    with pytest.raises(DAGS.AirflowFailException, match="no connection spark_stratify"):
        operator.execute({})


@pytest.mark.parametrize(
    ("driver", "ending"),
    [
        ("trap 'exit 143' TERM; echo up; while :; do sleep 0.1; done", 143),
        ("trap '' TERM; echo up; while :; do sleep 0.1; done", -9),
    ],
    ids=["ends when it is asked", "does not"],
)
def test_a_driver_is_asked_to_end_before_it_is_killed(monkeypatch, driver, ending):
    """The provider alone kills, and a driver that is killed leaves its lock to all others."""
    connect(monkeypatch)
    monkeypatch.setattr(DAGS, "GRACE", timedelta(seconds=1))
    operator = DAGS.StratifyOperator(task_id="t", command="validation", job_settings={})
    operator._hook = operator._get_hook()
    process = subprocess.Popen(["/bin/sh", "-c", driver], stdout=subprocess.PIPE)  # ruff: ignore[subprocess-without-shell-equals-true]
    process.stdout.readline()
    operator._hook._submit_sp = process
    operator.on_kill()
    assert process.wait(timeout=10) == ending
