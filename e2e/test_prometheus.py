"""What a real Prometheus answers to every query of the dashboard for Grafana, after a run of each kind."""

import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

from conftest import TOP
from test_alerts import done
from test_metrics import CACHED, FAILING
from test_recovery import state
from test_server import STEPS, child, machine, until  # noqa: F401 (fixture)

PROGRAM = os.environ.get("DAGSHELL_PROMETHEUS")
SCHEMA = os.environ.get("DAGSHELL_GRAFANA_SCHEMA")
FILE = TOP / "docs/grafana-dashboard.json"
ASKING = ('%%flow name="Asking"\nboolean asking() {\n    return approve("Go on?");\n}',)
TRIED_AGAIN = ('%%flow name="Again" retries=1 retryDelay=1s retryOn=IllegalStateException\nint again() {\n'
               '    throw new IllegalStateException("no");\n}',)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Prometheus:
    def __init__(self, folder, entry):
        """@param entry as dagshell server metrics prints it"""
        rules = re.search(r"```yaml\n(groups:.*?)```", (TOP / "docs/operating.md").read_text(), re.S).group(1)
        (folder / "rules.yml").write_text(rules)
        (folder / "prometheus.yml").write_text(
            f"global: {{scrape_interval: 1s, evaluation_interval: 1s}}\nrule_files: [rules.yml]\n{entry}")
        self.url = f"http://127.0.0.1:{free_port()}"
        self.log = folder / "prometheus.log"
        self.began = time.time()
        self.process = subprocess.Popen(
            [PROGRAM, f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
             f"--web.listen-address={self.url[7:]}"], cwd=folder, stdout=open(self.log, "w"), stderr=subprocess.STDOUT)

    def ask(self, path, **question):
        """The data of an answer; None while it is not up. What it refuses fails with its words."""
        try:
            with urllib.request.urlopen(f"{self.url}/api/v1/{path}?{urllib.parse.urlencode(question)}", timeout=20) as answer:
                return json.loads(answer.read())["data"]
        except urllib.error.HTTPError as refused:
            if refused.code == 503:  # it is about to be ready
                return None
            raise AssertionError((question, refused.read().decode())) from None
        except OSError:
            assert self.process.poll() is None, self.log.read_text()
            return None

    def panel(self, query):
        """Series as a panel gets them: by labels, all finite values from the beginning to now."""
        found = self.ask("query_range", query=query, start=self.began, end=time.time(), step=1)["result"]
        return {tuple(sorted(series["metric"].items())): values for series in found
                if (values := [float(v) for _, v in series["values"] if v not in ("NaN", "+Inf", "-Inf")])}

    def greatest(self, query):
        return max((value for values in self.panel(query).values() for value in values), default=None)


def targets():
    """Every query of every panel, with the variables that Grafana fills."""
    board = json.loads(FILE.read_text())
    for panel in board["panels"]:
        for target in panel["targets"]:
            query = target["expr"]
            for variable, value in (("__rate_interval", "4s"), ("__interval", "1s"), ("__range", "60s")):
                query = re.sub(rf"\$(?:{variable}\b|{{{variable}}})", value, query)
            assert "$" not in query, query
            yield panel["title"], query, target.get("legendFormat", "")


@pytest.fixture
def watched(machine):
    """A server that a Prometheus looks at each second, with its agent and deployments."""
    machine.server()
    machine.deploy("Steps", "steps", *STEPS)
    machine.deploy("Broken", "brokenFlow", *FAILING)
    machine.deploy("Kept", "keptFlow", *CACHED)
    machine.deploy("Asking", "asking", *ASKING)
    machine.deploy("Again", "again", *TRIED_AGAIN)
    machine.prometheus = Prometheus(machine.folder, done(machine, "server", "metrics"))
    yield machine
    machine.prometheus.process.kill()
    machine.prometheus.process.wait()


