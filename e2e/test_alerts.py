"""Somebody is told when a deployed run fails: real server, agent and run, and a receiver of webhooks."""

import http.server
import json
import threading

import pytest

from test_server import deployed, machine, until  # noqa: F401 (fixtures)


@pytest.fixture
def receiver():
    """An address to post to; what it got, and what it answers."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            server.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(server.status)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.got, server.status = [], 200
    server.url = f"http://127.0.0.1:{server.server_port}/services/T0K3N"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def done(machine, *arguments):
    result = machine.dagshell(*arguments)
    assert result.code == 0, result
    return result.out


def test_a_run_that_fails_is_told_with_its_line_once_and_after_a_server_that_was_away(deployed, receiver):
    done(deployed, "block", "set", "chat", "--type", "webhook", f"url={receiver.url}", "form=slack")
    said = deployed.dagshell("alert", "set", "night watch", "--on", "failed,sad", "--block", "chat")
    assert said.code == 2 and "'sad' is nothing to be told of; there are failed, crashed" in said.text, said
    done(deployed, "alert", "set", "night watch", "--on", "failed,crashed", "--block", "chat", "--quiet", "0s")
    assert "A test message was sent" in done(deployed, "alert", "test", "night watch")
    assert "This is a test" in receiver.got.pop()["text"]

    run = deployed.order("Steps", n=13, millis=1)
    assert deployed.ended(run)["state"] == "Failed"
    text = until(lambda: receiver.got)[0]["text"]
    assert "Steps ended Failed" in text and f"/runs/{run}|" in text, text
    assert "at steps.ipynb[3]:4" in text and "IllegalStateException: thirteen" in text, text

    receiver.status = 503
    second = deployed.order("Steps", n=13, millis=1)
    until(lambda: len(receiver.got) > 1)
    assert second in receiver.got[1]["text"]
    until(lambda: "answered 503" in done(deployed, "alert", "ls"))
    server = deployed.processes[0]
    server.kill()
    server.wait()
    receiver.status = 200
    deployed.server()
    until(lambda: len(receiver.got) > 2)
    assert second in receiver.got[2]["text"]
    told = until(lambda: (listed := done(deployed, "alert", "ls")).count("  sent") == 2 and listed)
    assert "T0K3N" not in told, told
    assert [run in each["text"] for each in receiver.got] == [True, False, False]

    done(deployed, "alert", "rm", "night watch")
    assert "Nobody is told of anything yet" in done(deployed, "alert", "ls")
