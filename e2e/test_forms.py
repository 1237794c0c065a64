"""Values of a flow's Java types are chosen on every form that has them, in a real browser; retries are edited as the file has them."""

import re
import urllib.parse

import pytest

from conftest import notebook
from test_dashboard import browser, chromium, shots, violations  # noqa: F401 (fixtures)
from test_server import machine  # noqa: F401 (fixture)

pytestmark = pytest.mark.skipif(not chromium, reason="no Chromium on this machine")

CELLS = (
    'enum Mode { APPEND, REPLACE, MERGE }',
    '%%params\nMode mode = Mode.REPLACE; // what becomes of rows that are there\nboolean dry = true; // only counts\n'
    'Optional<Mode> other = Optional.empty();\nList<Mode> all = List.of(Mode.APPEND, Mode.MERGE);\nint year = 2021;',
    '%%task effect\nString load(Mode mode, boolean dry, int year) {\n    return mode + " " + dry + " " + year;\n}',
    '%%flow retries=1 retryDelay=5s\nString choose(Mode mode, boolean dry, Optional<Mode> other, List<Mode> all, int year, java.time.DayOfWeek day) {\n'
    '    return load(mode, dry, year);\n}',
)


@pytest.fixture
def house(machine):
    machine.own_server = machine.server()
    machine.deploy("Choose", "choose", *CELLS)
    machine.url = re.search(r"Dashboard: (\S+)", machine.own_server.log.read_text()).group(1)
    return machine


@pytest.fixture
def page(browser, house):
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(house.url)
    page.base = "/".join(page.url.split("/")[:3])
    yield page
    context.close()


def options(page, label):
    return page.get_by_label(label).locator("option").all_text_contents()


def chosen(page, label):
    return page.get_by_label(label).locator("option:checked").text_content()


MODE, OTHER, DAY = re.compile("^mode"), re.compile("^other"), re.compile("^day")


def test_constants_and_truth_are_chosen_and_kept_when_something_else_is_refused(house, page):
    page.goto(page.base + "/deployment/run?name=Choose")
    assert options(page, MODE) == ["APPEND", "REPLACE", "MERGE"] and chosen(page, MODE) == "REPLACE"
    assert options(page, OTHER) == ["none", "APPEND", "REPLACE", "MERGE"] and chosen(page, OTHER) == "none"
    assert options(page, DAY)[:3] == ["choose one", "MONDAY", "TUESDAY"]
    assert page.get_by_label("dry").is_checked()
    assert page.get_by_text("what becomes of rows that are there").is_visible() and page.get_by_text("only counts").is_visible()
    page.get_by_role("button", name="Run", exact=True).click()
    assert "/deployment/run" in page.url, "the browser asks for the day"
    page.get_by_label(MODE).select_option("MERGE")
    page.get_by_label(OTHER).select_option("APPEND")
    page.get_by_label(DAY).select_option("FRIDAY")
    page.get_by_label("dry").uncheck()
    page.get_by_role("button", name="Add an item").click()
    page.get_by_label("Item of all", exact=True).last.select_option("REPLACE")
    page.get_by_label(re.compile("^year")).fill("99999999999")
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_role("alert").get_by_text("'99999999999' is not a whole number").wait_for()
    assert (chosen(page, MODE), chosen(page, OTHER), chosen(page, DAY)) == ("MERGE", "APPEND", "FRIDAY")
    assert not page.get_by_label("dry").is_checked()
    page.get_by_label(re.compile("^year")).fill("2022")
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_url("**/runs/*")
    run = house.run(page.url.split("/")[-1])
    assert run["parameters"] == {"mode": "MERGE", "dry": False, "other": "APPEND", "all": ["APPEND", "MERGE", "REPLACE"],
                                 "year": 2022, "day": "FRIDAY"}


