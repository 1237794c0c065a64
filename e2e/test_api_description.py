"""The API is what its description says: schemathesis against a real server, and the examples of docs/api.md."""

import json
import os
import pathlib
import re
import subprocess
import sys

import pytest

from conftest import TOP, notebook
from test_server import OVER, Machine, build

CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "positive_data_acceptance",
    "unsupported_method",
    "allow_header_conformance",
    "ignored_auth",
    "use_after_free",
    # Left out: missing_required_header (no header is required but Authorization, which is ignored_auth's),
    # object_level_authorization (one token opens all), and ensure_resource_availability (a run or a schedule may be gone
    # again when it is asked for: its deployment was deleted meanwhile).
]
# As long as an agent waits: a poll that hands out nothing, and a stream that tells nothing, end by themselves late.
CONFIG = """
max-stream-events = 2
request-timeout = 10
# Coverage makes each value of each field that the description tells apart; fuzzing and stateful take random ones.
[phases.coverage]
unexpected-methods = ["DELETE", "PUT", "POST", "PATCH", "GET"]
# What a server may refuse though the description lets it through: what is not there, what does not go with the state
# things are in, and what makes no sense for the flow at hand. 400 is not among them: it is for what is not as described.
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "304", "404", "409", "422"]
[checks.negative_data_rejection]
expected-statuses = ["400", "404", "406", "409", "413", "415", "422"]
"""


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """A server on SQLite with deployments, schedules and runs of all ends, and no agent to run more."""
    machine = filled(Machine(tmp_path_factory.mktemp("api")))
    yield machine
    machine.stop()


@pytest.fixture
def postgres_machine(tmp_path, postgres):
    """The same on PostgreSQL."""
    postgres.execute("create database described")
    address = re.sub(r"/[^/]*$", "/described", postgres.url)
    machine = filled(Machine(tmp_path), "--database", address)
    yield machine
    machine.stop()


def filled(machine, *how):
    machine.start("server", "start", "--port", "0", *how, says="Dashboard:")
    page = build(machine)
    page.write_text(page.read_text().replace(
        "schedules: []", 'schedules:\n  - {cron: "0 5 * * *", zone: UTC, parameters: {n: 1}}'))
    assert machine.dagshell("deployment", "apply", "steps").code == 0
    agent = machine.agent()
    runs = [machine.order("Steps", n=n) for n in (2, 13)]
    assert [machine.ended(run)["state"] for run in runs] == ["Completed", "Failed"]
    agent.terminate()
    agent.wait()
    runs.append(machine.order("Steps", n=3))
    deployment = machine.api("/api/deployments/Steps")
    backfill = machine.api("/api/deployments/Steps/backfills", {"from": "2025-01-01", "to": "2025-01-03"})
    machine.api("/api/limits/warehouse", {"concurrency": 2}, "PUT")
    machine.known = {
        "backfill": [backfill["id"]], "tag": ["warehouse"],
        "name": ["Steps"], "run": runs, "schedule": [s["id"] for s in deployment["schedules"]],
        "version": [deployment["version"]], "file": ["deployment.yaml"], "queue": ["default"], "alert": ["late"],
        "agent": [a["name"] for a in machine.api("/api/agents")["agents"]]}
    return machine


