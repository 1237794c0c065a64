"""dagshell deployment run --watch: each line once, through a restart of the server, and Ctrl-C leaves the run alone."""

import json
import os
import signal
import subprocess
import urllib.parse

from conftest import TOP
from test_server import OVER, build, deployed, machine, until  # noqa: F401


def watching(machine, *arguments):
    """A command that watches, and the file it writes to."""
    out = machine.folder / f"watch-{len(machine.processes)}.log"
    with open(out, "w") as file:
        process = subprocess.Popen([str(TOP / "dagshell"), "deployment", *arguments], env=machine.env, cwd=machine.folder,
                                   stdout=file, stderr=subprocess.STDOUT, start_new_session=True)
    machine.processes.append(process)
    return process, out


def test_a_watch_tells_each_line_and_state_once_through_a_restart_of_the_server(machine):
    server = machine.server()
    page = build(machine)
    assert machine.dagshell("deployment", "apply", page.parent).code == 0
    machine.agent()
    # The agent knows the server by its address.
    port = urllib.parse.urlsplit(json.loads((machine.folder / "home/server.json").read_text())["url"]).port
    watch, out = watching(machine, "run", "Steps", "-p", "n=6", "-p", "millis=2000", "--watch")
    until(lambda: "step 1" in out.read_text())
    server.kill()
    server.wait()
    until(lambda: "asking again until the server answers" in out.read_text())
    machine.server(port)

    assert watch.wait(timeout=120) == 0, out.read_text()

    lines = out.read_text().splitlines()
    assert "The server answers again." in lines
    for i in range(6):
        assert len([line for line in lines if line.endswith(f"step {i}")]) == 1, lines
    assert len([line for line in lines if line.startswith("  step  Running")]) <= 6, lines
    assert len([line for line in lines if line.startswith("  step  Completed")]) == 6, lines
    assert [line for line in lines if line in OVER | {"Running"}] == ["Running", "Completed"], lines
    assert lines[-1] == "Completed"


def test_a_watch_that_is_stopped_leaves_the_run_going_and_says_how_to_cancel_it(deployed):
    watch, out = watching(deployed, "run", "Steps", "-p", "n=60", "-p", "millis=1000", "--watch")
    until(lambda: "step 0" in out.read_text())
    run = out.read_text().split()[1]

    os.killpg(watch.pid, signal.SIGINT)

    assert watch.wait(timeout=30) == 130
    assert f"dagshell deployment cancel {run}" in out.read_text()
    assert deployed.run(run)["state"] == "Running"
    again, out = watching(deployed, "watch", run)
    until(lambda: "step 0" in out.read_text())
    assert deployed.dagshell("deployment", "cancel", run).code == 0
    assert again.wait(timeout=60) == 1
    assert out.read_text().splitlines()[-1].startswith("Cancelled"), out.read_text()
    assert deployed.dagshell("deployment", "watch", run).code == 1
