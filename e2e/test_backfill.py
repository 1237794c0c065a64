"""A range of the past is run: real server, agent and runs, from the command line and in a real browser."""

import json
import os
import re

import pytest

from test_buttons import browser, chromium  # noqa: F401 (fixtures)
from test_dashboard import violations
from test_server import Machine, STEPS, machine, until  # noqa: F401 (fixtures)

SCHEDULE = ('schedules:\n  - {cron: "0 3 1 * *", zone: Europe/Berlin, parameters: '
            '{n: "${scheduled.month}", millis: "1", day: "${scheduled.date}"}}')


def deploy(machine):
    page = machine.deploy("Steps", "steps", *STEPS) / "deployment.yaml"
    page.write_text(page.read_text().replace("schedules: []", SCHEDULE))
    applied = machine.dagshell("deployment", "apply", "Steps")
    assert applied.code == 0, applied


@pytest.fixture
def monthly(machine):
    """A deployment that is due on the first of each month, and somebody to run it."""
    machine.server()
    machine.agent("--capacity", "2")
    deploy(machine)
    yield machine


def instants(machine, backfill):
    return machine.api(f"/api/backfills/{backfill}/instants")["instants"]


def test_each_month_of_a_range_is_run_once_with_its_own_period(monthly):
    asked = ("deployment", "backfill", "Steps", "--from", "2025-01-01", "--to", "2025-04-30")
    seen = monthly.dagshell(*asked, "--dry-run")
    assert seen.code == 0 and "4 runs would be made." in seen.out and "2025-04-01T01:00:00Z" in seen.out, seen
    assert monthly.api("/api/runs")["runs"] == []

    done = monthly.dagshell(*asked, "--limit", "2", "--watch")
    assert done.code == 0 and "finished: 4 of 4 over" in done.out, done
    backfill = re.search(r"Backfill (\S+) of", done.out).group(1)
    for month, instant in enumerate(instants(monthly, backfill), 1):
        run = monthly.run(instant["run"])
        assert run["state"] == "Completed" and run["backfill"] == backfill
        assert run["parameters"] == {"n": month, "millis": 1, "day": f"2025-{month:02}-01"}
        assert f"for 2025-{month:02}-01" in monthly.lines(run["run"])
        assert run["due"] == instant["due"]

    again = monthly.dagshell(*asked)
    assert again.code == 2 and "none is left to run: 4 because it ran already" in again.text, again
    more = monthly.dagshell("deployment", "backfill", "Steps", "--from", "2025-03-01", "--to", "2025-06-30", "--dry-run")
    assert "2 runs would be made." in more.out and "left out: 2, because it ran already" in more.out, more
    absurd = monthly.dagshell("deployment", "backfill", "Steps", "--from", "1990-01-01", "--every", "1s")
    assert absurd.code == 2 and re.search(r"about 1,\d{3},\d{3},\d{3} instants are due.*at most 10,000", absurd.text), absurd


def test_a_server_that_is_killed_goes_on_with_it_and_nothing_is_run_twice(monthly):
    begun = monthly.dagshell("deployment", "backfill", "Steps", "--from", "2024-01-01", "--to", "2024-12-31",
                             "-p", "n=2", "-p", "millis=300", "--reverse")
    assert begun.code == 0, begun
    backfill = re.search(r"Backfill (\S+) of", begun.out).group(1)
    until(lambda: monthly.api(f"/api/backfills/{backfill}")["completed"] >= 2)
    server = monthly.processes[0]
    port = json.loads((monthly.folder / "home/server.json").read_text())["url"].rsplit(":", 1)[1]
    server.kill()
    server.wait()
    monthly.server(port)
    other = monthly.dagshell("backfill", "set", backfill, "--limit", "2")
    assert other.code == 0 and "running" in other.out, other
    until(lambda: monthly.api(f"/api/backfills/{backfill}")["state"] == "finished", 180)

    found = instants(monthly, backfill)
    assert [each["due"][:7] for each in found] == [f"2024-{month:02}" for month in range(12, 0, -1)]
    assert {each["runState"] for each in found} == {"Completed"}
    runs = monthly.api("/api/runs?limit=100")["runs"]
    assert len(runs) == 12 and len({run["at"] for run in runs}) == 12


def test_one_that_fails_pauses_and_a_cancelled_one_makes_no_more(monthly):
    begun = monthly.dagshell("deployment", "backfill", "Steps", "--from", "2024-01-01", "--to", "2024-12-31",
                             "-p", "n=13", "--stop-after", "2")
    backfill = re.search(r"Backfill (\S+) of", begun.out).group(1)
    paused = until(lambda: (one := monthly.api(f"/api/backfills/{backfill}"))["state"] == "paused" and one, 120)
    assert paused["failed"] == 2 and paused["waiting"] == 10 and paused["reason"] == "its last 2 runs failed"
    listed = monthly.dagshell("backfill", "ls")
    assert "paused: 2 of 12 over, 2 failed (its last 2 runs failed)" in listed.out, listed
    assert "is running" in monthly.dagshell("backfill", "resume", backfill).out
    cancelled = monthly.dagshell("backfill", "cancel", backfill)
    assert cancelled.code == 0 and "is cancelled" in cancelled.out, cancelled
    until(lambda: monthly.api(f"/api/backfills/{backfill}")["active"] == 0)
    made = len(monthly.api("/api/runs?limit=100")["runs"])
    until(lambda: "None is going on." in monthly.dagshell("backfill", "ls").out)
    assert len(monthly.api("/api/runs?limit=100")["runs"]) == made <= 4
    retried = monthly.dagshell("deployment", "backfill", "Steps", "--from", "2024-01-01", "--to", "2024-12-31",
                               "--rerun", "failed", "--dry-run")
    assert "12 runs would be made." in retried.out, retried


@pytest.mark.skipif(not chromium, reason="no Chromium on this machine")
def test_a_range_is_previewed_begun_watched_and_cancelled_in_a_browser(monthly, browser, tmp_path):
    shots = os.environ.get("DAGSHELL_E2E_SCREENSHOTS", str(tmp_path))
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(re.search(r"Dashboard: (\S+)", monthly.processes[0].log.read_text()).group(1))
    page.get_by_role("link", name="Deployments").click()
    page.get_by_role("link", name="Steps").first.click()
    page.get_by_role("link", name="Backfill…").click()
    page.get_by_label("From").fill("2025-01-01")
    page.get_by_label("To", exact=True).fill("2024-01-01")
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("ends before it begins").wait_for()
    page.get_by_label("To", exact=True).fill("2025-12-31")
    page.get_by_label("n int").fill("1")
    page.get_by_label("millis long").fill("400")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="12 runs would be made").wait_for()
    assert page.get_by_text("2025-07-01 01:00:00 UTC").is_visible()
    assert page.get_by_text("2025-07-01 03:00").is_visible()
    assert not violations(page)
    page.get_by_label("Runs at once").fill("2")
    page.get_by_role("button", name="Begin: 12 runs").click()

    page.get_by_role("heading", name="of 12 instants").wait_for()
    page.locator(".counts .completed").first.wait_for(timeout=90_000)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=f"{shots}/backfill-{scheme}.png", full_page=True)
        assert not violations(page)
    page.get_by_role("button", name="Cancel", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel the backfill").click()
    page.locator(".head .state.cancelled").wait_for()
    page.get_by_text("cancelled before it was run").first.wait_for()
    page.get_by_role("link", name="Run of 2025-01-01 02:00:00 UTC").click()
    page.get_by_role("link", name="a backfill").wait_for()
    context.close()
