"""What a Prometheus is told, read by its own client's parser; the dashboard for Grafana asks for nothing else."""

import json
import re
import signal
import urllib.error
import urllib.request

import promql_parser
import pytest
from prometheus_client.parser import text_string_to_metric_families

from conftest import TOP
from test_server import STEPS, machine, until  # noqa: F401 (fixture)

FAILING = (
    '%%task retries=1 retryDelay=10ms\nint broken(int n) {\n    throw new IllegalStateException("no " + n);\n}',
    '%%flow name="Broken"\nint brokenFlow() {\n    return broken(1);\n}',
)
CACHED = (
    '%%task cache\nint kept(int n) {\n    return n;\n}',
    '%%flow name="Kept"\nint keptFlow() {\n    return kept(1) + kept(1);\n}',
)


def ask(machine, path="/metrics", token=None):
    server = json.loads((machine.folder / "home/server.json").read_text())
    request = urllib.request.Request(server["url"] + path, headers={} if token == "" else {"Authorization": "Bearer " + (token or server["token"])})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.headers["Content-Type"], answer.read().decode()


def samples(machine):
    """All values by name and labels, and all names, as Prometheus' own parser reads them."""
    kind, text = ask(machine)
    assert kind.replace(" ", "") == "text/plain;version=0.0.4;charset=utf-8", kind
    values, names = {}, set()
    for family in text_string_to_metric_families(text):
        assert family.documentation, family
        names.add(family.name)
        for sample in family.samples:
            names.add(sample.name)
            key = (sample.name, *sorted(sample.labels.items()))
            assert key not in values, f"{key} is there twice"
            values[key] = sample.value
    return values, names


def value(machine, name, **labels):
    return samples(machine)[0].get((name, *sorted(labels.items())))


@pytest.fixture
def watched(machine):
    machine.server()
    machine.agent()
    machine.deploy("Steps", "steps", *STEPS)
    machine.deploy("Broken", "brokenFlow", *FAILING)
    machine.deploy("Kept", "keptFlow", *CACHED)
    ask(machine)  # from here on runs that end are counted
    return machine


def test_runs_are_counted_by_what_became_of_them(watched):
    for name in ("Steps", "Steps", "Broken", "Kept", "Kept"):
        watched.ended(watched.order(name))
    until(lambda: value(watched, "dagshell_run_seconds_count") == 5, 15)
    values, _ = samples(watched)
    assert values[("dagshell_runs_ended_total", ("deployment", "Steps"), ("state", "Completed"))] == 2
    assert values[("dagshell_runs_ended_total", ("deployment", "Broken"), ("state", "Failed"))] == 1
    assert values[("dagshell_deployment_run_seconds_count", ("deployment", "Kept"))] == 2
    assert 0 < values[("dagshell_deployment_run_seconds_sum", ("deployment", "Steps"))] < 60
    assert values[("dagshell_run_seconds_count",)] == 5
    assert values[("dagshell_task_retries_total",)] == 1
    hits = sum(v for k, v in values.items() if k[0] == "dagshell_task_calls_total" and ("cache", "hit") in k)
    assert hits == 3
    assert values[("dagshell_database_up",)] == 1
    assert values[("dagshell_queue_waiting_runs", ("queue", "default"))] == 0
    age = [v for k, v in values.items() if k[0] == "dagshell_agent_heartbeat_age_seconds"]
    assert len(age) == 1 and 0 <= age[0] < 10
    # Asked again, nothing is counted twice.
    again, _ = samples(watched)
    assert again[("dagshell_run_seconds_count",)] == 5
    assert again[("dagshell_http_requests_total", ("part", "watch"), ("status", "2xx"))] > 2


