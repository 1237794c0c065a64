"""The reference job through every door: nbclient, nbconvert, run NB, run NB:flow, java -jar flow.jar."""

import json
import os
import pathlib
import shutil
import subprocess

import nbformat
import pytest
from nbclient import NotebookClient

from conftest import EXAMPLE, SAMPLE, command, java, notebook, plain

ROWS = 98_029


@pytest.fixture(scope="module")
def floor(postgres):
    return postgres.floor(SAMPLE, "floor_sample")


@pytest.fixture
def example(tmp_path):
    """A copy of the examples folder, as someone's own project."""
    folder = tmp_path / "examples"
    shutil.copytree(EXAMPLE.parent, folder)
    return folder / EXAMPLE.name


def texts(node):
    for cell in node.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            yield plain(output.get("text", "") or data.get("text/plain", ""))


def htmls(node):
    return [o["data"]["text/html"] for c in node.cells for o in c.get("outputs", []) if "text/html" in o.get("data", {})]


def test_nbclient_runs_the_notebook_and_the_table_equals_the_floor(example, jupyter, postgres, floor):
    postgres.query("select 1")
    node = nbformat.read(example, as_version=4)
    NotebookClient(node, timeout=120, kernel_name="dagshell", resources={"metadata": {"path": str(example.parent)}}).execute()
    whole = "\n".join(texts(node))
    assert str(ROWS) in whole.replace(",", "")
    assert "fetch" in whole and "Completed" in whole
    assert any("<table" in html and "passenger_count" in html for html in htmls(node)), "no table preview"
    assert any("<svg" in html for html in htmls(node)), "no DAG picture"
    assert postgres.rows_and_checksum("yellow_taxi_trips") == floor


def test_run_notebook_gives_the_same_table_and_an_executed_notebook(example, dagshell, postgres, floor, tmp_path):
    out = tmp_path / "out.ipynb"
    result = dagshell("run", example, "-p", "table=headless_trips", "--output", out)
    assert result.code == 0, result
    assert "98,029" in result.text, result
    assert postgres.rows_and_checksum("headless_trips") == floor
    node = nbformat.read(out, as_version=4)
    nbformat.validate(node)
    assert any("passenger_count" in html for html in htmls(node))


def test_the_flow_alone_hits_what_the_notebook_computed(example, dagshell, postgres, floor):
    first = dagshell("run", example)
    assert first.code == 0, first
    result = dagshell("run", f"{example}:ingest", "-p", "table=flow_trips")
    assert result.code == 0, result
    assert postgres.rows_and_checksum("flow_trips") == floor
    assert result.text.count("Cached") == 2, result
    # Java 25 tells of libraries that call what it will take away; whoever runs a flow can do nothing about it.
    assert "WARNING" not in first.text + result.text, (first, result)


def test_the_exported_flow_runs_in_a_jvm_of_its_own_with_the_same_keys(example, dagshell, environment, postgres, floor, tmp_path):
    assert dagshell("run", example).code == 0
    folder = tmp_path / "deployment"
    built = dagshell("deployment", "build", f"{example}:ingest", "-n", "Yellow taxi", "-o", folder)
    assert built.code == 0, built
    assert {"deployment.yaml", "flow.json", "flow.jar", "deps.lock", "notebook.ipynb"} <= {p.name for p in folder.iterdir()}
    assert not [c for c in nbformat.read(folder / "notebook.ipynb", as_version=4).cells if c.get("outputs")]
    ran = command("-jar", folder / "flow.jar", "run", "-p", f"dataset={SAMPLE}", "-p", "table=jar_trips",
                  env=environment, program=java(), cwd=tmp_path)
    assert ran.code == 0, ran
    assert postgres.rows_and_checksum("jar_trips") == floor
    assert ran.text.count("Cached") == 2, ran


