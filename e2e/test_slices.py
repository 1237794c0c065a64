"""`dagshell run NB.ipynb:flow`, again and again: what was compiled is kept, and never stale."""

import concurrent.futures
import os
import pathlib
import subprocess

import pytest

from conftest import TOP, notebook

CELLS = [
    '%%params\nString day = System.getenv().getOrDefault("DAY", "Monday");\nint n = Integer.parseInt(System.getenv().getOrDefault("N", "1"));',
    "%%task effect\nint twice(int n) {\n    return 2 * n;\n}",
    '%%flow\nvoid go(String day, int n) {\n    System.out.println("on " + day + ": " + twice(n));\n}',
]


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


class Site:
    def __init__(self, folder):
        self.folder = folder
        self.book = notebook(folder / "week.ipynb", *CELLS)

    def run(self, *arguments, **environment):
        """Exit code, what it printed, and whether a compiler was loaded."""
        classes = self.folder / f"classes-{os.urandom(4).hex()}"
        env = {**os.environ, "DAGSHELL_HOME": str(self.folder / "home"), **environment,
               "_JAVA_OPTIONS": f"-Xlog:class+load:file={classes}"}
        done = subprocess.run([TOP / "dagshell", "run", f"{self.book}:go", *arguments], env=env, text=True,
                              capture_output=True, timeout=120)
        return done.returncode, done.stdout + done.stderr, "com.sun.tools.javac.main.JavaCompiler " in classes.read_text()

    def kept(self):
        return list(pathlib.Path(self.folder, "home/cache/slices").iterdir())


def test_the_second_run_starts_no_compiler_and_has_the_defaults_of_its_own_day(site):
    code, told, compiled = site.run()
    assert (code, compiled) == (0, True) and "on Monday: 2" in told, told
    code, told, compiled = site.run(DAY="Tuesday")
    assert (code, compiled) == (0, False) and "on Tuesday: 2" in told, told
    code, told, compiled = site.run("-p", "n=4", DAY="Wednesday")
    assert (code, compiled) == (0, False) and "on Wednesday: 8" in told, told


def test_a_changed_cell_is_what_runs(site):
    site.run()
    notebook(site.book, CELLS[0], CELLS[1].replace("2 * n", "3 * n"), CELLS[2])
    code, told, compiled = site.run()
    assert (code, compiled) == (0, True) and "on Monday: 3" in told, told


def test_a_default_that_throws_is_told_with_its_line_at_every_run(site):
    site.run()
    for _ in range(2):
        code, told, _ = site.run(N="many")
        assert code == 2 and "week.ipynb[1]:3: the default value throws java.lang.NumberFormatException" in told, told
    assert site.run()[0] == 0


def test_what_was_kept_and_is_damaged_is_compiled_once_more(site):
    site.run()
    (file,) = site.kept()
    file.write_bytes(file.read_bytes()[:-1000])
    code, told, compiled = site.run()
    assert (code, compiled) == (0, True) and "on Monday: 2" in told, told
    assert site.run()[2] is False


def test_many_processes_at_once_keep_one_and_all_run(site):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(lambda _: site.run(), range(4)))
    assert [(code, "on Monday: 2" in told) for code, told, _ in ended] == [(0, True)] * 4, ended
    assert len(site.kept()) == 1
