"""Parquet files as other writers make them, read by a notebook and compared value by value with what pyarrow put in."""

import datetime
import decimal
import json
import random

import pyarrow
import pyarrow.parquet
import pytest

from conftest import notebook

ROWS = 3_000
READ = """Table t = Tables.readParquet(Path.of("%s"));
for (String name : t.columnNames()) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < t.rowCount(); i++) texts.add(t.column(name).isMissing(i) ? "null" : String.valueOf(t.column(name).get(i)));
    System.out.println("digest " + name + " " + texts.hashCode());
}"""


def java_hash(texts):
    """`List<String>.hashCode()`."""
    total = 1
    for text in texts:
        code = 0
        for unit in memoryview(text.encode("utf-16-le")).cast("H"):
            code = (31 * code + unit) & 0xFFFFFFFF
        total = (31 * total + code) & 0xFFFFFFFF
    return total - (1 << 32) if total >= 1 << 31 else total


def told(value):
    """As Java's `toString` has it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.datetime):
        text = value.strftime("%Y-%m-%dT%H:%M")
        millis = value.microsecond // 1000
        return text + (f":{value.second:02}" if value.second or millis else "") + (f".{millis:03}" if millis else "")
    return str(value)


@pytest.fixture(scope="module")
def table():
    chance = random.Random(7)
    some = lambda make: [None if chance.random() < 0.1 else make() for _ in range(ROWS)]  # noqa: E731
    return pyarrow.table({
        "few": pyarrow.array(some(lambda: chance.randrange(5)), pyarrow.int32()),
        "many": pyarrow.array(some(lambda: chance.randrange(-2**62, 2**62)), pyarrow.int64()),
        "quarter": pyarrow.array(some(lambda: chance.randrange(-4000, 4000) / 4), pyarrow.float64()),
        "half": pyarrow.array(some(lambda: chance.randrange(-400, 400) / 2), pyarrow.float32()),
        "flag": pyarrow.array(some(lambda: chance.random() < 0.5), pyarrow.bool_()),
        "word": pyarrow.array(some(lambda: chance.choice(["a", "ü", "🚕", "long " * 20])), pyarrow.string()),
        "text": pyarrow.array(some(lambda: f"text {chance.random()}"), pyarrow.string()),
        "day": pyarrow.array(some(lambda: datetime.date(1960, 1, 1) + datetime.timedelta(chance.randrange(30000))), pyarrow.date32()),
        "at": pyarrow.array(some(lambda: datetime.datetime(1969, 12, 31, 23) + datetime.timedelta(milliseconds=chance.randrange(10**9))),
                            pyarrow.timestamp("us")),
        "sum": pyarrow.array(some(lambda: decimal.Decimal(chance.randrange(-10**6, 10**6)) / 4), pyarrow.decimal128(12, 2)),
        "none": pyarrow.array([None] * ROWS, pyarrow.int32()),
        "one": pyarrow.array([7] * ROWS, pyarrow.int64()),
        "required": pyarrow.array(range(ROWS), pyarrow.int32()),
    }, schema=None)


DELTAS = {"few": "DELTA_BINARY_PACKED", "many": "DELTA_BINARY_PACKED", "quarter": "BYTE_STREAM_SPLIT", "word": "DELTA_BYTE_ARRAY",
          "text": "DELTA_LENGTH_BYTE_ARRAY", "at": "DELTA_BINARY_PACKED", "required": "DELTA_BINARY_PACKED"}


def test_every_encoding_page_form_and_packing_comes_as_pyarrow_wrote_it(dagshell, table, tmp_path):
    table = table.cast(pyarrow.schema([field.with_nullable(field.name != "required") for field in table.schema]))
    ways = [dict(data_page_version=version, compression=packing, data_page_size=size, row_group_size=group, **encoding)
            for version in ("1.0", "2.0")
            for packing, size, group in (("zstd", 1 << 20, ROWS), ("snappy", 700, 997), ("lz4", 100, ROWS), ("none", 5_000, 1))
            for encoding in (dict(use_dictionary=True), dict(use_dictionary=False), dict(use_dictionary=["word", "sum", "few"]),
                             dict(use_dictionary=False, column_encoding=DELTAS),
                             dict(use_dictionary=True, dictionary_pagesize_limit=300))
            if group > 1 or encoding == dict(use_dictionary=True)]
    files = []
    for number, way in enumerate(ways):
        files.append(tmp_path / f"{number}.parquet")
        pyarrow.parquet.write_table(table if way["row_group_size"] > 1 else table.slice(0, 40), files[-1], **way)
    result = dagshell("run", notebook(tmp_path / "read.ipynb", *["{ " + READ % file + " }" for file in files]))
    assert result.code == 0, result
    seen = [line.split()[1:] for line in result.out.splitlines() if line.startswith("digest ")]
    expected = []
    for way in ways:
        for name in table.column_names:
            values = table[name].to_pylist()[:ROWS if way["row_group_size"] > 1 else 40]
            number = float if name == "sum" else (lambda value: value)
            expected.append([name, str(java_hash([told(None if v is None else number(v)) for v in values]))])
    assert len(seen) == len(expected)
    wrong = [(json.dumps(ways[i // len(table.column_names)]), expected[i][0]) for i in range(len(seen)) if seen[i] != expected[i]]
    assert not wrong
