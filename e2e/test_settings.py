"""What deployment.yaml says of a run's process: its heap, and blocks whose names the code computes."""

import pytest

from conftest import notebook
from test_server import machine  # noqa: F401

CELLS = (
    "%%task effect\nlong heap() {\n    long max = Runtime.getRuntime().maxMemory();\n    System.out.println(\"heap \" + max);\n    return max;\n}",
    "%%task effect\nint fill(int n) {\n    List<byte[]> all = new ArrayList<>();\n    for (int i = 0; i < n; i++) {\n        all.add(new byte[1 << 20]);\n    }\n    return all.size();\n}",
    '%%task effect\nString word(String of) {\n    return secret("api-" + of);\n}',
    '%%task effect\nString fixed() {\n    return secret("fixed");\n}',
    '%%flow\nvoid all(int n, String of) {\n    heap();\n    fill(n);\n    if (!of.isEmpty()) word(of);\n    fixed();\n}',
)


@pytest.fixture
def built(machine):
    """A server, an agent, and the folder of a deployment that nobody applied yet."""
    machine.server()
    book = notebook(machine.folder / "all.ipynb", *CELLS)
    folder = machine.folder / "all"
    done = machine.dagshell("deployment", "build", f"{book}:all", "-n", "All", "-o", folder)
    assert done.code == 0, done
    machine.page = folder / "deployment.yaml"
    machine.agent()
    return machine


def change(machine, there, instead):
    text = machine.page.read_text()
    assert there in text
    machine.page.write_text(text.replace(there, instead))
    return machine.dagshell("deployment", "apply", "all")


def secret(machine, name):
    assert machine.dagshell("block", "set", name, "--type", "secret", "value=x").code == 0


def test_a_run_has_the_heap_its_deployment_says_and_names_the_setting_when_it_is_not_enough(built):
    secret(built, "fixed")
    refused = change(built, "memory: null", "memory: lots")
    line = built.page.read_text().splitlines().index("memory: lots") + 1
    assert refused.code == 2 and f"deployment.yaml:{line}: 'memory' is the heap of a run such as 512m or 2g" in refused.err

    assert change(built, "memory: lots", "memory: 96m # enough for a day").code == 0

    ended = built.ended(built.order("All", n=1, of=""))
    assert ended["state"] == "Completed", ended
    heap = [int(line.split()[1]) for line in built.lines(ended["run"]) if line.startswith("heap ")]
    assert 80 << 20 < heap[0] <= 96 << 20
    full = built.ended(built.order("All", n=500, of=""))
    assert full["state"] == "Failed", full
    assert "OutOfMemoryError" in full["reason"]
    assert "The heap of 96m that 'memory' in deployment.yaml gives it was not enough" in full["reason"], full
    assert built.api("/api/deployments/All")["memory"] == "96m"
    assert "memory 96m" in built.dagshell("deployment", "show", "All").out


def test_a_block_that_is_missing_is_named_with_its_task_and_what_to_do_at_apply_and_in_a_run(built):
    refused = built.dagshell("deployment", "apply", "all")
    assert refused.code == 2, refused
    for words in ("deployment.yaml:", "no block 'fixed' on the server", "task fixed in all.ipynb[4]:2", "dagshell block set fixed", "/blocks"):
        assert words in refused.err, refused
    secret(built, "fixed")
    assert built.dagshell("deployment", "apply", "all").code == 0

    failed = built.dagshell("deployment", "run", "All", "-p", "n=1", "-p", "of=maps", "--watch")

    assert failed.code == 1, failed
    for words in ("There is no block 'api-maps'", "dagshell block set api-maps --type secret", "/blocks", "at all.ipynb[3]:3",
                  "blocks: in deployment.yaml"):
        assert words in failed.out, failed
    secret(built, "api-maps")
    assert change(built, "blocks:\n", "blocks:\n  - api-maps\n").code == 0
    assert built.ended(built.order("All", n=1, of="maps"))["state"] == "Completed"
    again = built.dagshell("deployment", "build", f"{built.folder / 'all.ipynb'}:all", "-n", "All", "-o", built.folder / "all")
    assert again.code == 0 and "  - api-maps" in built.page.read_text()
