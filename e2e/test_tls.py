"""A server and an agent of two homes that speak over TLS, with an authority of their own."""

import json
import shutil
import subprocess

import pytest

from test_server import Machine, build

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="CERTIFICATES OF AN OWN AUTHORITY NEED openssl")


class Authority:
    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=authority", "-days", "30",
                     "-keyout", "authority-key.pem", "-out", "authority.pem")

    def openssl(self, *words):
        done = subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def issue(self, name, subject):
        """The two files of a server of that name."""
        (self.folder / f"{name}.ext").write_text(f"subjectAltName={subject}\n")
        self.openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
                     f"/CN={name}", "-keyout", f"{name}-key.pem", "-out", f"{name}.csr")
        self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "authority.pem", "-CAkey", "authority-key.pem",
                     "-CAcreateserial", "-days", "30", "-extfile", f"{name}.ext", "-out", f"{name}.pem")
        return ("--tls-certificate", str(self.folder / f"{name}.pem"), "--tls-key", str(self.folder / f"{name}-key.pem"))


@pytest.fixture
def halves(tmp_path):
    """A server's machine and an agent's, which share nothing but the address, the token and the authority."""
    machines = []
    for name in ("server", "agent"):
        (tmp_path / name).mkdir()
        machines.append(Machine(tmp_path / name))
    yield machines
    for machine in reversed(machines):
        machine.stop()


def test_an_agent_elsewhere_runs_what_it_got_over_tls(halves, tmp_path):
    server, agent = halves
    authority = Authority(tmp_path / "authority")
    # All addresses, without --open: TLS and the token guard them.
    server.start("server", "start", "--port", "0", "--host", "0.0.0.0",
                 *authority.issue("here", "DNS:localhost,IP:127.0.0.1"), says="Dashboard:")
    told = json.loads((server.folder / "home/server.json").read_text())
    assert told["url"].startswith("https://localhost:")

    build(server)
    applied = server.dagshell("deployment", "apply", "steps")
    assert applied.code == 0, applied

    agent.env.update(DAGSHELL_API_URL=told["url"], DAGSHELL_API_TOKEN=told["token"])
    unknown = agent.dagshell("deployment", "ls")
    assert unknown.code != 0 and "set DAGSHELL_CA to the PEM file" in unknown.err, unknown

    agent.env["DAGSHELL_CA"] = str(authority.folder / "authority.pem")
    agent.agent()
    ran = server.dagshell("deployment", "run", "Steps", "-p", "n=3", "--watch")
    assert ran.code == 0 and "step 2" in ran.out, ran
    assert agent.dagshell("agent", "ls").code == 0


def test_a_certificate_and_a_key_that_do_not_do_are_said_before_anything_starts(halves, tmp_path):
    server, _ = halves
    authority = Authority(tmp_path / "authority")
    _, certificate, _, _ = authority.issue("one", "DNS:localhost")
    _, _, _, key = authority.issue("other", "DNS:localhost")

    alone = server.dagshell("server", "start", "--tls-certificate", certificate)
    assert alone.code != 0 and "the key is missing" in alone.err, alone
    mixed = server.dagshell("server", "start", "--tls-certificate", certificate, "--tls-key", key)
    assert mixed.code != 0 and "is not that of the first certificate" in mixed.err, mixed
    bare = server.dagshell("server", "start", "--host", "0.0.0.0")
    assert bare.code != 0 and "--tls-certificate" in bare.err and "--open" in bare.err, bare
    assert not (server.folder / "home/server.json").exists()
