"""The tutorial's cloud jobs: web → Parquet → bucket, bucket → BigQuery, many months; and what happens when a service fails.

The bucket is fake-gcs-server, BigQuery the local-bigquery emulator; what they hold is read back without DagShell."""

import datetime
import gzip
import http.server
import json
import os
import shutil
import threading

import pyarrow.csv
import pyarrow.parquet
import pytest

from conftest import SAMPLE, TOP, command, java, notebook
from emulators import cloud, flaky_bigquery, flaky_gcs  # noqa: F401 (fixtures)

EXAMPLES = TOP / "notebooks/examples"
ROWS = 98_029


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    """The files of the tutorial as its web server has them."""
    folder = tmp_path_factory.mktemp("web")
    (folder / "yellow").mkdir()
    for month in (1, 2):
        shutil.copy(SAMPLE, folder / f"yellow/yellow_tripdata_2021-{month:02}.csv.gz")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(folder))

        def log_message(self, *unused):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = Web(f"http://127.0.0.1:{server.server_address[1]}")
    address.folder = folder
    yield address
    server.shutdown()


class Web(str):
    """The address of a web server, which has the folder that it serves."""


def blocks(cloud, gcs=None, bigquery=None):
    return {
        "DAGSHELL_BLOCK_DE_GCS": json.dumps({"type": "gcs", "bucket": "dtc-lake", "endpoint": gcs or cloud.gcs}),
        "DAGSHELL_BLOCK_DE_BIGQUERY": json.dumps(
            {"type": "bigquery", "dataset": "trips_data_all", "project": "test", "endpoint": bigquery or cloud.bigquery})}


@pytest.fixture
def dagshell(home, cloud):
    def run(*arguments, gcs=None, bigquery=None, **more):
        environment = {**os.environ, "DAGSHELL_HOME": str(home), **blocks(cloud, gcs, bigquery)}
        return command(*arguments, env=environment, **more)
    return run


def test_a_month_from_the_web_is_a_parquet_object_that_others_read(dagshell, cloud, web):
    result = dagshell("run", EXAMPLES / "web_to_gcs.ipynb", "-p", f"source={web}")
    assert result.code == 0, result
    assert "gs://dtc-lake/data/yellow/yellow_tripdata_2021-01.parquet" in result.text, result
    table = pyarrow.parquet.read_table(cloud.file("data/yellow/yellow_tripdata_2021-01.parquet"))
    assert table.num_rows == ROWS
    assert table.schema.field("tpep_pickup_datetime").type == "timestamp[us]"
    assert table.schema.field("passenger_count").type == "int32"
    assert table["passenger_count"].null_count > 0 and 0 not in table["passenger_count"].to_pylist()


def test_the_object_is_loaded_into_bigquery_and_asked_there(dagshell, cloud, web):
    assert dagshell("run", EXAMPLES / "web_to_gcs.ipynb:webToGcs", "-p", f"source={web}").code == 0
    result = dagshell("run", EXAMPLES / "gcs_to_bigquery.ipynb", "-p", "table=trips_data_all.from_notebook")
    assert result.code == 0, result
    [[rows, amount]] = cloud.query("select count(*), sum(total_amount) from trips_data_all.from_notebook")
    written = pyarrow.parquet.read_table(cloud.file("data/yellow/yellow_tripdata_2021-01.parquet"))
    assert int(rows) == ROWS
    assert float(amount) == pytest.approx(sum(written["total_amount"].to_pylist()))
    assert cloud.query("select count(*) from trips_data_all.from_notebook where passenger_count is null") == [["0"]]


def test_the_parent_flow_runs_a_subflow_a_month_as_a_deployment(dagshell, home, cloud, web, tmp_path):
    built = dagshell("deployment", "build", EXAMPLES / "parametrized_etl.ipynb:etlParent", "-n", "Parameterized ETL",
                     "--output", tmp_path / "etl")
    assert built.code == 0, built
    lock = (tmp_path / "etl/deps.lock").read_text()
    assert "\ncloud " in lock and "google-cloud-storage" in lock
    for month in (1, 2):
        cloud.file(f"data/yellow/yellow_tripdata_2021-{month:02}.parquet").unlink(missing_ok=True)
    result = command(
        "run", "-p", f"source={web}", "-p", "months=[1,2]", program=[java(), "-jar", tmp_path / "etl/flow.jar"],
        env={**os.environ, "DAGSHELL_HOME": str(home), **blocks(cloud)})
    assert result.code == 0, result
    assert result.text.count("webToGcs") >= 2, result
    for month in (1, 2):
        assert pyarrow.parquet.read_metadata(cloud.file(f"data/yellow/yellow_tripdata_2021-{month:02}.parquet")).num_rows == ROWS


