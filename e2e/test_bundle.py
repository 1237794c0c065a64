"""One jar with everything: a machine with a JDK and nothing else loads the taxi data into PostgreSQL."""

import json
import os
import subprocess

import pytest

from conftest import EXAMPLE, SAMPLE, Result, command, java
from test_server import deployed, machine  # noqa: F401


@pytest.fixture
def bare(environment, tmp_path):
    """Runs a jar with an empty home, the block of the database, and only java on the path."""
    folder = tmp_path / "bare"
    (folder / "bin").mkdir(parents=True)
    (folder / "home").mkdir()
    (folder / "bin/java").symlink_to(os.path.realpath(java()))

    def run(jar, *arguments):
        done = subprocess.run(
            ["java", "-jar", str(jar), *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=240,
            env={"PATH": str(folder / "bin"), "HOME": str(folder / "home"),
                 "DAGSHELL_BLOCK_POSTGRES_CONNECTOR": environment["DAGSHELL_BLOCK_POSTGRES_CONNECTOR"]})
        return Result(done)

    run.home = folder / "home"
    return run


def test_the_taxi_flow_loads_a_month_with_nothing_but_a_jdk(dagshell, postgres, bare, tmp_path):
    floor = postgres.floor(SAMPLE, "bundle_floor")
    folder = tmp_path / "taxi"
    assert dagshell("deployment", "build", f"{EXAMPLE}:ingest", "-n", "Yellow taxi", "-o", folder).code == 0

    bundled = dagshell("deployment", "bundle", folder, "-o", tmp_path / "bundle.jar")

    assert bundled.code == 0, bundled
    assert "DAGSHELL_BLOCK_POSTGRES_CONNECTOR" in bundled.out, bundled
    again = dagshell("deployment", "bundle", folder, "-o", tmp_path / "again.jar")
    assert again.code == 0 and (tmp_path / "again.jar").read_bytes() == (tmp_path / "bundle.jar").read_bytes()
    size = (tmp_path / "bundle.jar").stat().st_size
    print(f"bundle of {size / 1e6:.1f} MB")
    os.remove(folder / "flow.jar")
    ran = bare(tmp_path / "bundle.jar", "run", "-p", f"dataset={SAMPLE}", "-p", "table=bundled")
    assert ran.code == 0, ran
    assert "Completed" in ran.out
    assert postgres.rows_and_checksum("bundled") == floor
    libraries = bare.home / ".cache/dagshell/libraries"
    assert sum(jar.stat().st_size for jar in libraries.glob("*/*.jar")) <= size
    assert not list(libraries.glob("*/google-*")), "a flow without a cloud carries none"
    assert bare(tmp_path / "bundle.jar", "run", "-p", f"dataset={SAMPLE}", "-p", "table=bundled").text.count("Cached") >= 2


def test_what_cannot_be_bundled_is_said(dagshell, tmp_path):
    (tmp_path / "empty").mkdir()
    refused = dagshell("deployment", "bundle", tmp_path / "empty")
    assert refused.code == 2 and "There is no flow.json" in refused.err, refused


def test_a_deployment_of_the_server_is_bundled_by_its_name(deployed, tmp_path):
    server = json.loads((deployed.folder / "home/server.json").read_text())
    other = {**os.environ, "DAGSHELL_HOME": str(tmp_path / "other"), "DAGSHELL_API_URL": server["url"],
             "DAGSHELL_API_TOKEN": server["token"]}

    bundled = command("deployment", "bundle", "Steps", "-o", tmp_path / "steps.jar", env=other, cwd=tmp_path)

    assert bundled.code == 0, bundled
    env = {**os.environ, "DAGSHELL_HOME": str(tmp_path / "third")}
    ran = command("run", "-p", "n=2", program=[java(), "-jar", str(tmp_path / "steps.jar")], env=env, cwd=tmp_path)
    assert ran.code == 0 and "step 1" in ran.out, ran
    assert deployed.dagshell("deployment", "bundle", "Nothing").code == 2
