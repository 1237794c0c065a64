"""The dashboard in a real browser: runs appear and go on by themselves, every page reads for everybody, light and dark."""

import os
import pathlib
import re
import shutil
import subprocess

import pytest

from conftest import TOP, command, notebook

chromium = os.environ.get("DAGSHELL_CHROMIUM") or next(
    (p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
pytestmark = pytest.mark.skipif(not chromium, reason="no Chromium on this machine")

CELLS = [
    "%%task\nString fetch(int year) throws Exception {\n    System.out.println(\"<b>reading</b> \" + year);\n    Thread.sleep(6_000);\n    return \"rows of \" + year;\n}",
    "%%task\nint load(String rows) {\n    if (rows.endsWith(\"13\")) {\n        throw new IllegalStateException(\"<script>no such table</script>\");\n    }\n    return rows.length();\n}",
    "%%flow name=\"Slow & <i>steady</i>\"\nint slow(int year) throws Exception {\n    return load(fetch(year));\n}",
]


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    return {**os.environ, "DAGSHELL_HOME": str(tmp_path_factory.mktemp("dashboard-home"))}


@pytest.fixture(scope="module")
def entrance(environment):
    """A server of its own; the address that lets a browser in."""
    process = subprocess.Popen(
        [str(TOP / "dagshell"), "server", "start", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        found = re.match(r"Dashboard: (\S+)", line)
        if found:
            yield found.group(1)
            break
    else:
        pytest.fail("the server did not start")
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser, entrance):
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(entrance)
    page.get_by_role("link", name="Runs", exact=True).click()
    yield page
    context.close()


@pytest.fixture
def shots(tmp_path):
    return pathlib.Path(os.environ.get("DAGSHELL_E2E_SCREENSHOTS", tmp_path))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return notebook(tmp_path_factory.mktemp("books") / "slow.ipynb", *CELLS)


def violations(page):
    """What axe finds serious or worse."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found
            if each["impact"] in ("serious", "critical")]


def test_a_home_without_runs_tells_what_to_type(page):
    page.get_by_text("Nothing ran yet").wait_for()
    assert page.get_by_text("dagshell demo").is_visible()
    assert not violations(page)


def test_a_run_appears_goes_on_and_ends_without_a_reload(page, environment, book):
    address = page.url
    page.evaluate("window.stays = true")
    run = subprocess.Popen([str(TOP / "dagshell"), "run", f"{book}:slow", "-p", "year=2021"], env=environment,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    row = page.locator("tbody tr").first
    row.locator(".state.running").wait_for(timeout=90_000)
    assert page.evaluate("window.stays") and page.url == address
    row.get_by_role("link", name="Slow & <i>steady</i>").click()
    page.get_by_role("heading", name="Slow & <i>steady</i>").wait_for()
    page.evaluate("window.stays = true")
    page.locator(".log").get_by_text("<b>reading</b> 2021").wait_for(timeout=30_000)
    page.locator(".head .state.completed").wait_for(timeout=60_000)
    assert page.evaluate("window.stays")
    assert page.locator("#tasks tbody tr").count() == 2
    assert run.wait(timeout=60) == 0


def test_a_failure_shows_the_users_line_first(page, environment, book):
    failed = command("run", f"{book}:slow", "-p", "year=13", env=environment)
    assert failed.code == 1, failed
    page.goto(page.url)
    page.locator("tbody tr").filter(has_text="Failed").first.get_by_role("link").first.click()
    failure = page.locator(".failure")
    assert failure.locator("h2").inner_text() == "slow.ipynb[2]:4"
    assert "<script>no such table</script>" in failure.inner_text()
    page.locator("#tasks").get_by_role("link", name="load").click()
    page.get_by_role("heading", name="load", exact=True).wait_for()
    assert page.locator(".facts").get_by_role("link", name="slow/1.fetch/1").is_visible()


def test_the_start_page_tells_what_failed_at_which_line(page):
    page.get_by_role("link", name="Start").click()
    failed = page.locator("section[aria-labelledby=h-failed]")
    assert failed.get_by_text("slow.ipynb[2]:4").is_visible()
    assert failed.get_by_text("<script>no such table</script>").is_visible()
    page.locator(".chip.completed").click()
    page.wait_for_url("**/runs?span=24h&state=completed")
    assert page.locator("tbody tr").count() == 1


@pytest.fixture(scope="module")
def places(browser, entrance, environment, book, tmp_path_factory):
    """Each page by its name, with a deployment, an order that waits and a block on them."""
    page = browser.new_page()
    page.goto(entrance)
    page.locator("section[aria-labelledby=h-failed] .title").first.wait_for()
    run = page.locator("section[aria-labelledby=h-failed] .title").first.get_attribute("href")
    page.close()
    folder = tmp_path_factory.mktemp("places") / "slow"
    deployment = "?name=Slow%20%26%20steady"
    for step in (("deployment", "build", f"{book}:slow", "-n", "Slow & steady", "-o", folder),
                 ("deployment", "apply", folder),
                 ("block", "set", "warehouse", "--type", "postgres", "host=localhost", "database=ny", "user=me"),
                 ("block", "set", "mail", "--type", "smtp", "host=localhost", "port=1", "from=dagshell@example.org"),
                 ("alert", "set", "Night & day", "--on", "failed,late", "--block", "mail", "--to", "ops@example.org")):
        done = command(*step, env=environment)
        assert done.code == 0, done
    for step in (("limit", "set", "warehouse", "2"),
                 ("deployment", "backfill", "Slow & steady", "--from", "2025-01-01", "--to", "2025-03-31", "--cron", "0 6 1 * *",
                  "-p", "year=2021")):
        done = command(*step, env=environment)
        assert done.code == 0, done
    backfill = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", done.text)
    assert backfill, done
    ordered = command("deployment", "run", "Slow & steady", "-p", "year=2021", env=environment)
    planned = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", ordered.text)
    assert planned, ordered
    return {"start": "/", "runs": "/runs", "run": run, "task": run + "/tasks/1", "planned": "/runs/" + planned.group(0),
            "flows": "/flows", "flow": "/flows/slow", "blocks": "/blocks",
            "block-new": "/blocks/new/postgres", "block": "/blocks/warehouse", "deployments": "/deployments",
            "deployment": "/deployment" + deployment, "edit": "/deployment/edit" + deployment,
            "backfill-new": "/deployment/backfill" + deployment, "backfill": "/backfill?id=" + backfill.group(0),
            "order": "/deployment/run" + deployment, "queues": "/queues", "queue": "/queues?queue=default",
            "alerts": "/alerts", "alert": "/alerts/edit?name=Night%20%26%20day", "alert-new": "/alerts/edit",
            "missing": "/runs/none"}


# At each width elements have one arrangement, and one set of colours in each scheme.
AXE = [("light", 1600), ("light", 360), ("dark", 1600)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_reads_for_everybody_light_dark_wide_and_narrow(browser, entrance, places, shots, scheme):
    base = entrance.split("/?")[0]
    found = []
    for width in (1600, 1000, 360):
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 1000})
        page = context.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(entrance)
        for name, place in places.items():
            status = page.goto(base + place).status
            assert status == (404 if name == "missing" else 200), place
            page.screenshot(path=shots / f"dashboard-{name}-{scheme}-{width}.png", full_page=True)
            if (scheme, width) in AXE:
                found += [(name, scheme, width, each) for each in violations(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append((name, scheme, width, "wider than the window"))
        found += [("errors", scheme, width, each) for each in errors if "404" not in each]
        context.close()
    assert not found, "\n".join(map(str, found))


def test_filters_are_in_the_address(page):
    page.get_by_label("Search").fill("steady")
    page.get_by_label("Search").press("Enter")
    page.wait_for_url("**/runs?*text=steady*")
    page.locator(".chip.failed").click()
    page.wait_for_url("**state=failed*")
    assert page.locator("tbody tr").count() == 1
    page.get_by_label("Search").fill("nowhere")
    page.get_by_label("Search").press("Enter")
    page.get_by_text("No runs match").wait_for()
