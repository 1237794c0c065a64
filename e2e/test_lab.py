"""JupyterLab in a real browser: the notebook runs cell by cell, the run display and the preview are on the page."""

import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from conftest import EXAMPLE, notebook

chromium = os.environ.get("DAGSHELL_CHROMIUM") or next(
    (p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
pytestmark = pytest.mark.skipif(not chromium, reason="no Chromium on this machine")


@pytest.fixture
def lab(jupyter, tmp_path):
    shutil.copytree(EXAMPLE.parent, tmp_path / "examples")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = open(tmp_path / "lab.log", "w")
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0",
         "--IdentityProvider.token=", "--ServerApp.password=", f"--ServerApp.root_dir={tmp_path}", "--ServerApp.open_browser=False",
         "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"],
        env={**jupyter, "JUPYTER_CONFIG_DIR": str(tmp_path / "config"), "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
             "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(tmp_path / "workspaces")},
        stdout=log, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(url + "/api/status", timeout=1)
            break
        except OSError:
            assert process.poll() is None, (tmp_path / "lab.log").read_text()
            time.sleep(0.2)
    yield url
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()


@pytest.fixture
def page():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"])
        yield browser.new_page(viewport={"width": 1400, "height": 2600})
        browser.close()


@pytest.fixture
def shots(tmp_path):
    return pathlib.Path(os.environ.get("DAGSHELL_E2E_SCREENSHOTS", tmp_path))


def open_notebook(page, lab, path):
    page.goto(f"{lab}/lab/tree/{path}?reset", wait_until="domcontentloaded")
    page.locator(".jp-NotebookPanel:visible").wait_for(timeout=60_000)
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for(timeout=60_000, state="attached")
    # the indicator says idle before the page's own connection to the kernel is there, and what is run until then is lost
    page.wait_for_timeout(3000)


def menu(page, *names):
    """Clicks through the menu bar."""
    page.get_by_role("menuitem", name=names[0], exact=True).click()
    for name in names[1:]:
        item = page.locator(".lm-Menu-item", has=page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{name}$")))
        item.first.hover() if name != names[-1] else item.first.click()


def finished(page, timeout=60_000):
    from playwright.sync_api import expect

    expect(page.locator(".jp-CodeCell .jp-InputPrompt").last).to_have_text(re.compile(r"\[\d+\]:"), timeout=timeout)
    page.wait_for_timeout(800)


def test_the_notebook_runs_in_jupyterlab(lab, page, shots):
    open_notebook(page, lab, f"examples/{EXAMPLE.name}")
    menu(page, "Run", "Run All Cells")
    finished(page, timeout=120_000)
    page.screenshot(path=shots / "lab-light.png")
    text = "\n".join(page.locator(".jp-OutputArea-output").all_inner_texts())
    assert "98,029" in text or "98029" in text, text
    assert "passenger_count" in text and "Completed" in text, text
    assert page.locator(".jp-OutputArea-output svg").count() >= 2
    assert page.locator(".jp-OutputArea-output table").count() >= 1
    menu(page, "Settings", "Theme", "JupyterLab Dark")
    page.wait_for_timeout(1500)
    page.screenshot(path=shots / "lab-dark.png")


def test_a_cell_of_sql_shows_its_rows_and_says_where_it_is_wrong(lab, page, shots, tmp_path):
    notebook(
        tmp_path / "sql.ipynb",
        "int least = 2;",
        "%%sql postgres-connector\ncreate table fares (id int, note text);\ninsert into fares values (1, 'one'), (2, '<b>two</b>'), (3, 'it''s three')",
        "%%sql postgres-connector -o found\nselect *\nfrom fares\nwhere id >= :least\norder by id",
        "found.rowCount()",
        "%%sql postgres-connector\ndelete from fares where id = 1",
        "%%sql postgres-connector\nselect id,\n  nota\nfrom fares")
    open_notebook(page, lab, "sql.ipynb")
    menu(page, "Run", "Run All Cells")
    finished(page)
    page.screenshot(path=shots / "lab-sql.png")
    text = "\n".join(page.locator(".jp-OutputArea-output").all_inner_texts())
    assert "3 rows changed" in text and "1 row changed" in text, text
    assert "<b>two</b>" in text and "it's three" in text, text
    assert page.locator(".jp-CodeCell").nth(3).locator(".jp-OutputArea-output").inner_text().strip() == "2"
    assert 'sql.ipynb[6]:3:3: column "nota" does not exist' in text, text
    assert "postgresql.util" not in text and "    at " not in text, text


def test_a_person_writes_errs_interrupts_and_is_asked(lab, page, shots, tmp_path):
    from playwright.sync_api import TimeoutError, expect

    notebook(tmp_path / "session.ipynb", "int half(int n) {\n    return n / 0;\n}\nhalf(4)", "int wrong = \"text\";",
             "while (true) {}", "new java.util.Scanner(System.in).nextLine()", "Math.ma")
    page.set_viewport_size({"width": 1200, "height": 1100})
    open_notebook(page, lab, "session.ipynb")
    cells = page.locator(".jp-CodeCell")

    def run(index):
        cells.nth(index).locator(".cm-content").click()
        page.keyboard.press("Control+Enter")

    for index in (0, 1):
        run(index)
        expect(cells.nth(index).locator(".jp-OutputArea-output")).to_have_count(1, timeout=20_000)
    errors = "\n".join(page.locator(".jp-OutputArea-output").all_inner_texts())
    assert "ArithmeticException" in errors and "session.ipynb[1]:2" in errors and "incompatible types" in errors, errors

    run(2)
    expect(cells.nth(2).locator(".jp-InputPrompt")).to_have_text("[*]:")
    page.wait_for_timeout(1000)
    menu(page, "Kernel", "Interrupt Kernel")
    expect(cells.nth(2).locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]:"), timeout=5_000)

    run(3)
    field = page.locator(".jp-Stdin-input")
    field.wait_for(timeout=10_000)
    field.fill("typed in")
    field.press("Enter")
    expect(cells.nth(3).locator(".jp-OutputArea-output").last).to_contain_text("typed in", timeout=10_000)

    cells.nth(4).locator(".cm-content").click()
    page.keyboard.press("End")
    # JupyterLab passes over an answer that takes a second, as on a busy machine: a person asks again
    for _ in range(5):
        page.keyboard.press("Tab")
        try:
            page.locator(".jp-Completer").wait_for(timeout=3_000)
            break
        except TimeoutError:
            pass
    assert page.locator(".jp-Completer").is_visible()
    assert "max" in page.locator(".jp-Completer").inner_text()
    page.wait_for_timeout(500)
    page.screenshot(path=shots / "session-light.png")
    page.keyboard.press("Escape")
    menu(page, "Settings", "Theme", "JupyterLab Dark")
    page.wait_for_timeout(1500)
    page.screenshot(path=shots / "session-dark.png")


def test_a_console_on_a_subshell_answers_while_a_cell_runs(lab, page, shots, tmp_path):
    from playwright.sync_api import expect

    notebook(
        tmp_path / "subshell.ipynb",
        "int steps = 0;\nint twice(int n) {\n    return 2 * n;\n}",
        "while (true) {\n    steps++;\n    Thread.sleep(20);\n}")
    page.set_viewport_size({"width": 1200, "height": 1100})
    open_notebook(page, lab, "subshell.ipynb")
    cells = page.locator(".jp-CodeCell")
    menu(page, "Run", "Run All Cells")
    expect(cells.nth(1).locator(".jp-InputPrompt").first).to_have_text("[*]:", timeout=30_000)

    cells.nth(0).locator(".cm-content").click(button="right")
    page.locator(".lm-Menu-itemLabel", has_text="New Subshell Console for Notebook").click()
    console = page.locator(".jp-CodeConsole")
    prompt = console.locator(".jp-CodeConsole-promptCell .cm-content")
    prompt.wait_for(timeout=30_000)
    page.wait_for_timeout(2000)
    for entered in ("int mine = twice(21);", "mine", "steps > 5", "1 / (mine - 42)"):
        prompt.click()
        page.keyboard.type(entered)
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(1500)
    answers = console.locator(".jp-CodeConsole-content .jp-OutputArea-output")
    expect(answers).to_have_count(3, timeout=20_000)
    assert [each.strip() for each in answers.all_inner_texts()[:2]] == ["42", "true"], answers.all_inner_texts()
    assert "ArithmeticException" in answers.last.inner_text(), answers.last.inner_text()
    expect(cells.nth(1).locator(".jp-InputPrompt").first).to_have_text("[*]:")
    page.screenshot(path=shots / "subshell-light.png")
    menu(page, "Settings", "Theme", "JupyterLab Dark")
    page.wait_for_timeout(1500)
    page.screenshot(path=shots / "subshell-dark.png")

    page.locator(".jp-NotebookPanel .jp-Notebook").click(position={"x": 5, "y": 5})
    menu(page, "Kernel", "Interrupt Kernel")
    expect(cells.nth(1).locator(".jp-InputPrompt").first).to_have_text(re.compile(r"\[\d+\]:"), timeout=5_000)


def test_a_flow_asks_the_person_in_its_cell_until_the_answer_fits(lab, page, shots, tmp_path):
    notebook(
        tmp_path / "ask.ipynb",
        "record Choice(String table, int chunk) {}",
        '%%flow\nString publish(int rows) {\n    approve("Load " + rows + " rows?");\n'
        '    Choice choice = approve("Load them where?", new Choice("trips", 100_000));\n    return choice.table() + " by " + choice.chunk();\n}',
        "publish(7)")
    open_notebook(page, lab, "ask.ipynb")
    menu(page, "Run", "Run All Cells")
    for asked in range(6):
        box = page.locator(".jp-Stdin-input").last
        box.wait_for(timeout=60_000)
        box.fill(["maybe", "yes", "", "many", "5", "yes"][asked])
        box.press("Enter")
        page.wait_for_timeout(500)  # the page takes the box away by itself; the next one comes when the kernel asks
    finished(page)
    page.screenshot(path=shots / "lab-approval.png")
    text = page.locator(".jp-CodeCell").nth(2).inner_text()
    page.locator(".jp-Stdin-input").wait_for(state="detached")
    assert "Load 7 rows?" in text and "'many' is not a whole number" in text and "trips by 5" in text, text


def test_an_interrupt_while_a_cell_asks_ends_it_and_the_next_cell_works(lab, page, shots, tmp_path):
    from playwright.sync_api import expect

    notebook(tmp_path / "left.ipynb", '%%flow\nString publish(int rows) {\n    approve("Load " + rows + " rows?");\n    return "loaded";\n}',
             "publish(7)", '"works"', "publish(8)")
    page.set_viewport_size({"width": 1200, "height": 1100})
    open_notebook(page, lab, "left.ipynb")
    cells = page.locator(".jp-CodeCell")

    def run(index):
        cells.nth(index).locator(".cm-content").click()
        page.keyboard.press("Control+Enter")

    run(0)
    expect(cells.nth(0).locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]:"), timeout=60_000)
    run(1)
    page.locator(".jp-Stdin-input").wait_for(timeout=60_000)
    menu(page, "Kernel", "Interrupt Kernel")
    expect(cells.nth(1).locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]:"), timeout=10_000)
    expect(cells.nth(1).locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").last).to_contain_text(
        "Interrupted", timeout=10_000)
    page.screenshot(path=shots / "lab-interrupted.png")
    run(2)
    expect(cells.nth(2).locator(".jp-OutputArea-output").last).to_contain_text("works", timeout=20_000)
    run(3)
    box = cells.nth(3).locator(".jp-Stdin-input")  # the page keeps the one of the cell that was left
    box.wait_for(timeout=60_000)
    box.fill("yes")
    box.press("Enter")
    expect(cells.nth(3).locator(".jp-OutputArea-output").last).to_contain_text("loaded", timeout=20_000)
