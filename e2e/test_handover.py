"""An agent that is killed while a process of it starts: what that process was to do is done once or not at all."""

import os
import pathlib
import signal
import time

import pytest

from test_server import OVER, machine, until  # noqa: F401 (fixture)

pytestmark = pytest.mark.skipif(not pathlib.Path("/proc").is_dir(), reason="finds processes in /proc")

EFFECT = (
    '%%params\nString file = ""; // gets a line for each time that it is done',
    '%%task effect\nint append(String file) throws Exception {\n'
    '    Files.writeString(Path.of(file), "done\\n", java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);\n'
    '    return 1;\n}',
    '%%flow name="Effect"\nint effect(String file) throws Exception {\n    return append(file);\n}',
)


@pytest.fixture
def site(machine):
    """A server with the deployment Effect, and no agent."""
    machine.server()
    machine.deploy("Effect", "effect", *EFFECT)
    return machine


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


def test_a_process_that_starts_later_than_the_next_agent_waits_does_nothing(site):
    server = site.processes[0]
    agent = site.agent()
    file = site.folder / "late"
    run = site.order("Effect", file=str(file))
    folder = began(site, run)
    late = until(lambda: process_of(folder), step=0.002)
    os.kill(late, signal.SIGSTOP)
    # While the next agent cannot say that the run crashed, everything is where the late process expects it.
    server.send_signal(signal.SIGSTOP)
    try:
        assert not (folder / "process").exists(), "stopped too late to try it"
        agent.kill()
        agent.wait()
        site.start("agent", "start", says=f"Takes over run {run}")
        time.sleep(6)
        assert folder.exists()
        os.kill(late, signal.SIGCONT)
        until(lambda: not pathlib.Path(f"/proc/{late}").exists(), 20)
    finally:
        if pathlib.Path(f"/proc/{late}").exists():
            os.kill(late, signal.SIGCONT)
        server.send_signal(signal.SIGCONT)
    until(lambda: site.run(run)["state"] == "Crashed", 40)
    assert done(file) == 0


@pytest.mark.parametrize("millis", [0, 200])
def test_a_run_whose_agent_is_killed_as_it_starts_is_done_once_or_not_at_all(site, millis):
    agent = site.agent()
    file = site.folder / "once"
    run = site.order("Effect", file=str(file))
    began(site, run)
    time.sleep(millis / 1000)
    agent.kill()
    agent.wait()
    site.agent()
    state = until(lambda: (r := site.run(run))["state"] in OVER and r, 40)["state"]
    time.sleep(2)
    assert (state, done(file)) in [("Completed", 1), ("Crashed", 0), ("Failed", 0)]
