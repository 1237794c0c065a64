"""Users, roles, tokens and the audit log: the commands, agents with tokens of their own, and people in a real browser."""

import json
import os
import re
import subprocess

import pytest

from conftest import TOP
from test_dashboard import browser, chromium, shots, violations  # noqa: F401 (fixtures)
from test_server import Machine, build, machine, until  # noqa: F401 (fixtures)

PASSWORD = "correct horse battery"


def said(machine, *arguments, code=0, given=None):
    result = subprocess.run([str(TOP / "dagshell"), *arguments], env=machine.env, cwd=machine.folder, input=given,
                            capture_output=True, text=True, timeout=120)
    assert result.returncode == code, result
    return result.stdout + result.stderr


def user(machine, name, role):
    return said(machine, "user", "add", name, "--role", role, given=PASSWORD + "\n")


def token(machine, name, role, *more):
    made = subprocess.run([str(TOP / "dagshell"), "token", "create", "--name", name, "--role", role, *more],
                          env=machine.env, cwd=machine.folder, capture_output=True, text=True, timeout=120)
    assert made.returncode == 0, made
    assert re.fullmatch(r"dagshell_\S{43}\n", made.stdout), made
    return made.stdout.strip()


def test_users_are_kept_from_the_command_line(machine):
    machine.server()
    assert "There are no users" in said(machine, "user", "ls")
    assert "The first user is an admin" in said(machine, "user", "add", "bob", "--role", "viewer", code=2, given=PASSWORD + "\n")
    assert "12 characters or more" in said(machine, "user", "add", "ada", "--role", "admin", code=2, given="short\n")
    assert "'role' is one of viewer, operator, admin" in said(machine, "user", "add", "ada", "--role", "boss", code=2, given=PASSWORD + "\n")
    assert "User ada may log in at http://127.0.0.1" in user(machine, "ada", "admin")
    (machine.folder / "bob.txt").write_text(PASSWORD + "\n")
    said(machine, "user", "add", "bob", "--role", "viewer", "--password-file", "bob.txt")
    said(machine, "user", "set", "bob", "--role", "operator")
    said(machine, "user", "disable", "bob")
    listed = said(machine, "user", "ls")
    assert re.search(r"ada +admin +never$", listed, re.M) and re.search(r"bob +operator +never +disabled", listed), listed
    said(machine, "user", "enable", "bob")
    said(machine, "user", "password", "bob", given="another horse battery\n")
    last = "'ada' is the last admin who can log in and cannot be "
    assert last + "deleted" in said(machine, "user", "delete", "ada", code=2)
    assert last + "disabled" in said(machine, "user", "disable", "ada", code=2)
    assert last + "made viewer" in said(machine, "user", "set", "ada", "--role", "viewer", code=2)
    said(machine, "user", "delete", "bob")
    assert "There is no user 'bob'" in said(machine, "user", "delete", "bob", code=2)

    log = [json.loads(line) for line in said(machine, "audit", "--json", "--since", "1h").splitlines()]
    assert [(each["action"], each["object"], each["outcome"]) for each in log][:3] == [
        ("user.delete", "bob", "refused"), ("user.delete", "bob", "done"), ("user.change", "ada", "refused")]
    assert PASSWORD not in json.dumps(log) and "another horse" not in json.dumps(log)
    assert "user.delete" in said(machine, "audit", "--by", "server token", "--limit", "2")
    assert said(machine, "audit", "--by", "nobody").startswith("Nothing is written down")


