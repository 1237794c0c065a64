"""A flow of very many tasks in a notebook: the display stays small, nothing is lost."""

import json
import sqlite3

import pytest
from jupyter_client.manager import KernelManager

CELLS = [
    "%%task\nint add(int n) {\n    return n + 1;\n}",
    "%%flow concurrency=4\nlong all(int n) {\n"
    "    return map(IntStream.range(0, n).boxed().toList(), i -> add(i)).stream().mapToLong(Integer::longValue).sum();\n}"]


@pytest.mark.parametrize("count", [10_000, pytest.param(100_000, marks=pytest.mark.full)])
def test_a_flow_of_very_many_tasks_is_shown_small_and_kept_whole(jupyter, home, count):
    manager = KernelManager(kernel_name="dagshell")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        for cell in CELLS:
            client.execute_interactive(cell, timeout=60, output_hook=lambda message: None)
        sizes, rows, result = [], [], []

        def seen(message):
            content = message["content"]
            if message["msg_type"] in ("display_data", "update_display_data"):
                sizes.append(len(json.dumps(content)))
                rows.append(content["data"].get("text/html", "").count('<th scope="row"'))
            elif message["msg_type"] == "execute_result":
                result.append(content["data"]["text/plain"])

        reply = client.execute_interactive(f"all({count})", timeout=250, output_hook=seen)
        assert reply["content"]["status"] == "ok", reply["content"]
        assert result == [str(count * (count + 1) // 2)]
        # Up to two dozen calls stand one by one, as a busy machine may show them before they become one line.
        assert sizes and max(rows) <= 24, rows
        assert [size for size, lines in zip(sizes, rows) if size >= 2_500 + 500 * lines] == []
        assert sizes[-1] < 8_000
        assert sum(sizes) < 4_000_000, (len(sizes), sum(sizes))
    finally:
        client.stop_channels()
        manager.shutdown_kernel()
    with sqlite3.connect(home / "dagshell.db") as store:
        kept = store.execute("select count(*) from task_runs where state = 'Completed' group by run_id").fetchall()
        assert (count + 1,) in kept, kept
