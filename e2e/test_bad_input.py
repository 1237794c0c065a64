"""Wrong input a person would give: one clear sentence, the documented exit code, nothing half-loaded."""

import gzip
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading

import pytest

from conftest import EXAMPLE, SAMPLE, TOP, command, notebook

FLOW = f"{EXAMPLE}:ingest"
# 1 the flow failed, 3 when what it lacks is outside: a file, an address, a database
FAILED = (1, 3)
STREAMED = f"{EXAMPLE}:ingestStreamed"


@pytest.fixture(scope="module")
def lines():
    with gzip.open(SAMPLE, "rt") as file:
        return [line for _, line in zip(range(2001), file)]


def failed(result, code, *words):
    assert result.code in (code if isinstance(code, tuple) else (code,)), result
    for word in words:
        assert word in result.text, (word, result)
    assert "\tat io.dagshell" not in result.text and "at java.base" not in result.text, result
    return result


# retries are for outside things: keep these tests quick by a copy of the notebook without delays
@pytest.fixture
def quick(tmp_path):
    folder = tmp_path / "examples"
    shutil.copytree(EXAMPLE.parent, folder)
    path = folder / EXAMPLE.name
    path.write_text(path.read_text().replace("retries=3 retryDelay=10s ", ""))
    return path


@pytest.mark.parametrize("flow", ["ingest", "ingestStreamed"])
def test_a_missing_file_is_named(dagshell, quick, flow, tmp_path):
    failed(dagshell("run", f"{quick}:{flow}", "-p", f"dataset={tmp_path}/gone.csv.gz"), FAILED, "gone.csv.gz")


@pytest.mark.parametrize("flow", ["ingest", "ingestStreamed"])
def test_an_address_that_answers_404_is_named(dagshell, quick, flow):
    class NotFound(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_error(404)

        do_HEAD = do_GET

        def log_message(self, *a):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), NotFound)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/trips.csv.gz"
        failed(dagshell("run", f"{quick}:{flow}", "-p", f"dataset={url}"), FAILED, "404", url)
    finally:
        server.shutdown()


@pytest.mark.parametrize("flow", ["ingest", "ingestStreamed"])
def test_a_truncated_gzip_loads_nothing(dagshell, quick, flow, tmp_path, postgres):
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(SAMPLE.read_bytes()[:1_000_000])
    failed(dagshell("run", f"{quick}:{flow}", "-p", f"dataset={cut}", "-p", f"table=cut_{flow.lower()}"), FAILED, "cut.csv.gz", "truncated")
    assert f"cut_{flow.lower()}" not in postgres.tables()


def test_text_in_a_number_column_names_file_row_and_column_and_loads_nothing(dagshell, quick, lines, tmp_path, postgres):
    bad = tmp_path / "bad.csv"
    rows = list(lines)
    fields = rows[1500].split(",")
    fields[3] = "many"
    rows[1500] = ",".join(fields)
    bad.write_text("".join(rows))
    result = dagshell("run", f"{quick}:ingestStreamed", "-p", f"dataset={bad}", "-p", "table=bad_trips")
    assert result.code in FAILED, result
    assert "passenger_count" in result.text, result
    assert "bad_trips" not in postgres.tables()


def test_a_missing_column_is_named(dagshell, quick, lines, tmp_path, postgres):
    bad = tmp_path / "narrow.csv"
    bad.write_text("".join(",".join(line.split(",")[:3] + line.split(",")[4:]) for line in lines))
    failed(dagshell("run", f"{quick}:ingest", "-p", f"dataset={bad}", "-p", "table=narrow_trips"), FAILED, "passenger_count")
    assert "narrow_trips" not in postgres.tables()


def test_a_row_with_an_extra_field_is_named(dagshell, quick, lines, tmp_path):
    bad = tmp_path / "wide.csv"
    rows = list(lines)
    rows[77] = rows[77].rstrip("\n") + ",1\n"
    bad.write_text("".join(rows))
    failed(dagshell("run", f"{quick}:ingest", "-p", f"dataset={bad}", "-p", "table=wide_trips"), FAILED, "wide.csv", "78")


def with_block(environment, **fields):
    block = {**json.loads(environment["DAGSHELL_BLOCK_POSTGRES_CONNECTOR"]), **fields}
    return {**environment, "DAGSHELL_BLOCK_POSTGRES_CONNECTOR": json.dumps(block)}


def test_an_unreachable_postgresql_is_named_without_its_password(dagshell, environment, quick):
    env = with_block(environment, port="1", password="s3cret-word")
    result = failed(dagshell("run", f"{quick}:ingest", env=env), FAILED, "postgres-connector", "127.0.0.1:1")
    assert "s3cret-word" not in result.text


def test_a_missing_block_says_how_to_set_it(dagshell, environment, quick):
    env = {k: v for k, v in environment.items() if k != "DAGSHELL_BLOCK_POSTGRES_CONNECTOR"}
    result = dagshell("run", f"{quick}:ingest", env=env)
    assert result.code in (1, 3), result
    assert "postgres-connector" in result.text and "dagshell block set" in result.text, result


def test_a_notebook_that_is_no_json_is_bad_input(dagshell, tmp_path):
    path = tmp_path / "broken.ipynb"
    path.write_text("not json {")
    failed(dagshell("run", path), 2, "broken.ipynb")


