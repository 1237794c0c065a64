"""The fault table: real servers, agents, runs and databases, killed, cut off and starved. Nothing lost, nothing doubled."""

import json
import os
import signal
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

from conftest import Postgres, notebook
from lines import Line
from soak import Clock, Disk
from test_server import OVER, Machine, alive, build, child, until

NAMES = iter(range(1000))
MARK = """%%task effect
String mark(String file) throws Exception {
    Files.writeString(Path.of(file), "run\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return file;
}"""


class Site(Machine):
    """A server on a database, and an agent that reaches it over a line of its own."""

    def __init__(self, folder, database=None):
        super().__init__(folder)
        self.database = None
        if database is not None:
            name = f"faults{next(NAMES)}"
            database.execute(f"create database {name}")
            # The embedded server does not wait for its log: a crash would take the last half second with it, a run that
            # was just ordered too, and what a database has forgotten nobody can miss.
            database.execute(f"alter database {name} set synchronous_commit = on")
            parts = urllib.parse.urlsplit(database.url)
            self.database = Line(parts.port)
            self.env["DAGSHELL_DATABASE"] = f"postgresql://{parts.username}@127.0.0.1:{self.database.port}/{name}"
            self.direct = f"postgresql://{parts.username}@127.0.0.1:{parts.port}/{name}"
        self.own_server = self.server()
        build(self)
        applied = self.dagshell("deployment", "apply", "steps")
        assert applied.code == 0, applied
        self.net = Line(self.port())
        self.own_agent = self.far_agent()

    def port(self):
        return urllib.parse.urlsplit(json.loads((self.folder / "home/server.json").read_text())["url"]).port

    def token(self):
        return json.loads((self.folder / "home/server.json").read_text())["token"]

    def far_agent(self, *more):
        """One that reaches the server over the line."""
        near = self.env
        self.env = {**near, "DAGSHELL_API_URL": f"http://127.0.0.1:{self.net.port}"}
        try:
            return self.agent(*more)
        finally:
            self.env = near

    def health(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port()}/health", timeout=15) as answer:
                return answer.status
        except urllib.error.HTTPError as told:
            return told.code

    def run(self, run):
        """What is known of a run; a database that is away just now is asked again."""
        told = super().run(run)
        assert "state" in told or told["status"] == 503, told
        return told if "state" in told else {"state": "not known", **told}

    def going(self, n, millis):
        run = self.order("Steps", n=n, millis=millis)
        until(lambda: "step 0" in self.lines(run))
        return run

    def order_or_none(self):
        """A run, if the server can take an order now."""
        return self.api("/api/deployments/Steps/runs", {"parameters": {"n": 2, "millis": 1}}).get("run")

    def rows(self, sql):
        return Postgres(self.direct).query(sql)

    def stop(self):
        super().stop()
        self.net.close()
        if self.database:
            self.database.close()


def whole(site, run, n, seconds=60):
    """Completed, each step told once and each call recorded once."""
    ended = site.ended(run, seconds)
    assert ended["state"] == "Completed", ended
    steps = [line for line in site.lines(run) if line.startswith("step ")]
    assert steps == [f"step {i}" for i in range(n)]
    assert sorted(task["ordinal"] for task in ended["tasks"]) == list(range(n + 2)), ended["tasks"]
    assert {task["state"] for task in ended["tasks"]} == {"Completed"}


@pytest.fixture(scope="module", params=[pytest.param("sqlite", marks=pytest.mark.full), "postgresql"])
def site(request, tmp_path_factory):
    database = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    site = Site(tmp_path_factory.mktemp(request.param), database)
    yield site
    site.stop()


on_postgres = pytest.mark.parametrize("site", ["postgresql"], indirect=True)


def test_a_killed_process_of_a_run_is_a_crash_and_the_next_run_is_whole(site):
    run = site.going(100, 1000)
    os.kill(child(site, run), signal.SIGKILL)

    ended = site.ended(run)
    assert ended["state"] == "Crashed" and "without telling" in ended["reason"]
    assert all(task["state"] in OVER for task in ended["tasks"])
    whole(site, site.order("Steps", n=2, millis=1), 2)


def test_a_run_goes_on_while_its_agent_is_killed_and_is_told_by_the_next(site):
    run = site.going(30, 100)
    site.own_agent.kill()
    site.own_agent.wait()
    site.own_agent = site.far_agent()

    whole(site, run, 30)


def test_a_run_that_a_killed_agents_open_request_is_handed_waits_for_the_next_agent(site):
    whole(site, site.order("Steps", n=1, millis=1), 1)
    time.sleep(1)
    site.own_agent.kill()
    run = site.order("Steps", n=2, millis=1)
    assert until(lambda: site.run(run)["state"] == "Pending", 5), "the dead agent's request was still open"
    site.own_agent.wait()
    site.own_agent = site.far_agent()

    whole(site, run, 2, 30)


