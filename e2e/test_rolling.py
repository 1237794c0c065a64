"""Agents are restarted one after the other, and one is upgraded in its place, while runs come and go: none is lost or done twice."""

import collections
import os
import pathlib
import shutil
import signal
import threading
import time

import pytest

from conftest import TOP
from test_far_agents import folder, told_of
from test_server import Machine, until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are ended by signals")

CELLS = (
    '%%params\nint n = 0; // which run it is\nlong millis = 500; // how long each step takes\nString folder = ""; // of the effects',
    '%%task effect\nint mark(int n, long millis, String folder, String step) throws Exception {\n'
    '    Files.writeString(Path.of(folder, n + "-" + step), "done\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);\n'
    '    System.out.println("marked " + step);\n    Thread.sleep(millis);\n    return n;\n}',
    '%%flow name="Stream"\nint stream(int n, long millis, String folder) throws Exception {\n'
    '    return mark(mark(mark(n, millis, folder, "a"), millis, folder, "b"), millis, folder, "c");\n}',
)
SECONDS = (0.1, 1.5, 5.0)
ROUNDS = 2


class Stream:
    """Runs that are ordered at an even pace until it is told to stop."""

    def __init__(self, server, effects, pause=0.6):
        self.server, self.effects, self.pause = server, effects, pause
        self.runs = []
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.order)

    def order(self):
        while not self.over.is_set():
            seconds = SECONDS[len(self.runs) % len(SECONDS)]
            self.runs.append(self.server.order("Stream", n=len(self.runs), millis=int(seconds * 1000 / 3), folder=str(self.effects)))
            time.sleep(self.pause)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


@pytest.fixture
def site(tmp_path):
    """A server and two agents with homes of their own."""
    server = Machine(folder(tmp_path, "server"))
    agents = []
    server.server()
    server.deploy("Stream", "stream", *CELLS)
    for name in ("one", "two"):
        agent = Machine(folder(tmp_path, name))
        agent.env.update(DAGSHELL_API_URL=told_of(server)["url"], DAGSHELL_API_TOKEN=told_of(server)["token"])
        agent.name = name
        agents.append(agent)
    server.agents = agents
    yield server
    for machine in (*agents, server):
        machine.stop()


def begin(agent):
    agent.running = agent.start("agent", "start", "--name", agent.name, "--capacity", "3", says="takes runs from")


def end(agent):
    """In good order, as systemd does it."""
    os.killpg(agent.running.pid, signal.SIGTERM)  # the script and the Java it started
    agent.running.wait(30)


def holds(server, agent):
    """How many runs an agent has."""
    return sum(each["running"] for each in server.api("/api/agents")["agents"] if each["name"] == agent.name)


def upgrade(agent):
    """Another build at another place, on a JDK at another place."""
    there = agent.folder / "newer"
    (there / "installer/target").mkdir(parents=True)
    shutil.copytree(TOP / "installer/target/dist", there / "installer/target/dist")
    shutil.copy(TOP / "dagshell", there / "dagshell")
    home = agent.folder / "newer-jdk"
    home.symlink_to(pathlib.Path(os.environ.get("JAVA_HOME") or pathlib.Path(shutil.which("java")).resolve().parent.parent))
    agent.program = [str(there / "dagshell")]
    agent.env["JAVA_HOME"] = str(home)


def test_agents_are_restarted_in_turn_and_one_is_upgraded_and_no_run_is_lost_or_done_twice(site, tmp_path):
    effects = folder(tmp_path, "effects")
    for agent in site.agents:
        begin(agent)
    taken = collections.Counter()
    with Stream(site, effects) as stream:
        for _ in range(ROUNDS):
            for agent in site.agents:
                # Some have just been taken when it has two; others are long at work.
                until(lambda: holds(site, agent) >= 2, 60, step=0.02)
                taken[agent.name] += holds(site, agent)
                end(agent)
                time.sleep(1)
                begin(agent)
        agent = site.agents[0]
        until(lambda: holds(site, agent) >= 2, 60)
        end(agent)
        upgrade(agent)
        begin(agent)
        assert "newer-jdk" in pathlib.Path(f"/proc/{java(agent)}/cmdline").read_text()
        before = len(stream.runs)
        until(lambda: len(stream.runs) >= before + 6, 60)
    ended = {run: site.ended(run, 120) for run in stream.runs}

    assert collections.Counter(run["state"] for run in ended.values()) == {"Completed": len(stream.runs)}, ended
    listed = site.api("/api/runs?limit=500")["runs"]
    assert {run["run"] for run in listed} == set(stream.runs), "one was made anew"
    assert all(run.get("retried", 0) == 0 and "resumes" not in run for run in ended.values()), ended
    marks = {file.name: file.read_text().count("done") for file in effects.iterdir()}
    assert marks == {f"{n}-{step}": 1 for n in range(len(stream.runs)) for step in "abc"}
    for run in stream.runs:
        assert [line for line in site.lines(run) if line.startswith("marked")] == ["marked a", "marked b", "marked c"]
    assert taken["one"] >= 2 * ROUNDS and taken["two"] >= 2 * ROUNDS, taken
    adopted = sum(log.read_text().count("Takes over run") for agent in site.agents for log in agent.folder.glob("agent-*.log"))
    assert adopted >= 2 * (2 * ROUNDS + 1), adopted
    until(lambda: not any(list((agent.folder / "home/outbox").iterdir()) for agent in site.agents))


def java(agent):
    """The process of the agent itself, which the script becomes or starts."""
    pids = [agent.running.pid]
    while pids:
        pid = pids.pop()
        line = pathlib.Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        if line[0].endswith("java"):
            return pid
        pids += map(int, pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    raise AssertionError("the agent is no Java")