def test_a_constant_that_is_none_is_refused_by_name_wherever_it_is_given(house):
    refused = house.dagshell("deployment", "run", "Choose", "-p", "mode=DROP", "-p", "day=MONDAY")
    assert refused.code == 2 and "parameter mode (Mode): 'DROP' is not one of APPEND, REPLACE, MERGE" in refused.text, refused
    yaml = house.folder / "Choose/deployment.yaml"
    yaml.write_text(re.sub(r"mode: .*", "mode: DROP", yaml.read_text()))
    refused = house.dagshell("deployment", "apply", "Choose")
    assert refused.code == 2 and re.search(r"deployment.yaml:\d+: parameter mode \(Mode\): 'DROP' is not one of", refused.text), refused
    schema = house.api("/api/deployments/Choose")["schema"] if "schema" in house.api("/api/deployments/Choose") else {}
    assert not schema or schema["properties"]["mode"]["enum"] == ["APPEND", "REPLACE", "MERGE"]


def test_a_deployment_a_schedule_and_a_backfill_take_what_is_chosen_and_retries_as_the_file_has_them(house, page):
    page.goto(page.base + "/deployment/edit?name=Choose")
    assert options(page, MODE) == ["default", "APPEND", "REPLACE", "MERGE"] and chosen(page, MODE) == "REPLACE"
    assert page.get_by_label("Times").input_value() == "" and page.get_by_label("Waits").input_value() == ""
    page.get_by_label(DAY).select_option("MONDAY")
    page.get_by_label(MODE).select_option("APPEND")
    page.get_by_label("Times").fill("often")
    page.get_by_label("Waits").fill("1s..5m")
    page.get_by_label("it failed for something outside").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").get_by_text("is a whole number from 0 to 1000").wait_for()
    assert chosen(page, MODE) == "APPEND" and page.get_by_label("Waits").input_value() == "1s..5m"
    assert page.get_by_label("it failed for something outside").is_checked()
    assert not violations(page)
    page.get_by_label("Times").fill("3")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Choose", exact=True).wait_for()
    assert page.get_by_text("3 times after 1s..5m, when crashed, failed, resource").is_visible()
    shown = house.dagshell("deployment", "show", "Choose").out
    assert "retries 3 after 1s..5m, when crashed, failed, resource" in shown, shown

    page.locator("#h-form").click()
    page.get_by_text("Parameters of this schedule").click()
    assert chosen(page, MODE) == "APPEND" and options(page, MODE)[0] == "default"
    page.get_by_label(MODE).select_option("MERGE")
    page.get_by_label("dry").uncheck()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("MERGE").first.wait_for()
    schedule = house.api("/api/deployments/Choose/schedules")["schedules"][0]
    assert schedule["parameters"] == {"mode": "MERGE", "dry": False}, schedule

    page.goto(page.base + "/deployment/backfill?name=Choose")
    page.get_by_text("Parameters that differ").click()
    page.get_by_label(MODE).select_option("REPLACE")
    page.get_by_label("From").fill("2026-01-01")
    page.get_by_label("To", exact=True).fill("2026-01-01")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="24 runs would be made").wait_for()
    assert chosen(page, MODE) == "REPLACE"
    assert '"REPLACE"' in page.locator("#preview dl").inner_text()
    assert not violations(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_forms_read_for_everybody(house, browser, shots, scheme):
    pages = {"order": "/deployment/run", "edit": "/deployment/edit", "backfill": "/deployment/backfill", "schedule": "/deployment"}
    found = []
    for width in (1400, 360):
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 1000})
        page = context.new_page()
        page.goto(house.url)
        base = "/".join(page.url.split("/")[:3])
        for name, place in pages.items():
            assert page.goto(f"{base}{place}?{urllib.parse.urlencode({'name': 'Choose'})}").status == 200
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            page.screenshot(path=shots / f"form-{name}-{scheme}-{width}.png", full_page=True)
            found += [(name, scheme, width, each) for each in violations(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append((name, scheme, width, "wider than the window"))
        context.close()
    assert not found, "\n".join(map(str, found))