@pytest.fixture
def marks(site):
    """A deployment that leaves a line in a file each time it really runs."""
    nb = notebook(site.folder / "marks.ipynb", '%%params\nString file = "none"; // gets a line', MARK, "%%flow\nString marks(String file) throws Exception {\n    return mark(file);\n}")
    for step in (("build", f"{nb}:marks", "-n", "Marks", "-o", site.folder / "marks"), ("apply", "marks")):
        done = site.dagshell("deployment", *step)
        assert done.code == 0, done
    return site.folder / "lines"


@pytest.mark.full
@on_postgres
def test_a_run_taken_by_an_agent_that_stops_there_is_run_by_another_and_never_twice(site, marks, tmp_path):
    second = Machine(tmp_path)
    second.env.update(DAGSHELL_API_URL=f"http://127.0.0.1:{site.port()}", DAGSHELL_API_TOKEN=site.token())
    whole(site, site.order("Steps", n=1, millis=1), 1)
    time.sleep(1)
    stopped = site.own_agent.pid
    os.kill(stopped, signal.SIGSTOP)
    try:
        begun = time.monotonic()
        run = site.order("Marks", file=str(marks))
        assert until(lambda: site.run(run)["state"] == "Pending", 5), "the stopped agent's request was still open"
        second.agent("--name", "second")
        ended = site.ended(run, 30)
        took = time.monotonic() - begun
    finally:
        os.kill(stopped, signal.SIGCONT)
    until(lambda: f"Run {run} is over" in site.own_agent.log.read_text(), 20)
    second.stop()

    assert ended["state"] == "Completed" and took < 30, ended
    assert marks.read_text().splitlines() == ["run"]
    assert site.rows(f"select state, agent from flow_runs where run_id = '{run}'") == [("Completed", "second")]
    whole(site, site.order("Steps", n=2, millis=1), 2)


@on_postgres
def test_an_agent_whose_disk_is_full_leaves_the_work_to_others(site, tmp_path):
    disk = Disk(tmp_path / "small")
    if not disk.mounted:
        disk.close()
        pytest.skip("A DISK OF ITS OWN NEEDS root and tmpfs")
    site.own_agent.terminate()
    site.own_agent.wait()
    (tmp_path / "full").mkdir()
    full = Machine(tmp_path / "full")
    full.env.update(DAGSHELL_HOME=str(disk.folder / "home"), DAGSHELL_API_URL=f"http://127.0.0.1:{site.port()}", DAGSHELL_API_TOKEN=site.token())
    yaml = site.folder / "steps/deployment.yaml"
    plain = yaml.read_text()
    try:
        yaml.write_text(plain + "\nretries: 3\nretry_delay: 1s\n")
        assert site.dagshell("deployment", "apply", "steps").code == 0
        told = full.agent("--name", "full")
        disk.fill()
        run = site.order("Steps", n=2, millis=1)
        ended = site.ended(run)
        assert ended["state"] == "Crashed" and "No space left on device" in ended["reason"], ended
        site.own_agent = site.far_agent()
        again = until(lambda: [r for r in site.api("/api/runs?limit=5")["runs"] if r["state"] == "Completed" and r["createdBy"] == "retry"])[0]
        whole(site, again["run"], 2)
        assert "no other is taken for 10 s" in told.log.read_text()
    finally:
        full.stop()
        disk.close()
        yaml.write_text(plain)
        site.dagshell("deployment", "apply", "steps")


def test_a_server_killed_in_the_middle_of_a_run_loses_nothing(site):
    run = site.going(40, 100)
    port = site.port()
    site.own_server.kill()
    site.own_server.wait()
    time.sleep(1)
    site.own_server = site.server(port)

    whole(site, run, 40)


def test_a_cut_network_between_agent_and_server_loses_nothing(site):
    run = site.going(40, 100)
    site.net.cut()
    time.sleep(4)
    seen = len(site.lines(run))
    site.net.mend()

    whole(site, run, 40)
    assert seen < 40


@on_postgres
def test_connections_that_went_dead_without_a_word_are_given_up_before_the_lease(site):
    run = site.going(200, 100)
    site.net.deaden()

    whole(site, run, 200)


@on_postgres
def test_a_cancel_while_the_agent_is_cut_off_ends_the_run(site):
    run = site.going(300, 100)
    pid = child(site, run)
    site.net.cut()
    site.api(f"/api/runs/{run}/cancel", {})
    time.sleep(1)
    site.net.mend()

    assert site.ended(run)["state"] == "Cancelled"
    until(lambda: not alive(pid))


@on_postgres
def test_a_port_that_is_taken_is_said_and_the_first_server_stays_known(site):
    before = (site.folder / "home/server.json").read_text()
    second = site.dagshell("server", "start", "--port", site.port())

    assert second.code == 3 and str(site.port()) in second.err and "--port" in second.err, second
    assert (site.folder / "home/server.json").read_text() == before
    assert site.health() == 200


@on_postgres
def test_a_database_that_was_stopped_and_came_back_misses_nothing(site):
    run = site.going(60, 100)
    site.database.cut()
    assert until(lambda: site.health() == 503, 10)
    time.sleep(8)
    site.database.mend()

    until(lambda: site.health() == 200, 20)
    whole(site, run, 60)


