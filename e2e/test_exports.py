"""A deployment for other schedulers: each file is read by what reads it there, and what it calls runs."""

import json
import os
import pathlib
import re
import shutil
import subprocess

import dockerfile_parse
import kubernetes_validate
import pytest
import yaml

from conftest import TOP, command
from test_server import STEPS, machine  # noqa: F401 (fixture)

PAGE = """\
name: Nächtlich "50%" $HOME
flow: steps
description: Says 'what' 100% \\ it does
tags: [db, load]
parameters:
  n: 2
  millis: 1
  day: ${scheduled.date}
schedules:
  - {cron: "*/15 6-22/2 * * mon-fri", zone: Europe/Berlin, parameters: {day: "it's {{ 5% }} $(id) \\"x\\" ${scheduled.month:02}"}}
  - {every: 6h, anchor: "2026-01-01T01:30:00Z", overlap: allow, catch_up: none}
  - {cron: "0 5 1 * 0", active: false}
work_queue: default
concurrency: 3
memory: 300m
retries: 2
retry_delay: 30s
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder as people leave it; no server is there."""
    from conftest import notebook

    folder = tmp_path_factory.mktemp("exports")
    env = {**os.environ, "DAGSHELL_HOME": str(folder / "home")}
    if "JAVA_HOME" in env:  # what is exported calls the java on the PATH, which must be of the release it was built on
        env["PATH"] = env["JAVA_HOME"] + "/bin" + os.pathsep + env["PATH"]
    nb = notebook(folder / "steps.ipynb", *STEPS)
    done = command("deployment", "build", f"{nb}:steps", "-n", "Nightly", "-o", folder / "nightly", env=env, cwd=folder)
    assert done.code == 0, done
    (folder / "nightly/deployment.yaml").write_text(PAGE)
    return folder, env


def export(built, *arguments):
    folder, env = built
    done = command("deployment", "export", "nightly", *arguments, env=env, cwd=folder)
    return done


def bash(line, built, **more):
    """Runs a line as the scheduler would; what the flow printed."""
    folder, env = built
    done = subprocess.run(["/bin/sh", "-c", line], env={**env, **more}, cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, (line, done.stdout, done.stderr)
    return done.stdout + done.stderr


def test_the_lines_for_cron_run_the_flow_with_the_values_of_their_schedule(built):
    done = export(built, "--cron", "-o", "for cron")
    assert done.code == 0, done
    lines = (built[0] / "for cron/crontab").read_text().splitlines()
    jobs = [line for line in lines if not line.startswith("#") and not line.startswith("CRON_TZ")]
    assert [job.split(" cd ")[0] for job in jobs] == ["*/15 6-22/2 * * mon-fri", "30 1-23/6 * * *"]
    assert "CRON_TZ=Europe/Berlin" in lines and lines.index("CRON_TZ=UTC") > lines.index("CRON_TZ=Europe/Berlin")
    # cron ends a line at a bare percent sign, and takes the backslash from the others.
    for job in jobs:
        assert re.search(r"(?<!\\)%", job) is None, job
    out = bash(jobs[0].split(" ", 5)[5].replace("\\%", "%"), built)
    month = subprocess.run(["date", "-u", "+%m"], capture_output=True, text=True).stdout.strip()
    assert f"for it's {{{{ 5% }}}} $(id) \"x\" {month}" in out, out
    assert "flock -n" in jobs[0] and "flock" not in jobs[1]
    out = bash(jobs[1].split(" ", 5)[5].replace("\\%", "%"), built)
    today = subprocess.run(["date", "-u", "+%Y-%m-%d"], capture_output=True, text=True).stdout.strip()
    assert f"for {today}" in out, out


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="SYSTEMD IS NOT HERE: its units are checked where it is")
def test_systemd_verifies_its_units_and_reads_the_calendar_as_cron_does(built):
    done = export(built, "--systemd", "-o", "for systemd")
    assert done.code == 0, done
    folder = built[0] / "for systemd"
    units = sorted(str(unit) for unit in folder.glob("dagshell-*"))
    assert len(units) == 4, units
    verified = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
    told = [line for line in verified.stderr.splitlines() if str(folder) in line or "dagshell-" in line]
    assert verified.returncode == 0 and not told, verified.stderr
    timers = [re.findall(r"^OnCalendar=(.*)$", (folder / name).read_text(), re.M) for name in sorted(p.name for p in folder.glob("*.timer"))]
    assert timers[0] == ["Mon,Tue,Wed,Thu,Fri *-*-* 6..22/2:0/15:00 Europe/Berlin"], timers
    next_one = subprocess.run(
        ["systemd-analyze", "calendar", "--base-time=2026-03-27 21:50:00 UTC", *timers[0]],
        capture_output=True, text=True)
    assert next_one.returncode == 0 and "Mon 2026-03-30 04:00:00 UTC" in next_one.stdout, next_one
    # What systemd starts is what a shell gets once it has taken its own signs away.
    service = (folder / sorted(p.name for p in folder.glob("*.service"))[0]).read_text()
    line = re.search(r'^ExecStart=/bin/sh -c "(.*)"$', service, re.M).group(1)
    line = re.sub(r"\\(.)", r"\1", line).replace("$$", "$").replace("%%", "%")
    assert "for it's {{ 5% }}" in bash(line, built)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="SYSTEMD IS NOT HERE: its units are checked where it is")
