"""What people press on the dashboard, in a real browser, with a real agent: run it, give it values, stop it."""

import os
import re
import subprocess

import pytest

from conftest import TOP, command, notebook
from test_dashboard import CELLS, browser, chromium

pytestmark = pytest.mark.skipif(not chromium, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def entrance(tmp_path_factory):
    """A server and an agent with the deployment Slow; the address that lets a browser in."""
    folder = tmp_path_factory.mktemp("buttons")
    env = {**os.environ, "DAGSHELL_HOME": str(folder / "home")}
    process = subprocess.Popen(
        [str(TOP / "dagshell"), "start", "--port", "0"], env=env, cwd=folder, stdout=subprocess.PIPE, text=True)
    said = ""
    for line in process.stdout:
        said += line
        if "takes runs from" in line:
            break
    found = re.search(r"Dashboard: (\S+)", said)
    assert found, said
    book = notebook(folder / "slow.ipynb", "%%params\nint year = 2021; // of the trips", *CELLS)
    for step in (("build", f"{book}:slow", "-n", "Slow", "-o", folder / "slow"), ("apply", folder / "slow")):
        done = command("deployment", *step, env=env, cwd=folder)
        assert done.code == 0, done
    yield found.group(1)
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()


@pytest.fixture
def page(browser, entrance):
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(entrance)
    page.get_by_role("link", name="Deployments").click()
    page.get_by_role("link", name="Slow").first.click()
    yield page
    context.close()


def test_quick_run_is_watched_to_its_end(page):
    page.get_by_role("button", name="Quick run").click()

    page.locator(".head .state.completed").wait_for(timeout=90_000)
    assert page.locator("#tasks tbody tr").count() == 2


def test_a_custom_run_takes_values_and_tells_what_does_not_fit(page):
    page.get_by_role("link", name="Custom run").click()
    page.get_by_label("year").fill("1.5")
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_text(re.compile("year.*int")).first.wait_for()
    assert page.get_by_label("year").input_value() == "1.5"

    page.get_by_label("year").fill("13")
    page.get_by_role("button", name="Run", exact=True).click()

    page.locator(".head .state.failed").wait_for(timeout=90_000)
    assert page.get_by_text("slow.ipynb[3]:4").first.is_visible()


def test_a_run_is_cancelled(page):
    page.get_by_role("button", name="Quick run").click()
    page.locator(".head .state.running").wait_for(timeout=60_000)
    page.get_by_role("button", name="Cancel", exact=True).click()
    question = page.get_by_role("dialog")
    question.get_by_role("button", name="Leave it").click()
    assert question.count() == 0 and page.locator(".head .state.running").is_visible()
    page.get_by_role("button", name="Cancel", exact=True).click()
    question.get_by_role("button", name="Cancel the run").click()

    page.locator(".head .state.cancelled").wait_for(timeout=60_000)


def test_values_are_edited_and_runs_start_with_them(page):
    page.get_by_role("link", name="Edit parameters and limit").click()
    page.get_by_label("year").fill("soon")
    page.get_by_role("button", name="Save").click()
    page.get_by_text(re.compile("year.*int")).first.wait_for()
    page.get_by_label("year").fill("2031")
    page.get_by_label("Runs at once").fill("2")
    page.get_by_role("button", name="Save").click()

    page.get_by_role("heading", name="Slow", exact=True).wait_for()
    assert page.locator("section[aria-labelledby=h-parameters]").get_by_text("2031").is_visible()
    assert page.locator("section[aria-labelledby=h-versions] tbody tr").count() == 2
    page.get_by_role("button", name="Quick run").click()
    page.locator(".log").get_by_text("<b>reading</b> 2031").wait_for(timeout=90_000)
