"""A home in one file and back: taken while runs go on, refused when damaged, restored into a server that runs them."""

import pathlib
import shutil
import threading
import time

import psycopg
import pytest

from test_server import STEPS, Machine, machine, until  # noqa: F401 (fixture)
from test_server_room import MOUNTS, Disk


@pytest.fixture
def backed(machine):
    """A server and an agent with the deployment Steps, a block and some runs that are over."""
    machine.server()
    machine.agent("--capacity", "2")
    machine.deploy("Steps", "steps", *STEPS)
    assert machine.dagshell("block", "set", "lake", "--type", "secret", "value=hush-4711").code == 0
    return machine


@pytest.fixture
def elsewhere(tmp_path):
    """Another machine, with nothing."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    other = Machine(folder)
    yield other
    other.stop()


def states(machine):
    return {run["run"]: run["state"] for run in machine.api("/api/runs?limit=200")["runs"]}


def test_a_backup_of_a_busy_server_is_restored_into_another_that_runs_the_deployment(backed, elsewhere):
    first = backed.ended(backed.order("Steps", n=3, millis=1))
    lines = backed.lines(first["run"])
    busy = threading.Event()

    def load():
        while not busy.is_set():
            backed.order("Steps", n=2, millis=1)
            time.sleep(0.2)

    loader = threading.Thread(target=load)
    loader.start()
    try:
        for i in range(3):
            time.sleep(1.5)
            done = backed.dagshell("server", "backup", f"night{i}.zip")
            assert done.code == 0, done
            assert "keep it elsewhere" in done.out, done
    finally:
        busy.set()
        loader.join()
    backup = backed.folder / "night2.zip"
    assert b"hush-4711" not in backup.read_bytes()
    known = states(backed)
    until(lambda: all(state == "Completed" for state in states(backed).values()))

    restored = elsewhere.dagshell("server", "restore", backup)
    assert restored.code == 0, restored
    elsewhere.server()
    assert elsewhere.lines(first["run"]) == lines
    there = states(elsewhere)
    assert set(there) <= set(states(backed)) and len(there) > 3, (there, known)
    elsewhere.agent()
    # What the backup has in the middle of it ends there as after a crash; the rest is as it was.
    until(lambda: not {"Running", "Pending", "Scheduled", "Late"} & set(states(elsewhere).values()), 60)
    again = elsewhere.ended(elsewhere.order("Steps", n=3, millis=1))
    assert again["state"] == "Completed", again
    assert elsewhere.lines(again["run"])[-1:] == ["for none"] or "for none" in elsewhere.lines(again["run"])
    assert "lake" in elsewhere.dagshell("block", "ls").out
    # Who had the token before has it now.
    token = (backed.folder / "home/server.json").read_text().split('"token":"')[1].split('"')[0]
    assert token in (elsewhere.folder / "home/server.json").read_text()


def test_nothing_that_is_there_is_written_over_unless_it_is_said(backed):
    home = backed.folder / "home"
    assert backed.dagshell("server", "backup", "night.zip").code == 0
    again = backed.dagshell("server", "backup", "night.zip")
    assert again.code == 2 and "--replace" in again.err, again
    runs = backed.dagshell("server", "restore", "night.zip", "--replace")
    assert runs.code == 2 and "stop it first" in runs.err, runs
    backed.stop()
    refused = backed.dagshell("server", "restore", "night.zip")
    assert refused.code == 2 and "--replace" in refused.err, refused
    done = backed.dagshell("server", "restore", "night.zip", "--replace")
    assert done.code == 0, done
    kept = [line.split(": ")[1] for line in done.out.splitlines() if line.startswith("What was there is kept")]
    assert len(kept) == 3 and all(pathlib.Path(each).exists() for each in kept), done
    assert not list(home.glob("*restoring*"))


def test_a_damaged_backup_is_refused_and_changes_nothing(backed, elsewhere):
    assert backed.dagshell("server", "backup", "night.zip").code == 0
    whole = (backed.folder / "night.zip").read_bytes()
    bad = backed.folder / "bad.zip"
    shutil.copy(backed.folder / "night.zip.key", backed.folder / "bad.zip.key")
    for damaged, says in [
            (whole[:len(whole) // 2], "cut off"), (b"", "no backup"), (b"PK" + bytes(500), "no backup"),
            (whole[:3000] + bytes([whole[3000] ^ 1]) + whole[3001:], "damaged")]:
        bad.write_bytes(damaged)
        refused = elsewhere.dagshell("server", "restore", bad)
        assert refused.code == 2 and says in refused.err and "Exception" not in refused.err, refused
        assert not (elsewhere.folder / "home").exists()
    checked = elsewhere.dagshell("server", "restore", "--check", backed.folder / "night.zip")
    assert checked.code == 0 and "is whole" in checked.out, checked
    assert not (elsewhere.folder / "home").exists()
    (backed.folder / "night.zip.key").unlink()
    locked = elsewhere.dagshell("server", "restore", backed.folder / "night.zip")
    assert locked.code == 2 and "--without-blocks" in locked.err, locked


def test_a_home_moves_from_its_file_into_postgresql_and_back(backed, elsewhere, postgres, tmp_path):
    run = backed.ended(backed.order("Steps", n=3, millis=1))
    assert backed.dagshell("server", "backup", "night.zip").code == 0
    postgres.execute("create database moved")
    url = postgres.url.rsplit("/", 1)[0] + "/moved"
    elsewhere.env["DAGSHELL_DATABASE"] = url
    done = elsewhere.dagshell("server", "restore", backed.folder / "night.zip")
    assert done.code == 0, done
    elsewhere.server()
    elsewhere.agent()
    assert elsewhere.lines(run["run"]) == backed.lines(run["run"])
    more = elsewhere.ended(elsewhere.order("Steps", n=2, millis=1))
    assert more["state"] == "Completed"
    # A server uses it: neither this home nor another may put something in its place.
    third = tmp_path / "third"
    third.mkdir()
    other = Machine(third)
    other.env["DAGSHELL_DATABASE"] = url
    refused = other.dagshell("server", "restore", "--replace", backed.folder / "night.zip")
    assert refused.code == 3 and "stop them first" in refused.err, refused

    done = elsewhere.dagshell("server", "backup", "moved.zip")
    assert done.code == 0, done
    del other.env["DAGSHELL_DATABASE"]
    done = other.dagshell("server", "restore", elsewhere.folder / "moved.zip")
    assert done.code == 0, done
    other.server()
    try:
        assert other.run(more["run"])["state"] == "Completed"
        assert other.lines(run["run"]) == backed.lines(run["run"])
    finally:
        other.stop()
    elsewhere.stop()
    time.sleep(1)
    with psycopg.connect(url) as connection:
        connection.execute("update runs set title = 'changed'")
    done = elsewhere.dagshell("server", "restore", "--replace", elsewhere.folder / "moved.zip")
    assert done.code == 0 and "the schema dagshell_replaced_" in done.out, done
    with psycopg.connect(url) as connection:
        assert connection.execute("select count(*) from runs where title = 'changed'").fetchone()[0] == 0
        former = done.out.split("the schema ")[1].split()[0]
        assert connection.execute(f"select count(*) from {former}.runs where title = 'changed'").fetchone()[0] > 0


@MOUNTS
def test_a_disk_without_room_leaves_neither_half_a_backup_nor_half_a_home(backed, elsewhere, tmp_path):
    assert backed.dagshell("server", "backup", "night.zip").code == 0
    disk = Disk(tmp_path / "small", 2)
    try:
        disk.fill()
        full = backed.dagshell("server", "backup", disk.folder / "night.zip")
        assert full.code == 3 and "No space left" in full.err and "could not be written" in full.err, full
        assert [f.name for f in disk.folder.iterdir()] == ["filler"]
        disk.empty()
        elsewhere.env["DAGSHELL_HOME"] = str(disk.folder / "home")
        full = elsewhere.dagshell("server", "restore", backed.folder / "night.zip")
        assert full.code == 3 and "Exception" not in full.err, full
        assert not (disk.folder / "home/dagshell.db").exists()
        assert not list(disk.folder.rglob("*restoring*")) and not list(disk.folder.rglob("*.part"))
    finally:
        disk.close()


def test_a_server_older_than_the_database_says_so(machine):
    import sqlite3

    machine.server()
    machine.stop()
    with sqlite3.connect(machine.folder / "home/dagshell.db") as connection:
        connection.execute(
            "insert into flyway_schema_history select installed_rank + 1, '99', 'later', type, 'V99__later.sql', checksum,"
            " installed_by, installed_on, execution_time, success from flyway_schema_history"
            " order by installed_rank desc limit 1")
    refused = machine.dagshell("server", "start", "--port", "0")
    assert refused.code == 3 and "was changed by a newer DagShell" in refused.err and "version 99" in refused.err, refused