def test_systemd_verifies_the_units_of_the_operating_page(tmp_path):
    page = (TOP / "docs/operating.md").read_text()
    units = re.findall(r"```ini\n# /etc/systemd/system/(\S+)\n(.*?)```", page, re.S)
    assert [name for name, _ in units] == ["dagshell-server.service", "dagshell-agent.service"]
    for name, text in units:
        # The user and the command are of the machine it is for.
        here = text.replace("/opt/dagshell/bin/dagshell", str(TOP / "dagshell")).replace("User=dagshell\n", "")
        (tmp_path / name).write_text(here)
        # What it starts is a command that there is, with options that it has.
        line = re.search(r"^ExecStart=\S+ (.*)$", text, re.M).group(1).split()
        told = command(*line[:2], "--help", env={**os.environ, "DAGSHELL_HOME": str(tmp_path)})
        assert told.code == 0 and all(option in told.out for option in line[2:] if option.startswith("--")), (line, told)
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name, _ in units)], capture_output=True, text=True)
    told = [line for line in verified.stderr.splitlines() if str(tmp_path) in line or "dagshell-" in line]
    assert verified.returncode == 0 and not told, verified.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="SYSTEMD IS NOT HERE: its calendars are checked where it is")
@pytest.mark.parametrize("cron, events", [
    ("0 0 13 * 5", ["*-*-13 0:0:00 UTC", "Fri *-*-* 0:0:00 UTC"]),
    ("5,35 */4 1-7 jan,jul *", ["*-1,7-1..7 0/4:5,35:00 UTC"]),
    ("0 12 * */3 sat,sun", ["Sun,Sat *-1/3-* 12:0:00 UTC"]),
    ("0 30 7 * * 7", ["Sun *-*-* 7:30:00 UTC"]),
])
def test_other_crons_become_calendars_that_systemd_takes(built, tmp_path, cron, events):
    copy = tmp_path / "nightly"
    shutil.copytree(built[0] / "nightly", copy)
    (copy / "deployment.yaml").write_text(f"name: x\nflow: steps\nschedules: [{{cron: \"{cron}\", zone: UTC}}]\n")
    done = command("deployment", "export", copy, "--systemd", "-o", tmp_path / "out", env=built[1], cwd=tmp_path)
    assert done.code == 0, done
    timer = (tmp_path / "out/dagshell-x.timer").read_text()
    assert re.findall(r"^OnCalendar=(.*)$", timer, re.M) == events
    for event in events:
        assert subprocess.run(["systemd-analyze", "calendar", event], capture_output=True).returncode == 0, event


def test_the_dockerfile_has_the_jar_and_no_secret(built):
    done = export(built, "--dockerfile", "-o", "for docker", "--image", "registry.example.org/etl:1")
    assert done.code == 0, done
    folder = built[0] / "for docker"
    with open(folder / "Dockerfile", "rb") as file:
        parser = dockerfile_parse.DockerfileParser(fileobj=__import__("io").BytesIO(file.read()))
    steps = {step["instruction"]: step["value"] for step in parser.structure if step["instruction"] != "COMMENT"}
    assert set(steps) == {"FROM", "RUN", "COPY", "ENV", "VOLUME", "WORKDIR", "USER", "ENTRYPOINT"}
    assert re.fullmatch(r"eclipse-temurin:\d+-jdk", parser.baseimage)
    jar, place = steps["COPY"].split()
    assert (folder / jar).is_file()
    entry = json.loads(steps["ENTRYPOINT"])
    assert entry[0] == "java" and "-Xmx300m" in entry and "-XX:+UseSerialGC" in entry
    assert entry[-3:] == ["-jar", place + jar, "run"]
    out = bash(" ".join(["java", "-jar", f"'{folder / jar}'", "run", "-p", "n=1"]), built)
    assert "step 0" in out and "step 1" not in out


