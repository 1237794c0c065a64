"""Magics in a notebook that runs from the command line."""

import os

from conftest import command, notebook, plain


def test_magics_work_headless(environment, tmp_path):
    file = notebook(
        tmp_path / "magics.ipynb",
        "int a = 6;\n!echo from the shell\n%whos",
        "%%writefile helper.java\nint seven() { return 7; }",
        "%%bash\ncat helper.java | wc -l",
        "%lsmagic",
        "?a",
        "/vars",
        "%env SOME_WORD=said\n!echo it $SOME_WORD",
        "%time a * 7",
        "%save all.java",
        "%reset\nString a = \"anew\";\na")
    result = command("run", file, env=environment, cwd=tmp_path)
    assert result.code == 0, result
    text = plain(result.text)
    for expected in ("from the shell", "Value", "Wrote helper.java", "%%writefile", "int a = 6", "it said", "time: ", "forgotten", "anew"):
        assert expected in text, (expected, text)
    assert (tmp_path / "helper.java").read_text() == "int seven() { return 7; }\n"
    assert "int a = 6;" in (tmp_path / "all.java").read_text()


def test_a_script_that_fails_fails_the_run(environment, tmp_path):
    result = command("run", notebook(tmp_path / "bad.ipynb", "%%bash\nexit 3", "int a = 1;"), env=environment, cwd=tmp_path)
    assert result.code != 0 and "exit code 3" in plain(result.text), result
