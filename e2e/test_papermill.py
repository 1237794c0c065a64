"""The pip package: it carries the kernel, and papermill and Jupyter Scheduler give a notebook typed values through it."""

import os
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from conftest import TOP, java, notebook, plain

DECLARED = (
    '%%params\nString color = "yellow";\nint year = 2021;\nList<Integer> months = List.of(1, 2, 3);\n'
    "double share = 0.5;\nOptional<String> note = Optional.empty();"
)
SHOWN = 'color + " " + year + " " + months + " " + share + " " + note.orElse("none")'


@pytest.fixture(scope="session")
def package(tmp_path_factory):
    """The wheel, built and installed into a folder of its own."""
    built = subprocess.run([TOP / "installer/pip/build", sys.executable], capture_output=True, text=True, timeout=300)
    assert built.returncode == 0, built.stdout + built.stderr
    target = tmp_path_factory.mktemp("pip") / "site"
    wheel = TOP / "installer/target/pip" / built.stdout.split()[-1]
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", target, wheel], check=True, timeout=300)
    return target


@pytest.fixture
def installed(package, environment, monkeypatch):
    """Clients that find the kernel in the package and nowhere else."""
    monkeypatch.setenv("PYTHONPATH", str(package))
    monkeypatch.setenv("JUPYTER_PATH", str(package / "share/jupyter"))
    # one JDK for kernel and command: its feature release is part of every key
    monkeypatch.setenv("JAVA_HOME", os.path.dirname(os.path.dirname(os.path.realpath(java()))))
    for name in ("DAGSHELL_HOME", "DAGSHELL_BLOCK_POSTGRES_CONNECTOR"):
        monkeypatch.setenv(name, environment[name])
    return dict(os.environ)


def papermill(path, out, *arguments, env):
    return subprocess.run(
        [sys.executable, "-m", "papermill", "--no-progress-bar", str(path), str(out), *arguments],
        env=env, capture_output=True, text=True, timeout=240)


def outputs(path):
    texts = []
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            texts.append(output.get("text") or output.get("data", {}).get("text/plain", ""))
    return "\n".join(texts)


def tagged(path):
    """Marks the first cell as papermill wants it."""
    node = nbformat.read(path, as_version=4)
    node.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(node, path)
    return path


@pytest.mark.parametrize("mark", [tagged, lambda path: path], ids=["tagged", "untagged"])
def test_papermill_gives_values_by_the_declared_types(installed, tmp_path, mark):
    path = mark(notebook(tmp_path / "etl.ipynb", DECLARED, SHOWN))
    done = papermill(
        path, tmp_path / "out.ipynb", "-p", "color", 'gr"een', "-p", "year", "2024", "-y", "{months: [4, 5], share: 2, note: a = b}",
        env=installed)
    assert done.returncode == 0, done.stderr
    assert 'gr"een 2024 [4, 5] 2.0 a = b' in outputs(tmp_path / "out.ipynb")


def test_a_value_that_does_not_fit_names_the_parameter_and_its_type(installed, tmp_path):
    path = tagged(notebook(tmp_path / "etl.ipynb", DECLARED, SHOWN))
    done = papermill(path, tmp_path / "out.ipynb", "-p", "year", "next", env=installed)
    assert done.returncode != 0
    assert "year (int)" in plain(done.stderr), done.stderr


def test_papermill_runs_the_same_key_as_the_command(installed, dagshell, tmp_path):
    path = tagged(notebook(
        tmp_path / "etl.ipynb", "%%params\nint n = 1;", "%%task cache\nint twice(int n) {\n    return 2 * n;\n}",
        "%%flow\nint flow(int n) {\n    return twice(n);\n}", "flow(n)"))
    done = papermill(path, tmp_path / "out.ipynb", "-p", "n", "21", env=installed)
    assert done.returncode == 0, done.stderr
    assert "42" in outputs(tmp_path / "out.ipynb")
    result = dagshell("run", f"{path}:flow", "-p", "n=21", env=installed)
    assert result.code == 0 and "Cached" in result.text, result


def test_a_cell_as_jupyter_scheduler_writes_it_is_understood(installed, tmp_path):
    path = notebook(tmp_path / "etl.ipynb", DECLARED, 'color = green\nyear = "2023"\nmonths = [7]', SHOWN)
    node = nbformat.read(path, as_version=4)
    NotebookClient(node, timeout=120, kernel_name="dagshell").execute()
    assert "green 2023 [7] 0.5 none" in node.cells[-1].outputs[0].data["text/plain"]
