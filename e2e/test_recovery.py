"""Runs are tried again, ask people, and are resumed from a task: real server, agents, processes, kill -9 and a real browser."""

import json
import os
import re
import signal
import subprocess
import time

import pytest

from conftest import TOP, notebook
from test_buttons import browser, chromium  # noqa: F401 (fixtures)
from test_dashboard import violations
from test_schedules import done, rewrite
from test_server import Machine, child, machine, until  # noqa: F401 (fixtures)

READ = """%%task effect
String read(String file) throws Exception {
    Files.writeString(Path.of(file), "read\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return file;
}"""
FLAKY = """%%task effect
long load(String file) throws Exception {
    Files.writeString(Path.of(file), "load\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    long times = Files.readAllLines(Path.of(file)).stream().filter("load"::equals).count();
    if (times < 3) {
        throw new IOException("the warehouse is closed, time " + times);
    }
    return times;
}"""
RETRIED = ('%%flow retries=2 retryDelay=2s\nlong steps(String file) throws Exception {\n'
           '    onFailure(end -> System.out.println("failed for good"));\n    return load(read(file));\n}')
CHOICE = "enum Mode { APPEND, REPLACE }\nrecord Choice(String table, int chunk, Mode mode) {}"
WRITE = """%%task effect
String write(String file, String where) throws Exception {
    Files.writeString(Path.of(file), where + "\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return where;
}"""
ASKING = """%%flow
String ask(String file) throws Exception {
    String rows = read(file);
    Choice choice = approve("Load 1.3 M rows where?", new Choice("trips", 100_000, Mode.APPEND));
    return write(rows, choice.table() + " by " + choice.chunk() + " " + choice.mode());
}"""
TWICE = """%%flow
String twice(String file) throws Exception {
    String rows = read(file);
    approve("Load " + rows.length() + "?");
    write(rows, "first");
    approve("And again?", Duration.ofSeconds(SECONDS));
    return write(rows, "second");
}"""


def lines_of(file):
    return file.read_text().split("\n")[:-1]


def state(machine, run, wanted, seconds=60):
    return until(lambda: (r := machine.run(run))["state"] == wanted and r, seconds)


@pytest.fixture
def served(machine):
    machine.own_server = machine.server()
    machine.file = machine.folder / "told.txt"
    yield machine


def retried(served, *changes):
    served.deploy("Retried", "steps", READ, FLAKY, RETRIED)
    if changes:
        page = served.folder / "Retried/deployment.yaml"
        page.write_text("\n".join([*page.read_text().splitlines(), *changes]) + "\n")
        done(served, "deployment", "apply", "Retried")


def test_a_failed_run_waits_and_is_tried_again_as_the_same_run_without_repeating_what_it_finished(served):
    retried(served, "retry_delay: 5s")
    served.agent()
    run = served.order("Retried", file=str(served.file))
    waits = state(served, run, "AwaitingRetry")
    assert waits["retried"] == 1 and "next" in waits, waits
    assert waits["reason"] == "IOException: the warehouse is closed, time 1; attempt 2 of 3 follows", waits
    until(lambda: not list((served.folder / "home/outbox").glob("*/process")))  # no process waits with it
    over = served.ended(run)
    assert over["state"] == "Completed" and over["retried"] == 2, over
    assert lines_of(served.file) == ["read", "load", "load", "load"]
    loads = [task for task in over["tasks"] if task["task"] == "load"]
    assert [load["state"] for load in loads] == ["Failed", "Failed", "Completed"], over
    assert [task["state"] for task in over["tasks"] if task["task"] == "read"] == ["Completed"], over
    assert "failed for good" not in served.lines(run)
    assert len(served.api("/api/runs")["runs"]) == 1


def test_a_server_and_an_agent_that_are_killed_meanwhile_lose_nothing(served):
    retried(served, "retry_delay: 6s")
    agent = served.agent()
    run = served.order("Retried", file=str(served.file))
    state(served, run, "AwaitingRetry")
    port = json.loads((served.folder / "home/server.json").read_text())["url"].rsplit(":", 1)[1]
    for process in (served.own_server, agent):
        process.kill()
        process.wait()
    served.own_server = served.server(port)
    served.agent()
    assert state(served, run, "Completed", 90)["retried"] == 2
    assert lines_of(served.file) == ["read", "load", "load", "load"]


