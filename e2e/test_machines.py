"""A server and two agents on three machines with networks of their own: Linux network namespaces on one bridge."""

import json
import os
import pathlib
import shutil
import subprocess
import time

import pytest

from conftest import notebook
from test_server import OVER, Machine, until


def can():
    if shutil.which("ip") is None or os.name != "posix" or os.geteuid() != 0:
        return False
    made = subprocess.run(["ip", "netns", "add", f"dagshell-try-{os.getpid()}"], capture_output=True).returncode == 0
    if made:
        subprocess.run(["ip", "netns", "del", f"dagshell-try-{os.getpid()}"])
    return made


pytestmark = pytest.mark.skipif(not can(), reason="MACHINES OF THEIR OWN NEED root, ip and network namespaces")

WORK = (
    '%%params\nString file = ""; // gets a line when it begins and one when it ends\nint seconds = 0; // how long it takes',
    '%%task effect\nint work(String file, int seconds) throws Exception {\n'
    '    var more = new java.nio.file.OpenOption[] {java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND};\n'
    '    Files.writeString(Path.of(file), "begun\\n", more);\n'
    '    for (int i = 0; i < seconds * 10; i++) {\n        System.out.println("beat " + i);\n        Thread.sleep(100);\n    }\n'
    '    Files.writeString(Path.of(file), "done\\n", more);\n    return 1;\n}',
    '%%flow name="Work"\nint working(String file, int seconds) throws Exception {\n    return work(file, seconds);\n}',
)


def ip(*words):
    done = subprocess.run(["ip", *words], capture_output=True, text=True)
    assert done.returncode == 0, f"ip {' '.join(words)}: {done.stderr}"


class Network:
    """A bridge of this machine with an address, and hosts on it."""

    def __init__(self):
        self.number = os.getpid() % 200 + 20
        self.bridge = f"dsbr{self.number}"
        self.names = []
        ip("link", "add", self.bridge, "type", "bridge")
        ip("addr", "add", f"10.213.{self.number}.1/24", "dev", self.bridge)
        ip("link", "set", self.bridge, "up")

    def host(self, name):
        """Answers the address of a new machine of that name."""
        space, last = f"{self.bridge}{name}", len(self.names) + 2
        ip("netns", "add", space)
        self.names.append(space)
        ip("link", "add", f"{self.bridge}{last}", "type", "veth", "peer", "name", "eth0", "netns", space)
        ip("link", "set", f"{self.bridge}{last}", "master", self.bridge, "up")
        address = f"10.213.{self.number}.{last}"
        for words in (["addr", "add", f"{address}/24", "dev", "eth0"], ["link", "set", "lo", "up"], ["link", "set", "eth0", "up"]):
            ip("-n", space, *words)
        return space, address

    def close(self):
        for space in self.names:
            subprocess.run(["ip", "netns", "del", space])
        subprocess.run(["ip", "link", "del", self.bridge])


class Host(Machine):
    """A machine of the network with a home of its own."""

    def __init__(self, folder, network, name):
        folder.mkdir()
        super().__init__(folder)
        self.space, self.address = network.host(name)
        self.program = ["ip", "netns", "exec", self.space, *self.program]

    def unplug(self):
        ip("-n", self.space, "link", "set", "eth0", "down")

    def plug(self):
        ip("-n", self.space, "link", "set", "eth0", "up")


