"""A load whose acknowledgement is lost on the way, in an exported flow that tries again."""

import json
import socket
import struct
import threading
import urllib.parse

from conftest import command, java, notebook

CELLS = [
    "import io.dagshell.tables.*;",
    """\
%%task
Table rows(String file) throws Exception {
    return Tables.readCsv(file);
}
""",
    """\
%%task retries=1 retryDelay=100ms effect
long load(Table rows, String table) {
    return postgres("postgres-connector").append(table, rows);
}
""",
    """\
%%flow
long ingest(String file, String table) throws Exception {
    return load(rows(file), table);
}
""",
]


class CuttingProxy:
    """Passes messages on to PostgreSQL; the first commit of a load is passed on too, but its answer is not."""

    def __init__(self, port):
        self.server = port
        self.cuts = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.server))
            deaf = threading.Event()
            threading.Thread(target=self.answers, args=(server, client, deaf), daemon=True).start()
            threading.Thread(target=self.requests, args=(client, server, deaf), daemon=True).start()

    def answers(self, server, client, deaf):
        try:
            while data := server.recv(65536):
                if deaf.is_set():
                    break
                client.sendall(data)
        except OSError:
            pass
        for end in (client, server):
            try:
                end.shutdown(socket.SHUT_RDWR)  # close alone waits for whoever still reads
            except OSError:
                pass
            end.close()

    def requests(self, client, server, deaf):
        stream = client.makefile("rb")
        started = marked = synced = False
        try:
            while True:
                kind = stream.read(1) if started else b""
                (length,) = struct.unpack("!I", stream.read(4))
                body = stream.read(length - 4)
                if not started:
                    started = struct.unpack("!I", body[:4])[0] < 80_000_000
                marked = marked or b"insert into dagshell_loads" in body
                if synced and kind == b"E" and not self.cuts:
                    self.cuts += 1
                    deaf.set()
                synced = synced or (marked and kind == b"S")
                server.sendall(kind + struct.pack("!I", length) + body)
        except (OSError, struct.error):
            server.close()


def test_a_load_that_was_committed_though_nobody_heard_is_there_once(dagshell, environment, postgres, tmp_path):
    parts = urllib.parse.urlsplit(postgres.url)
    proxy = CuttingProxy(parts.port)
    block = json.loads(environment["DAGSHELL_BLOCK_POSTGRES_CONNECTOR"])
    behind = {**environment, "DAGSHELL_BLOCK_POSTGRES_CONNECTOR": json.dumps({**block, "port": str(proxy.port)})}
    (tmp_path / "rows.csv").write_text("n\n" + "\n".join(str(n) for n in range(1000)) + "\n")
    file = notebook(tmp_path / "load.ipynb", *CELLS)
    built = dagshell("deployment", "build", f"{file}:ingest", "-n", "Load", "-o", tmp_path / "load")
    assert built.code == 0, built

    result = command(
        "run", "-p", f"file={tmp_path / 'rows.csv'}", "-p", "table=cut_trips",
        program=[java(), "-jar", str(tmp_path / "load/flow.jar")], env=behind)

    assert result.code == 0, result
    assert proxy.cuts == 1
    assert "attempt 2" in result.text.lower() or "retry" in result.text.lower() or "again" in result.text.lower(), result
    assert postgres.query("select count(*), count(distinct n) from cut_trips") == [(1000, 1000)]
