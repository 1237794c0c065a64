"""Libraries that cells declare: in the notebook, in the slice and in the exported flow, beside DagShell's own versions."""

import json

from conftest import command, java, notebook, plain

LIBRARIES = {
    "com.google.guava:guava:31.1-jre": 'com.google.common.collect.ImmutableList.of(1, 2).size() + ""',
    "com.fasterxml.jackson.core:jackson-databind:2.13.5":
        'new com.fasterxml.jackson.databind.ObjectMapper().version().toString()',
    "org.jsoup:jsoup:1.17.2": 'org.jsoup.Jsoup.parse("<b>x</b>").text()',
    "org.apache.commons:commons-csv:1.10.0":
        'org.apache.commons.csv.CSVParser.parse("a,b", org.apache.commons.csv.CSVFormat.DEFAULT).getRecords().size() + ""',
    "org.apache.commons:commons-lang3:3.12.0": 'org.apache.commons.lang3.StringUtils.reverse("abc")',
    "com.google.code.gson:gson:2.10.1": 'new com.google.gson.Gson().toJson(List.of(1))',
    "joda-time:joda-time:2.12.5": 'new org.joda.time.LocalDate(2021, 1, 1).toString()',
    "com.github.ben-manes.caffeine:caffeine:3.1.8":
        'com.github.benmanes.caffeine.cache.Caffeine.newBuilder().build().estimatedSize() + ""',
    "ch.qos.logback:logback-classic:1.2.12": 'org.slf4j.LoggerFactory.getLogger("x").getClass().getName()',
    "io.vavr:vavr:0.10.4": 'io.vavr.collection.List.of(1, 2, 3).sum().toString()',
    "org.apache.poi:poi:5.2.5": 'new org.apache.poi.hssf.usermodel.HSSFWorkbook().getNumberOfSheets() + ""',
    "com.h2database:h2:2.2.224":
        'new org.h2.Driver().connect("jdbc:h2:mem:x", new Properties()).createStatement().executeQuery("select 7")'
        '.getMetaData().getColumnCount() + ""',
}
EXPECTED = ["2", "2.13.5", "x", "1", "cba", "[1]", "2021-01-01", "0", "ch.qos.logback.classic.Logger", "6", "0", "1"]


def test_a_dozen_popular_libraries_work_together_each_in_the_version_that_was_asked_for(dagshell, tmp_path):
    cells = [f"%maven {coordinate}" for coordinate in LIBRARIES] + list(LIBRARIES.values())
    result = dagshell("run", notebook(tmp_path / "many.ipynb", *cells), timeout=400)
    assert result.code == 0, result
    lines = plain(result.out).splitlines()
    at = 0
    for value in EXPECTED:
        assert value in lines[at:], (value, result)
        at = lines.index(value, at) + 1


def test_a_flow_with_libraries_runs_in_the_notebook_compiled_and_exported_with_one_key(dagshell, environment, tmp_path):
    path = notebook(
        tmp_path / "html.ipynb", "%maven org.jsoup:jsoup:1.17.2\nimport org.jsoup.Jsoup;",
        "%%task cache\nString title(String html) {\n    return Jsoup.parse(html).text();\n}",
        "%%flow\nString flow(String html) {\n    return title(html);\n}", 'flow("<i>hello</i>")')
    first = dagshell("run", path)
    assert first.code == 0 and "hello" in first.out, first
    second = dagshell("run", f"{path}:flow", "-p", "html=<i>hello</i>")
    assert second.code == 0 and "Cached" in second.text, second
    built = dagshell("deployment", "build", f"{path}:flow", "-n", "Titles", "-o", tmp_path / "out")
    assert built.code == 0, built
    assert "org.jsoup:jsoup:1.17.2" in (tmp_path / "out/deps.lock").read_text()
    library, = json.loads((tmp_path / "out/flow.json").read_text())["libraries"]
    assert library["coordinate"] == "org.jsoup:jsoup:1.17.2" and len(library["sha256"]) == 64
    assert library["sha256"] in (tmp_path / "out/deps.lock").read_text()
    jar = command("-jar", tmp_path / "out/flow.jar", "run", "-p", "html=<i>hello</i>", env=environment, program=java(), cwd=tmp_path)
    assert jar.code == 0 and "Cached" in jar.text, jar
    other = command("-jar", tmp_path / "out/flow.jar", "run", "-p", "html=<b>world</b>", env=environment, program=java(), cwd=tmp_path)
    assert other.code == 0 and "Cached" not in other.text, other


def test_a_misspelt_coordinate_says_so_at_its_line_and_runs_nothing(dagshell, tmp_path):
    result = dagshell("run", notebook(tmp_path / "bad.ipynb", 'System.out.println("ran");\n%maven org.jsoup:jsop:1.17.2'))
    assert result.code == 1 and "there is no org.jsoup:jsop:1.17.2" in result.text and "[1]:2" in result.text, result
    assert "ran" not in result.out.splitlines(), result
