"""Language and zone of whoever starts the process change neither values nor keys."""

import os

import pytest

from conftest import command, java, notebook

CELLS = [
    "import java.time.*;",
    """\
%%task cache
String shown(double amount, String word) {
    return String.format("%,.2f", amount) + " " + word.toUpperCase() + " " + word.toLowerCase() + " "
            + LocalDateTime.of(2021, 3, 28, 2, 30).atZone(ZoneId.systemDefault()) + " "
            + String.format("%tA", LocalDate.of(2021, 3, 28)) + " " + java.text.NumberFormat.getInstance().format(1234.5);
}
""",
    """\
%%flow
String tell() {
    String text = shown(1234.5, "TITLE fiıİ");
    System.out.println("told: " + text);
    return text;
}
""",
    "tell()",
]

STARTS = [
    {},
    {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "America/Los_Angeles"},
    {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kolkata"},
    {"LC_ALL": "C", "TZ": "UTC", "JAVA_TOOL_OPTIONS": "-Duser.language=tr -Duser.country=TR -Duser.timezone=Asia/Kolkata"},
]


@pytest.fixture(params=["notebook", "slice", "flow.jar"])
def door(request, tmp_path, dagshell):
    """A way to run the flow, given what differs in the environment."""
    file = notebook(tmp_path / "tell.ipynb", *CELLS)
    if request.param == "flow.jar":
        built = dagshell("deployment", "build", f"{file}:tell", "-n", "Tell", "-o", tmp_path / "tell")
        assert built.code == 0, built
        return lambda env: command("run", program=[java(), "-jar", str(tmp_path / "tell/flow.jar")], env=env)
    return lambda env: command("run", str(file) + (":tell" if request.param == "slice" else ""), env=env)


def told(result):
    assert result.code == 0, result
    return [line.split("told: ", 1)[1] for line in result.text.splitlines() if "told: " in line][0]


def test_values_and_keys_are_the_same_in_every_language_and_zone(door, environment):
    first = told(door({**environment, "LC_ALL": "C.UTF-8", "TZ": "UTC"}))
    assert first.startswith("1,234.50 TITLE FI") and "2021-03-28T02:30Z[UTC]" in first, first
    for start in STARTS:
        result = door({**environment, **start})
        assert told(result) == first, (start, result)
        assert "cached" in result.text.lower() or "cache hit" in result.text, (start, result)