def test_one_that_waits_is_cancelled_held_back_by_a_pause_and_watched_through_it(served):
    retried(served, "retry_delay: 8s", "retries: 3")
    served.agent()
    first = served.order("Retried", file=str(served.file))
    state(served, first, "AwaitingRetry")
    served.api(f"/api/runs/{first}/cancel", {})  # a command may take longer to start than the wait is
    assert served.run(first)["state"] == "Cancelled"
    served.file.unlink()
    second = served.order("Retried", file=str(served.file))
    state(served, second, "AwaitingRetry")
    served.api("/api/deployments/Retried/pause", {"paused": True})
    time.sleep(10)
    assert served.run(second)["state"] == "AwaitingRetry" and len(lines_of(served.file)) == 2
    done(served, "deployment", "resume", "Retried")
    watched = served.dagshell("deployment", "watch", second)
    assert watched.code == 0, watched
    assert re.search(r"AwaitingRetry: IOException: the warehouse is closed, time 2; attempt 3 of 4 follows at 20\S+Z", watched.out), watched
    assert served.run(first)["state"] == "Cancelled"


def test_failures_that_are_spent_fail_once_and_are_told_once(served):
    retried(served, "retries: 1", "retry_delay: 1s", "retry_when: [failed]")
    served.agent()
    run = served.order("Retried", file=str(served.file))
    over = served.ended(run)
    assert over["state"] == "Failed" and over["retried"] == 1, over
    assert "failed for good" in served.lines(run)
    assert "retries 1 after 1s, when failed" in done(served, "deployment", "show", "Retried")
    done(served, "deployment", "set", "Retried", "--retries", "4", "--retry-delay", "2s..1m", "--retry-when", "crashed,user")
    assert "retries 4 after 2s..1m, when crashed, user" in done(served, "deployment", "show", "Retried")
    done(served, "deployment", "set", "Retried", "--retries", "header", "--retry-delay", "header", "--retry-when", "usual")
    assert "retries 2 after 2s, when crashed, failed" in done(served, "deployment", "show", "Retried")
    wrong = (served.folder / "Retried/deployment.yaml")
    wrong.write_text(wrong.read_text().replace("retry_when: [failed]", "retry_when: [lunch]"))
    refused = served.dagshell("deployment", "apply", "Retried")
    assert refused.code == 2 and "retry_when" not in refused.out and "'lunch'" in refused.text and "deployment.yaml:" in refused.text, refused


def test_a_crash_counts_as_an_attempt_where_the_deployment_says_so(served):
    hanging = FLAKY.replace("if (times < 3) {", "if (times < 2) {\n        Thread.sleep(60_000);")
    served.deploy("Hanging", "steps", READ, hanging, RETRIED)
    served.agent()
    run = served.order("Hanging", file=str(served.file))
    until(lambda: served.file.exists() and "load" in lines_of(served.file))
    watching = subprocess.Popen([*served.program, "deployment", "watch", run], env=served.env, cwd=served.folder,
                                stdout=subprocess.PIPE, text=True)
    os.kill(child(served, run), signal.SIGKILL)
    crashed = served.ended(run)
    assert crashed["state"] == "Crashed", crashed
    again = until(lambda: served.run(run).get("retriedBy"))
    assert served.ended(again)["state"] == "Completed"
    assert lines_of(served.file) == ["read", "load", "load"]
    out, _ = watching.communicate(timeout=30)
    assert watching.returncode == 0 and f"made anew, as run {again}" in out, out