def test_a_missing_notebook_is_bad_input(dagshell, tmp_path):
    failed(dagshell("run", tmp_path / "none.ipynb"), 2, "none.ipynb")


def test_an_unknown_flow_lists_those_that_exist(dagshell):
    failed(dagshell("run", f"{EXAMPLE}:ingst"), 2, "ingst", "ingest")


def test_an_unknown_parameter_lists_those_that_exist(dagshell):
    failed(dagshell("run", FLOW, "-p", "tabel=x"), 2, "tabel", "table")


def test_a_bad_value_names_parameter_type_and_form(dagshell, tmp_path):
    path = notebook(tmp_path / "months.ipynb", "%%params\nList<Integer> months = List.of(1, 2); // months to load",
                    "%%flow\nint total(List<Integer> months) {\n    return months.stream().mapToInt(i -> i).sum();\n}")
    failed(dagshell("run", f"{path}:total", "-p", "months=one"), 2, "months", "[1")
    good = dagshell("run", f"{path}:total", "-p", "months=[3,4]")
    assert good.code == 0 and "7" in good.text, good


def test_an_unknown_option_in_a_header_gives_the_nearest_valid_name(dagshell, tmp_path):
    path = notebook(tmp_path / "header.ipynb", "%%task retrys=3\nint one() {\n    return 1;\n}")
    failed(dagshell("run", path), 1, "retrys", "retries", "[1]:1")


def test_hidden_state_is_refused_with_what_to_write(dagshell, tmp_path):
    path = notebook(tmp_path / "hidden.ipynb", "int factor = 3;", "%%task\nint scaled(int n) {\n    return n * factor;\n}")
    failed(dagshell("run", path), 1, "factor", "parameter", "[2]:3")


def test_a_full_disk_under_the_cache_is_no_failure(environment, quick, postgres, tmp_path):
    """The run goes on and says why nothing was kept."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root")
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(small)], capture_output=True).returncode:
        pytest.skip("cannot mount a file system here")
    try:
        (tmp_path / "home").mkdir()
        os.symlink(small, tmp_path / "home/cache")
        result = command("run", f"{quick}:ingest", "-p", "table=full_disk_trips",
                         env={**environment, "DAGSHELL_HOME": str(tmp_path / "home")})
        assert result.code == 0, result
        assert postgres.rows_and_checksum("full_disk_trips").startswith("98029 ")
        assert "space" in result.text.lower() or "full" in result.text.lower(), result
    finally:
        subprocess.run(["umount", str(small)], check=True)


CACHED = [
    "%%task cache\nint twice(int n) { System.out.println(\"ran\"); return 2 * n; }",
    "%%flow\nint all(int n) throws Exception { return twice(n); }",
]


class Somebody:
    """A user who is not root, with a home of its own that may be closed to it."""

    def __init__(self, folder):
        self.is_other = os.geteuid() == 0
        self.user = {"user": 65534, "group": 65534, "extra_groups": []} if self.is_other else {}
        self.home, self.cache = folder / "home", folder / "home/cache"
        self.cache.mkdir(parents=True)
        self.book = notebook(folder / "book.ipynb", *CACHED)
        folder.chmod(0o755)
        self.give(self.home, "may write")
        if subprocess.run(["test", "-r", TOP / "dagshell", "-a", "-r", self.book], **self.user).returncode:
            pytest.skip(f"a user who is not root cannot read {TOP}")

    def give(self, folder, right):
        """Gives the folder and all below it to this user, or leaves it to root with what others may do."""
        modes = {"may write": 0o755, "may read": 0o555, "is closed": 0o700 if self.is_other else 0o000}
        for path in [folder, *folder.rglob("*")]:
            if self.is_other:
                owner = 65534 if right == "may write" else 0
                os.chown(path, owner, owner)
            if path.is_dir() or right == "may write":
                path.chmod(modes[right])

    def run(self, n):
        environment = {**os.environ, "DAGSHELL_HOME": str(self.home), "HOME": str(self.home)}
        ended = subprocess.run([TOP / "dagshell", "run", f"{self.book}:all", "-p", f"n={n}"], env=environment, cwd=self.home,
                               capture_output=True, text=True, timeout=120, **self.user)
        text = ended.stdout + ended.stderr
        assert ended.returncode == 0 and "1 completed" in text or "1 cached" in text, text
        return text


@pytest.fixture
def somebody():
    with tempfile.TemporaryDirectory() as folder:
        person = Somebody(pathlib.Path(folder))
        yield person
        person.give(person.home, "may write")


def test_a_flow_runs_though_the_cache_is_closed_to_its_user(somebody):
    somebody.give(somebody.cache, "is closed")
    for _ in range(2):
        text = somebody.run(4)
        assert "ran" in text and "not cached: no permission for " + str(somebody.cache) in text, text


def test_a_flow_reads_a_cache_in_which_its_user_may_not_write(somebody):
    assert "ran" in somebody.run(4)
    somebody.give(somebody.cache, "may read")
    text = somebody.run(4)
    assert "ran" not in text.splitlines() and "cached" in text and "no permission" not in text, text
    text = somebody.run(5)
    assert "ran" in text and "not cached: no permission for " + str(somebody.cache) in text, text
