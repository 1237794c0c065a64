"""When runs are made, and how much at once: real server, agent and runs, from the command line and in a real browser."""

import json
import os
import re

import pytest

from test_buttons import browser, chromium  # noqa: F401 (fixtures)
from test_dashboard import violations
from test_server import STEPS, machine, until  # noqa: F401 (fixtures)


def done(machine, *arguments):
    result = machine.dagshell(*arguments)
    assert result.code == 0, result
    return result.out


def rewrite(machine, *changes):
    page = machine.folder / "Steps/deployment.yaml"
    text = page.read_text()
    for before, after in changes:
        assert before in text, text
        text = text.replace(before, after)
    page.write_text(text)


@pytest.fixture
def served(machine):
    machine.server()
    machine.deploy("Steps", "steps", *STEPS)
    yield machine


def test_rules_of_calendars_are_due_end_and_are_refused_with_their_line(served):
    served.agent()
    rewrite(served, ("schedules: []", 'schedules:\n  - {rrule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}'))
    refused = served.dagshell("deployment", "apply", "Steps")
    line = (served.folder / "Steps/deployment.yaml").read_text().splitlines().index(
        '  - {rrule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}') + 1
    assert refused.code == 2 and f"deployment.yaml:{line}: " in refused.text and "never fires" in refused.text, refused
    rewrite(served, ('{rrule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}',
                     '{rrule: "FREQ=SECONDLY;INTERVAL=2", overlap: allow, parameters: {n: 1, millis: 1, day: "${scheduled.instant}"}}\n'
                     '  - {rrule: "FREQ=DAILY;COUNT=2", zone: Europe/Berlin, anchor: 2026-01-05T06:30, parameters: {n: 2}}'))
    done(served, "deployment", "apply", "Steps")

    completed = until(lambda: [run for run in served.api("/api/runs?state=Completed")["runs"]][2:], 90)
    run = served.run(completed[0]["run"])
    assert run["parameters"]["day"] == run["due"] and int(run["due"][17:19]) % 2 == 0
    listed = done(served, "schedule", "ls", "Steps").splitlines()
    assert re.search(r"1 +FREQ=SECONDLY;INTERVAL=2 UTC +20\S+Z +\{\"n\":1", listed[1]), listed
    assert re.search(r"2 +FREQ=DAILY;COUNT=2 Europe/Berlin +ended +\{\"n\":2\}", listed[2]), listed
    past = done(served, "deployment", "backfill", "Steps", "--from", "2026-01-01", "--schedule", "2", "--dry-run")
    assert "2 runs would be made." in past and "2026-01-05T05:30:00Z" in past, past


def test_schedules_are_added_changed_switched_and_removed(served):
    added = done(served, "schedule", "add", "Steps", "--rrule", "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=6", "--zone", "Europe/Berlin",
                 "-p", "n=7", "--overlap", "queue")
    assert "next 20" in added and '{"n":7}' in added, added
    wrong = served.dagshell("schedule", "add", "Steps", "--cron", "0 0 1 * *", "-p", "m=7")
    assert wrong.code == 2 and "there is no parameter m" in wrong.text, wrong
    wrong = served.dagshell("schedule", "add", "Steps", "--cron", "0 0 1 * *", "-p", "n=many")
    assert wrong.code == 2 and "parameter n (int)" in wrong.text, wrong
    done(served, "schedule", "add", "Steps", "--cron", "0 0 1 * *")
    changed = done(served, "schedule", "set", "Steps", "1", "-p", "day=x")
    assert "FREQ=MONTHLY" in changed and '"n":7' in changed and '"day":"x"' in changed, changed
    assert "{}" in done(served, "schedule", "set", "Steps", "1", "--unset", "n", "--unset", "day")
    assert served.api("/api/deployments/Steps/schedules")["schedules"][0]["overlap"] == "queue"
    assert "next off" in done(served, "schedule", "off", "Steps", "2")
    assert "next 20" in done(served, "schedule", "on", "Steps", "2")
    done(served, "schedule", "rm", "Steps", "1")
    assert "FREQ" not in done(served, "schedule", "ls", "Steps")


def test_schedules_pause_by_themselves_and_go_on_when_they_are_resumed(served):
    rewrite(served, ("schedules: []", 'pause_after_failures: 2\nschedules:\n  - {every: 1s, catch_up: all, parameters: {n: 13, millis: 1}}'))
    done(served, "deployment", "apply", "Steps")
    served.agent()
    until(lambda: "paused: its last 2 scheduled runs failed" in done(served, "deployment", "ls"), 120)
    made = len(served.api("/api/runs?limit=100")["runs"])
    assert len(served.api("/api/runs?state=Failed")["runs"]) == 2 and made <= 3
    assert "Its schedules are paused: its last 2" in done(served, "deployment", "apply", "Steps")
    done(served, "deployment", "resume", "Steps")
    until(lambda: len(served.api("/api/runs?state=Failed&limit=100")["runs"]) >= 4, 120)
    until(lambda: "paused: its last 2" in done(served, "deployment", "ls"), 60)
    done(served, "deployment", "set", "Steps", "--pause-after", "none")
    assert "pauseAfterFailures" not in served.api("/api/deployments/Steps")


