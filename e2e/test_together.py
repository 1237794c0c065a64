"""Two kernels and a headless run on one home at once: processes that share the results and the record."""

import os
import signal
import subprocess
import time

import pytest
from jupyter_client.manager import start_new_kernel

from conftest import TOP, command, notebook

TASK = """%%task cache
int doubled(int n, String marks, int millis) throws Exception {{
    Files.writeString(Path.of(marks), n + "\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    Thread.sleep(millis);
    return {value};
}}"""
FLOW = """%%flow
int sum(String marks, int millis) throws Exception {
    return map(List.of(1, 2, 3), n -> doubled(n, marks, millis)).stream().mapToInt(Integer::intValue).sum();
}"""
IMPORTS = "import java.nio.file.*;"


@pytest.fixture
def kernels(jupyter):
    started = []

    def start():
        manager, client = start_new_kernel(kernel_name="dagshell", startup_timeout=60)
        client.manager = manager
        started.append((manager, client))
        return client

    yield start
    for manager, client in started:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def declare(client, value):
    for cell in (IMPORTS, TASK.format(value=value), FLOW):
        assert client.execute_interactive(cell, timeout=60, output_hook=lambda message: None)["content"]["status"] == "ok"


def result(client, identity, timeout):
    """The text of a cell's value, or its error."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        message = client.get_iopub_msg(timeout=timeout)
        if message["parent_header"].get("msg_id") != identity:
            continue
        if message["msg_type"] == "execute_result":
            return message["content"]["data"]["text/plain"]
        if message["msg_type"] == "error":
            return message["content"]["evalue"]
    raise AssertionError("no result in time")


def runs(env):
    listed = command("runs", "ls", env=env)
    assert listed.code == 0, listed
    return listed.out


def test_two_kernels_and_a_headless_run_compute_each_value_once(kernels, same_java, tmp_path):
    marks = tmp_path / "marks"
    book = notebook(tmp_path / "sum.ipynb", IMPORTS, TASK.format(value="n * 2"), FLOW)
    clients = [kernels(), kernels()]
    for client in clients:
        declare(client, "n * 2")
    headless = subprocess.Popen(
        [str(TOP / "dagshell"), "run", f"{book}:sum", "-p", f"marks={marks}", "-p", "millis=3000"],
        env=same_java, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    asked = [(client, client.execute(f'sum("{marks}", 3000)')) for client in clients]

    assert [result(client, identity, 60) for client, identity in asked] == ["12", "12"]
    told, _ = headless.communicate(timeout=120)

    assert headless.returncode == 0, told
    assert sorted(marks.read_text().split()) == ["1", "2", "3"]
    listed = runs(same_java)
    assert listed.count("Completed") == 3, listed
    assert "locked" not in told


def test_a_kernel_that_is_killed_while_others_wait_for_its_result_is_crashed_and_they_go_on(kernels, same_java, tmp_path):
    marks = tmp_path / "marks"
    killed, waiting = kernels(), kernels()
    for client in (killed, waiting):
        declare(client, "n * 3")
    killed.execute(f'doubled(5, "{marks}", 8000)')
    while not marks.exists():
        time.sleep(0.05)
    identity = waiting.execute(f'doubled(5, "{marks}", 8000)')
    time.sleep(1)
    os.kill(killed.manager.provisioner.pid, signal.SIGKILL)

    assert result(waiting, identity, 60) == "15"
    assert marks.read_text().split() == ["5", "5"]
    listed = runs(same_java)
    assert "Crashed" in listed, listed
    assert listed.count("Completed") == 4, listed
