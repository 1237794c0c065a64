"""Google Cloud at hand: fake-gcs-server, the local-bigquery emulator, and a proxy that makes either of them fail."""

import http.client
import http.server
import json
import os
import pathlib
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

import pytest

HERE = pathlib.Path(__file__).resolve().parent


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def answers(address, seconds=40):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=2).read()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def asked(method, address, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data=data, method=method, headers={"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or b"null")


class Proxy:
    """Passes requests on. `plan` is asked for each: None passes it on, a number is the answer, "lost" does it and hangs up."""

    def __init__(self, target_port):
        self.plan = lambda method, path: None
        self.seen = []
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                proxy.seen.append((self.command, self.path))
                body = self.body()
                told = proxy.plan(self.command, self.path)
                if isinstance(told, int):
                    self.answer(told, {"content-type": "application/json"}, json.dumps(
                        {"error": {"code": told, "message": "asked to fail", "errors": [{"reason": "backendError"}]}}).encode())
                    return
                connection = http.client.HTTPConnection("127.0.0.1", target_port, timeout=60)
                connection.request(self.command, self.path, body, {
                    k: v for k, v in self.headers.items() if k.lower() not in ("transfer-encoding", "content-length")})
                answer = connection.getresponse()
                content = answer.read()
                if told == "lost":
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                headers = {k: v.replace(f"127.0.0.1:{target_port}", f"127.0.0.1:{proxy.port}")
                           for k, v in answer.getheaders() if k.lower() not in ("transfer-encoding", "content-length", "connection")}
                self.answer(answer.status, headers, content)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

            def body(self):
                if "chunked" in self.headers.get("transfer-encoding", ""):
                    parts = []
                    while size := int(self.rfile.readline().split(b";")[0], 16):
                        parts.append(self.rfile.read(size))
                        self.rfile.readline()
                    self.rfile.readline()
                    return b"".join(parts)
                return self.rfile.read(int(self.headers.get("content-length", 0)))

            def answer(self, status, headers, content):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *unused):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Cloud:
    """Addresses of both emulators, and what is in them, read without DagShell."""

    def __init__(self, bucket_folder, gcs_port, bigquery_port):
        self.bucket_folder = bucket_folder
        self.gcs_port = gcs_port
        self.bigquery_port = bigquery_port
        self.gcs = f"http://127.0.0.1:{gcs_port}"
        self.bigquery = f"http://127.0.0.1:{bigquery_port}"

    def file(self, name):
        return self.bucket_folder / name

    def query(self, sql):
        answer = asked("POST", f"{self.bigquery}/bigquery/v2/projects/test/queries", {"query": sql, "useLegacySql": False})
        return [[cell["v"] for cell in row["f"]] for row in answer.get("rows", [])]


def started(command, log, **more):
    return subprocess.Popen([str(c) for c in command], stdout=log, stderr=subprocess.STDOUT, **more)


@pytest.fixture(scope="session")
def cloud(tmp_path_factory):
    server, python = os.environ.get("DAGSHELL_FAKE_GCS"), os.environ.get("DAGSHELL_BIGQUERY_PYTHON")
    if not server or not python:
        pytest.skip("no emulators of Google Cloud: e2e/run installs them where it finds Go and Python 3.13")
    folder = tmp_path_factory.mktemp("cloud")
    (folder / "gcs/dtc-lake").mkdir(parents=True)
    gcs_port, bigquery_port, grpc_port = free_port(), free_port(), free_port()
    with open(folder / "log", "w") as log:
        processes = [
            started([server, "-scheme", "http", "-host", "127.0.0.1", "-port", gcs_port, "-backend", "filesystem",
                     "-external-url", f"http://127.0.0.1:{gcs_port}", "-public-host", f"127.0.0.1:{gcs_port}",
                     "-filesystem-root", folder / "gcs"], log),
            started([python, HERE / "bigquery_emulator.py", "--host", "127.0.0.1", "--port", bigquery_port,
                     "--grpc-port", grpc_port, "--project", "test", "--data-dir", folder / "bigquery", "serve"], log,
                    env={**os.environ, "STORAGE_EMULATOR_HOST": f"http://127.0.0.1:{gcs_port}"})]
        try:
            made = Cloud(folder / "gcs/dtc-lake", gcs_port, bigquery_port)
            answers(f"{made.gcs}/storage/v1/b")
            answers(f"{made.bigquery}/bigquery/v2/projects/test/datasets")
            asked("POST", f"{made.bigquery}/bigquery/v2/projects/test/datasets",
                  {"datasetReference": {"projectId": "test", "datasetId": "trips_data_all"}})
            yield made
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(timeout=20)


@pytest.fixture
def flaky_gcs(cloud):
    proxy = Proxy(cloud.gcs_port)
    yield proxy
    proxy.close()


@pytest.fixture
def flaky_bigquery(cloud):
    proxy = Proxy(cloud.bigquery_port)
    yield proxy
    proxy.close()
