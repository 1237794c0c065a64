"""A task that prints without end fills neither disk nor database, and what it said last can be read."""

import sqlite3

from test_server import machine, until  # noqa: F401 (fixture)

FLOOD = (
    '%%params\nint lines = 10;',
    '%%task\nint flood(int lines) {\n    String text = "x".repeat(92);\n'
    '    for (int i = 1; i <= lines; i++) System.out.println(text + String.format("%08d", i));\n    return lines;\n}',
    '%%flow name="Flood"\nint flooding(int lines) {\n    return flood(lines);\n}',
)
MEGABYTE = 1 << 20


def size(folder):
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_size if file.is_file() else 0
        except OSError:
            pass
    return total


def test_three_hundred_megabytes_of_output(machine):
    machine.server()
    machine.agent()
    machine.deploy("Flood", "flooding", *FLOOD)
    home = machine.folder / "home"
    before = size(home)
    run = machine.order("Flood", lines=3_000_000)
    largest = 0

    def over():
        nonlocal largest
        largest = max(largest, size(home) - before)
        return machine.run(run)["state"] in {"Completed", "Failed", "Crashed"}

    until(over, 180, step=0.5)

    assert machine.run(run)["state"] == "Completed"
    with sqlite3.connect(f"file:{home / 'dagshell.db'}?mode=ro", uri=True) as database:
        texts = [row[0] for row in database.execute("select text from logs order by rowid")]
    assert any("has logged 16 million characters" in text for text in texts)
    assert any("lines are left out here" in text for text in texts)
    assert texts[-1].endswith("03000000") or texts[-2].endswith("03000000")
    printed = [text for text in texts if text.startswith("xxx")]
    assert printed == sorted(set(printed)), "in order, none twice"
    assert largest < 120 * MEGABYTE, f"{largest / MEGABYTE:.0f} MB"