def test_a_run_asks_holds_no_process_and_goes_on_with_what_a_person_typed(served):
    served.deploy("Asking", "ask", READ, CHOICE, WRITE, ASKING)
    agent = served.agent("--capacity", "1")
    run = served.order("Asking", file=str(served.file))
    paused = state(served, run, "Paused")
    assert paused["reason"] == "waits for approval: Load 1.3 M rows where?"
    asked = paused["approvals"][0]
    assert asked["state"] == "waiting" and asked["schema"]["properties"]["chunk"] == {
        "type": "integer", "format": "int32", "default": 100000}, asked
    assert asked["schema"]["properties"]["mode"]["enum"] == ["APPEND", "REPLACE"]
    until(lambda: not list((served.folder / "home/outbox").glob("*/process")))
    free = served.order("Asking", file=str(served.folder / "other.txt"))
    state(served, free, "Paused")
    assert "Load 1.3 M rows where?" in done(served, "approval", "ls")

    wrong = served.dagshell("approval", "approve", run, "-p", "chunk=many")
    assert wrong.code == 2 and "parameter chunk (int): 'many' is not" in wrong.text, wrong
    wrong = served.dagshell("approval", "approve", run, "-p", "mode=DROP")
    assert wrong.code == 2 and "'DROP' is not one of APPEND, REPLACE" in wrong.text, wrong
    wrong = served.dagshell("approval", "approve", run, "-p", "colour=red")
    assert wrong.code == 2 and "there is no parameter colour" in wrong.text, wrong

    agent.kill()
    port = json.loads((served.folder / "home/server.json").read_text())["url"].rsplit(":", 1)[1]
    served.own_server.kill()
    served.own_server.wait()
    served.own_server = served.server(port)
    assert "Approved." in done(served, "approval", "approve", run, "-p", "table=trips_2021", "-p", "mode=REPLACE")
    twice = served.dagshell("approval", "approve", run)
    assert twice.code == 2 and "is answered already: Approved by" in twice.text, twice
    assert served.api(f"/api/runs/{run}/reject", {"reason": "late"})["status"] == 409
    served.agent()
    over = served.ended(run)
    assert over["state"] == "Completed", over
    assert lines_of(served.file) == ["read", "trips_2021 by 100000 REPLACE"]
    assert over["approvals"][0]["values"] == {"table": "trips_2021", "chunk": 100000, "mode": "REPLACE"}
    assert [(task["task"], task["state"]) for task in over["tasks"]] == [
        ("ask", "Completed"), ("read", "Completed"), ("write", "Completed")], over
    assert any("was approved by" in line for line in served.lines(run))

    done(served, "approval", "reject", free, "--reason", "the table is frozen")
    rejected = served.ended(free)
    who = rejected["approvals"][0]["by"]
    assert rejected["state"] == "Failed", rejected
    assert rejected["reason"] == \
        f"RejectedException: 'Load 1.3 M rows where?' was rejected by {who}: the table is frozen", rejected
    assert rejected["tasks"][0]["failure"]["location"].startswith("Asking.ipynb[4]:"), rejected

    rerun = served.dagshell("deployment", "rerun", free)
    again = re.search(r"Run (\S+) is", rerun.out).group(1)
    asked_again = state(served, again, "Paused")
    assert lines_of(served.folder / "other.txt") == ["read"], "what was finished is kept"
    done(served, "deployment", "cancel", again)
    assert served.run(again)["state"] == "Cancelled" and asked_again["resumes"] == free


def test_questions_come_one_after_the_other_and_expire(served):
    served.deploy("Twice", "twice", READ, WRITE, TWICE.replace("SECONDS", "3"))
    served.agent()
    run = served.order("Twice", file=str(served.file))
    state(served, run, "Paused")
    done(served, "approval", "approve", run)
    over = served.ended(run)
    assert over["state"] == "Failed" and lines_of(served.file) == ["read", "first"], over
    assert [asked["state"] for asked in over["approvals"]] == ["approved", "expired"], over
    assert "'And again?' was rejected by nobody: nobody answered in time" in json.dumps(over), over


def test_finished_tasks_are_run_again_from_a_task_on(served):
    failing = FLAKY.replace("times < 3", "times < 2")
    served.deploy("Retried", "steps", READ, failing, RETRIED.replace(" retries=2 retryDelay=2s", ""))
    served.agent()
    run = served.order("Retried", file=str(served.file))
    assert served.ended(run)["state"] == "Failed"
    wrong = served.dagshell("deployment", "rerun", run, "--from", "fetch")
    assert wrong.code == 2 and "has no task 'fetch'; it has load, read, steps" in wrong.text, wrong
    again = served.dagshell("deployment", "rerun", run, "--from", "read", "--watch")
    assert again.code == 0, again
    assert lines_of(served.file) == ["read", "load", "read", "load"]


def test_a_terminal_is_asked_and_one_without_input_is_told_how(machine):
    file = machine.folder / "told.txt"
    nb = notebook(machine.folder / "ask.ipynb", READ, CHOICE, WRITE, ASKING)

    def run(typed):
        return subprocess.run([*machine.program, "run", f"{nb}:ask", "-p", f"file={file}"], env=machine.env, cwd=machine.folder,
                              input=typed, capture_output=True, text=True, timeout=120)

    answered = run("\nmany\n5\nREPLACE\nmaybe\nyes\n")
    assert answered.returncode == 0, answered
    assert "table (String) [\"trips\"]: " in answered.stdout and "'many' is not" in answered.stdout
    assert lines_of(file) == ["read", "trips by 5 REPLACE"]
    refused = run("\n\n\nno, not on Fridays\n")
    assert refused.returncode == 1 and re.search(r"was rejected by \S+: not on Fridays", refused.stderr), refused
    nobody = run("")
    assert nobody.returncode == 1 and "the dashboard and dagshell approval then ask for it" in nobody.stderr, nobody


