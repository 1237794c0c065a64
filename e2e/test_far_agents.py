"""Agents with homes of their own, away from the server: downloads that break off."""

import json
import os
import urllib.parse

import pytest

from lines import Line
from test_server import Machine, build, until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are stopped and killed by signals")


@pytest.fixture
def server(tmp_path):
    """A server with the deployment Steps, and no agent."""
    server = Machine(folder(tmp_path, "server"))
    server.server()
    build(server)
    applied = server.dagshell("deployment", "apply", "steps")
    assert applied.code == 0, applied
    yield server
    server.stop()


def folder(parent, name):
    made = parent / name
    made.mkdir()
    return made


def told_of(server):
    return json.loads((server.folder / "home/server.json").read_text())


@pytest.fixture
def line(server):
    line = Line(urllib.parse.urlsplit(told_of(server)["url"]).port)
    yield line
    line.close()


@pytest.fixture
def far(server, line, tmp_path):
    """A home that has nothing yet, whose agent reaches the server over the line."""
    far = Machine(folder(tmp_path, "far"))
    far.env.update(DAGSHELL_API_URL=f"http://127.0.0.1:{line.port}", DAGSHELL_API_TOKEN=told_of(server)["token"])
    yield far
    far.stop()


@pytest.mark.parametrize("file", ["/files/flow.jar", "/api/libraries/"])
def test_a_run_whose_download_breaks_off_begins_when_the_server_is_back(server, line, far, file):
    line.break_at(file.encode())
    run = server.order("Steps", n=2, millis=1)
    far.agent()
    until(lambda: not line.open)
    assert server.run(run)["state"] == "Pending"
    line.mend()

    ended = server.ended(run)

    assert ended["state"] == "Completed", ended


def test_a_library_that_is_damaged_at_the_server_is_a_failure_that_says_so(server, far):
    damaged = max((server.folder / "home").glob("**/libraries/*/*.jar"), key=lambda jar: "engine" in jar.name)
    whole = damaged.stat()
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    # As a disk does it: nothing but the content tells.
    os.utime(damaged, ns=(whole.st_atime_ns, whole.st_mtime_ns))
    far.agent()

    ended = server.ended(server.order("Steps", n=2, millis=1))

    assert ended["state"] == "Failed" and damaged.name in ended["reason"] and "damaged" in ended["reason"], ended


def test_libraries_are_sent_once_the_folder_is_found_good(tmp_path):
    bare, builder = Machine(folder(tmp_path, "bare")), Machine(folder(tmp_path, "builder"))
    bare.server()
    try:
        builder.env.update(DAGSHELL_API_URL=told_of(bare)["url"], DAGSHELL_API_TOKEN=told_of(bare)["token"])
        build(builder)
        page = builder.folder / "steps/deployment.yaml"
        plain = page.read_text()
        page.write_text(plain.replace("schedules: []", "schedules:\n  - {cron: \"0 0 31 2 *\"}"))
        refused = builder.dagshell("deployment", "apply", "steps")
        kept = list((bare.folder / "home").glob("**/libraries/*/*.jar"))

        assert refused.code == 2 and "deployment.yaml:" in refused.err and "0 0 31 2 *" in refused.err, refused
        assert not kept, kept

        page.write_text(plain)
        assert builder.dagshell("deployment", "apply", "steps").code == 0
        assert list((bare.folder / "home").glob("**/libraries/*/*.jar"))
    finally:
        bare.stop()
        builder.stop()
