"""The server's rows of docs/performance.md: real server, agents and child processes in a home of their own.

usage: server.py TOP [ROUNDS], by benchmarks/run --server. The floor of a run's start is the exported flow started by hand.
"""

import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import datetime, timedelta, timezone

TOP = pathlib.Path(sys.argv[1])
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 7
RUNS = 60
SCHEDULES = 1000
CELLS = ("%%params\nint n = 1; // which",
         "%%task\nint one(int n) {\n    return n;\n}",
         '%%flow name="Bench"\nint bench(int n) {\n    System.out.println("first line");\n    return one(n);\n}')
OVER = {"Completed", "Failed", "Crashed", "Cancelled"}


def java(program="java"):
    home = os.environ.get("JAVA_HOME")
    return f"{home}/bin/{program}" if home else program


class Place:
    """A home, and the processes started in it."""

    def __init__(self, folder, **more):
        folder.mkdir()
        self.folder = folder
        self.env = {**os.environ, "DAGSHELL_HOME": str(folder / "home"), **more}
        self.processes = []

    def dagshell(self, *arguments):
        done = subprocess.run([TOP / "dagshell", *map(str, arguments)], env=self.env, cwd=self.folder, text=True,
                              capture_output=True, timeout=120)
        if done.returncode != 0:
            sys.exit(f"{arguments}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self, *arguments, says):
        log = self.folder / f"{arguments[0]}.log"
        with open(log, "w") as out:
            process = subprocess.Popen([TOP / "dagshell", *arguments], env=self.env, cwd=self.folder, stdout=out,
                                       stderr=subprocess.STDOUT)
        self.processes.append(process)
        wait(lambda: says in log.read_text() or process.poll() is not None, "the start of " + arguments[0])
        return process

    def stop(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def wait(until, what, seconds=120, step=0.002):
    end = time.monotonic() + seconds
    while not (found := until()):
        if time.monotonic() > end:
            sys.exit(f"not within {seconds} s: {what}")
        time.sleep(step)
    return found


def instant(text):
    """Seconds since 1970; nanoseconds are cut to what Python reads."""
    return datetime.fromisoformat(re.sub(r"(\.\d{6})\d*Z$", r"\1Z", text).replace("Z", "+00:00")).timestamp()


def resident(process):
    pages = 0
    waiting = [process.pid]
    while waiting:
        pid = waiting.pop()
        pages += int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1))
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
        waiting += map(int, children.read_text().split())
    return pages / 1024


