"""Far more text than the heap holds, into PostgreSQL and back by cursor."""

import re

import pytest

from conftest import notebook

TEXT = 10_000
CHUNK = 500
HEAP = 192
STREAM = f"""String base = new Random(1).ints({TEXT}, 'a', 'z' + 1).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
String text(int row) {{
    int at = row % {TEXT};
    return row + base.substring(at) + base.substring(0, at);
}}
TableStream texts(int chunks) {{
    return TableStream.of("texts", () -> new TableStream.Chunks() {{
        int made;
        public Table next() {{
            if (made == chunks) return null;
            int first = {CHUNK} * made++;
            return Table.create("texts", IntColumn.create("id", IntStream.range(first, first + {CHUNK}).toArray()),
                    StringColumn.create("text", IntStream.range(first, first + {CHUNK}).mapToObj(row -> text(row))));
        }}
        public void close() {{}}
    }});
}}"""
BACK = """long[] seen = new long[3];
db.stream("select text, id from texts order by id", %d, Map.of()).forEach(chunk -> {
    for (int i = 0; i < chunk.rowCount(); i++) {
        String read = chunk.stringColumn("text").get(i);
        if (chunk.intColumn("id").get(i) != seen[0]++ || !read.equals(text(chunk.intColumn("id").get(i)))) seen[1]++;
        seen[2] += read.length();
    }
});
System.out.println("back " + Arrays.toString(seen));""" % CHUNK
PEAK = """System.out.println("heap " + Runtime.getRuntime().maxMemory() / 1_000_000 + " peak " + Files.readString(Path.of("/proc/self/status"))
        .replaceAll("(?s).*VmHWM:\\\\s+(\\\\d+).*", "$1"));"""


@pytest.mark.parametrize("megabytes", [pytest.param(300, id="300MB"), pytest.param(1_000, id="1GB", marks=pytest.mark.full)])
def test_text_beyond_the_heap_goes_into_postgresql_and_comes_back(dagshell, environment, postgres, tmp_path, megabytes):
    chunks = megabytes * 1_000_000 // (TEXT * CHUNK)
    path = notebook(
        tmp_path / "large.ipynb", STREAM, 'var db = postgres("postgres-connector");',
        f'System.out.println("loaded " + db.replace("texts", texts({chunks})));', BACK, PEAK)
    try:
        result = dagshell("run", path, env={**environment, "JAVA_TOOL_OPTIONS": f"-Xmx{HEAP}m"}, timeout=540)
        assert result.code == 0, result
        rows = chunks * CHUNK
        length = sum(len(str(row)) for row in range(rows)) + rows * TEXT
        assert f"loaded {rows}\n" in result.out, result
        assert f"back [{rows}, 0, {length}]\n" in result.out, result
        assert postgres.query("select count(*), sum(length(text)) from texts") == [(rows, length)]
        heap, peak = map(int, re.search(r"heap (\d+) peak (\d+)", result.out).groups())
        assert heap < 220
        assert peak < 520_000, result
    finally:
        postgres.execute("drop table if exists texts")
