"""Each edit of a notebook runs what it must again and nothing else: in a real kernel and in deployed processes."""

import http.server
import os
import pathlib
import subprocess
import threading
import zipfile

import pytest
from jupyter_client.manager import start_new_kernel

from conftest import command, java, notebook

CELLS = {
    "imports": "import java.nio.file.*;\nimport static java.lang.Math.*;",
    "constant": "static final int RATE = 2;",
    "record": "record Fare(int cents) { int doubled() { return cents * 2; } }",
    "deep": "int deep(int n) { return n + 1; }",
    "helper": "int h(int n) { return deep(n) * 2; }",
    "task": """%%task cache
String t(int n, Path file, URI page, String marks) throws Exception {
    Files.writeString(Path.of(marks), "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    long sum = h(n) + RATE + new Fare(n).doubled() + fares.Fares.of(n) + round(n + 0.5f);
    return sum + Files.readString(file) + new String(page.toURL().openStream().readAllBytes());
}""",
    "flow": """%%flow
String all(int n, String file, String page, String marks) throws Exception {
    String value = t(n, Path.of(file), URI.create(page), marks);
    System.out.println("value: " + value);
    return value;
}""",
}
COSMETIC = {
    "deep": "// one more\nint deep(int n) {\n    return (n + 0x1); /* as before */\n}",
    "constant": "static final int RATE =\n    0b10;\nint unused() { return 1; }",
    "imports": CELLS["imports"] + "\nimport java.util.concurrent.*;",
    "task": CELLS["task"].replace("%%task cache", '%%task cache=1d tags=a retries=1 name="T"'),
}
CHANGES = {
    "a helper's helper": {"deep": "int deep(int n) { return n + 2; }"},
    "a constant": {"constant": "static final int RATE = 3;"},
    "a record's component": {
        "record": "record Fare(int cents, int tip) { Fare(int cents) { this(cents, 4); } int doubled() { return cents * 2 + tip; } }"},
    "an import": {"imports": CELLS["imports"] + "\nimport static fares.Rounds.round;"},
}
SOURCES = {
    "Fares": "package fares; public class Fares { public static int of(int n) { return n * %d; } }",
    "Rounds": "package fares; public class Rounds { public static long round(float n) { return (long) n * 50 * %d; } }",
}


class World:
    """What the task gets from outside: a library, a file, a page, and the marks it leaves."""

    def __init__(self, folder):
        self.folder = folder
        self.jar, self.file, self.marks = folder / "fares.jar", folder / "input.txt", folder / "marks"
        self.file.write_text(" a ")
        self.library(3)
        self.text = "one"
        world = self

        class Page(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("ETag", f'"{world.text}"')
                self.send_header("Content-Length", str(len(world.text)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(world.text.encode())

            do_HEAD = do_GET

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.page = f"http://127.0.0.1:{self.server.server_port}/page"

    def library(self, factor):
        sources = []
        for name, text in SOURCES.items():
            sources.append(self.folder / f"{name}.java")
            sources[-1].write_text(text % factor)
        out = self.folder / f"classes{factor}"
        javac = pathlib.Path(os.path.realpath(java())).with_name("javac")
        subprocess.run([javac, "--release", "17", "-d", out, *sources], check=True, timeout=60)
        with zipfile.ZipFile(self.jar, "w") as jar:
            for name in SOURCES:
                jar.write(out / f"fares/{name}.class", f"fares/{name}.class")

    def cells(self, edit):
        """An edit of all cells gives their order too."""
        edited = edit if edit.keys() == CELLS.keys() else {**CELLS, **edit}
        return [f"%classpath {self.jar}", *edited.values()]

    def ran(self):
        return len(self.marks.read_text())


@pytest.fixture
def world(tmp_path):
    made = World(tmp_path)
    yield made
    made.server.shutdown()
    made.server.server_close()


class Expect:
    """Runs something and sees whether the task itself ran, and that what it gives is new then."""

    def __init__(self, world, run):
        self.world, self.run, self.times, self.values = world, run, 0, set()

    def again(self, what, n=1):
        value = self.run(n)
        self.times += 1
        assert self.world.ran() == self.times, f"{what} did not run the task again, or ran it twice"
        assert value not in self.values, f"{what} gave an old result: {value}"
        self.values.add(value)

    def hit(self, what, n=1):
        value = self.run(n)
        assert self.world.ran() == self.times, f"{what} ran the task again"
        assert value in self.values, f"{what} gave another result: {value}"


def outside(world, expect):
    """What changes without an edit."""
    expect.again("a parameter", n=7)
    expect.hit("the parameter of before")
    world.file.write_text(" b ")
    expect.again("the content of a file")
    os.utime(world.file)
    expect.hit("a touched file")
    world.text = "two"
    expect.again("the page at an address")


def value_of(text):
    values = [line.split("value: ", 1)[1] for line in text.splitlines() if "value: " in line]
    assert len(values) == 1, text
    return values[0]


def test_deployed_processes_run_again_what_changed_and_nothing_else(world, environment, tmp_path):
    def build(edit):
        book = notebook(tmp_path / "book.ipynb", *world.cells(edit))
        built = command("deployment", "build", f"{book}:all", "-n", "All", "-o", tmp_path / "out", env=environment)
        assert built.code == 0, built

    def run(n):
        values = {"n": n, "file": world.file, "page": world.page, "marks": world.marks}
        arguments = [part for name, value in values.items() for part in ("-p", f"{name}={value}")]
        ended = command("-jar", tmp_path / "out/flow.jar", "run", *arguments, env=environment, program=java(), cwd=tmp_path)
        assert ended.code == 0, ended
        return value_of(ended.out)

    expect = Expect(world, run)
    build({})
    expect.again("the first run")
    backward = {"imports": "", **dict(reversed(CELLS.items()))}
    build({name: COSMETIC.get(name, text) for name, text in backward.items()})
    expect.hit("comments, layout, options and another order of the cells")
    outside(world, expect)
    for what, edit in CHANGES.items():
        build(edit)
        expect.again(what)
    expect.hit("the last change")
    world.library(4)
    build(edit)
    expect.again("a library")


def test_kernels_run_again_what_changed_and_nothing_else(world, jupyter):
    clients = []

    def start():
        manager, client = start_new_kernel(kernel_name="dagshell", startup_timeout=60)
        clients.append((manager, client))
        for cell in world.cells({}):
            cell_of(client, cell)

    def cell_of(client, code):
        printed = []
        reply = client.execute_interactive(code, timeout=60, output_hook=lambda message: printed.append(
            message["content"].get("text", "") if message["msg_type"] == "stream" else ""))
        assert reply["content"]["status"] == "ok", (code, reply["content"])
        return "".join(printed)

    def run(n):
        return value_of(cell_of(clients[-1][1], f'all({n}, "{world.file}", "{world.page}", "{world.marks}");'))

    try:
        start()
        expect = Expect(world, run)
        expect.again("the first run")
        for name, text in reversed(COSMETIC.items()):
            cell_of(clients[-1][1], text)
        expect.hit("comments, layout, options and another order of the cells")
        for what, edit in CHANGES.items():
            for name, text in edit.items():
                cell_of(clients[-1][1], text)
            expect.again(what)
        start()
        expect.hit("a new kernel")
        outside(world, expect)
        world.library(4)
        start()
        expect.again("a library")
    finally:
        for manager, client in clients:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
