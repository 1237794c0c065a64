"""The kernel against Jupyter's own conformance tests and a few habits of its own."""

import time
import unittest

import jupyter_kernel_test
import pytest
from jupyter_client.manager import start_new_kernel

from conftest import plain, rests


@pytest.fixture(autouse=True, scope="module")
def installed(kernel_prefix, home):
    """For the kernel that Jupyter's own tests start before any of their fixtures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(kernel_prefix / "share/jupyter"))
        patch.setenv("DAGSHELL_HOME", str(home))
        yield


class DagShellKernelTest(jupyter_kernel_test.KernelTests):
    kernel_name = "dagshell"
    language_name = "java"
    file_extension = ".java"
    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    code_generate_error = "int zero = 0; 1 / zero"
    code_execute_result = [{"code": "1 + 2", "result": "3"}, {"code": '"a" + "b"', "result": "ab"}]
    code_display_data = [{"code": 'display(List.of(1, 2));', "mime": "text/plain"}]
    code_inspect_sample = "String.valueOf"
    completion_samples = [{"text": "Math.ab", "matches": ["abs(", "absExact("]}]
    complete_code_samples = ["1 + 2", "int f(int x) { return x; }"]
    incomplete_code_samples = ["int f(int x) {", "if (true) {"]
    invalid_code_samples = ["int 1x = 3;", "class {"]
    code_clear_output = "clearOutput();"
    code_page_something = 'page("a page");'
    code_history_pattern = "1 ? 2"
    supported_history_operations = ("tail", "range", "search")

    def setUp(self):
        self.flush_channels()


del jupyter_kernel_test.KernelTests  # pytest collects the subclass only


@pytest.fixture
def client(jupyter):
    manager, client = start_new_kernel(kernel_name="dagshell", startup_timeout=60)
    client.manager = manager
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def execute(client, code, timeout=60):
    """Runs a cell: reply content and the iopub messages."""
    reply = client.execute_interactive(code, timeout=timeout, output_hook=(messages := []).append)
    return reply["content"], messages


def stdout(messages):
    return "".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream")


def test_a_busy_loop_is_interrupted_and_leaves_no_cpu_behind(client):
    identity = client.execute('long seen = 7; System.out.println("on"); while (true) { seen++; }')
    while client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
        pass
    time.sleep(1)
    started = time.monotonic()
    client.manager.interrupt_kernel()
    while True:
        reply = client.get_shell_msg(timeout=10)
        if reply["parent_header"]["msg_id"] == identity:
            break
    assert reply["content"]["status"] == "error"
    assert time.monotonic() - started < 2
    assert rests(client.manager.provisioner.pid), "something still spins"
    content, messages = execute(client, "System.out.println(seen > 7);")
    assert content["status"] == "ok" and "true" in stdout(messages)


def test_a_cell_that_does_not_compile_runs_nothing_of_itself(client):
    content, messages = execute(client, 'System.out.println("first");\nint x = "no";')
    assert content["status"] == "error"
    assert "first" not in stdout(messages)
    content, messages = execute(client, "1 + 1")
    assert content["status"] == "ok"


def test_exit_ends_the_cell_and_not_the_kernel(client):
    execute(client, "int kept = 5;")
    content, _ = execute(client, "System.exit(3);")
    assert content["status"] == "error"
    content, messages = execute(client, "System.out.println(kept);")
    assert content["status"] == "ok" and "5" in stdout(messages)


def test_a_task_cell_that_is_wrong_is_refused_at_its_line_and_the_kernel_goes_on(client):
    content, _ = execute(client, "%%task retries=x\nint one() {\n    return 1;\n}")
    assert content["status"] == "error" and "retries" in plain(content["evalue"])
    content, _ = execute(client, "%%task\nint one() {\n    return 1;\n}\nint two() {\n    return 2;\n}")
    assert content["status"] == "error"
    content, _ = execute(client, "%%task retries=1\nint one() {\n    return 1;\n}")
    assert content["status"] == "ok", content


def test_completion_and_inspection_work_inside_a_task_cell(client):
    code = "%%task\nint length(String text) {\n    return text.len"
    reply = client.complete(code, len(code), reply=True, timeout=20)["content"]
    assert any(match.startswith("length") for match in reply["matches"]), reply
    code = "%%task ret"
    reply = client.complete(code, len(code), reply=True, timeout=20)["content"]
    assert any("retries" in match for match in reply["matches"]), reply


def test_ten_megabytes_arrive_whole(client):
    content, messages = execute(client, 'for (int i = 0; i < 100_000; i++) System.out.println("x".repeat(99));', timeout=120)
    assert content["status"] == "ok"
    assert len(stdout(messages)) == 10_000_000
