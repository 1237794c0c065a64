"""Disks without room, databases that are stopped and started, flows of many tasks: nothing lost, and said what to do."""

import json
import os
import pathlib
import shutil
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from conftest import Postgres, tool
from test_server import Machine, build, until
from test_server_faults import Site, whole

MOUNTS = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0 or shutil.which("mount") is None,
    reason="A DISK WITHOUT ROOM NEEDS ROOT: the tests of full disks mount small file systems of their own")


class Disk:
    """A small file system of its own; filling it takes all that is left."""

    def __init__(self, folder, megabytes):
        self.folder = folder
        folder.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"A DISK WITHOUT ROOM CANNOT BE MADE HERE: {done.stderr.strip()}")

    def fill(self):
        with open(self.folder / "filler", "wb", buffering=0) as filler:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        filler.write(b"x" * size)
                except OSError:
                    pass

    def empty(self):
        (self.folder / "filler").unlink()

    def close(self):
        subprocess.run(["umount", "-l", str(self.folder)], check=False)


@pytest.fixture
def disk(tmp_path):
    disk = Disk(tmp_path / "disk", 400)
    yield disk
    disk.close()


@pytest.fixture
def halves(disk, tmp_path):
    """A server and an agent, each with a home of its own; the test says which is on the small disk."""
    made = []

    def make(server_folder, agent_folder):
        for folder in (server_folder, agent_folder):
            folder.mkdir(exist_ok=True)
        server, agent = Machine(server_folder), Machine(agent_folder)
        made.extend([agent, server])
        server.server()
        build(server)
        assert server.dagshell("deployment", "apply", "steps").code == 0
        told = told_of(server)
        agent.env.update(DAGSHELL_API_URL=told["url"], DAGSHELL_API_TOKEN=told["token"])
        agent.agent()
        return server, agent

    yield make
    for machine in made:
        machine.stop()


def told_of(server):
    return json.loads((server.folder / "home/server.json").read_text())


def health(server):
    """Status and reason."""
    try:
        with urllib.request.urlopen(told_of(server)["url"] + "/health", timeout=15) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as told:
        return told.code, json.loads(told.read())["detail"]


def going(server, n, millis):
    run = server.order("Steps", n=n, millis=millis)
    until(lambda: "step 0" in server.lines(run))
    return run


@MOUNTS
@pytest.mark.full
def test_a_server_whose_disk_is_full_says_so_and_has_all_when_there_is_room(disk, halves, tmp_path):
    server, _ = halves(disk.folder, tmp_path / "agent")
    run = going(server, 80, 100)
    disk.fill()
    time.sleep(1)
    refused = server.api("/api/deployments/Steps/runs", {"parameters": {"n": 1}})
    told = health(server)
    time.sleep(20)
    seen = len(server.lines(run))
    disk.empty()

    assert refused["status"] == 503 and "disk" in refused["detail"] and "full" in refused["detail"], refused
    assert told[0] == 503 and "no room" in told[1] and "dagshell.db" in told[1], told
    assert seen < 80
    whole(server, run, 80)
    assert health(server)[0] == 200
    whole(server, server.order("Steps", n=2, millis=1), 2)


@MOUNTS
@pytest.mark.full
def test_a_run_whose_agents_disk_is_full_waits_and_has_told_all_when_there_is_room(disk, halves, tmp_path):
    server, agent = halves(tmp_path / "server", disk.folder)
    run = going(server, 80, 50)
    disk.fill()
    time.sleep(8)
    seen = len(server.lines(run))
    state = server.run(run)["state"]
    refused = server.ended(server.order("Steps", n=1, millis=1), 30)
    disk.empty()

    assert seen < 80 and state == "Running"
    # Crashed, so that an agent with room may have it.
    assert refused["state"] == "Crashed" and refused["reason"].endswith("could not start it: No space left on device"), refused
    whole(server, run, 80)
    printed = [line for line in server.lines(run) if "events of this run" in line]
    assert "none is missing" in printed[-1], printed
    whole(server, server.order("Steps", n=2, millis=1), 2)