def test_runs_that_go_on_wait_or_are_late_are_told_as_they_stand(watched):
    run = watched.order("Steps", n=1, millis=20_000)
    until(lambda: value(watched, "dagshell_runs", deployment="Steps", state="Running") == 1)
    agent = next(k for k in samples(watched)[0] if k[0] == "dagshell_agent_running_runs")
    assert samples(watched)[0][agent] == 1
    watched.api(f"/api/runs/{run}/cancel", {})
    watched.ended(run)
    watched.processes[1].send_signal(signal.SIGTERM)
    watched.processes[1].wait(20)
    watched.order("Steps")
    until(lambda: (value(watched, "dagshell_queue_waiting_runs", queue="default") or 0) >= 1)
    until(lambda: (value(watched, "dagshell_queue_wait_seconds", queue="default") or 0) > 2)
    until(lambda: (value(watched, "dagshell_agent_heartbeat_age_seconds", **dict([agent[1]])) or 0) > 5)


def test_the_token_for_it_opens_nothing_else(watched):
    token = watched.dagshell("server", "metrics", "--token").out.strip()
    entry = watched.dagshell("server", "metrics").out
    server = json.loads((watched.folder / "home/server.json").read_text())
    assert token != server["token"] and server["token"] not in entry
    assert f"credentials: {token}" in entry and server["url"].split("//")[1] in entry
    assert "dagshell_runs" in ask(watched, token=token)[1]
    for path, shown in [("/metrics", ""), ("/metrics", "wrong"), ("/api/runs", token), ("/", token), ("/metrics/", "wrong")]:
        with pytest.raises(urllib.error.HTTPError) as refused:
            ask(watched, path, token=shown)
        assert refused.value.code in (401, 404), (path, refused.value.code)


def test_a_request_that_is_refused_is_counted_too(watched):
    watched.api("/api/deployments", {})
    values, _ = samples(watched)
    assert values[("dagshell_http_requests_total", ("part", "api"), ("status", "4xx"))] >= 1


def dashboard():
    return json.loads((TOP / "docs/grafana-dashboard.json").read_text())


def test_each_query_of_the_grafana_dashboard_is_promql_over_names_that_the_server_tells(watched):
    watched.ended(watched.order("Kept"))
    until(lambda: value(watched, "dagshell_run_seconds_count") == 1, 15)
    names = samples(watched)[1]
    # Names without a sample yet stand with their head.
    queries = [target["expr"] for panel in dashboard()["panels"] for target in panel["targets"]]
    assert len(queries) > 25 and len({panel["id"] for panel in dashboard()["panels"]}) == len(dashboard()["panels"])
    asked = set()
    for query in queries:
        promql_parser.parse(query)
        asked |= set(re.findall(r"\b(?:dagshell|jvm|process)_\w+", query))
    told = names | {f"{name}_total" for name in names} | {name + end for name in names for end in ("_sum", "_count", "_bucket")}
    assert asked <= told, asked - told
    # And what it tells of runs is on the dashboard.
    assert {name for name in names if name.startswith("dagshell_runs") and not name.endswith("_created")} <= {
        name for query in asked for name in (query, query.removesuffix("_total"))}


def test_every_metric_is_in_the_documentation(watched):
    page = (TOP / "docs/operating.md").read_text()
    families = {family.name for family in text_string_to_metric_families(ask(watched)[1])}
    missing = {name for name in families if f"`{name}`" not in page and f"`{name}_total`" not in page}
    assert not missing, missing


def test_a_database_that_is_away_is_told(machine, postgres):
    name = "metrics_away"
    postgres.execute(f"create database {name}")
    machine.env["DAGSHELL_DATABASE"] = postgres.url.rsplit("/", 1)[0] + "/" + name
    machine.server()
    assert value(machine, "dagshell_database_up") == 1
    postgres.execute(f"alter database {name} allow_connections false")
    postgres.execute(f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'")
    until(lambda: value(machine, "dagshell_database_up") == 0, 40)
    until(lambda: (value(machine, "dagshell_tick_failures_total") or 0) > 0, 40)
    postgres.execute(f"alter database {name} allow_connections true")
    until(lambda: value(machine, "dagshell_database_up") == 1, 40)