def test_programs_and_agents_have_tokens_that_are_taken_back(machine):
    machine.server()
    build(machine)
    said(machine, "deployment", "apply", "steps")
    ci = token(machine, "ci", "operator", "--expires", "90d")
    far = token(machine, "far", "agent")
    server = json.loads((machine.folder / "home/server.json").read_text())
    elsewhere = Machine(machine.folder / "elsewhere")
    elsewhere.folder.mkdir()
    elsewhere.env.update(DAGSHELL_API_URL=server["url"], DAGSHELL_API_TOKEN=far)
    try:
        agent = elsewhere.agent()
        program = {**machine.env, "DAGSHELL_API_TOKEN": ci}
        ran = subprocess.run([str(TOP / "dagshell"), "deployment", "run", "Steps", "-p", "n=3", "--watch"], env=program,
                             cwd=machine.folder, capture_output=True, text=True, timeout=180)
        assert ran.returncode == 0 and "step 2" in ran.stdout, ran
        refused = subprocess.run([str(TOP / "dagshell"), "deployment", "delete", "Steps", "--yes"], env=program,
                                 cwd=machine.folder, capture_output=True, text=True, timeout=60)
        assert refused.returncode == 2 and "This needs the role admin; ci has the role operator." in refused.stderr, refused
        nosy = said(elsewhere, "deployment", "ls", code=2)
        assert "This needs the role viewer or operator or admin; far has the role agent." in nosy

        said(machine, "token", "revoke", "far")
        run = machine.order("Steps", n=1)
        until(lambda: "revoked" in agent.log.read_text() or "token" in agent.log.read_text())
        assert agent.poll() is None
        assert machine.run(run)["state"] in ("Scheduled", "Late", "Pending")
        assert re.search(r"far +agent +revoked", said(machine, "token", "ls"))
        log = said(machine, "audit", "--since", "1h")
        assert re.search(r"ci +operator +run\.order +Steps +done", log), log
        assert re.search(r"ci +operator +deployment\.delete +Steps +refused", log), log
        assert re.search(r"far +token\.use +far +refused .* it is revoked", log), log
        assert ci not in log and far not in log
    finally:
        elsewhere.stop()


def test_the_examples_of_the_documentation_run(machine):
    machine.start("start", "--port", "0", says="takes runs from")
    build(machine)
    page = (machine.folder / "steps/deployment.yaml").read_text()
    (machine.folder / "steps/deployment.yaml").write_text(re.sub(r"(?m)^name: .*$", "name: Parameterized ETL", page))
    said(machine, "deployment", "apply", "steps")
    for name in ("ada", "bob"):
        (machine.folder / f"{name}.txt").write_text(PASSWORD + "\n")
    examples = re.search(r"```sh\n(.*?)```", (TOP / "docs/access.md").read_text(), re.S).group(1)
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", examples], cwd=machine.folder, capture_output=True, text=True,
                          timeout=240, env={**machine.env, "PATH": f"{TOP}:{os.environ['PATH']}"})
    assert done.returncode == 0, done
    assert re.search(r"bob +viewer", done.stdout) and '"action":"run.order"' in done.stdout, done


def test_a_server_logs_what_is_done_as_json(machine):
    server = machine.start("server", "start", "--port", "0", "--log-format", "json", "--keep-audit", "30",
                           "--session-idle", "1h", "--session-time", "1d", says="Its token is in server.json")
    user(machine, "ada", "admin")
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    audit = [line["message"] for line in lines if line["logger"] == "dagshell.audit"]
    assert audit == ["server token (admin) from 127.0.0.1: user.add ada done, role admin"], lines
    wrong = said(machine, "server", "start", "--port", "0", "--session-idle", "10s", code=2)
    assert "A session may be idle for a minute or longer" in wrong


@pytest.fixture
def house(machine):
    """A server with a deployment, a block, an alert, a limit and three people."""
    machine.server()
    build(machine)
    said(machine, "deployment", "apply", "steps")
    said(machine, "block", "set", "chat", "--type", "webhook", "url=http://127.0.0.1:1/T0K3N", "form=slack")
    said(machine, "alert", "set", "night", "--on", "failed", "--block", "chat")
    said(machine, "limit", "set", "db", "2")
    for name in ("admin", "operator", "viewer"):
        user(machine, "ada" if name == "admin" else name, name)
    machine.url = json.loads((machine.folder / "home/server.json").read_text())["url"]
    return machine


def entered(page, url, name):
    page.goto(url + "/deployment?name=Steps")
    assert page.url.endswith("/login?next=%2Fdeployment%3Fname%3DSteps"), page.url
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="Steps", exact=True).wait_for()
    assert page.url.endswith("/deployment?name=Steps")


