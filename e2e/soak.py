"""Twenty minutes of faults: two servers on one PostgreSQL, two agents, a thousand schedules. Nothing lost, doubled or stuck; memory flat.

usage: soak.py [--minutes N] [--schedules N] [--seed N] [--folder FOLDER], by e2e/run --soak

Server "steady" and agent "steady" are cut off and starved, but never ended: their memory is what must stay flat. Server "shaky" and agent
"shaky" are also killed, stopped, restarted in good order, filled up and, the server, shown another time of day. Ends with 1 if anything is wrong.
"""

import argparse
import collections
import contextlib
import glob
import json
import os
import pathlib
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from datetime import datetime, timedelta, timezone

from conftest import Postgres, tool
from lines import Line
from test_server import Machine, until

EVERY = 900  # seconds between two runs of a schedule
LONG = 8  # schedules whose runs take long enough to be hit
CELLS = (
    '%%params\nint n = 0; // which schedule\nString due = ""; // which instant\nString folder = ""; // where effects are kept\nint seconds = 0; // how long it takes',
    "%%task\nint prepare(int n) {\n    System.out.println(\"prepare \" + n);\n    return n + 1;\n}",
    '%%task effect\nint work(String folder, String name, int prepared, int seconds) throws Exception {\n'
    '    var more = new java.nio.file.OpenOption[] {java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND};\n'
    '    Path file = Path.of(folder, name.replace(":", "-"));\n'
    '    Files.writeString(file, "begun " + ProcessHandle.current().pid() + "\\n", more);\n'
    '    for (int i = 0; i < seconds; i++) {\n        System.out.println("beat " + i);\n        Thread.sleep(1000);\n    }\n'
    '    Files.writeString(file, "done " + ProcessHandle.current().pid() + "\\n", more);\n    return prepared;\n}',
    '%%flow name="Soak"\nint soak(int n, String due, String folder, int seconds) throws Exception {\n'
    '    return work(folder, n + "." + due, prepare(n), seconds);\n}',
)


def say(text):
    print(f"{datetime.now():%H:%M:%S} {text}", flush=True)


