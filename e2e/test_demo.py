"""The first command a person types."""

import os
import re
import shutil
import subprocess

import pytest

from conftest import SAMPLE, TOP, command


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    return {**os.environ, "DAGSHELL_HOME": str(tmp_path_factory.mktemp("demo-home"))}


def test_the_demo_loads_and_exports_and_the_second_one_hits(environment):
    first = command("demo", env=environment)
    assert first.code == 0, first
    for words in ("fetch", "clean", "load", "98,029", "passenger_count", "flow.jar"):
        assert words in first.text, (words, first)
    second = command("demo", env=environment)
    assert second.code == 0, second
    assert len(re.findall("Cached", second.text)) > len(re.findall("Cached", first.text)), second
    assert "WARNING" not in first.text + second.text, (first, second)


def test_the_demo_takes_a_file(environment, tmp_path):
    file = tmp_path / "mine.csv.gz"
    shutil.copy(SAMPLE, file)
    result = command("demo", "--data", file, env=environment)
    assert result.code == 0 and "98,029" in result.text, result


def test_a_missing_file_is_said_before_anything_runs(environment, tmp_path):
    result = command("demo", "--data", tmp_path / "none.csv.gz", env=environment)
    assert result.code == 2 and "none.csv.gz" in result.text, result


def test_keep_leaves_postgresql_running(environment):
    import psycopg
    result = command("demo", "--keep", env=environment)
    assert result.code == 0, result
    url = re.search(r"postgres(?:ql)?://\S+", result.text)
    assert url, result
    with psycopg.connect(url.group(0).rstrip(".,")) as connection:
        [[rows]] = connection.execute("select count(*) from yellow_taxi_trips").fetchall()
        assert rows == 98_029
        [[data]] = connection.execute("show data_directory").fetchall()
    stop = re.search(r"(?:kill|stop).*?(\d{2,})", result.text)
    pid = int(open(os.path.join(data, "postmaster.pid")).readline())
    os.kill(pid, 15)
    assert stop, "the demo must say how to stop it"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become someone else")
def test_the_demo_runs_as_a_plain_user(tmp_path_factory):
    user = shutil.which("runuser")
    if not user:
        pytest.skip("no runuser")
    home = "/tmp/dagshell-e2e-nobody"
    shutil.rmtree(home, ignore_errors=True)
    os.makedirs(home)
    shutil.chown(home, "nobody")
    try:
        readable = subprocess.run([user, "-u", "nobody", "--", "test", "-r", str(SAMPLE)]).returncode == 0
        if not readable:
            pytest.skip("this checkout is not readable for another user")
        result = command("-u", "nobody", "--", "env", f"HOME={home}", f"DAGSHELL_HOME={home}/state", str(TOP / "dagshell"), "demo",
                         env=dict(os.environ), program=user)
        assert result.code == 0 and "98,029" in result.text, result
    finally:
        shutil.rmtree(home, ignore_errors=True)
