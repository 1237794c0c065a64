"""An agent that is killed while a process of it starts: what that process was to do is done once or not at all."""

import os
import pathlib
import signal
import time

import pytest

from conftest import notebook
from test_server import OVER, Machine, until

pytestmark = pytest.mark.skipif(not pathlib.Path("/proc").is_dir(), reason="finds processes in /proc")

EFFECT = (
    '%%params\nString file = ""; // gets a line for each time that it is done',
    '%%task effect\nint append(String file) throws Exception {\n'
    '    Files.writeString(Path.of(file), "done\\n", java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);\n'
    '    return 1;\n}',
    '%%flow name="Effect"\nint effect(String file) throws Exception {\n    return append(file);\n}',
)


@pytest.fixture
def machine(tmp_path):
    machine = Machine(tmp_path)
    try:
        begin(machine, tmp_path)
        yield machine
    finally:
        machine.stop()


def begin(machine, tmp_path):
    machine.server()
    nb = notebook(tmp_path / "effect.ipynb", *EFFECT)
    built = machine.dagshell("deployment", "build", f"{nb}:effect", "-n", "Effect", "-o", tmp_path / "effect")
    assert built.code == 0, built
    applied = machine.dagshell("deployment", "apply", "effect")
    assert applied.code == 0, applied


def began(machine, run):
    """The folder of the run's process, as soon as the agent made it."""
    outbox = machine.folder / "home/outbox"
    return until(lambda: [f.parent for f in outbox.glob(f"{run}*/order.json")], step=0.002)[0]


def process_of(folder):
    for entry in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_text().split("\0")
        except OSError:
            continue
        if str(folder) in words and "setsid" not in words[0]:
            return int(entry.parent.name)
    return None


def done(file):
    return file.read_text().count("done") if file.exists() else 0


def test_a_process_that_starts_later_than_the_next_agent_waits_does_nothing(machine):
    server = machine.processes[0]
    agent = machine.agent()
    file = machine.folder / "late"
    run = machine.order("Effect", file=str(file))
    folder = began(machine, run)
    late = until(lambda: process_of(folder), step=0.002)
    os.kill(late, signal.SIGSTOP)
    # While the next agent cannot say that the run crashed, everything is where the late process expects it.
    server.send_signal(signal.SIGSTOP)
    try:
        assert not (folder / "process").exists(), "stopped too late to try it"
        agent.kill()
        agent.wait()
        machine.start("agent", "start", says=f"Takes over run {run}")
        time.sleep(6)
        assert folder.exists()
        os.kill(late, signal.SIGCONT)
        until(lambda: not pathlib.Path(f"/proc/{late}").exists(), 20)
    finally:
        if pathlib.Path(f"/proc/{late}").exists():
            os.kill(late, signal.SIGCONT)
        server.send_signal(signal.SIGCONT)
    until(lambda: machine.run(run)["state"] == "Crashed", 40)
    assert done(file) == 0


@pytest.mark.parametrize("millis", [0, 200])
def test_a_run_whose_agent_is_killed_as_it_starts_is_done_once_or_not_at_all(machine, millis):
    agent = machine.agent()
    file = machine.folder / "once"
    run = machine.order("Effect", file=str(file))
    began(machine, run)
    time.sleep(millis / 1000)
    agent.kill()
    agent.wait()
    machine.agent()
    state = until(lambda: (r := machine.run(run))["state"] in OVER and r, 40)["state"]
    time.sleep(2)
    assert (state, done(file)) in [("Completed", 1), ("Crashed", 0), ("Failed", 0)]