class Api:
    def __init__(self, place):
        server = json.loads((place.folder / "home/server.json").read_text())
        self.url, self.token = server["url"], server["token"]

    def ask(self, path, body=None):
        request = urllib.request.Request(self.url + path, data=None if body is None else json.dumps(body).encode(), headers={
            "Authorization": "Bearer " + self.token, "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")

    def order(self, n):
        return self.ask("/api/deployments/Bench/runs", {"parameters": {"n": n}})["run"]

    def ended(self, run):
        return wait(lambda: (r := self.ask(f"/api/runs/{run}"))["state"] in OVER and r, "the end of a run", step=0.02)


def report(what, seconds, bar, floor=None):
    ratio = f"{seconds / floor:8.1f}" if floor else " " * 8
    print(f"{what:58} {seconds:8.3f} s {ratio}   {bar}", flush=True)


def start_of_server(main):
    begun = time.monotonic()
    file = main.folder / "home/server.json"
    process = subprocess.Popen([TOP / "dagshell", "server", "start", "--port", "0"], env=main.env, cwd=main.folder,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    main.processes.append(process)
    def healthy():
        try:
            with urllib.request.urlopen(json.loads(file.read_text())["url"] + "/health", timeout=5) as answer:
                return answer.status == 200
        except (OSError, ValueError):
            return False
    wait(healthy, "a healthy server")
    return process, time.monotonic() - begun


def hello(folder):
    if not (folder / "Hello.class").exists():
        (folder / "Hello.java").write_text('class Hello { public static void main(String[] a) { System.out.println("x"); } }')
        subprocess.run([java("javac"), "Hello.java"], cwd=folder, check=True)
    return first_line([java(), "-Xshare:auto", "-cp", str(folder), "Hello"], folder, os.environ)


def first_line(command, folder, env):
    begun = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    while (line := process.stdout.readline()) and "first line" not in line and "x" != line.strip():
        pass
    taken = time.monotonic() - begun
    process.stdout.read()
    process.wait()
    return taken


def start_of_runs(api, main):
    jar = main.folder / "bench/flow.jar"
    served, alone, floor = [], [], []
    for n in range(ROUNDS + 1):
        asked = time.time()
        run = api.order(n)
        api.ended(run)
        lines = api.ask(f"/api/runs/{run}/logs")["lines"]
        served.append(instant(next(line["at"] for line in lines if line["text"] == "first line")) - asked)
        alone.append(first_line([java(), "-jar", str(jar), "run", "-p", f"n={1000 + n}"], main.folder, main.env))
        floor.append(hello(main.folder))
    return [statistics.median(times[1:]) for times in (served, alone, floor)]


def throughput(api):
    begun = time.time()
    runs = [api.order(10_000 + n) for n in range(RUNS)]
    ended = [api.ended(run) for run in runs]
    states = {run["state"] for run in ended}
    whole = all(len(run["tasks"]) == 2 for run in ended)
    last = max(instant(run["finished"]) for run in ended)
    print(f"{RUNS} runs through two agents: {RUNS / (last - begun):.1f} a second; {states}, history whole: {whole}   >= 5 a second")


def lateness(api, main):
    page = main.folder / "bench/deployment.yaml"
    first = datetime.now(timezone.utc) + timedelta(seconds=25)
    lines = [f"  - {{every: 1h, anchor: {(first + timedelta(seconds=n * 30 / SCHEDULES)).isoformat(timespec='milliseconds').replace('+00:00', 'Z')}, parameters: {{n: {n}}}}}"
             for n in range(SCHEDULES)]
    page.write_text(page.read_text().replace("schedules: []", "schedules:\n" + "\n".join(lines)))
    main.dagshell("deployment", "apply", "bench")
    time.sleep(max(0, (first + timedelta(seconds=33) - datetime.now(timezone.utc)).total_seconds()))
    late, after = [], ""
    while after is not None:
        found = api.ask(f"/api/runs?limit=200{after}")
        for run in found["runs"]:
            n = run["parameters"].get("n", 0)
            if run["createdBy"].startswith("schedule"):
                due = first.timestamp() + n * 30 / SCHEDULES
                late.append(int(run["run"].replace("-", "")[:12], 16) / 1000 - int(due * 1000) / 1000)
        after = f"&after={found['next']}" if found.get("next") else None
    late.sort()
    print(f"{len(late)} of {SCHEDULES} schedules fired in 30 s: late {statistics.median(late):.3f} s (median), "
          f"{late[int(len(late) * .99)]:.3f} s (99 of 100)   <= 0.2 s")


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="dagshell-bench-"))
    first = Place(folder / "one")
    places = [first]
    try:
        notebook = {"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": c} for c in CELLS],
                    "metadata": {"kernelspec": {"name": "dagshell", "display_name": "DagShell", "language": "java"}}, "nbformat": 4, "nbformat_minor": 5}
        (first.folder / "bench.ipynb").write_text(json.dumps(notebook))
        server, seconds = start_of_server(first)
        api = Api(first)
        print(f"{'':58} {'median':>10} {'x floor':>8}   bar")
        report("server start to healthy, fresh database", seconds, "<= 1 s")
        first.dagshell("deployment", "build", "bench.ipynb:bench", "-n", "Bench", "-o", "bench")
        first.dagshell("deployment", "apply", "bench")
        first.start("agent", "start", "--capacity", "2", says="takes runs from")
        served, alone, jvm = start_of_runs(api, first)
        report("request to the flow's first line (agent, child JVM)", served, "<= 0.7 s", alone)
        report("  beside: the exported flow started by hand", alone, "", alone)
        report("  beside: a JVM that prints a line", jvm, "", alone)
        second = Place(folder / "two", DAGSHELL_API_URL=api.url, DAGSHELL_API_TOKEN=api.token)
        places.append(second)
        second.start("agent", "start", "--capacity", "2", says="takes runs from")
        throughput(api)
        for place in places:
            for process in place.processes[(1 if place is first else 0):]:
                process.terminate()
                process.wait(20)
        lateness(api, first)
        print(f"server's memory after that: {resident(server):.0f} MB   <= 200 MB")
    finally:
        for place in places:
            place.stop()
        shutil.rmtree(folder, ignore_errors=True)


main()
