"""A person at a real terminal: asked by a flow, asked for a password, and leaving in the middle of it."""

import json
import os
import re
import time

import pytest

from conftest import TOP, notebook
from test_recovery import READ, WRITE
from test_server import machine  # noqa: F401 (fixture)

pexpect = pytest.importorskip("pexpect")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs pseudo-terminals")
PASSWORD = "correct horse battery"
ASKING = """%%flow
String ask(String file) throws Exception {
    String rows = read(file);
    approve("Load the rows?");
    return write(rows, "loaded");
}"""


def typed_at(machine, *arguments):
    """The command at a terminal of its own; all that it shows is kept."""
    terminal = pexpect.spawn(machine.program[0], [str(a) for a in arguments], env=machine.env, cwd=str(machine.folder),
                             timeout=90, encoding="utf-8", dimensions=(40, 200))
    terminal.logfile_read = open(machine.folder / "shown.txt", "w+")
    return terminal


def shown(machine):
    return (machine.folder / "shown.txt").read_text()


def code(terminal):
    terminal.expect(pexpect.EOF)
    terminal.close()
    return terminal.exitstatus


@pytest.fixture
def asking(machine):
    return notebook(machine.folder / "ask.ipynb", READ, WRITE, ASKING)


def lines(file):
    return file.read_text().split() if file.exists() else []


@pytest.mark.parametrize("what", ["ask.ipynb:ask", "flow.jar"])
def test_a_run_that_asks_is_left_with_ctrl_c_at_once_and_recorded_as_cancelled(machine, asking, what):
    file = machine.folder / "told.txt"
    if what == "flow.jar":
        built = machine.dagshell("deployment", "build", f"{asking}:ask", "-n", "Ask", "-o", machine.folder / "Ask")
        assert built.code == 0, built
        machine.program = ["java" if "JAVA_HOME" not in os.environ else os.environ["JAVA_HOME"] + "/bin/java"]
        terminal = typed_at(machine, "-jar", machine.folder / "Ask/flow.jar", "run", "-p", f"file={file}")
    else:
        terminal = typed_at(machine, "run", f"{asking}:ask", "-p", f"file={file}")
    terminal.expect("Approve\\? yes, or no and why: ")
    began = time.monotonic()
    terminal.sendintr()
    assert code(terminal) == 130, shown(machine)
    assert time.monotonic() - began < 8, shown(machine)
    assert "may be open" not in shown(machine)
    assert lines(file) == ["read"]
    machine.program = [str(TOP / "dagshell")]
    listed = machine.dagshell("runs", "ls")
    assert "Cancelled" in listed.out and "Running" not in listed.out, listed


def test_a_run_that_asks_takes_the_answer_that_is_typed(machine, asking):
    file = machine.folder / "told.txt"
    terminal = typed_at(machine, "run", f"{asking}:ask", "-p", f"file={file}")
    terminal.expect("Approve\\? yes, or no and why: ")
    terminal.sendline("perhaps")
    terminal.expect("Approve\\? yes, or no and why: ")
    terminal.sendline("yes")
    assert code(terminal) == 0, shown(machine)
    assert lines(file) == ["read", "loaded"]


def test_a_password_is_asked_for_twice_and_never_shown(machine):
    machine.server()
    terminal = typed_at(machine, "user", "add", "ada", "--role", "admin")
    terminal.expect("Password of ada: ")
    terminal.sendline(PASSWORD)
    terminal.expect("Again: ")
    terminal.sendline("correct horse batterx")
    assert code(terminal) == 2, shown(machine)
    assert "That was not twice the same password; nothing is changed." in shown(machine)
    assert PASSWORD not in shown(machine) and "batterx" not in shown(machine)
    assert "There are no users" in machine.dagshell("user", "ls").out

    terminal = typed_at(machine, "user", "add", "ada", "--role", "admin")
    for question in ("Password of ada: ", "Again: "):
        terminal.expect(question)
        terminal.sendline(PASSWORD)
    assert code(terminal) == 0, shown(machine)
    assert PASSWORD not in shown(machine) and "User ada may log in" in shown(machine)
    assert re.search(r"ada +admin", machine.dagshell("user", "ls").out)


def test_a_password_that_is_asked_for_is_left_with_ctrl_c_and_the_terminal_shows_what_is_typed_again(machine):
    machine.server()
    terminal = typed_at(machine, "user", "add", "ada", "--role", "admin")
    terminal.expect("Password of ada: ")
    terminal.sendintr()
    assert code(terminal) == 130, shown(machine)
    assert "There are no users" in machine.dagshell("user", "ls").out


def test_the_secret_of_a_block_is_asked_for_and_not_shown(machine):
    terminal = typed_at(machine, "block", "set", "key", "--type", "secret", "value=-")
    terminal.expect("value: ")
    terminal.sendline("s3cr3t-thing")
    assert code(terminal) == 0, shown(machine)
    assert "s3cr3t-thing" not in shown(machine)
    assert "s3cr3t-thing" not in json.dumps(machine.dagshell("block", "ls").out)