def described(machine):
    """The description, stricter: an answer has no field that is not described, and names in paths that there are."""
    description = machine.api("/api/openapi.json")
    shapes = description["components"]["schemas"]
    answers = [operation["responses"][status]["content"]["application/json"]["schema"]
               for path in description["paths"].values() for operation in path.values()
               for status in ("200", "201") if "application/json" in operation["responses"].get(status, {}).get("content", {})]
    for schema in [*shapes.values(), *answers]:
        if "properties" in schema:
            schema["additionalProperties"] = False
    # The longest a poll may wait for work that nobody orders.
    poll = description["paths"]["/api/agents/{agent}/poll"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    poll["properties"]["wait"]["maximum"] = 1
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            for parameter in operation["parameters"]:
                # Events of a run take a second at least: fuzzing reads those of one that is over.
                if parameter["in"] == "path" and parameter["name"] in machine.known \
                        and method != "delete" and path != "/api/runs/{run}/events":
                    parameter["schema"]["examples"] = machine.known[parameter["name"]]
    return description


def known_to_fuzzing(machine):
    """What there is, often where it is asked for, and hardly ever where it is deleted."""
    lists = "".join(f"\n[dictionaries.{name}]\nvalues = {json.dumps(values)}" for name, values in machine.known.items())

    def often(probability):
        return "".join(f'\n"path.{name}" = {{dictionary = "{name}", probability = {probability}}}' for name in machine.known)

    ended = '\n"path.run" = {dictionary = "ended", probability = 0.7}'
    lists += f"\n[dictionaries.ended]\nvalues = {json.dumps(machine.known['run'][:1])}"
    return (lists + "\n[parameters]" + often(0.7)
            + '\n[[operations]]\ninclude-method = "DELETE"\n[operations.parameters]' + often(0.01)
            + '\n[[operations]]\ninclude-path = "/api/runs/{run}/events"\nrequest-timeout = 2\n[operations.parameters]' + ended + "\n")


def schemathesis(machine, *arguments, timeout):
    folder = machine.folder
    description = described(machine)
    (folder / "openapi.json").write_text(json.dumps(description))
    (folder / "schemathesis.toml").write_text(CONFIG + known_to_fuzzing(machine))
    server = json.loads((folder / "home/server.json").read_text())
    done = subprocess.run(
        [str(pathlib.Path(sys.executable).parent / "st"), "--config-file", str(folder / "schemathesis.toml"),
         "run", str(folder / "openapi.json"), "--url", server["url"],
         "--header", "Authorization: Bearer " + server["token"], "--checks", ",".join(CHECKS),
         "--seed", "1", "--generation-database", "none", "--continue-on-failure", "--no-color", "--warnings", "off",
         "--request-retries", "0", *arguments],
        cwd=folder, capture_output=True, text=True, timeout=timeout, env={**os.environ, "PYTHONUTF8": "1"})
    (folder / "schemathesis.log").write_text(done.stdout)
    log = (folder / "server-0.log").read_text()
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:] + "\n--- server\n" + log[-4_000:]
    operations = sum(len(path) for path in description["paths"].values())
    assert f"Tested: {operations}" in done.stdout, done.stdout[-4_000:]
    return int(re.search(r"(\d+) generated", done.stdout).group(1))


def test_every_value_that_the_description_tells_apart_is_answered_as_described(machine):
    assert schemathesis(machine, "--phases", "coverage", "-n", "15", timeout=150) > 1_000


def test_random_requests_one_after_another_are_answered_as_described(machine):
    assert schemathesis(machine, "--phases", "fuzzing,stateful", "-n", "4", "--max-time", "25", timeout=120) > 300


@pytest.mark.full
@pytest.mark.timeout(900)
def test_many_requests_are_answered_as_described(machine):
    assert schemathesis(machine, "--phases", "coverage,fuzzing,stateful", "-n", "100", "--max-time", "400", timeout=800) > 5_000


@pytest.mark.full
@pytest.mark.timeout(600)
def test_a_server_on_postgresql_answers_as_described(postgres_machine):
    assert schemathesis(postgres_machine, "--phases", "coverage,fuzzing,stateful", "-n", "20", "--max-time", "150", timeout=400) > 2_000


def test_the_examples_of_the_documentation_run(tmp_path):
    machine = Machine(tmp_path)
    try:
        machine.start("start", "--port", "0", says="takes runs from")
        nb = notebook(tmp_path / "etl.ipynb", "%%params\nint year = 2020;",
                      "%%task\nint load(int year) {\n    System.out.println(\"loads \" + year);\n    return year;\n}",
                      "%%flow\nint etl(int year) {\n    return load(year);\n}")
        built = machine.dagshell("deployment", "build", f"{nb}:etl", "-n", "Parameterized ETL", "-o", tmp_path / "etl")
        assert built.code == 0, built
        assert machine.dagshell("deployment", "apply", "etl").code == 0
        examples = re.search(r"```sh\n(.*?)```", (TOP / "docs/api.md").read_text(), re.S).group(1)

        said = subprocess.run(["bash", "-euo", "pipefail", "-c", examples.replace("curl ", "curl --fail-with-body -sS ")],
                              env=machine.env, cwd=tmp_path, capture_output=True, text=True, timeout=120)

        assert said.returncode == 0, said
        assert '"over":true' in said.stdout and '"text":"loads 2021"' in said.stdout, said.stdout
        current = machine.api("/api/deployments/Parameterized%20ETL")
        assert current["parameters"] == {"year": 2022} and current["concurrency"] == 2
        runs = machine.api("/api/runs")["runs"]
        assert len(runs) == 1 and runs[0]["state"] in OVER
    finally:
        machine.stop()