class Site:
    def __init__(self):
        self.network = Network()
        self.hosts = []

    def begin(self, folder):
        self.server, self.first, self.second = (self.host(folder, name) for name in ("server", "first", "second"))
        self.server.start("server", "start", "--host", self.server.address, "--port", "0", "--open", says="Dashboard:")
        told = json.loads((self.server.folder / "home/server.json").read_text())
        assert told["url"].startswith(f"http://{self.server.address}:")
        nb = notebook(folder / "work.ipynb", *WORK)
        self.server.env.update(DAGSHELL_API_URL=told["url"], DAGSHELL_API_TOKEN=told["token"])
        built = self.server.dagshell("deployment", "build", f"{nb}:working", "-n", "Work", "-o", folder / "work")
        assert built.code == 0, built
        yaml = folder / "work/deployment.yaml"
        yaml.write_text(yaml.read_text() + "\nretries: 1\nretry_delay: 1s\n")
        applied = self.server.dagshell("deployment", "apply", folder / "work")
        assert applied.code == 0, applied
        for name in ("first", "second"):
            agent = getattr(self, name)
            agent.env.update(DAGSHELL_API_URL=told["url"], DAGSHELL_API_TOKEN=told["token"])
            agent.start("agent", "start", "--name", name, "--capacity", "1", says="takes runs from")

    def host(self, folder, name):
        self.hosts.append(Host(folder / name, self.network, name))
        return self.hosts[-1]

    def agent_of(self, run):
        """Who has it, once somebody does."""
        return until(lambda: next(
            (host for host in (self.first, self.second) if list((host.folder / "home/outbox").glob(f"{run}*/process"))), None))

    def close(self):
        for host in self.hosts:
            host.stop()
        self.network.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site()
    try:
        site.begin(tmp_path_factory.mktemp("machines"))
        yield site
    finally:
        site.close()


def marks(file):
    return file.read_text().splitlines() if file.exists() else []


def test_two_machines_share_the_work_and_none_has_two_runs_at_once(site, tmp_path):
    files = [tmp_path / f"{i}" for i in range(4)]
    runs = [site.server.order("Work", file=str(file), seconds=4) for file in files]

    ended = [site.server.ended(run) for run in runs]

    assert [run["state"] for run in ended] == ["Completed"] * 4
    assert [marks(file) for file in files] == [["begun", "done"]] * 4
    shares = {name: sorted((run["started"], run["finished"]) for run in ended if run["agent"] == name) for name in ("first", "second")}
    assert [len(share) for share in shares.values()] == [2, 2], shares
    for earlier, later in shares.values():
        assert earlier[1] <= later[0], shares
    assert [line for line in site.server.lines(runs[0]) if "beat" in line] == [f"beat {i}" for i in range(40)]


def test_a_run_whose_machine_is_off_the_net_for_a_moment_goes_on_and_loses_nothing(site, tmp_path):
    run = site.server.order("Work", file=str(tmp_path / "f"), seconds=10)
    host = site.agent_of(run)
    until(lambda: "beat 3" in site.server.lines(run))
    host.unplug()
    time.sleep(5)
    host.plug()

    assert site.server.ended(run)["state"] == "Completed"
    assert [line for line in site.server.lines(run) if "beat" in line] == [f"beat {i}" for i in range(100)]
    assert marks(tmp_path / "f") == ["begun", "done"]


def test_a_run_whose_machine_is_gone_is_made_anew_by_the_other_and_ended_there_when_it_is_back(site, tmp_path):
    run = site.server.order("Work", file=str(tmp_path / "f"), seconds=60)
    host = site.agent_of(run)
    until(lambda: "beat 3" in site.server.lines(run))
    process = int(next((host.folder / "home/outbox").glob(f"{run}*/process")).read_text().split()[0])
    begun = time.monotonic()
    host.unplug()
    try:
        state = until(lambda: (r := site.server.run(run))["state"] in OVER and r, 40)
        took = time.monotonic() - begun
        other = site.second if host is site.first else site.first
        again = until(lambda: [r["run"] for r in site.server.api("/api/runs?limit=10")["runs"] if r["state"] == "Running"])[0]
        assert site.agent_of(again) is other
    finally:
        host.plug()
    assert state["state"] == "Crashed" and took < 30, (state, took)
    # What is on the machine that came back is no longer the run's: it must not go on beside the new one.
    until(lambda: not pathlib.Path(f"/proc/{process}").exists(), 30)
    site.server.dagshell("deployment", "cancel", again)
    assert site.server.ended(again, 30)["state"] == "Cancelled"
    file = tmp_path / "after"
    assert site.server.ended(site.server.order("Work", file=str(file), seconds=0), 40)["state"] == "Completed"
    assert marks(file) == ["begun", "done"]