@pytest.mark.skipif(not chromium, reason="no Chromium on this machine")
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_people_log_in_do_what_their_role_may_and_log_out(browser, house, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(house.url + "/")
    page.get_by_label("Name").fill("operator")
    page.get_by_label("Password").fill("not that password")
    page.get_by_role("button", name="Log in").click()
    assert page.get_by_role("alert").inner_text() == "Name or password is wrong."
    assert page.get_by_label("Name").input_value() == "operator"

    entered(page, house.url, "viewer")
    assert page.locator("header .who").inner_text().split() == ["viewer", "viewer", "Log", "out"]
    assert page.get_by_role("button", name="Quick run").count() == 0
    assert page.get_by_role("link", name="Access").count() == 0
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login")
    page.goto(house.url + "/runs")
    assert "/login" in page.url

    entered(page, house.url, "operator")
    assert page.get_by_role("button", name="Delete this deployment").count() == 0
    page.get_by_role("button", name="Quick run").click()
    page.wait_for_url("**/runs/*")
    assert house.run(page.url.split("/")[-1])["createdBy"] == "operator"
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Cancel the run").click()
    page.locator(".head .state.cancelled").wait_for()
    assert page.goto(house.url + "/users").status == 403
    context.clear_cookies()

    entered(page, house.url, "ada")
    page.get_by_role("link", name="Access").click()
    page.get_by_label("Name", exact=True).fill("eve")
    page.get_by_label("Role", exact=True).select_option("viewer")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator("tbody tr").filter(has_text="eve").wait_for()
    page.get_by_label("Role of eve", exact=True).select_option("operator")
    with page.expect_navigation():
        page.get_by_role("button", name="Set the role of eve").click()
    assert page.get_by_label("Role of eve", exact=True).input_value() == "operator"
    page.get_by_role("button", name="Delete eve").click()
    page.get_by_role("button", name="Delete the user").click()
    until(lambda: page.locator("tbody tr").filter(has_text="eve").count() == 0)

    page.get_by_role("link", name="Tokens", exact=True).click()
    page.get_by_label("Name", exact=True).fill("grafana")
    page.get_by_label("Role", exact=True).select_option("viewer")
    page.get_by_role("button", name="Make a token").click()
    secret = page.locator("#secret").inner_text()
    program = {**house.env, "DAGSHELL_API_TOKEN": secret}
    run = lambda: subprocess.run([str(TOP / "dagshell"), "queue", "ls"], env=program, capture_output=True, text=True, timeout=60)
    assert run().returncode == 0
    page.get_by_role("button", name="Revoke grafana").click()
    page.get_by_role("button", name="Revoke the token").click()
    page.locator("tbody tr").filter(has_text="Revoked").wait_for()
    refused = run()
    assert refused.returncode == 2 and "That token was revoked, has expired, or never was one." in refused.stderr, refused

    page.get_by_role("link", name="Audit log").click()
    lines = page.locator("tbody tr").all_inner_texts()
    assert [line for line in lines if "operator" in line and "run.cancel" in line], lines
    assert [line for line in lines if "operator" in line and "/users" in line and "refused" in line], lines
    assert secret not in page.content() and PASSWORD not in page.content()
    context.close()


@pytest.mark.skipif(not chromium, reason="no Chromium on this machine")
def test_somebody_who_is_disabled_is_out_at_once_also_of_a_page_that_is_open(browser, house):
    page = browser.new_context().new_page()
    entered(page, house.url, "operator")
    page.goto(house.url + "/runs")
    page.get_by_role("heading", name="Runs").wait_for()
    said(house, "user", "disable", "operator")
    page.wait_for_url("**/login", timeout=20_000)
    page.get_by_label("Name").fill("operator")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    assert page.get_by_role("alert").inner_text() == "Name or password is wrong."
    page.context.close()


@pytest.mark.skipif(not chromium, reason="no Chromium on this machine")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_access_read_for_everybody(browser, house, shots, scheme):
    token(house, "ci", "operator", "--expires", "90d")
    token(house, "old", "agent")
    said(house, "token", "revoke", "old")
    found = []
    for width in (1600, 360):
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 1000})
        page = context.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        pages = {"login": "/login", "users": "/users", "tokens": "/tokens", "audit": "/audit", "account": "/account",
                 "deployment-viewer": "/deployment?name=Steps", "alerts-viewer": "/alerts", "queues-viewer": "/queues",
                 "blocks-viewer": "/blocks", "deployments-viewer": "/deployments"}
        who = None
        for name, place in pages.items():
            wanted = "viewer" if name.endswith("-viewer") else None if name == "login" else "ada"
            if wanted != who:
                context.clear_cookies()
                entered(page, house.url, wanted)
                who = wanted
            assert page.goto(house.url + place).status == 200, place
            page.screenshot(path=shots / f"access-{name}-{scheme}-{width}.png", full_page=True)
            found += [(name, scheme, width, each) for each in violations(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append((name, scheme, width, "wider than the window"))
        found += [("errors", scheme, width, each) for each in errors]
        context.close()
    assert not found, "\n".join(map(str, found))