@on_postgres
def test_a_database_whose_process_crashes_is_found_again(site, postgres):
    run = site.going(60, 100)
    # The death of one of its processes makes PostgreSQL end all connections and recover from its log.
    victims = [row[0] for row in postgres.query("select pid from pg_stat_activity where application_name = 'dagshell'")]
    assert victims
    os.kill(victims[0], signal.SIGKILL)

    whole(site, run, 60)
    until(lambda: site.health() == 200, 20)


@pytest.mark.full
@on_postgres
def test_connections_to_the_database_that_went_dead_are_left_for_new_ones(site):
    run = site.going(300, 100)
    for _ in range(5):
        site.database.deaden()
        time.sleep(0.5)

    stopped = child(site, run)
    os.kill(stopped, signal.SIGSTOP)
    site.own_agent.kill()
    site.own_agent.wait()
    try:
        # Its lease is over only where the server's own thread still looks.
        until(lambda: site.run(run)["state"] == "Crashed", 75)
    finally:
        os.kill(stopped, signal.SIGKILL)
        site.own_agent = site.far_agent()


@on_postgres
def test_a_database_that_does_not_answer_is_said(site):
    assert site.health() == 200
    site.database.hold()
    assert until(lambda: site.health() == 503, 20)
    site.database.cut()
    site.database.mend()

    until(lambda: site.health() == 200, 20)
    whole(site, until(site.order_or_none), 2)


@pytest.fixture
def two(site, tmp_path):
    """Another server with a home of its own on the same database, and its agent."""
    second = Machine(tmp_path)
    second.env["DAGSHELL_DATABASE"] = site.direct
    second.server()
    second.agent("--name", "second")
    yield site, second
    second.stop()


@on_postgres
def test_two_servers_make_one_run_of_each_due_instant_and_either_has_it_watched(two):
    first, second = two
    page = first.folder / "steps/deployment.yaml"
    plain = page.read_text()
    page.write_text(plain.replace(
        "schedules: []",
        'schedules:\n  - {cron: "* * * * * *", zone: UTC, overlap: allow, catch_up: all, parameters: {n: 1, millis: 1, day: "${scheduled.instant}"}}'))
    assert second.dagshell("deployment", "apply", page.parent).code == 0
    time.sleep(4)
    page.write_text(plain)
    assert first.dagshell("deployment", "apply", page.parent).code == 0
    until(lambda: not first.rows("select 1 from flow_runs where phase < 2"), 90)

    dues = [row[0] for row in first.rows("select due from flow_runs where schedule_id is not null order by due")]
    assert len(dues) >= 3 and dues == list(range(dues[0], dues[-1] + 1, 1_000_000)), dues
    assert first.rows("select distinct state from flow_runs where schedule_id is not null") == [("Completed",)]
    watched = second.dagshell("deployment", "run", "Steps", "-p", "n=3", "--watch")
    assert watched.code == 0 and "step 2" in watched.out and "Completed" in watched.out, watched
    run = watched.out.split()[1]
    assert first.run(run)["state"] == "Completed" and "step 2" in first.lines(run)


@on_postgres
def test_an_order_at_one_server_wakes_the_agent_of_another(two):
    first, second = two
    first.own_agent.terminate()
    first.own_agent.wait()
    begun = time.monotonic()
    run = first.order("Steps", n=1, millis=1)
    until(lambda: first.run(run)["state"] != "Scheduled")

    assert time.monotonic() - begun < 3
    whole(first, run, 1)
    assert first.rows(f"select agent from flow_runs where run_id = '{run}'") == [("second",)]
    first.own_agent = first.far_agent()


@pytest.fixture(params=[-60, 60], ids=["behind", "ahead"])
def apart(request, site, tmp_path):
    """Another server on the same database, on a machine whose clock is a minute off, and its agent."""
    clock = Clock(tmp_path)
    if not clock.env:
        pytest.skip("libfaketime is not here: install it, or run as root where there is apt-get")
    clock.set(request.param)
    second = Machine(tmp_path)
    plain = second.env | {"DAGSHELL_DATABASE": site.direct}
    second.env = plain | clock.env
    second.server()
    second.env = plain
    site.own_agent.terminate()
    site.own_agent.wait()
    second.agent("--name", "second", "--capacity", "1")
    yield site, second
    second.stop()


@on_postgres
def test_servers_whose_machines_disagree_about_the_time_leave_each_others_runs_alone(apart):
    first, second = apart
    begun = time.time() * 1e6
    runs = [first.going(100, 100)]
    first.own_agent = first.far_agent()
    runs.append(first.going(100, 100))

    for run in runs:
        whole(first, run, 100)
    agents = [row[0] for run in runs for row in first.rows(f"select agent from flow_runs where run_id = '{run}'")]
    assert agents[0] == "second" != agents[1]
    # One time for all that is told: what a server that is a minute off wrote is in order with the rest.
    times = first.rows("select created_at, started_at, finished_at from flow_runs where run_id in ('" + "', '".join(runs) + "')")
    assert all(begun - 1e6 < created <= started <= finished < time.time() * 1e6 + 1e6 for created, started, finished in times), times
