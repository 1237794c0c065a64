"""From a notebook to runs on a server: real server, agent and child processes; faults with kill -9."""

import json
import os
import pathlib
import signal
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from conftest import TOP, command, notebook

STEPS = (
    '%%params\nint n = 3; // how many steps\nlong millis = 50; // how long each takes\nString day = "none"; // the day it is for',
    '%%task\nint step(int i, long millis) throws Exception {\n    System.out.println("step " + i);\n    Thread.sleep(millis);\n    return i * 2;\n}',
    '%%task effect\nint sum(List<Integer> values, String day) {\n    System.out.println("for " + day);\n    if (values.size() == 13) throw new IllegalStateException("thirteen");\n    return values.stream().mapToInt(v -> v).sum();\n}',
    '%%flow name="Steps" concurrency=1\nint steps(int n, long millis, String day) {\n    List<Integer> all = map(IntStream.range(0, n).boxed().toList(), i -> step(i, millis));\n    return sum(all, day);\n}',
)
OVER = {"Completed", "Failed", "Crashed", "Cancelled"}


def until(what, seconds=60, step=0.1):
    """Waits for a condition on a busy machine; answers what it gave."""
    end = time.monotonic() + seconds
    while True:
        found = what()
        if found:
            return found
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(step)


class Machine:
    """A home with its server and agent."""

    def __init__(self, folder):
        self.folder = folder
        self.env = {**os.environ, "DAGSHELL_HOME": str(folder / "home")}
        self.processes = []
        self.program = [str(TOP / "dagshell")]

    def start(self, *arguments, says):
        log = open(self.folder / f"{arguments[0]}-{len(self.processes)}.log", "w+")
        process = subprocess.Popen(
            [*self.program, *arguments], env=self.env, cwd=self.folder, stdout=log, stderr=subprocess.STDOUT,
            start_new_session=True)
        process.log = pathlib.Path(log.name)
        self.processes.append(process)
        try:
            until(lambda: says in process.log.read_text() or process.poll() is not None)
        except AssertionError:
            os.killpg(process.pid, signal.SIGKILL)  # it may come up when no test is there to stop it
            raise
        assert process.poll() is None, process.log.read_text()
        return process

    def server(self, port="0"):
        return self.start("server", "start", "--port", str(port), says="Dashboard:")

    def agent(self, *more):
        return self.start("agent", "start", *more, says="takes runs from")

    def deploy(self, name, flow, *cells):
        """A deployment of a notebook of these cells; the folder of it."""
        nb = notebook(self.folder / f"{name}.ipynb", *cells)
        built = self.dagshell("deployment", "build", f"{nb}:{flow}", "-n", name, "-o", self.folder / name)
        assert built.code == 0, built
        applied = self.dagshell("deployment", "apply", name)
        assert applied.code == 0, applied
        return self.folder / name

    def dagshell(self, *arguments):
        return command(*arguments, env=self.env, cwd=self.folder, program=self.program)

    def api(self, path, body=None, method=None):
        server = json.loads((self.folder / "home/server.json").read_text())
        request = urllib.request.Request(
            server["url"] + path, data=None if body is None else json.dumps(body).encode(), method=method,
            headers={"Authorization": "Bearer " + server["token"], "Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as refused:
            problem = json.loads(refused.read())
            assert refused.headers["Content-Type"] == "application/problem+json"
            return problem

    def order(self, name, **parameters):
        return self.api(f"/api/deployments/{name}/runs", {"parameters": parameters})["run"]

    def run(self, run):
        return self.api(f"/api/runs/{run}")

    def lines(self, run):
        return [line["text"] for line in self.api(f"/api/runs/{run}/logs")["lines"]]

    def ended(self, run, seconds=90):
        return until(lambda: (r := self.run(run))["state"] in OVER and r, seconds)

    def stop(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
                process.wait()
        for file in (self.folder / "home/outbox").glob("*/process"):
            try:
                os.kill(int(file.read_text().split()[0]), signal.SIGKILL)
            except (OSError, ValueError):
                pass


@pytest.fixture
def machine(tmp_path):
    machine = Machine(tmp_path)
    yield machine
    machine.stop()


@pytest.fixture
def deployed(machine):
    """A server, an agent, and the deployment Steps."""
    machine.server()
    build(machine)
    applied = machine.dagshell("deployment", "apply", "steps")
    assert applied.code == 0, applied
    machine.running_agent = machine.agent()
    return machine


def build(machine):
    nb = notebook(machine.folder / "steps.ipynb", *STEPS)
    built = machine.dagshell("deployment", "build", f"{nb}:steps", "-n", "Steps", "-o", machine.folder / "steps")
    assert built.code == 0, built
    return machine.folder / "steps/deployment.yaml"


def child(machine, run):
    """Process of a run."""
    outbox = machine.folder / "home/outbox"
    return int(until(lambda: [file.read_text() for file in outbox.glob(f"{run}*/process")])[0].split()[0])


def alive(pid):
    try:
        os.kill(pid, 0)
        return pathlib.Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"
    except OSError:
        return False


def test_from_a_notebook_to_a_run_that_is_watched(deployed):
    watched = deployed.dagshell("deployment", "run", "Steps", "-p", "n=4", "--watch")

    assert watched.code == 0, watched
    assert "step 3" in watched.out and "Completed" in watched.out
    run = deployed.run(watched.out.split()[1])
    assert run["parameters"] == {"n": 4, "millis": 50, "day": "none"}
    assert [t["state"] for t in run["tasks"]] == ["Completed"] * 6
    shown = deployed.dagshell("runs", "ls")
    assert "Steps" in shown.out and "Completed" in shown.out
    until(lambda: not list((deployed.folder / "home/outbox").iterdir()))


def test_the_first_run_leaves_an_archive_of_classes_for_later_ones(deployed):
    assert deployed.ended(deployed.order("Steps", n=1))["state"] == "Completed"
    archive = until(lambda: list((deployed.folder / "home/cache/archives").glob("*.jsa")))[0]

    run = deployed.order("Steps", n=1, millis=3000)

    assert f"-XX:SharedArchiveFile={archive}" in pathlib.Path(f"/proc/{child(deployed, run)}/cmdline").read_text().split("\0")
    assert deployed.ended(run)["state"] == "Completed"


def test_relative_paths_begin_in_the_notebooks_folder(deployed):
    folder = deployed.folder / "elsewhere"
    folder.mkdir()
    (folder / "words.txt").write_text("of the notebook")
    nb = notebook(folder / "read.ipynb", '%%params\nString file = "words.txt";',
                  "%%task\nString read(String file) throws Exception {\n    return Files.readString(Path.of(file));\n}",
                  "%%flow\nString words(String file) throws Exception {\n    return read(file);\n}")
    for step in (("build", f"{nb}:words", "-n", "Words", "-o", deployed.folder / "words"), ("apply", "words")):
        done = deployed.dagshell("deployment", *step)
        assert done.code == 0, done

    read = deployed.ended(deployed.order("Words"))

    assert read["state"] == "Completed", read
    assert [task["summary"] for task in read["tasks"]] == [f"{len('of the notebook')} characters"] * 2


def test_a_watched_run_shows_all_of_a_long_log(deployed):
    text = "\n".join(f"line {i}" for i in range(6000))

    watched = deployed.dagshell("deployment", "run", "Steps", "-p", "n=1", "-p", f"day={text}", "--watch")

    assert watched.code == 0 and watched.out.count("  line ") == 5999, watched.out[-500:]


def test_a_failure_names_the_line_and_a_resumed_run_repeats_nothing(deployed):
    failed = deployed.ended(deployed.order("Steps", n=13, millis=1))

    assert failed["state"] == "Failed"
    task = [t for t in failed["tasks"] if t["task"] == "sum"][0]
    assert task["failure"]["location"] == "steps.ipynb[3]:4" and "thirteen" in task["failure"]["message"]
    again = deployed.api(f"/api/runs/{failed['run']}/resume", {})
    resumed = deployed.ended(again["run"])
    assert resumed["state"] == "Failed" and resumed["resumes"] == failed["run"]
    assert {t["cache"] for t in resumed["tasks"] if t["task"] == "step"} == {"resumed"}
    assert deployed.dagshell("deployment", "run", "Steps", "-p", "n=13", "--watch").code == 1


def test_what_does_not_fit_is_refused_with_what_there_is(deployed):
    unknown = deployed.dagshell("deployment", "run", "Steps", "-p", "nn=4")
    assert unknown.code == 2 and "there is no parameter nn, did you mean n?" in unknown.err and "millis (long)" in unknown.err
    problem = deployed.api("/api/deployments/Steps/runs", {"parameters": {"n": "four"}})
    assert problem["status"] == 422 and "parameter n (int)" in problem["detail"]
    assert deployed.api("/api/deployments/Other")["status"] == 404
    assert deployed.dagshell("deployment", "run", "Other").code == 2
    first = deployed.dagshell("deployment", "run", "Steps", "--key", "k1").out.split()[1]
    assert deployed.dagshell("deployment", "run", "Steps", "--key", "k1").out.split()[1] == first


@pytest.mark.parametrize("edit, said", [
    (lambda text: text + "work_quue: x\n", "there is no entry 'work_quue'; there are name, flow"),
    (lambda text: text.replace("n: 3", "n: three"), "parameter n (int): 'three' is not a whole number"),
    (lambda text: text.replace("n: 3", "m: 3"), "there is no parameter m"),
    (lambda text: text.replace("schedules: []", 'schedules:\n  - {cron: "0 0 30 2 *"}'), "never fires"),
    (lambda text: text.replace("schedules: []", 'schedules:\n  - {cron: "0 * * * *", zone: Mars}'), "no time zone 'Mars'"),
    (lambda text: text.replace("flow: steps", "flow: other"), "the flow is 'other' here and 'steps' in flow.json"),
    (lambda text: text.replace("blocks: []", "blocks: [nowhere]"), "there is no block 'nowhere'"),
    (lambda text: text.replace("concurrency: null", "concurrency: many"), "'concurrency' is a whole number"),
    (lambda text: text + "tags2: &a [x]\n", "anchors"),
])
def test_a_page_that_does_not_fit_is_refused_with_its_line(refusing, edit, said):
    machine, page, original = refusing
    text = edit(original)
    page.write_text(text)
    refused = machine.dagshell("deployment", "apply", "steps")
    assert refused.code == 2, refused
    line = int(refused.err.split("deployment.yaml:")[1].split(":")[0])
    changed = [i for i, (a, b) in enumerate(zip((original + "\n" * 9).splitlines(), text.splitlines()), 1) if a != b]
    assert said in refused.err and line in range(changed[0], changed[0] + 3), refused


@pytest.fixture(scope="module")
def refusing(tmp_path_factory):
    machine = Machine(tmp_path_factory.mktemp("refusing"))
    machine.server()
    page = build(machine)
    yield machine, page, page.read_text()
    machine.stop()


def test_schedules_fire_each_second_with_their_own_parameters(deployed):
    page = deployed.folder / "steps/deployment.yaml"
    page.write_text(page.read_text().replace(
        "schedules: []",
        'schedules:\n  - {cron: "*/2 * * * * *", zone: UTC, overlap: allow, parameters: {n: 1, day: "${scheduled.instant}"}}'))
    assert deployed.dagshell("deployment", "apply", "steps").code == 0
    schedule = deployed.api("/api/deployments/Steps/schedules")["schedules"][0]
    assert len(deployed.api(f"/api/schedules/{schedule['id']}")["upcoming"]) == 10

    def completed():
        text = deployed.dagshell("runs", "ls").out
        return text.count("Completed") >= 3 and text

    text = until(completed, 120, 1)
    run = deployed.run([line.split()[0] for line in text.splitlines() if "Completed" in line][0])
    assert run["createdBy"] == "schedule" and run["parameters"]["day"] == run["due"]
    assert f"for {run['due']}" in deployed.lines(run["run"])
    assert deployed.dagshell("deployment", "pause", "Steps").code == 0
    assert "paused" in deployed.dagshell("deployment", "ls").out


def test_a_cancelled_run_ends_within_seconds(deployed):
    run = deployed.order("Steps", n=100, millis=1000)
    until(lambda: "step 0" in deployed.lines(run))
    pid = child(deployed, run)
    begun = time.monotonic()
    deployed.api(f"/api/runs/{run}/cancel", {})
    ended = deployed.ended(run)

    assert ended["state"] == "Cancelled" and time.monotonic() - begun < 20
    until(lambda: not alive(pid))
    assert "step 99" not in deployed.lines(run)


def test_a_killed_child_is_a_crashed_run(deployed):
    run = deployed.order("Steps", n=100, millis=1000)
    until(lambda: "step 0" in deployed.lines(run))
    os.kill(child(deployed, run), signal.SIGKILL)
    ended = deployed.ended(run)

    assert ended["state"] == "Crashed" and "without telling" in ended["reason"]
    assert all(t["state"] in OVER for t in ended["tasks"])


def test_the_next_agent_takes_over_what_a_killed_one_left(deployed):
    run = deployed.order("Steps", n=60, millis=250)
    until(lambda: "step 0" in deployed.lines(run))
    pid = child(deployed, run)
    deployed.running_agent.kill()
    deployed.running_agent.wait()
    assert alive(pid)
    taking = deployed.agent()
    assert f"Takes over run {run}" in taking.log.read_text()
    ended = deployed.ended(run, 120)

    assert ended["state"] == "Completed"
    steps = [line for line in deployed.lines(run) if line.startswith("step ")]
    assert steps == [f"step {i}" for i in range(60)]


def test_a_run_whose_agent_and_process_are_gone_is_crashed_and_made_anew_where_allowed(deployed):
    page = deployed.folder / "steps/deployment.yaml"
    page.write_text(page.read_text() + "retries: 1\n")
    assert deployed.dagshell("deployment", "apply", "steps").code == 0
    run = deployed.order("Steps", n=20, millis=1000)
    until(lambda: "step 0" in deployed.lines(run))
    deployed.running_agent.kill()
    os.kill(child(deployed, run), signal.SIGKILL)
    begun = time.monotonic()
    crashed = deployed.ended(run)
    assert crashed["state"] == "Crashed" and time.monotonic() - begun < 45
    assert all(t["state"] in OVER for t in crashed["tasks"])
    deployed.agent()
    until(lambda: "Running" in deployed.dagshell("runs", "ls").out)


def test_a_server_that_is_killed_and_started_again_loses_nothing(deployed):
    server = deployed.processes[0]
    port = json.loads((deployed.folder / "home/server.json").read_text())["url"].rsplit(":", 1)[1]
    run = deployed.order("Steps", n=60, millis=250)
    until(lambda: "step 0" in deployed.lines(run))
    server.kill()
    server.wait()
    time.sleep(5)
    deployed.server(port)
    ended = deployed.ended(run, 120)

    assert ended["state"] == "Completed"
    steps = [line for line in deployed.lines(run) if line.startswith("step ")]
    assert steps == [f"step {i}" for i in range(60)]


def test_one_command_starts_server_and_agent(machine):
    machine.start("start", "--port", "0", says="takes runs from")
    build(machine)
    assert machine.dagshell("deployment", "apply", "steps").code == 0
    assert machine.dagshell("deployment", "run", "Steps", "--watch").code == 0
    second = machine.dagshell("agent", "start")
    assert second.code == 3 and "working in" in second.err