class OwnPostgres:
    """A PostgreSQL that may be stopped and started without harm to other tests."""

    def __init__(self):
        self.process = subprocess.Popen(
            tool("io.dagshell.benchmarks.EmbeddedDatabase"),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.database = Postgres(self.process.stdout.readline().strip())
        data = pathlib.Path(self.database.query("show data_directory")[0][0])
        self.pid = int((data / "postmaster.pid").read_text().split()[0])
        self.arguments = [part for part in pathlib.Path(f"/proc/{self.pid}/cmdline").read_text().split("\0") if part]
        self.program = os.readlink(f"/proc/{self.pid}/exe")
        self.data = data
        # PostgreSQL refuses to be root, so that root has started it as nobody, of a name space of its own.
        self.unprivileged = ["unshare", "-U"] if os.geteuid() == 0 else []

    def control(self, *arguments):
        done = subprocess.run(
            [*self.unprivileged, str(pathlib.Path(self.program).parent / "pg_ctl"), "-D", str(self.data), "-w", *arguments],
            cwd=self.data, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=90)
        assert done.returncode == 0, done.stdout

    def stop(self, mode):
        self.control("stop", "-m", mode)

    def start(self):
        options = " ".join(f"'{part}'" for part in self.arguments[1:] if part not in ("-D", str(self.data)))
        self.control("start", "-l", str(self.data / "again.log"), "-o", options)

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)


@pytest.fixture(scope="module")
def own_postgres():
    made = OwnPostgres()
    yield made
    made.close()


@pytest.fixture(scope="module")
def site(own_postgres, tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("restarts"), own_postgres.database)
    yield site
    site.stop()


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_postmaster_that_is_stopped_and_started_in_the_middle_of_a_run_misses_nothing(site, own_postgres, mode):
    run = site.going(80, 100)
    own_postgres.stop(mode)
    assert until(lambda: site.health() == 503, 15)
    time.sleep(3)
    own_postgres.start()

    until(lambda: site.health() == 200, 30)
    whole(site, run, 80)


def test_a_postmaster_that_crashes_the_moment_a_run_was_ordered_has_it(site, own_postgres):
    run = site.order("Steps", n=10, millis=10)
    own_postgres.stop("immediate")
    own_postgres.start()

    until(lambda: site.health() == 200, 30)
    whole(site, run, 10)


def test_a_server_that_begins_before_its_database_says_so_and_waits(site, own_postgres, tmp_path):
    own_postgres.stop("fast")
    other = Machine(tmp_path)
    other.env["DAGSHELL_DATABASE"] = site.direct
    try:
        server = other.start("server", "start", "--port", "0", says="does not answer yet")
        time.sleep(2)
        early = server.poll(), server.log.read_text()
        own_postgres.start()
        until(lambda: "Dashboard:" in server.log.read_text(), 30)
        assert early[0] is None and "Dashboard:" not in early[1], early
        assert server.log.read_text().count("does not answer yet") == 1
    finally:
        other.stop()
    other.env["DAGSHELL_DATABASE"] = "postgresql://nobody@127.0.0.1:1/runs"
    gone = other.dagshell("server", "start", "--port", "0", "--database-wait", "1s")
    assert gone.code == 3 and "could not start" in gone.err and "127.0.0.1:1/runs" in gone.err, gone
    wrong = other.dagshell("server", "start", "--port", "0", "--database-wait", "soon")
    assert wrong.code == 2 and "--database-wait" in wrong.err, wrong
    until(lambda: site.health() == 200, 30)


def test_a_thousand_tasks_three_flows_in_a_row_are_all_there_when_each_ends(site):
    for _ in range(3):
        run = site.order("Steps", n=1000, millis=0)
        ended = site.ended(run, 60)
        # Asked once, the moment it is over: nothing comes later.
        tasks = ended["tasks"]
        assert ended["state"] == "Completed" and len(tasks) == 1002, (ended["state"], len(tasks))
        assert {task["state"] for task in tasks} == {"Completed"}
        assert sum(line.startswith("step ") for line in lines(site, run)) == 1000
        assert site.health() == 200


def lines(site, run):
    """All of them, page by page."""
    found, after = [], 0
    while True:
        page = site.api(f"/api/runs/{run}/logs?after={after}")
        if not page["lines"]:
            return found
        found.extend(line["text"] for line in page["lines"])
        after = page["next"]