LOAD = """%%task retries=2 retryDelay=100ms effect
long load(String table) throws Exception {
    return bigquery("de-bigquery").append(table, Table.create("t", IntColumn.create("n", 1, 2, 3)));
}"""
LOAD_FLOW = """%%flow
long loading(String table) throws Exception {
    return load(table);
}"""


def test_tables_are_read_from_addresses_of_objects_and_written_as_their_names_say(dagshell, cloud, monkeypatch, tmp_path):
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", cloud.gcs)
    path = notebook(
        tmp_path / "objects.ipynb",
        'Table t = Table.create("t", IntColumn.create("n", new int[] {1, 2, 3}), StringColumn.create("zip", "00501", "a,b", "c"));',
        'for (String name : List.of("t.csv.gz", "t.tsv", "t.jsonl")) gcs("de-gcs").upload(t, "text/" + name);',
        'Tables.readCsv("gs://dtc-lake/text/t.csv.gz").print()',
        'Tables.stream(gcs("de-gcs").address("text/t.tsv"), 2).toTable().print()',
        'Tables.readJsonLines(gcs("de-gcs").address("text/t.jsonl")).print()',
        'Tables.readCsv("gs://dtc-lake/text/none.csv")')
    result = dagshell("run", path)
    assert result.code == 1, result
    assert "gs://dtc-lake/text/none.csv: Google Cloud Storage has no object text/none.csv in bucket dtc-lake" in result.text, result
    for text in ("n,zip\n1,00501\n2,\"a,b\"\n3,c\n", "n\tzip\n1\t00501\n2\ta,b\n3\tc\n"):
        stored = gzip.open(cloud.file("text/t.csv.gz")) if "," in text[:3] else open(cloud.file("text/t.tsv"), "rb")
        with stored:
            assert stored.read().decode() == text
    lines = cloud.file("text/t.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines][1] == {"n": 2, "zip": "a,b"}
    assert result.text.count("00501") == 3, result


def test_the_examples_of_the_page_about_clouds_run(dagshell, cloud, web, monkeypatch, tmp_path):
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", cloud.gcs)
    text = (TOP / "docs/clouds.md").read_text()
    example = text[text.index("```java\n") + 8:].split("```")[0]
    for public, here in (("gs://my-bucket", "gs://dtc-lake"), ("https://example.org/trips.parquet", f"{web}/trips.parquet")):
        assert public in example
        example = example.replace(public, here)
    trips = pyarrow.csv.read_csv(SAMPLE).slice(0, 5_000)
    pyarrow.parquet.write_table(trips, tmp_path / "trips.parquet")
    shutil.copy(tmp_path / "trips.parquet", web.folder)
    result = dagshell("run", notebook(tmp_path / "clouds.ipynb", example, "answer.print()"), cwd=tmp_path)
    assert result.code == 0, result
    for stored in (tmp_path / "small.parquet", cloud.file("data/trips.parquet"), cloud.file("data/yellow/yellow_tripdata_2021-01.parquet")):
        assert pyarrow.parquet.read_table(stored)["total_amount"].to_pylist() == trips["total_amount"].to_pylist()
    assert (tmp_path / "trips.csv.gz").read_bytes() == cloud.file("data/trips.csv.gz").read_bytes()
    for table in ("yellow_taxi_trips", "trips", "trips_by_day"):
        assert cloud.query(f"select count(*) from trips_data_all.{table}") == [["5000"]], table
    assert "5000" in result.out.strip().splitlines()[-1], result


def test_a_cell_writes_and_reads_objects_by_their_addresses_as_others_do(dagshell, cloud, monkeypatch, tmp_path):
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", cloud.gcs)
    path = notebook(
        tmp_path / "addresses.ipynb",
        'Table t = Table.create("t", LongColumn.create("big", 3_000_000_000L, -1L), StringColumn.create("zip", "00501", "a,\\"b\\""), '
        'InstantColumn.create("at", Instant.parse("1969-12-31T23:59:59.5Z"), null));',
        'for (String name : List.of("t.parquet", "zstd.parquet")) Tables.writeParquet(t, "gs://dtc-lake/by/" + name, '
        'name.startsWith("z") ? ParquetCompression.ZSTD : ParquetCompression.SNAPPY);',
        'Tables.writeCsv(t, "gs://dtc-lake/by/t.csv.gz"); Tables.writeJsonLines(t, gcs("de-gcs").address("by/t.jsonl"));',
        'Tables.writeCsv(Tables.stream("gs://dtc-lake/by/t.csv.gz", 1), "gs://dtc-lake/by/streamed.tsv");',
        'for (Table back : List.of(Tables.readParquet("gs://dtc-lake/by/zstd.parquet"), '
        'Tables.readParquet(gcs("de-gcs").uri("by/t.parquet")), '
        'Tables.streamParquet("gs://dtc-lake/by/t.parquet", 1).toTable(), Tables.readCsv("gs://dtc-lake/by/t.csv.gz"), '
        'Tables.readJsonLines("gs://dtc-lake/by/t.jsonl"))) System.out.println("same " + back.print().equals(t.setName(back.name()).print()));')
    result = dagshell("run", path)
    assert result.code == 0, result
    assert result.out.count("same true") == 5, result
    expected = {"big": [3_000_000_000, -1], "zip": ["00501", 'a,"b"'],
                "at": [datetime.datetime(1969, 12, 31, 23, 59, 59, 500_000, datetime.timezone.utc), None]}
    for name, codec in (("t", "SNAPPY"), ("zstd", "ZSTD")):
        assert pyarrow.parquet.read_table(cloud.file(f"by/{name}.parquet")).to_pydict() == expected
        assert pyarrow.parquet.read_metadata(cloud.file(f"by/{name}.parquet")).row_group(0).column(0).compression == codec
    assert gzip.decompress(cloud.file("by/t.csv.gz").read_bytes()).decode() == (
        'big,zip,at\n3000000000,00501,1969-12-31T23:59:59.500Z\n-1,"a,""b""",\n')
    assert pyarrow.csv.read_csv(cloud.file("by/streamed.tsv"), parse_options=pyarrow.csv.ParseOptions(delimiter="\t"))["big"].to_pylist() \
        == expected["big"]
    assert [json.loads(line)["zip"] for line in cloud.file("by/t.jsonl").read_text().splitlines()] == expected["zip"]


@pytest.mark.parametrize("code, said", [
    ('Tables.writeParquet(t, "gs://no-such-bucket/t.parquet")',
     "gs://no-such-bucket/t.parquet: Google Cloud Storage has no bucket no-such-bucket"),
    ('Tables.readParquet("gs://no-such-bucket/t.parquet")',
     "gs://no-such-bucket/t.parquet: Google Cloud Storage has no object t.parquet in bucket no-such-bucket"),
    ('Tables.readParquet("gs://dtc-lake/none.parquet")',
     "gs://dtc-lake/none.parquet: Google Cloud Storage has no object none.parquet in bucket dtc-lake"),
    ('Tables.writeCsv(t, "gs://dtc-lake")', "no address of a file: gs://dtc-lake: an object is gs://BUCKET/OBJECT"),
    ('Tables.writeCsv(t, "https://dtc-lake/t.csv")', "cannot write https://dtc-lake/t.csv; use a path, file: or gs:"),
    ('Tables.writeJsonLines(Table.create(DoubleColumn.create("d", 1 / 0.0, 1)), "gs://dtc-lake/half/t.jsonl")',
     "row 1 is infinite, which JSON has no number for"),
])
def test_an_address_that_cannot_be_read_or_written_says_why(dagshell, cloud, monkeypatch, tmp_path, code, said):
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", cloud.gcs)
    result = dagshell("run", notebook(tmp_path / "refused.ipynb", 'Table t = Table.create("t", IntColumn.create("n", 1, 2));', code))
    assert result.code == 1, result
    assert said in result.text, result
    assert not cloud.file("half").exists()


def test_without_credentials_an_address_says_where_they_come_from(dagshell, home, monkeypatch, tmp_path):
    for name in ("STORAGE_EMULATOR_HOST", "GOOGLE_APPLICATION_CREDENTIALS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    result = dagshell("run", notebook(tmp_path / "none.ipynb", 'Tables.readCsv("gs://dtc-lake/t.csv")'))
    assert result.code == 1, result
    assert "gs://dtc-lake/t.csv: Google Cloud Storage finds no credentials on this machine: name a block" in result.text, result


def test_an_upload_that_breaks_off_leaves_what_was_there(dagshell, cloud, flaky_gcs, monkeypatch, tmp_path):
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", f"127.0.0.1:{flaky_gcs.port}")
    cloud.file("kept").mkdir(exist_ok=True)
    parts = []

    def refuse_the_second_part(method, path):
        if method == "PUT" and "upload_id" in path:
            parts.append(path)
            return 403 if len(parts) > 1 else None
        return None

    table = 'Table large() { return Table.create("t", LongColumn.create("n", new Random(1).longs(2_000_000).toArray())); }'
    path = notebook(tmp_path / "half.ipynb", table, 'Tables.writeParquet(Table.create("t", IntColumn.create("n", 1, 2)), '
                    '"gs://dtc-lake/kept/t.parquet")', 'Tables.writeParquet(large(), "gs://dtc-lake/kept/t.parquet")')
    flaky_gcs.plan = lambda method, where: refuse_the_second_part(method, where)
    result = dagshell("run", path)
    assert result.code == 1, result
    assert len(parts) > 1 and "asked to fail" in result.text, (parts, result)
    assert pyarrow.parquet.read_table(cloud.file("kept/t.parquet"))["n"].to_pylist() == [1, 2]


def test_answers_of_500_are_tried_again_until_the_object_is_whole(dagshell, cloud, flaky_gcs, tmp_path):
    failures = iter([503, 500, 503])
    flaky_gcs.plan = lambda method, path: next(failures, None) if "/upload/" in path else None
    path = notebook(tmp_path / "upload.ipynb", *[
        'gcs("de-gcs").upload(Table.create("t", IntColumn.create("n", 1, 2, 3)), "flaky/t.parquet")'])
    result = dagshell("run", path, gcs=f"http://127.0.0.1:{flaky_gcs.port}")
    assert result.code == 0, result
    assert next(failures, "none left") == "none left"
    assert pyarrow.parquet.read_table(cloud.file("flaky/t.parquet"))["n"].to_pylist() == [1, 2, 3]


def test_a_service_that_stays_broken_is_told_in_a_sentence(dagshell, flaky_gcs, tmp_path):
    flaky_gcs.plan = lambda method, path: 403
    path = notebook(tmp_path / "denied.ipynb", *['gcs("de-gcs").list("x")'])
    result = dagshell("run", path, gcs=f"http://127.0.0.1:{flaky_gcs.port}")
    assert result.code == 1, result
    assert "Block 'de-gcs': Google Cloud Storage could not list x: it does not permit it: asked to fail." in result.text, result


def test_a_load_whose_answer_was_lost_is_not_done_twice(dagshell, cloud, flaky_bigquery, tmp_path):
    lost = []

    def lose_first_upload(method, path):
        if "/upload/" in path and method == "PUT" and not lost:
            lost.append(path)
            return "lost"
        return None

    flaky_bigquery.plan = lose_first_upload
    path = notebook(tmp_path / "lost.ipynb", *[LOAD, LOAD_FLOW, 'loading("once")'])
    result = dagshell("run", path, bigquery=f"http://127.0.0.1:{flaky_bigquery.port}")
    assert result.code == 0, result
    assert lost, flaky_bigquery.seen
    assert cloud.query("select count(*) from trips_data_all.once") == [["3"]]


def test_rows_are_added_by_each_run_and_replaced_in_one_step(dagshell, cloud, tmp_path):
    path = notebook(tmp_path / "twice.ipynb", *[
        LOAD, LOAD_FLOW, 'loading("twice")', 'loading("twice")', 'bigquery("de-bigquery").count("twice")',
        'bigquery("de-bigquery").replace("twice", Table.create("t", IntColumn.create("n", new int[] {7})))'])
    result = dagshell("run", path)
    assert result.code == 0, result
    assert "\n6\n" in result.out, result
    assert cloud.query("select n from trips_data_all.twice") == [["7"]]


@pytest.mark.parametrize("code, said", [
    ('gcs("de-gcs").readParquet("no/such.parquet")', "has no object no/such.parquet in bucket dtc-lake"),
    ('bigquery("de-bigquery").append("nowhere.t", Table.create("t", IntColumn.create("n", new int[] {1})))',
     "has no data set nowhere in project test"),
    ('bigquery("de-bigquery").query("selec 1")', "BigQuery could not answer the query"),
    ('bigquery("de-bigquery").append("t", URI.create("http://x/y.parquet"))', "BigQuery loads gs:// addresses"),
    ('gcs("de-bigquery").list("")', "The block 'de-bigquery' is of type bigquery, not gcs."),
])
def test_what_is_not_there_is_named(dagshell, tmp_path, code, said):
    result = dagshell("run", notebook(tmp_path / "missing.ipynb", *[code]))
    assert result.code == 1, result
    assert said in result.text, result


def test_a_table_comes_back_from_bigquery_as_it_went(dagshell, cloud, tmp_path):
    path = notebook(tmp_path / "types.ipynb", *[
        'Table t = Table.create("t", LongColumn.create("big", 3_000_000_000L, -1L), DoubleColumn.create("d", 1.5, -0.25), '
        'StringColumn.create("select", "ä\\"$", "\\ud83d\\ude95"), BooleanColumn.create("b", true, false), '
        'DateColumn.create("day", LocalDate.of(1969, 12, 31), LocalDate.of(2024, 2, 29)), '
        'DateTimeColumn.create("at", LocalDateTime.of(1969, 12, 31, 23, 59, 59), LocalDateTime.of(2021, 3, 28, 2, 30)));',
        'bigquery("de-bigquery").replace("types", t)',
        'Table back = bigquery("de-bigquery").query("select * from trips_data_all.types order by big desc");',
        'System.out.println("same " + back.print().equals(t.copy().setName("query").print()));'])
    result = dagshell("run", path)
    assert result.code == 0, result
    assert "same true" in result.out, result


def test_a_bucket_holds_results_that_another_machine_finds(cloud, tmp_path):
    path = notebook(tmp_path / "shared.ipynb", *[
        "%%task cache\nTable made(int n) {\n    return Table.create(\"t\", IntColumn.create(\"n\", 1, n));\n}",
        "%%flow\nint rows(int n) {\n    return made(n).rowCount();\n}", "rows(7)"])
    environment = {**os.environ, **blocks(cloud), "DAGSHELL_CACHE_SHARED": "gcs:de-gcs/cache"}
    first, second = tmp_path / "one", tmp_path / "two"
    wrote = command("run", path, env={**environment, "DAGSHELL_HOME": str(first), "DAGSHELL_CACHE_SHARED_WRITE": "true"})
    assert wrote.code == 0 and "miss" in wrote.text, wrote
    second.mkdir()
    shutil.copy(next(first.rglob("shared-cache.key")), second / "shared-cache.key")
    read = command("run", path, env={**environment, "DAGSHELL_HOME": str(second)})
    assert read.code == 0 and "hit" in read.text, read
    stranger = command("run", path, env={**environment, "DAGSHELL_HOME": str(tmp_path / "three")})
    assert stranger.code == 0 and "not signed with the key" in stranger.text and "miss" in stranger.text, stranger


def test_secrets_of_the_key_are_shown_nowhere(dagshell, home, tmp_path):
    key = json.dumps({"type": "service_account", "client_email": "robot@example.iam", "private_key": "TOP-SECRET-KEY",
                      "token_uri": "http://127.0.0.1:1/token"})
    environment = {**os.environ, "DAGSHELL_HOME": str(home)}
    kept = command("block", "set", "gcp-credentials", "--type", "gcp-credentials", f"service_account_json={key}", env=environment)
    assert kept.code == 0, kept
    command("block", "set", "private", "--type", "gcs", "bucket=b", "credentials=gcp-credentials", env=environment)
    for arguments in (["block", "ls"], ["block", "test", "private"], ["block", "test", "gcp-credentials"]):
        assert "TOP-SECRET" not in command(*arguments, env=environment).text
    assert "not well-formed" in command("block", "test", "private", env=environment).text
