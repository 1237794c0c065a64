"""A server and agents of different builds: who speaks no agent protocol is as the builds before there was one. Real processes."""

import os
import signal
import time
import urllib.parse

import pytest

from messages import Messages
from test_far_agents import far, server, told_of  # noqa: F401, fixtures
from test_server import until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are ended by signals")
SAYS = {"dagshell-agent-protocol", "dagshell-version"}


@pytest.fixture
def line(server):
    """What the far agent's messages come through; `far` knows its port."""
    line = Messages(urllib.parse.urlsplit(told_of(server)["url"]).port)
    yield line
    line.close()


def begin(far):
    return far.agent("--name", "far", "--capacity", "3")


def end(process):
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(30)


def listed(server):
    return next(each for each in server.api("/api/agents")["agents"] if each["name"] == "far")


def test_an_older_agent_ends_the_runs_it_has_and_gets_none_until_it_is_upgraded(server, line, far):
    agent = begin(far)
    going = server.order("Steps", n=16, millis=500)
    until(lambda: server.lines(going))
    line.without_asked = SAYS  # as if the server had been upgraded under it
    until(lambda: any(path.endswith("/poll") and status == 409 for path, _, status in line.asked), 60)
    assert listed(server)["notServed"] == "is of an older DagShell than the server"

    waiting = server.order("Steps", n=1, millis=1)
    ended = server.ended(going)

    assert ended["state"] == "Completed" and ended["retried"] == 0, ended
    assert len(server.lines(going)) == 17, "a line of each step, and one of the sum"
    until(lambda: "agents of work queue default are of another DagShell" in server.run(waiting).get("reason", ""), 60)
    assert not [asked for asked in line.asked if waiting in asked[0]], "it was begun"
    log = until(lambda: (text := agent.log.read_text()) if "hands it no runs" in agent.log.read_text() else None)
    assert "Agent far (DagShell, agent protocol none) is of an older DagShell than the server" in log
    assert "end it and start the agent of the server's DagShell" in log
    assert "gets no runs: it is of an older DagShell than the server" in server.dagshell("agent", "ls").out

    end(agent)
    line.without_asked = set()
    begin(far)

    ended = server.ended(waiting)
    assert ended["state"] == "Completed", ended
    assert "notServed" not in listed(server) and listed(server)["version"]


def test_an_agent_takes_no_runs_of_an_older_server_and_ends_those_it_took_over(server, line, far):
    agent = begin(far)
    going = server.order("Steps", n=16, millis=500)
    until(lambda: server.lines(going))
    end(agent)
    line.without_answered = SAYS  # as if the agent had been upgraded before its server
    agent = begin(far)

    waiting = server.order("Steps", n=1, millis=1)
    ended = server.ended(going)

    assert ended["state"] == "Completed" and len(server.lines(going)) == 17, ended
    until(lambda: "takes no runs of it: upgrade the server first" in agent.log.read_text())
    time.sleep(3)
    assert server.run(waiting)["state"] in ("Scheduled", "Late"), server.run(waiting)
    assert agent.log.read_text().count("is of an older DagShell than this agent") == 1, "said once"

    line.without_answered = set()

    ended = server.ended(waiting)
    assert ended["state"] == "Completed", ended