def test_parameters_edited_in_the_yaml_are_used(example, dagshell, environment, postgres, floor, tmp_path):
    folder = tmp_path / "deployment"
    assert dagshell("deployment", "build", f"{example}:ingest", "-n", "Yellow taxi", "-o", folder).code == 0
    yaml = folder / "deployment.yaml"
    assert "yellow_taxi_trips" in yaml.read_text()
    yaml.write_text(yaml.read_text().replace("yellow_taxi_trips", "edited_trips")
                    .replace("data/yellow_tripdata_2021-01-sample.csv.gz", str(SAMPLE)))
    ran = command("-jar", folder / "flow.jar", "run", env=environment, program=java(), cwd=tmp_path)
    assert ran.code == 0, ran
    assert postgres.rows_and_checksum("edited_trips") == floor


def test_nbconvert_executes_with_the_same_values(example, jupyter, postgres, floor, tmp_path):
    done = subprocess.run(
        ["python", "-m", "jupyter", "nbconvert", "--execute", "--to", "notebook", "--output", "converted.ipynb", str(example)],
        env={**jupyter, "PATH": os.path.dirname(__import__("sys").executable) + os.pathsep + jupyter["PATH"]},
        capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    node = nbformat.read(example.parent / "converted.ipynb", as_version=4)
    assert "98029" in "\n".join(texts(node)).replace(",", "")
    assert postgres.rows_and_checksum("yellow_taxi_trips") == floor


def failing(path):
    return notebook(
        path, "int one = 1;", "int two = 2;", "int three = 3;", "int four = 4;", "int five = 5;",
        "String text(int n) {\n    return \"n\" + n;\n}",
        "%%task\nint parse(String text) {\n    return Integer.parseInt(text);\n}",
        "%%flow\nint parsed(int n) {\n    return parse(text(n));\n}",
        "parsed(1)")


def test_an_error_in_the_third_line_of_the_seventh_cell_says_so_in_a_notebook(jupyter, tmp_path):
    node = nbformat.read(failing(tmp_path / "etl.ipynb"), as_version=4)
    with pytest.raises(Exception) as caught:
        NotebookClient(node, timeout=60, kernel_name="dagshell").execute()
    assert "[7]:3" in plain(str(caught.value)) and "NumberFormatException" in str(caught.value)
    assert "io.dagshell.engine" not in plain(str(caught.value))


def test_an_error_in_the_third_line_of_the_seventh_cell_says_so_headless_and_deployed(dagshell, environment, tmp_path):
    path = failing(tmp_path / "etl.ipynb")
    headless = dagshell("run", path)
    assert headless.code == 1 and "[7]:3" in headless.text and "NumberFormatException" in headless.text, headless
    flow = dagshell("run", f"{path}:parsed", "-p", "n=1")
    assert flow.code == 1 and "etl.ipynb[7]:3" in flow.text and "NumberFormatException" in flow.text, flow
    built = dagshell("deployment", "build", f"{path}:parsed", "-n", "Failing", "-o", tmp_path / "out")
    assert built.code == 0, built
    jar = command("-jar", tmp_path / "out/flow.jar", "run", "-p", "n=1", env=environment, program=java(), cwd=tmp_path)
    assert jar.code == 1 and "etl.ipynb[7]:3" in jar.text and "NumberFormatException" in jar.text, jar
    for text in (headless.text, flow.text, jar.text):
        assert "io.dagshell.engine" not in text, text


@pytest.mark.skipif(not os.environ.get("DAGSHELL_FULL_DATA"), reason="DAGSHELL_FULL_DATA does not name the full month")
def test_the_full_month_equals_the_floor_whole_and_streamed(dagshell, postgres):
    file = os.environ["DAGSHELL_FULL_DATA"]
    floor = postgres.floor(file, "floor_full")
    assert floor.split()[0] == "1342900"
    for flow, table in (("ingest", "full_whole"), ("ingestStreamed", "full_streamed")):
        result = dagshell("run", f"{EXAMPLE}:{flow}", "-p", f"dataset={file}", "-p", f"table={table}")
        assert result.code == 0, result
        assert postgres.rows_and_checksum(table) == floor