@pytest.mark.skipif(not chromium, reason="no Chromium on this machine")
def test_a_question_is_answered_in_a_browser(served, browser, tmp_path):
    shots = os.environ.get("DAGSHELL_E2E_SCREENSHOTS", str(tmp_path))
    served.deploy("Asking", "ask", READ, CHOICE, WRITE, ASKING)
    served.agent()
    run = served.order("Asking", file=str(served.file))
    state(served, run, "Paused")
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(re.search(r"Dashboard: (\S+)", served.own_server.log.read_text()).group(1))
    page.get_by_role("heading", name="Waits for approval").wait_for()
    assert not violations(page)
    page.screenshot(path=f"{shots}/approvals-start.png", full_page=True)
    page.get_by_role("link", name="Load 1.3 M rows where?").click()
    page.get_by_label("table").wait_for()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=f"{shots}/approval-{scheme}.png", full_page=True)
        assert not violations(page)
    page.set_viewport_size({"width": 360, "height": 800})
    page.screenshot(path=f"{shots}/approval-360.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not violations(page)
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.emulate_media(color_scheme="light")
    assert page.get_by_label("mode").input_value() == "APPEND"
    assert page.get_by_label("mode").locator("option").all_inner_texts() == ["APPEND", "REPLACE"]
    page.get_by_label("mode").select_option("REPLACE")
    page.get_by_label("chunk").fill("99999999999")
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("'99999999999' is not a whole number").wait_for()
    assert page.get_by_label("mode").input_value() == "REPLACE"
    assert not violations(page)
    page.get_by_label("chunk").fill("100000")
    page.get_by_label("table").fill("trips_browser")
    page.get_by_role("button", name="Approve").click()
    page.locator(".head .state.completed").wait_for(timeout=60_000)
    page.locator(".approval").get_by_text("by dashboard").wait_for()
    page.screenshot(path=f"{shots}/approved.png", full_page=True)
    assert not violations(page)
    assert lines_of(served.file) == ["read", "trips_browser by 100000 REPLACE"]

    other = served.order("Asking", file=str(served.file))
    state(served, other, "Paused")
    page.goto(page.url.rsplit("/", 1)[0] + "/" + other)
    page.get_by_label("Reason").fill("<b>frozen</b>")
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(3_000)  # what comes live takes nothing away
    assert page.get_by_label("Reason").input_value() == "<b>frozen</b>"
    page.get_by_role("button", name="Reject").click()
    page.locator(".head .state.failed").wait_for(timeout=60_000)
    page.get_by_text("was rejected by dashboard: <b>frozen</b>").first.wait_for()
    page.screenshot(path=f"{shots}/rejected.png", full_page=True)
    page.get_by_role("button", name="From here (read)").click()
    page.get_by_role("dialog").get_by_role("button", name="Run from here").click()
    page.locator(".head .state.paused").wait_for(timeout=60_000)
    assert lines_of(served.file)[-1] == "read"
    context.close()


@pytest.mark.skipif(not chromium, reason="no Chromium on this machine")
def test_attempts_are_counted_on_the_page_of_a_run(served, browser, tmp_path):
    shots = os.environ.get("DAGSHELL_E2E_SCREENSHOTS", str(tmp_path))
    retried(served, "retry_delay: 5s")
    served.agent()
    run = served.order("Retried", file=str(served.file))
    state(served, run, "AwaitingRetry")
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(re.search(r"Dashboard: (\S+)", served.own_server.log.read_text()).group(1))
    page.get_by_role("link", name="Runs", exact=True).click()
    page.goto(page.url.split("/runs")[0] + "/runs/" + run)
    page.get_by_text("attempt 2 of 3", exact=True).wait_for()
    page.locator(".head .state.awaiting-retry").wait_for()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=f"{shots}/awaiting-{scheme}.png", full_page=True)
        assert not violations(page)
    page.locator(".head .state.completed").wait_for(timeout=60_000)
    assert page.get_by_text("attempt 3 of 3", exact=True).is_visible()
    page.screenshot(path=f"{shots}/retried.png", full_page=True)
    context.close()
