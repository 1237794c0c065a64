"""What a server and an agent log, as lines that programs read; how much of the history is kept."""

import json
import sqlite3
import time

from test_server import STEPS, machine, until  # noqa: F401 (fixture)


def objects(log):
    return [json.loads(line) for line in log.read_text().splitlines()]


def test_a_log_of_json_has_one_object_a_line_and_no_token(machine):
    machine.start("start", "--port", "0", "--log-format", "json", says="takes runs from")
    machine.deploy("Steps", "steps", *STEPS)
    run = machine.ended(machine.order("Steps"))["run"]
    log = machine.processes[0].log
    until(lambda: any(line.get("run") == run for line in objects(log)))
    lines = objects(log)
    assert all({"time", "level", "logger", "message"} <= set(line) for line in lines), lines
    assert {"dagshell.server", "dagshell.agent"} <= {line["logger"] for line in lines}
    assert {line["level"] for line in lines} <= {"INFO", "WARN", "ERROR", "DEBUG"}
    token = json.loads((machine.folder / "home/server.json").read_text())["token"]
    assert token not in log.read_text()


def test_a_word_that_is_no_format_or_size_is_refused_with_those_that_are(machine):
    for wrong, says in [
            (("--log-format", "xml"), "'text' or 'json'"), (("--history-limit", "much"), "500m or 5g"),
            (("--history-limit", "1m"), "10m or more"), (("--keep-logs", "0"), "a day or longer"),
            (("--history-limit", "1g", "--database", "postgresql://nobody@127.0.0.1:1/none"), "--keep-runs")]:
        refused = machine.dagshell("server", "start", "--port", "0", *wrong)
        assert refused.code == 2 and says in refused.err and "Exception" not in refused.err, refused


def test_past_its_limit_the_history_loses_the_oldest_runs_and_says_so(machine):
    machine.start("server", "start", "--port", "0", "--history-limit", "10m", "--keep-logs", "1", says="Dashboard:")
    server = machine.processes[0]
    server.terminate()
    server.wait(20)
    database = machine.folder / "home/dagshell.db"
    old = int((time.time() - 3 * 86_400) * 1e6)
    with sqlite3.connect(database) as connection:
        for i in range(30):
            run = f"01950000-0000-7000-8000-{i:012d}"
            connection.execute(
                "insert into runs (run_id, flow, kind, title, parameters, origin, source, state, started_at, finished_at)"
                " values (?, 'talk', 'FLOW', 'Talk', '{}', 'notebook', 'talk.ipynb[1]', 'Completed', ?, ?)",
                (run, old + i, old + i + 1))
            connection.execute(
                "insert into artifacts (run_id, ordinal, name, kind, at, content) values (?, 0, 'a', 'text', ?, ?)",
                (run, old, json.dumps({"text/plain": "x" * 600_000})))
            connection.execute(
                "insert into logs (run_id, ordinal, at, level, text, cached) values (?, 0, ?, 'STDOUT', 'said', 0)", (run, old))
    machine.start("server", "start", "--port", "0", "--history-limit", "10m", "--keep-logs", "1", says="Dashboard:")
    log = machine.processes[1].log
    until(lambda: "runs that ended first, for the history may have 10 MB" in log.read_text(), 30)
    until(lambda: "deleted the logs of" in log.read_text(), 30)
    with sqlite3.connect(database) as connection:
        left = [row[0] for row in connection.execute("select run_id from runs order by run_id")]
    assert 5 < len(left) < 20 and left[-1].endswith("29") and not left[0].endswith("00"), left
    assert machine.lines(left[-1]) == ["The log of this run was deleted; the server keeps logs for a shorter time than runs."]