def resident(process):
    """Megabytes of a process and those below it, without the runs of an agent, which come and go."""
    pages, waiting = 0, [process.pid]
    while waiting:
        pid = waiting.pop()
        with contextlib.suppress(OSError):
            if b"io.dagshell.bootstrap" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes():
                continue
            pages += int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1))
            waiting += map(int, pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return pages / 1024


class Clock:
    """The time of day of one process, some seconds off (libfaketime); durations stay true."""

    def __init__(self, folder):
        self.file = folder / "clock"
        self.set(0)
        found = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        if not found and os.geteuid() == 0 and shutil.which("apt-get"):
            subprocess.run(["apt-get", "install", "-y", "-qq", "libfaketime"], capture_output=True)
            found = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        self.env = {"LD_PRELOAD": found[0], "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_CACHE_DURATION": "1",
                    # Without the second a wait of a second is over at once: libfaketime moves the times of waits, as an old glibc needs it.
                    "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_FORCE_MONOTONIC_FIX": "0"} if found else {}

    def set(self, seconds):
        self.file.write_text(f"{seconds:+d}")


class Disk:
    """A small disk of its own for a home, that can be filled; none without root."""

    def __init__(self, folder):
        folder.mkdir()
        self.folder = folder
        self.mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", folder], capture_output=True).returncode == 0

    def fill(self):
        with contextlib.suppress(OSError), open(self.folder / "filler", "wb", buffering=0) as file:
            while True:
                file.write(bytes(1 << 20))
        with contextlib.suppress(OSError), open(self.folder / "filler2", "wb", buffering=0) as file:
            while True:
                file.write(bytes(512))

    def free(self):
        for name in ("filler", "filler2"):
            (self.folder / name).unlink(missing_ok=True)

    def close(self):
        if self.mounted:
            for log in self.folder.glob("*.log"):
                with contextlib.suppress(OSError):
                    shutil.copy(log, self.folder.parent / f"disk-{log.name}")
            subprocess.run(["umount", "-l", self.folder], capture_output=True)


class Soak:
    def __init__(self, folder, minutes, schedules, seed):
        self.folder, self.seconds, self.schedules = folder, minutes * 60, schedules
        self.random = random.Random(seed)
        self.faults = collections.Counter()
        self.memory = []
        self.effects = folder / "effects"
        self.effects.mkdir()
        self.database = subprocess.Popen(tool("io.dagshell.benchmarks.EmbeddedDatabase", "durable"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         stderr=subprocess.DEVNULL, text=True)
        self.postgres = Postgres(self.database.stdout.readline().strip())
        parts = urllib.parse.urlsplit(self.postgres.url)
        self.user = parts.username
        self.postgres.execute("create database soak")
        self.direct = Postgres(f"postgresql://{parts.username}@127.0.0.1:{parts.port}/soak")
        self.database_lines = [Line(parts.port), Line(parts.port)]
        self.clock = Clock(folder)
        self.disk = Disk(folder / "disk")
        self.places = {}
        self.alive = {}
        self.lines = {}

    def place(self, name, folder, **env):
        folder.mkdir(exist_ok=True)
        machine = Machine(folder)
        machine.env.update(env)
        self.places[name] = machine
        return machine

    def server(self, name, port="0"):
        self.alive[name] = self.places[name].server(port)

    def agent(self, name):
        machine = self.places[name]
        self.alive[name] = machine.start("agent", "start", "--name", name, "--capacity", "4", says="takes runs from")

    def facts(self, name):
        return json.loads((self.places[name].folder / "home/server.json").read_text())

    def port(self, name):
        return urllib.parse.urlsplit(self.facts(name)["url"]).port

    def begin(self):
        for name, line, more in (("steady server", self.database_lines[0], {}), ("shaky server", self.database_lines[1], self.clock.env)):
            self.place(name, self.folder / name.replace(" ", "-"), DAGSHELL_DATABASE=f"postgresql://{self.user}@127.0.0.1:{line.port}/soak", **more)
            self.server(name)
        for name, folder in (("steady agent", self.folder / "steady-agent"), ("shaky agent", self.disk.folder)):
            facts = self.facts(name.replace("agent", "server"))
            self.lines[name] = Line(urllib.parse.urlsplit(facts["url"]).port)
            self.place(name, folder, DAGSHELL_API_URL=f"http://127.0.0.1:{self.lines[name].port}", DAGSHELL_API_TOKEN=facts["token"])
            self.agent(name)
        first = self.places["steady server"]
        self.page = first.deploy("Soak", "soak", *CELLS) / "deployment.yaml"
        self.plain = self.page.read_text() + "\nretries: 5\nretry_delay: 1s\n"
        self.anchor = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(seconds=20)
        self.apply([self.schedule(n) for n in range(self.schedules)])

    def timing(self, n):
        """When a schedule is due first, to the millisecond, and how many seconds lie between."""
        every, first = (60, n * 60 / LONG) if n < LONG else (EVERY, n * EVERY / self.schedules)
        return self.anchor + timedelta(seconds=round(first, 3)), every

    def schedule(self, n):
        anchor, every = self.timing(n)
        seconds = 12 if n < LONG else 0
        text = anchor.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return (f'  - {{every: {every}s, anchor: {text}, overlap: allow, catch_up: all,'
                f' parameters: {{n: {n}, seconds: {seconds}, folder: "{self.effects}", due: "${{scheduled.instant}}"}}}}')

    def apply(self, schedules):
        self.page.write_text(self.plain.replace("schedules: []", "schedules:\n" + "\n".join(schedules) if schedules else "schedules: []"))
        def applied():
            done = self.places["steady server"].dagshell("deployment", "apply", "Soak")
            return done.code == 0 or say(f"apply: {done.text.strip()[-300:]}")
        until(applied, 180, 2)

    def ended(self, name, how):
        process = self.alive[name]
        # The script that starts Java is its parent; both are of one session.
        os.killpg(process.pid, how)
        process.wait(60)

    def again(self, name, port=None):
        """On a machine as busy as this one a start may take more than its minute."""
        for tried in range(3):
            try:
                return self.server(name, port) if "server" in name else self.agent(name)
            except AssertionError as late:
                say(f"the {name} did not start: {late}")
        raise AssertionError(f"the {name} does not start")

    def kill_server(self):
        port = self.port("shaky server")
        self.ended("shaky server", signal.SIGKILL)
        time.sleep(self.random.uniform(0, 4))
        self.again("shaky server", port)

    def restart_server(self):
        port = self.port("shaky server")
        self.ended("shaky server", signal.SIGTERM)
        self.again("shaky server", port)

    def kill_agent(self):
        self.ended("shaky agent", signal.SIGKILL)
        time.sleep(self.random.uniform(0, 4))
        self.again("shaky agent")

    def restart_agent(self):
        self.ended("shaky agent", signal.SIGTERM)
        self.again("shaky agent")

    def kill_run(self):
        name = self.random.choice(["steady agent", "shaky agent"])
        found = glob.glob(str(self.places[name].folder / "home/outbox/*/process"))
        if found:
            with contextlib.suppress(OSError, ValueError):
                os.kill(int(pathlib.Path(self.random.choice(found)).read_text().split()[0]), signal.SIGKILL)

    def cut_database(self):
        line = self.random.choice(self.database_lines)
        line.cut()
        time.sleep(self.random.uniform(2, 8))
        line.mend()

    def silent_database(self):
        line = self.random.choice(self.database_lines)
        line.hold()
        time.sleep(self.random.uniform(4, 12))
        line.cut()
        line.mend()

    def crash_database(self):
        pids = [row[0] for row in self.postgres.query("select pid from pg_stat_activity where application_name = 'dagshell'")]
        if pids:
            os.kill(pids[0], signal.SIGKILL)

    def cut_network(self):
        line = self.lines[self.random.choice(["steady agent", "shaky agent"])]
        line.cut()
        time.sleep(self.random.uniform(2, 8))
        line.mend()

    def dead_network(self):
        self.lines[self.random.choice(["steady agent", "shaky agent"])].deaden()

    def long_cut_network(self):
        """Longer than a lease: what the agent runs is given to another."""
        line = self.lines["shaky agent"]
        line.cut()
        time.sleep(30)
        line.mend()

    def stop_process(self):
        name = self.random.choice(["shaky agent", "shaky server"])
        os.killpg(self.alive[name].pid, signal.SIGSTOP)
        time.sleep(self.random.uniform(3, 25))
        os.killpg(self.alive[name].pid, signal.SIGCONT)

    def full_disk(self):
        self.disk.fill()
        time.sleep(self.random.uniform(3, 8))
        self.disk.free()

    def jump_clock(self):
        self.clock.set(self.random.choice([-3600, -60, 60, 300]))
        time.sleep(self.random.uniform(2, 8))
        self.clock.set(0)

    def faults_there_are(self):
        all_of_them = [self.kill_server, self.restart_server, self.kill_agent, self.restart_agent, self.kill_run, self.cut_database,
                       self.silent_database, self.crash_database, self.cut_network, self.dead_network, self.long_cut_network, self.stop_process]
        for fault, there, lacks in ((self.full_disk, self.disk.mounted, "root and tmpfs"), (self.jump_clock, self.clock.env, "libfaketime")):
            if there:
                all_of_them.append(fault)
            else:
                say(f"!! SKIPPED: {fault.__name__.replace('_', ' ')}: there is no {lacks}")
        return all_of_them

    def watch_memory(self, over):
        while not over.wait(5):
            self.memory.append((time.monotonic() - self.began, resident(self.alive["steady server"]), resident(self.alive["steady agent"])))

    def harm(self):
        faults, waiting = self.faults_there_are(), []
        end = time.monotonic() + self.seconds
        self.began = time.monotonic()
        over = threading.Event()
        watching = threading.Thread(target=self.watch_memory, args=(over,), daemon=True)
        watching.start()
        while time.monotonic() < end:
            time.sleep(min(self.random.uniform(3, 12), max(0, end - time.monotonic())))
            waiting = waiting or self.random.sample(faults, len(faults))
            fault = waiting.pop()
            say(f"{fault.__name__.replace('_', ' ')} ({self.known()})")
            fault()
            self.faults[fault.__name__] += 1
        over.set()
        watching.join()

    def known(self):
        try:
            told = dict(self.direct.query("select state, count(*) from flow_runs group by state"))
            return ", ".join(f"{state} {count}" for state, count in sorted(told.items()))
        except Exception as away:  # the database itself may just be recovering
            return type(away).__name__

    def settle(self):
        """No more schedules; all that is due comes to its end."""
        self.stopped = datetime.now(timezone.utc)
        self.apply([])
        say("schedules are off; waiting for what is left")
        def drained():
            with contextlib.suppress(Exception):
                return self.direct.query("select count(*) from flow_runs where phase < 2")[0][0] == 0
        try:
            until(drained, 900, 2)
        except AssertionError:
            say("stuck: " + str(self.direct.query("select run_id, state, phase, agent, attempt, lease_until from flow_runs where phase < 2 limit 20")))

    def judge(self):
        wrong = []
        def must(true, text):
            say(("ok    " if true else "WRONG ") + text)
            if not true:
                wrong.append(text)
        rows = self.direct.query("select run_id, retry_of, due, attempt, state, phase, parameters, reason from flow_runs where schedule_id is not null")
        skipped = self.direct.query("select reason, sum(skipped) from skipped_dues group by reason")
        by_due = collections.defaultdict(list)
        for run, _, due, attempt, state, phase, parameters, reason in rows:
            by_due[json.loads(parameters)["n"], due].append((attempt, state, run, reason))
        must(not [row for row in rows if row[5] < 2], f"none of {len(rows)} runs of {len(by_due)} due instants is stuck")
        must(not skipped, f"no due instant was skipped {skipped or ''}")
        missing = 0
        for n in range(self.schedules):
            dues = sorted(due for which, due in by_due if which == n)
            anchor, every = self.timing(n)
            count = int((self.stopped - timedelta(seconds=2) - anchor).total_seconds() // every) + 1
            wanted = [round((anchor + timedelta(seconds=every * i)).timestamp() * 1e6) for i in range(max(count, 0))]
            missing += len(set(wanted) - set(dues))
        must(missing == 0, f"each due instant of {self.schedules} schedules has its run: {missing} missing")
        doubled = {key: all_of_it for key, all_of_it in by_due.items() if len({a for a, *_ in all_of_it}) != len(all_of_it)}
        must(not doubled, f"no attempt was made twice: {list(doubled.items())[:3]}")
        last = {key: max(all_of_it) for key, all_of_it in by_due.items()}
        states = collections.Counter(state for _, state, *_ in last.values())
        must(set(states) == {"Completed"}, f"every due instant was completed: {dict(states)}")
        for key, (attempt, state, run, reason) in last.items():
            if state != "Completed":
                say(f"      {key} attempt {attempt} {run}: {state}, {reason}")
        completed = collections.Counter(key for key, all_of_it in by_due.items() for _, state, *_ in all_of_it if state == "Completed")
        must(max(completed.values(), default=0) <= 1, "none was completed twice")
        again = sum(len(all_of_it) - 1 for all_of_it in by_due.values())
        say(f"      {again} runs crashed and were made anew: " + str(collections.Counter(
            reason for all_of_it in by_due.values() for _, state, _, reason in all_of_it if state == "Crashed").most_common(6)))
        odd = []
        for (n, due), all_of_it in by_due.items():
            told = json.loads(next(row[6] for row in rows if row[0] == all_of_it[0][2]))["due"].replace(":", "-")
            file = self.effects / f"{n}.{told}"
            lines = [line.split()[0] for line in file.read_text().splitlines()] if file.exists() else []
            done, begun = lines.count("done"), lines.count("begun")
            if not (1 <= done <= begun <= len(all_of_it)):
                odd.append((n, told, lines, [(a, s, r) for a, s, _, r in sorted(all_of_it)]))
        must(not odd, f"each effect took place, and no more often than there were attempts: {odd[:3]}")
        # Cached: what a crashed run had finished is not repeated where it is made anew on the same machine.
        halves = self.direct.query(
            "select f.run_id, count(t.ordinal), sum(case when t.state in ('Completed', 'Cached') then 1 else 0 end) from flow_runs f left join task_runs t"
            " on t.run_id = f.run_id where f.state = 'Completed' group by f.run_id having count(t.ordinal) <> 3"
            " or sum(case when t.state in ('Completed', 'Cached') then 1 else 0 end) <> 3")
        must(not halves, f"the history of each completed run is whole: {halves[:3]}")
        logs = self.direct.query(
            "select f.run_id, count(l.log_id) from flow_runs f left join logs l on l.run_id = f.run_id and l.text like 'prepare %'"
            " where f.state = 'Completed' group by f.run_id having count(l.log_id) <> 1")
        must(not logs, f"each line of log of a completed run is there once: {logs[:3]}")
        lateness = self.direct.query("select percentile_cont(0.5) within group (order by started_at - due), max(started_at - due) from flow_runs"
                                     " where attempt = 1 and started_at is not null")[0]
        say(f"      begun after its due instant: median {lateness[0] / 1e6:.2f} s, at most {lateness[1] / 1e6:.0f} s")
        for place, column in (("server", 1), ("agent", 2)):
            warm = [sample[column] for sample in self.memory if sample[0] > self.seconds * 0.3]
            third = max(1, len(warm) // 3)
            early, late = statistics.median(warm[:third]), statistics.median(warm[-third:])
            must(late < 1.2 * early, f"memory of the {place} that was never ended: {early:.0f} MB, at the end {late:.0f} MB")
        for name in ("steady server", "shaky server", "steady agent", "shaky agent"):
            must(self.alive[name].poll() is None, f"the {name} lives")
        outboxes = [file for name in ("steady agent", "shaky agent") for file in glob.glob(str(self.places[name].folder / "home/outbox/*"))]
        must(not outboxes, f"nothing is left to be told: {outboxes[:3]}")
        say("faults: " + ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in sorted(self.faults.items())))
        return wrong

    def close(self):
        for machine in self.places.values():
            machine.stop()
            for process in machine.processes:
                with contextlib.suppress(OSError):
                    os.killpg(process.pid, signal.SIGKILL)
        for line in [*self.database_lines, *self.lines.values()]:
            line.close()
        self.disk.close()
        self.database.stdin.close()
        self.database.wait(30)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--minutes", type=float, default=20)
    arguments.add_argument("--schedules", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=int(time.time()))
    arguments.add_argument("--folder", type=pathlib.Path)
    chosen = arguments.parse_args()
    folder = chosen.folder or pathlib.Path(tempfile.mkdtemp(prefix="dagshell-soak-"))
    folder.mkdir(exist_ok=True)
    say(f"seed {chosen.seed}, {chosen.schedules} schedules, {chosen.minutes:g} minutes, in {folder}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is stopped then too
    soak = Soak(folder, chosen.minutes, chosen.schedules, chosen.seed)
    try:
        soak.begin()
        soak.harm()
        soak.settle()
        wrong = soak.judge()
    finally:
        soak.close()
    if wrong:
        say(f"{len(wrong)} things are wrong; logs are in {folder}")
    elif not chosen.folder:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