def test_kubernetes_takes_the_cronjobs(built):
    done = export(built, "--kubernetes", "-o", "for kubernetes", "--image", "registry.example.org/etl:1")
    assert done.code == 0, done
    folder = built[0] / "for kubernetes"
    jobs = list(yaml.safe_load_all((folder / "cronjob.yaml").read_text()))
    assert len(jobs) == 2 and (folder / "Dockerfile").exists()
    for job in jobs:
        for version in ("1.27", "1.37"):
            kubernetes_validate.validate(job, version, strict=True)
        assert re.fullmatch(r"[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?", job["metadata"]["name"])
    first, second = (job["spec"] for job in jobs)
    assert first["timeZone"] == "Europe/Berlin" and first["concurrencyPolicy"] == "Forbid" and "startingDeadlineSeconds" in first
    assert second["schedule"] == "30 1-23/6 * * *" and second["concurrencyPolicy"] == "Allow" and "startingDeadlineSeconds" not in second
    assert first["jobTemplate"]["spec"]["backoffLimit"] == 2
    container = first["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]
    assert container["image"] == "registry.example.org/etl:1" and container["command"] == ["/bin/sh", "-c"]
    jar = next(folder.glob("*.jar"))
    # Kubernetes takes one of two dollars before a parenthesis.
    line = container["args"][0].replace("$$(", "$(").replace(f"/opt/dagshell/{jar.name}", f"'{jar}'")
    assert "for it's {{ 5% }} $(id)" in bash(line, built)
    broken = json.loads(json.dumps(jobs[0]))
    broken["spec"]["concurrencyPolicy"] = 5
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(broken, "1.37", strict=True)


def test_the_module_for_airflow_compiles_and_says_what_the_deployment_says(built):
    done = export(built, "--airflow", "-o", "for airflow")
    assert done.code == 0, done
    module = next((built[0] / "for airflow").glob("*_dag.py"))
    compile(module.read_text(), str(module), "exec")


@pytest.mark.full
def test_airflow_imports_the_module_and_runs_its_command(built, tmp_path):
    python = os.environ.get("DAGSHELL_AIRFLOW_PYTHON")
    if not python:
        pytest.skip("AIRFLOW IS NOT HERE: e2e/run --full installs it and names it in DAGSHELL_AIRFLOW_PYTHON")
    done = export(built, "--airflow", "-o", "for airflow")
    assert done.code == 0, done
    script = tmp_path / "bag.py"
    script.write_text("""
import json, sys
from datetime import datetime, timezone
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(dag_folder=sys.argv[1])
import jinja2
class Run:
    run_after = datetime(2026, 2, 3, 4, 5, tzinfo=timezone.utc)
print("BAG " + json.dumps({"errors": {k: str(v) for k, v in bag.import_errors.items()}, "dags": {
    name: {"tasks": dag.task_ids, "tags": sorted(dag.tags), "catchup": dag.catchup, "most": dag.max_active_runs,
           "timetable": dag.timetable.summary if hasattr(dag.timetable, "summary") else str(dag.timetable),
           "retries": dag.get_task("run").retries, "delay": dag.get_task("run").retry_delay.total_seconds(),
           "command": jinja2.Environment().from_string(dag.get_task("run").bash_command).render(dag_run=Run)}
    for name, dag in bag.dags.items()}}))
""")
    env = {**os.environ, "AIRFLOW_HOME": str(tmp_path / "airflow"), "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
    subprocess.run([str(pathlib.Path(python).parent / "airflow"), "db", "migrate"], env=env, capture_output=True, timeout=300, check=True)
    read = subprocess.run([python, str(script), str(built[0] / "for airflow")], env=env, capture_output=True, text=True, timeout=300)
    assert read.returncode == 0, read
    bag = json.loads(next(line for line in read.stdout.splitlines() if line.startswith("BAG "))[4:])
    assert not bag["errors"] and len(bag["dags"]) == 2, bag
    first, second = (bag["dags"][name] for name in sorted(bag["dags"]))
    assert first["tasks"] == ["run"] and first["tags"] == ["db", "load"] and first["most"] == 1 and second["most"] == 3
    assert first["retries"] == 2 and first["delay"] == 30
    out = bash(first["command"], built)
    assert "for it's {{ 5% }} $(id) \"x\" 02" in out, out


def test_what_cannot_be_said_elsewhere_is_refused_with_what_can(built, tmp_path):
    copy = tmp_path / "nightly"
    shutil.copytree(built[0] / "nightly", copy)
    for schedules, kind, says in [
            ("[]", "--cron", "has no schedule that is active"), ("[{every: 7m}]", "--kubernetes", "give it as 'cron'"),
            ('[{cron: "5 0 3 * * *"}]', "--cron", "not seconds"), ("[{cron: nonsense}]", "--systemd", "deployment.yaml:3")]:
        (copy / "deployment.yaml").write_text(f"name: x\nflow: steps\nschedules: {schedules}\n")
        refused = command("deployment", "export", copy, kind, "-o", tmp_path / "out", env=built[1], cwd=tmp_path)
        assert refused.code == 2 and says in refused.err and "Exception" not in refused.err, refused
        assert not (tmp_path / "out").exists()
    nothing = command("deployment", "export", copy, env=built[1], cwd=tmp_path)
    assert nothing.code == 2 and "--airflow" in nothing.err, nothing
    own = command("deployment", "export", copy, "--dockerfile", "-o", copy, env=built[1], cwd=tmp_path)
    assert own.code == 2, own
    # Without a schedule there may still be an image, and a DAG that is started by hand.
    (copy / "deployment.yaml").write_text("name: x\nflow: steps\n")
    assert command("deployment", "export", copy, "--dockerfile", "-o", tmp_path / "a", env=built[1], cwd=tmp_path).code == 0
    assert command("deployment", "export", copy, "--airflow", "-o", tmp_path / "b", env=built[1], cwd=tmp_path).code == 0
    assert "schedule=None" in next((tmp_path / "b").glob("*_dag.py")).read_text()