@pytest.mark.full
@pytest.mark.skipif(not PROGRAM, reason="no Prometheus: e2e/run --full builds one where there is Go")
def test_every_query_of_the_dashboard_has_data_in_a_real_prometheus(watched):
    prometheus = watched.prometheus
    until(lambda: prometheus.ask("query", query="up == 1") and prometheus.greatest("dagshell_database_up") == 1)
    queries = {(title, query) for title, query, _ in targets()}
    by_title = {title: query for title, query, _ in targets()}
    assert prometheus.greatest(by_title["Runs going on"]) == 0
    assert prometheus.greatest(by_title["Failed or crashed in an hour"]) == 0
    time.sleep(3)  # the counters are looked at before anything ends

    agent = watched.agent()
    watched.ended(watched.order("Broken"))
    # The first failure of a deployment counts: its counter was there before it.
    until(lambda: prometheus.greatest(by_title["Failed or crashed in an hour"]) >= 1, 30)

    waits = watched.order("Asking")
    state(watched, waits, "Paused")
    done(watched, "approval", "approve", waits)
    for name in ("Kept", "Again", "Kept"):
        watched.ended(watched.order(name))
    added = watched.api("/api/deployments/Steps/schedules", {"cron": "* * * * * *", "parameters": {"n": 1, "millis": 1}})
    assert "id" in added or "schedule" in added, added
    ends = "dagshell_runs_ended_total{deployment=\"Steps\",state=\"Completed\"}"
    until(lambda: (prometheus.greatest(ends) or 0) >= 3, 60)
    watched.api("/api/deployments/Steps/pause", {"paused": True})

    for end in ("cancel", "kill"):
        run = watched.order("Steps", n=1, millis=60_000)
        process = child(watched, run)
        until(lambda: prometheus.greatest(by_title["Runs going on"]) >= 1)
        if end == "cancel":
            watched.api(f"/api/runs/{run}/cancel", {})
        else:
            os.kill(process, signal.SIGKILL)
        assert watched.ended(run)["state"] == {"cancel": "Cancelled", "kill": "Crashed"}[end]

    done(watched, "block", "set", "chat", "--type", "webhook", "url=http://127.0.0.1:1/none", "form=slack")
    done(watched, "alert", "set", "night", "--on", "failed", "--block", "chat", "--quiet", "0s")
    watched.ended(watched.order("Broken"))
    until(lambda: (prometheus.greatest(by_title["Alerts not sent"]) or 0) >= 1, 30)

    agent.send_signal(signal.SIGTERM)
    agent.wait(30)
    watched.order("Broken")
    until(lambda: (prometheus.greatest(by_title["Runs late"]) or 0) >= 1, 60)
    until(lambda: (prometheus.greatest("dagshell_queue_wait_seconds") or 0) > 1)
    until(lambda: sum(values[-1] for values in prometheus.panel("dagshell_run_seconds_count").values()) >= 9, 30)

    missing = [(title, query) for title, query in sorted(queries) if not prometheus.panel(query)]
    assert not missing, missing
    # A legend names what its series have.
    for title, query, legend in targets():
        for label in re.findall(r"{{(\w+)}}", legend):
            assert all(label in dict(labels) for labels in prometheus.panel(query)), (title, legend)
    # And what happened is what the panels say.
    states = {dict(labels)["state"] for labels, values in prometheus.panel(by_title["Runs ended a minute, by state"]).items()
              if max(values) > 0}
    assert states == {"Completed", "Failed", "Crashed", "Cancelled"}, states
    assert {dict(labels)["state"] for labels in prometheus.panel(by_title["Runs not over, by state"])} >= {
        "Running", "Late"}
    assert {dict(labels)["deployment"] for labels in prometheus.panel(by_title["Mean time of a run, by deployment"])} == {
        "Steps", "Broken", "Kept", "Asking", "Again"}
    assert "hit" in {dict(labels)["cache"] for labels in prometheus.panel(by_title["Task calls a minute, by what the cache said"])}
    assert prometheus.greatest("dagshell_runs_retried_total") == 1

    rules = [rule for group in prometheus.ask("rules")["groups"] for rule in group["rules"]]
    assert [rule["name"] for rule in rules] == ["DagShellDown", "SchedulesStand", "NobodyTakesRuns", "DiskFills"]
    assert {(rule["health"], rule["name"]) for rule in rules} == {("ok", rule["name"]) for rule in rules}, rules
    watched.processes[0].kill()
    until(lambda: prometheus.ask("query", query="up == 0")["result"])
    until(lambda: [rule["state"] for rule in prometheus.ask("rules")["groups"][0]["rules"]][0] == "pending")


@pytest.mark.skipif(not SCHEMA, reason="no check of Grafana's dashboards: e2e/run builds one where there is Go")
def test_the_dashboard_is_one_by_grafanas_own_schema(tmp_path):
    def checked(board):
        file = tmp_path / "board.json"
        file.write_text(json.dumps(board))
        return subprocess.run([SCHEMA, str(file)], capture_output=True, text=True, timeout=60)

    board = json.loads(FILE.read_text())
    assert (said := checked(board)).returncode == 0, said.stderr
    panel = board["panels"][0]
    for wrong in ({"panels": [{**panel, "tytle": "x"}]}, {"panels": [{**panel, "options": {**panel["options"], "colour": "x"}}]},
                  {"panels": [{**panel, "targets": [{**panel["targets"][0], "exprr": "x"}]}]}, {"refresh": 30}, {"schemaVersion": "new"}):
        assert checked({**board, **wrong}).returncode == 1, wrong


def test_panels_of_the_dashboard_have_their_place_and_lie_on_no_other():
    taken = {}
    for panel in json.loads(FILE.read_text())["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24, panel["title"]
        for x in range(place["x"], place["x"] + place["w"]):
            for y in range(place["y"], place["y"] + place["h"]):
                assert taken.setdefault((x, y), panel["id"]) == panel["id"], panel["title"]
