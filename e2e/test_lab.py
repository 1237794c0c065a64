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

from conftest import EXAMPLE

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


def test_the_notebook_runs_in_jupyterlab(lab, tmp_path):
    from playwright.sync_api import expect, sync_playwright

    shots = pathlib.Path(os.environ.get("DAGSHELL_E2E_SCREENSHOTS", tmp_path))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"])
        page = browser.new_page(viewport={"width": 1400, "height": 2600})
        page.goto(f"{lab}/lab/tree/examples/{EXAMPLE.name}?reset", wait_until="domcontentloaded")
        panel = page.locator(".jp-NotebookPanel:visible")
        panel.wait_for(timeout=60_000)
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for(timeout=60_000, state="attached")
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        prompts = page.locator(".jp-CodeCell .jp-InputPrompt")
        expect(prompts.last).to_have_text(re.compile(r"\[\d+\]:"), timeout=120_000)
        page.wait_for_timeout(800)
        page.screenshot(path=shots / "lab-light.png")
        outputs = page.locator(".jp-OutputArea-output")
        text = "\n".join(outputs.all_inner_texts())
        assert "98,029" in text or "98029" in text, text
        assert "passenger_count" in text and "Completed" in text, text
        assert page.locator(".jp-OutputArea-output svg").count() >= 2
        assert page.locator(".jp-OutputArea-output table").count() >= 1
        page.get_by_role("menuitem", name="Settings", exact=True).click()
        page.get_by_role("menuitem", name="Theme", exact=True).hover()
        page.get_by_role("menuitem", name="JupyterLab Dark", exact=True).click()
        page.wait_for_timeout(1500)
        page.screenshot(path=shots / "lab-dark.png")
        browser.close()