def test_a_tag_limits_runs_of_all_deployments_and_the_wait_names_it(served):
    rewrite(served, ("tags: []", "tags: [warehouse]"))
    done(served, "deployment", "apply", "Steps")
    served.deploy("Other", "steps", *STEPS)
    assert "warehouse  1" in done(served, "limit", "set", "warehouse", "1")
    refused = served.dagshell("limit", "set", "warehouse", "0")
    assert refused.code == 2 and "a whole number from 1" in refused.text, refused
    first, second = (served.order("Steps", n=100, millis=500) for _ in range(2))
    free = served.order("Other", n=1, millis=1)
    served.agent("--capacity", "4")
    assert served.ended(free)["state"] == "Completed"
    until(lambda: served.run(first)["state"] == "Running")
    until(lambda: served.run(second).get("reason") == "the limit of 1 for tag warehouse is reached", 30)
    assert re.search(r"warehouse +1 +1 +1 +Steps", done(served, "limit", "ls"))
    done(served, "deployment", "cancel", first)
    until(lambda: served.run(second)["state"] == "Running")
    done(served, "deployment", "cancel", second)
    done(served, "limit", "rm", "warehouse")
    assert "No tag is limited" in done(served, "limit", "ls")
    assert re.search(r"default +7 +3 ", done(served, "queue", "set", "default", "--priority", "7", "--limit", "3"))
    assert re.search(r"default +7 +none .*paused", done(served, "queue", "set", "default", "--limit", "none", "--pause"))


@pytest.mark.skipif(not chromium, reason="no Chromium on this machine")
def test_a_schedule_with_its_own_values_and_a_limit_are_made_in_a_browser(served, browser, tmp_path):
    shots = os.environ.get("DAGSHELL_E2E_SCREENSHOTS", str(tmp_path))
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(re.search(r"Dashboard: (\S+)", served.processes[0].log.read_text()).group(1))
    page.get_by_role("link", name="Deployments").click()
    page.get_by_role("link", name="Steps").first.click()
    page.get_by_text("Add a schedule").click()
    assert page.get_by_label("Cron").is_visible() and not page.get_by_label("Rule").is_visible()
    page.get_by_label("When").select_option(label="by a calendar rule (RRULE)")
    assert not page.get_by_label("Cron").is_visible()
    page.get_by_label("Rule").fill("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    page.get_by_text("Parameters of this schedule").click()
    page.get_by_label("n int").fill("many")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("never fires").wait_for()
    assert page.get_by_label("Rule").input_value() == "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
    page.get_by_label("Rule").fill("FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=6")
    page.get_by_label("Time zone").fill("Europe/Berlin")
    page.get_by_role("button", name="Save").click()
    page.get_by_text(re.compile("parameter n .int.")).wait_for()
    if not page.get_by_label("n int").is_visible():
        page.get_by_text("Parameters of this schedule").click()
    page.get_by_label("n int").fill("7")
    page.get_by_role("button", name="Save").click()

    page.locator(".schedules code", has_text="FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=6 Europe/Berlin").wait_for()
    schedule = served.api("/api/deployments/Steps/schedules")["schedules"][0]
    assert schedule["parameters"] == {"n": 7} and schedule["nextDue"]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.get_by_role("link", name="Edit", exact=True).first.click()
        page.screenshot(path=f"{shots}/schedule-{scheme}.png", full_page=True)
        assert not violations(page)
    page.get_by_label("n int").fill("3")
    page.get_by_role("button", name="Save").click()
    until(lambda: served.api("/api/deployments/Steps/schedules")["schedules"][0]["parameters"] == {})

    page.get_by_role("link", name="Queues").click()
    page.get_by_label("Tag", exact=True).fill("warehouse")
    page.get_by_label("Runs with it at once").fill("none")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The limit of a tag is a whole number from 1 to 999999, not 'none'").wait_for()
    page.get_by_label("Runs with it at once").fill("2")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Remove the limit of warehouse").wait_for()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=f"{shots}/limits-{scheme}.png", full_page=True)
        assert not violations(page)
    assert json.dumps(served.api("/api/limits")["limits"]) == json.dumps(
        [{"tag": "warehouse", "concurrency": 2, "active": 0, "waiting": 0, "deployments": []}])
    page.get_by_role("button", name="Remove the limit of warehouse").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove the limit").click()
    page.get_by_text("None. A limit on the tag").wait_for()
    context.close()
