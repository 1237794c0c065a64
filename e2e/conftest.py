"""Fixtures: the built command, a real PostgreSQL, an installed kernel. Nothing here is a mock."""

import glob
import json
import os
import pathlib
import re
import shutil
import subprocess
import time
import urllib.parse

import psutil
import pytest

TOP = pathlib.Path(__file__).resolve().parent.parent
EXAMPLE = TOP / "notebooks/examples/nyc_taxi_postgres.ipynb"
SAMPLE = TOP / "notebooks/examples/data/yellow_tripdata_2021-01-sample.csv.gz"


def rests(pid, seconds=15):
    """Whether within that time a whole second passes in which the process does next to nothing. What a kernel prepares while
    nobody asks comes to its end; a loop that was not stopped does not."""
    process = psutil.Process(pid)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        before = sum(process.cpu_times()[:2])
        time.sleep(1)
        if sum(process.cpu_times()[:2]) - before < 0.1:
            return True
    return False


def java():
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin", "java") if home else shutil.which("java")


def tool(*arguments, **options):
    """Runs a main class of the benchmarks room."""
    jars = [j for j in glob.glob(str(TOP / "benchmarks/target/dagshell-benchmarks-*.jar"))]
    assert jars, "the benchmarks room is not built: mvn package"
    class_path = os.pathsep.join(jars + [str(TOP / "installer/target/dist/lib/*")])
    return [java(), "-cp", class_path, *arguments]


class Postgres:
    def __init__(self, url):
        self.url = url

    def rows_and_checksum(self, table):
        return subprocess.run(
            tool("io.dagshell.benchmarks.CopyFloor", "checksum", self.url, table),
            check=True, capture_output=True, text=True, timeout=120).stdout.strip()

    def floor(self, file, table):
        """Loads the file by PostgreSQL's own text COPY; rows and checksum."""
        return subprocess.run(
            tool("io.dagshell.benchmarks.CopyFloor", "load", str(file), self.url, table),
            check=True, capture_output=True, text=True, timeout=300).stdout.strip()

    def query(self, sql):
        import psycopg
        with psycopg.connect(self.url) as connection:
            return connection.execute(sql).fetchall()

    def execute(self, sql):
        """Outside of a transaction."""
        import psycopg
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql)

    def tables(self):
        return [row[0] for row in self.query("select table_name from information_schema.tables where table_schema = 'public'")]


@pytest.fixture(scope="session")
def postgres():
    process = subprocess.Popen(
        tool("io.dagshell.benchmarks.EmbeddedDatabase"),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    url = process.stdout.readline().strip()
    assert url.startswith("postgresql://"), "PostgreSQL did not start"
    yield Postgres(url)
    process.stdin.close()
    process.wait(timeout=30)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A DAGSHELL_HOME of its own for each test module."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def environment(home, postgres):
    return environment_for(home, postgres)


def environment_for(home, postgres):
    parts = urllib.parse.urlsplit(postgres.url)
    block = {"type": "postgres", "host": parts.hostname, "port": str(parts.port), "database": parts.path[1:],
             "user": parts.username, "password": parts.password or ""}
    return {**os.environ, "DAGSHELL_HOME": str(home), "DAGSHELL_BLOCK_POSTGRES_CONNECTOR": json.dumps(block)}


class Result:
    def __init__(self, completed):
        self.code = completed.returncode
        self.out = completed.stdout
        self.err = completed.stderr
        self.text = completed.stdout + completed.stderr

    def __repr__(self):
        return f"exit {self.code}\n--- out\n{self.out}\n--- err\n{self.err}"


def command(*arguments, env, cwd=None, timeout=240, program=None):
    started = [str(a) for a in ([program] if isinstance(program, str) else program or [TOP / "dagshell"])]
    return Result(subprocess.run(
        started + [str(a) for a in arguments], env=env, cwd=cwd or TOP, capture_output=True, text=True, timeout=timeout))


@pytest.fixture
def dagshell(environment):
    return lambda *arguments, **options: command(*arguments, **{"env": environment, **options})


@pytest.fixture(scope="session")
def kernel_prefix(tmp_path_factory, postgres):
    """The kernel, installed as a person would, into a prefix of its own."""
    prefix = tmp_path_factory.mktemp("prefix")
    home = tmp_path_factory.mktemp("kernel-home")
    chosen = ["--jdk", os.environ["JAVA_HOME"]] if os.environ.get("JAVA_HOME") else []
    result = command("install", "--prefix", prefix, *chosen, env=environment_for(home, postgres))
    assert result.code == 0, result
    assert (prefix / "share/jupyter/kernels/dagshell/kernel.json").exists(), result
    return prefix


@pytest.fixture
def jupyter(environment, kernel_prefix, monkeypatch):
    """The environment in which Jupyter clients find the kernel."""
    monkeypatch.setenv("JUPYTER_PATH", str(kernel_prefix / "share/jupyter"))
    for name in ("DAGSHELL_HOME", "DAGSHELL_BLOCK_POSTGRES_CONNECTOR"):
        monkeypatch.setenv(name, environment[name])
    return dict(os.environ)


@pytest.fixture
def same_java(kernel_prefix, environment):
    """The environment of commands that run on the kernel's JDK: keys belong to a feature release."""
    spec = json.loads((kernel_prefix / "share/jupyter/kernels/dagshell/kernel.json").read_text())
    return {**environment, "JAVA_HOME": spec["metadata"]["java_home"]}


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def notebook(path, *cells):
    """Writes a notebook of these code cells."""
    path.write_text(json.dumps({
        "cells": [{"cell_type": "code", "id": f"c{i}", "metadata": {}, "outputs": [], "execution_count": None, "source": c}
                  for i, c in enumerate(cells, 1)],
        "metadata": {"kernelspec": {"display_name": "Java (DagShell)", "language": "java", "name": "dagshell"}},
        "nbformat": 4, "nbformat_minor": 5}))
    return path
