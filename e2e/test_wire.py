"""The kernel on its wire: what clients in good order never send, and what they see when things go badly."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import psutil
import pytest
import zmq
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

from conftest import plain, rests


@pytest.fixture(scope="module")
def shared(kernel_prefix, home):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(kernel_prefix / "share/jupyter"))
        patch.setenv("DAGSHELL_HOME", str(home))
        manager, client = start_new_kernel(kernel_name="dagshell", startup_timeout=60)
        client.manager = manager
        yield client
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.fixture
def client(shared):
    """One kernel for the tests that leave it as it was; each finds its channels empty."""
    for channel in (shared.shell_channel, shared.iopub_channel, shared.stdin_channel, shared.control_channel):
        while channel.msg_ready():
            channel.get_msg(timeout=1)
    yield shared
    assert run(shared, "21 * 2")[0]["status"] == "ok", "the kernel did not go on"


@pytest.fixture
def own(kernel_prefix, home, monkeypatch):
    """A kernel the test may ruin."""
    monkeypatch.setenv("JUPYTER_PATH", str(kernel_prefix / "share/jupyter"))
    monkeypatch.setenv("DAGSHELL_HOME", str(home))
    manager, client = start_new_kernel(kernel_name="dagshell", startup_timeout=60)
    client.manager = manager
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def run(client, code, timeout=60, **options):
    messages = []
    reply = client.execute_interactive(code, timeout=timeout, output_hook=messages.append, **options)
    return reply["content"], messages


def printed(messages):
    return "".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream")


def reply_to(client, identity, timeout=30, channel=None):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        message = (channel or client.shell_channel).get_msg(timeout=timeout)
        if message["parent_header"].get("msg_id") == identity:
            return message
    raise AssertionError("no reply")


def published(client, identity, timeout=30):
    """Everything published for a request, up to its idle."""
    messages = []
    while True:
        message = client.get_iopub_msg(timeout=timeout)
        if message["parent_header"].get("msg_id") != identity:
            continue
        messages.append(message)
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            return messages


def process(client):
    return psutil.Process(client.manager.provisioner.pid)


def sockets(client):
    return [client.shell_channel.socket, client.control_channel.socket, client.stdin_channel.socket]


GARBAGE = [
    [b""], [b"x"], [b"\xff\x00\xfe"], [b"<IDS|MSG>"], [b"<IDS|MSG>", b""], [b"<IDS|MSG>", b"", b"{}", b"{}", b"{}", b"{}"],
    [b"<IDS|MSG>", b"0" * 64, b"{}", b"{}", b"{}", b"{}"], [b"<IDS|MSG>"] * 7, [b"a"] * 200,
]


@pytest.mark.parametrize("frames", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_dropped_and_the_channels_go_on(client, frames):
    for socket in sockets(client):
        socket.send_multipart(frames)
    identity = client.kernel_info()
    assert reply_to(client, identity)["msg_type"] == "kernel_info_reply"


def test_a_forged_message_does_nothing(client):
    forged = client.session.clone()
    forged.key = b"not the key"
    for socket in sockets(client):
        forged.send(socket, "execute_request", {"code": "int forged = 1;"})
        forged.send(socket, "shutdown_request", {"restart": False})
    content, _ = run(client, "forged")
    assert content["status"] == "error" and content["ename"] == "CompileError"


@pytest.mark.parametrize("kind, content", [
    ("execute_request", {}), ("execute_request", {"code": None}), ("execute_request", {"code": 7}), ("complete_request", {}),
    ("inspect_request", {"cursor_pos": 3}), ("comm_open", {}), ("comm_msg", {"comm_id": 1}), ("no_such_request", {}),
    ("history_request", {"hist_access_type": "magic"}), ("execute_reply", {"code": "1"}), ("", {}),
])
def test_a_request_without_what_it_needs_is_dropped(client, kind, content):
    client.session.send(client.shell_channel.socket, kind, content)
    client.session.send(client.control_channel.socket, kind, content)
    assert run(client, "1 + 1")[0]["status"] == "ok"


def test_what_may_be_left_out_is_as_the_protocol_says(client):
    message = client.session.send(client.shell_channel.socket, "execute_request", {"code": "3 + 4"})
    reply = reply_to(client, message["header"]["msg_id"])
    assert reply["content"]["status"] == "ok"
    results = [m for m in published(client, message["header"]["msg_id"]) if m["msg_type"] == "execute_result"]
    assert results[0]["content"]["data"]["text/plain"] == "7"


def test_ten_thousand_messages_at_once_are_all_answered(client):
    identities = [client.kernel_info() for _ in range(10_000)]
    answered = set()
    while len(answered) < len(identities):
        answered.add(client.get_shell_msg(timeout=60)["parent_header"]["msg_id"])
    assert answered == set(identities)
    idle = 0
    while idle < len(identities):
        message = client.get_iopub_msg(timeout=60)
        idle += message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"


def test_ten_megabytes_arrive_byte_for_byte(client):
    content, messages = run(
        client, 'for (int i = 0; i < 100_000; i++) System.out.println(String.format("%099d", i));', timeout=120)
    assert content["status"] == "ok"
    assert printed(messages) == "".join("%099d\n" % i for i in range(100_000))
    assert sum(m["msg_type"] == "stream" for m in messages) < 2_000, "output is gathered"


def test_stdout_and_stderr_keep_their_order(client):
    _, messages = run(client, 'for (int i = 0; i < 100; i++) { System.out.println(i); System.err.println(-i); }')
    assert printed(messages) == "".join(f"{i}\n{-i}\n" for i in range(100))


def test_output_comes_while_the_cell_runs(client):
    identity = client.execute('System.out.println("early");\nThread.sleep(1500);')
    started = time.monotonic()
    while True:
        message = client.get_iopub_msg(timeout=10)
        if message["msg_type"] == "stream":
            break
    assert "early" in message["content"]["text"] and time.monotonic() - started < 1.2
    reply_to(client, identity)


def test_a_thread_prints_into_the_cell_that_started_it_even_after_its_end(client):
    code = ('new Thread(() -> { for (int i = 0; i < 4; i++) { try { Thread.sleep(300); } catch (InterruptedException e) { return; }'
            ' System.out.println("late " + i); } }).start();')
    starter = client.execute(code)
    reply_to(client, starter)
    other = client.execute('System.out.println("other");\nThread.sleep(900);')
    texts = {starter: "", other: ""}
    end = time.monotonic() + 10
    while "late 3" not in texts[starter] and time.monotonic() < end:
        message = client.get_iopub_msg(timeout=5)
        if message["msg_type"] == "stream":
            texts[message["parent_header"]["msg_id"]] += message["content"]["text"]
    assert "late 3" in texts[starter] and "late" not in texts[other] and "other" in texts[other]
    reply_to(client, other)


def test_the_cursor_counts_an_emoji_as_one(client):
    code = 'String smile = "\U0001F600"; smile.subs'
    reply = client.complete(code, len(code), reply=True, timeout=20)["content"]
    assert any(match.startswith("substring") for match in reply["matches"]), reply
    assert code[reply["cursor_start"]:reply["cursor_end"]] == "subs"
    completed = code[:reply["cursor_start"]] + reply["matches"][0] + code[reply["cursor_end"]:]
    assert completed.startswith('String smile = "\U0001F600"; smile.substring')


def test_an_error_behind_an_emoji_is_marked_at_its_column(client):
    content, _ = run(client, 'String a = "\U0001F600"; int b = "x";')
    assert content["status"] == "error"
    mark = plain(content["traceback"][2])
    line = plain(content["traceback"][1])
    assert line[mark.index("^")] == '"', content["traceback"]


def test_silent_and_unstored_cells_are_counted_as_the_protocol_says(client):
    first = run(client, "1")[0]["execution_count"]
    content, messages = run(client, "System.out.println(1);\n2", silent=True)
    assert content["status"] == "ok" and {m["msg_type"] for m in messages} <= {"status"}
    content, messages = run(client, "2", store_history=False)
    assert any(m["msg_type"] == "execute_result" for m in messages)
    assert run(client, "3")[0]["execution_count"] == first + 1


def test_expressions_are_evaluated_each_on_its_own(client):
    content, _ = run(client, "int expressed = 6;", user_expressions={"good": "expressed * 7", "bad": "nothing.here()"})
    assert content["status"] == "ok"
    assert content["user_expressions"]["good"]["data"]["text/plain"] == "42"
    assert content["user_expressions"]["bad"]["status"] == "error"


def test_a_failed_cell_aborts_those_that_wait(client):
    identities = [client.execute(code) for code in ("Thread.sleep(400); int bad = 1 / 0;", "int never = 1;", "int nor = 1;")]
    states = [reply_to(client, identity)["content"]["status"] for identity in identities]
    assert states == ["error", "aborted", "aborted"]
    content, _ = run(client, "never")
    assert content["ename"] == "CompileError"


def test_stop_on_error_false_stops_nothing(client):
    failing = client.execute("int bad2 = 1 / 0;", stop_on_error=False)
    following = client.execute("int follows = 1;")
    assert reply_to(client, failing)["content"]["status"] == "error"
    assert reply_to(client, following)["content"]["status"] == "ok"


def test_questions_are_answered_while_a_cell_runs(client):
    identity = client.execute("while (true) {}")
    time.sleep(0.7)
    started = time.monotonic()
    code = "Strin"
    reply = client.complete(code, len(code), reply=True, timeout=5)["content"]
    assert "String" in reply["matches"] and time.monotonic() - started < 2
    client.manager.interrupt_kernel()
    assert reply_to(client, identity)["content"]["status"] == "error"


INTERRUPTED = {
    "sleep": "Thread.sleep(60_000);",
    "busy": "long n = 0; while (true) { n++; }",
    "recursion": "int deep(int n) { return n <= 0 ? 0 : deep(n - 1) + deep(n - 2); }\ndeep(90)",
    "lock": ("var held = new Object();\nvar holding = new java.util.concurrent.CountDownLatch(1);\n"
             "var holder = new Thread(() -> { synchronized (held) { holding.countDown(); try { Thread.sleep(4000); }"
             " catch (InterruptedException e) { } } });\nholder.start(); holding.await();\n"
             "synchronized (held) { System.out.println(1); }"),
    "wait": "new java.util.concurrent.CountDownLatch(1).await();",
    "input": "System.in.read();",
    "stream": "java.util.stream.LongStream.iterate(1, x -> x + 1).filter(x -> x < 0).findFirst()",
    "catching": "while (true) { try { Thread.sleep(10); } catch (InterruptedException e) { } }",
}


@pytest.mark.parametrize("kind", INTERRUPTED)
def test_an_interrupt_ends_the_cell_and_leaves_no_cpu_behind(client, kind):
    run(client, "int survives = 11;")
    identity = client.execute(INTERRUPTED[kind], allow_stdin=True)
    if kind == "input":
        client.get_stdin_msg(timeout=10)
    time.sleep(1)
    started = time.monotonic()
    client.manager.interrupt_kernel()
    reply = reply_to(client, identity)
    took = time.monotonic() - started
    assert reply["content"]["status"] == "error"
    assert took < (2.5 if kind == "lock" else 1), f"{took:.2f} s"
    assert rests(process(client).pid), "something still spins"
    content, messages = run(client, "System.out.println(survives);")
    assert content["status"] == "ok" and "11" in printed(messages)


def test_an_interrupt_while_a_flow_asks_ends_the_cell_and_a_late_answer_goes_to_no_other_question(client):
    run(client, '%%flow\nboolean loads() {\n    return approve("Load?");\n}')
    identity = client.execute("loads()", allow_stdin=True)
    asked = client.get_stdin_msg(timeout=30)
    time.sleep(0.5)
    started = time.monotonic()
    client.manager.interrupt_kernel()
    reply = reply_to(client, identity)
    assert reply["content"]["status"] == "error" and reply["content"]["ename"] == "Interrupted", reply
    assert time.monotonic() - started < 2
    assert rests(process(client).pid), "something still spins"
    late = client.session.msg("input_reply", {"value": "yes"}, parent=asked["header"])
    client.stdin_channel.send(late)

    again = client.execute("System.out.println(loads());", allow_stdin=True)
    client.get_stdin_msg(timeout=30)
    client.input("no, it is late")
    content = reply_to(client, again)["content"]
    assert content["status"] == "error" and "was rejected by" in plain("\n".join(content["traceback"])), content
    assert "it is late" in plain("\n".join(content["traceback"])), content


def test_an_interrupted_cell_aborts_those_that_wait(client):
    running = client.execute("while (true) {}")
    waiting = client.execute("int waited = 1;")
    time.sleep(0.7)
    client.manager.interrupt_kernel()
    assert reply_to(client, running)["content"]["status"] == "error"
    assert reply_to(client, waiting)["content"]["status"] == "aborted"


def test_an_interrupt_of_nothing_does_nothing(client):
    client.manager.interrupt_kernel()
    assert run(client, "5 + 5")[0]["status"] == "ok"


def test_an_interrupt_that_arrives_late_leaves_a_cell_alone_that_was_sent_after_it(client):
    late = client.session.msg("interrupt_request", {})
    identity = client.execute("Thread.sleep(500);")
    while client.get_iopub_msg(timeout=30)["msg_type"] != "execute_input":
        pass
    client.control_channel.send(late)
    assert reply_to(client, identity)["content"]["status"] == "ok"
    assert reply_to(client, late["header"]["msg_id"], channel=client.control_channel)["content"]["status"] == "ok"


def test_a_command_prints_while_it_runs_and_ends_with_all_it_started_when_interrupted(client):
    identity = client.execute("!sleep 300 & echo $!; sleep 300")
    while True:
        message = client.get_iopub_msg(timeout=30)
        if message["msg_type"] == "stream":
            break
    process = psutil.Process(int(message["content"]["text"]))
    client.manager.interrupt_kernel()
    assert reply_to(client, identity)["content"]["ename"] == "Interrupted"
    process.wait(timeout=10)


def test_variables_are_listed_with_the_size_of_tables(client):
    content, messages = run(
        client, 'Table small = Table.create("t").addColumns(IntColumn.create("n", 1, 2));\nint one = 1;\n%whos')
    assert content["status"] == "ok", content
    text = [m for m in messages if m["msg_type"] == "execute_result"][0]["content"]["data"]["text/plain"]
    assert "small" in text and "2 rows × 1 column" in text and "one" in text


def test_input_is_asked_for_and_may_be_unicode(client):
    identity = client.execute(
        'System.out.print("name? ");\nvar typed = new java.util.Scanner(System.in).nextLine();\nSystem.out.println("<" + typed + ">");',
        allow_stdin=True)
    question = client.get_stdin_msg(timeout=10)
    assert question["msg_type"] == "input_request" and question["content"]["password"] is False
    client.input("Zoë \U0001F600")
    assert reply_to(client, identity)["content"]["status"] == "ok"
    assert "<Zoë \U0001F600>" in printed(published(client, identity))


def test_without_stdin_input_is_at_its_end(client):
    content, messages = run(client, "System.out.println(System.in.read());", allow_stdin=False)
    assert content["status"] == "ok" and "-1" in printed(messages)


def test_a_comm_to_nobody_is_closed(client):
    message = client.session.send(client.shell_channel.socket, "comm_open", {"comm_id": "c", "target_name": "nobody", "data": {}})
    kinds = [m["msg_type"] for m in published(client, message["header"]["msg_id"])]
    assert "comm_close" in kinds
    client.session.send(client.shell_channel.socket, "comm_msg", {"comm_id": "gone", "data": {}})
    assert client.comm_info(reply=True, timeout=5)["content"]["comms"] == {}


def test_kernel_info_and_connect_say_what_they_should(client):
    info = client.kernel_info(reply=True, timeout=5)["content"]
    assert info["status"] == "ok" and info["protocol_version"] == "5.5" and isinstance(info["supported_features"], list)
    assert info["implementation"] == "dagshell" and all({"text", "url"} <= set(link) for link in info["help_links"])
    assert "UTC" in info["banner"] and "UTF-8" in info["banner"]
    message = client.session.send(client.shell_channel.socket, "connect_request", {})
    ports = reply_to(client, message["header"]["msg_id"])["content"]
    assert ports["shell_port"] == client.shell_port and ports["hb_port"] == client.hb_port


def test_display_update_and_clear_carry_their_ids(client):
    _, messages = run(client, 'String shown = display("<i>1</i>", "text/html");\nupdate(shown, "<i>2</i>", "text/html");\nclearOutput();')
    kinds = {m["msg_type"]: m["content"] for m in messages}
    assert kinds["update_display_data"]["transient"]["display_id"] == kinds["display_data"]["transient"]["display_id"]
    assert kinds["clear_output"] == {"wait": False}


def test_json_is_sent_as_json(client):
    _, messages = run(client, 'display("{\\"a\\": [1, 2]}", "application/json");')
    shown = [m for m in messages if m["msg_type"] == "display_data"]
    assert shown[0]["content"]["data"]["application/json"] == {"a": [1, 2]}


def test_half_a_character_does_no_harm(client):
    content, messages = run(client, 'System.out.println("a" + (char) 0xD83D + "b");\n"x" + (char) 0xDE00')
    assert content["status"] == "ok" and printed(messages).startswith("a")


def test_the_heart_beats_while_a_cell_runs(client):
    identity = client.execute("while (true) {}")
    with zmq.Context() as context, context.socket(zmq.REQ) as heart:
        heart.linger = 0
        heart.connect(f"tcp://{client.ip}:{client.hb_port}")
        heart.send(b"ping")
        assert heart.poll(1000) and heart.recv() == b"ping"
    client.manager.interrupt_kernel()
    reply_to(client, identity)


@pytest.mark.parametrize("code, left", [
    ("while (true) {}", "a loop"), ("Thread.sleep(600_000);", "a sleep"),
    ("new Thread(() -> { while (true) { try { Thread.sleep(1000); } catch (Throwable t) { } } }).start();", "a thread"),
    ("Runtime.getRuntime().addShutdownHook(new Thread(() -> { try { Thread.sleep(60_000); } catch (Throwable t) { } }));", "a hook"),
])
def test_the_process_is_gone_two_seconds_after_a_shutdown(own, code, left):
    identity = own.execute(code)
    time.sleep(1)
    kernel = process(own)
    started = time.monotonic()
    own.shutdown()
    reply = own.get_control_msg(timeout=5)
    assert reply["msg_type"] == "shutdown_reply"
    kernel.wait(timeout=10)
    took = time.monotonic() - started
    assert took < 2.3, f"{left} held it for {took:.1f} s"


def test_the_kernel_ends_when_its_parent_dies(kernel_prefix, home, tmp_path):
    parent = textwrap.dedent("""
        import sys, time
        from jupyter_client.manager import start_new_kernel
        manager, client = start_new_kernel(kernel_name="dagshell", startup_timeout=60)
        client.execute("while (true) {}")
        print(manager.provisioner.pid, flush=True)
        time.sleep(600)
    """)
    started = subprocess.Popen(
        [sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "JUPYTER_PATH": str(kernel_prefix / "share/jupyter"), "DAGSHELL_HOME": str(home)})
    kernel = psutil.Process(int(started.stdout.readline()))
    time.sleep(0.5)
    started.send_signal(signal.SIGKILL)
    started.wait()
    kernel.wait(timeout=6)


def test_history_outlives_the_kernel(own):
    run(own, "int remembered = 1;")
    run(own, "remembered + 41")
    own.shutdown(restart=True)
    process(own).wait(timeout=10)
    own.manager.restart_kernel(now=True)
    own.wait_for_ready(timeout=60)
    history = own.history(hist_access_type="tail", n=2, output=True, reply=True, timeout=10)["content"]["history"]
    assert [row[2] for row in history] == [["int remembered = 1;", None], ["remembered + 41", "42"]]


def test_a_client_is_greeted_when_it_listens(client):
    with zmq.Context() as context, context.socket(zmq.SUB) as listener:
        listener.linger = 0
        listener.subscribe(b"")
        listener.connect(f"tcp://{client.ip}:{client.iopub_port}")
        assert listener.poll(5000)
        assert b'"iopub_welcome"' in b"".join(listener.recv_multipart())


def test_two_clients_get_their_own_replies(client):
    other = BlockingKernelClient(connection_file=client.connection_file)
    other.load_connection_file()
    other.start_channels()
    try:
        other.wait_for_ready(timeout=20)
        mine = [client.execute(f"{i}") for i in range(20)]
        theirs = [other.execute(f"{i}") for i in range(20)]
        for identity in mine:
            assert reply_to(client, identity)["content"]["status"] == "ok"
        for identity in theirs:
            assert reply_to(other, identity)["content"]["status"] == "ok"
    finally:
        other.stop_channels()


def control(client, kind, **content):
    message = client.session.msg(kind, content)
    client.control_channel.send(message)
    return reply_to(client, message["header"]["msg_id"], channel=client.control_channel)["content"]


def send_cell(client, code, subshell=None, **options):
    message = client.session.msg("execute_request", {"code": code, "silent": False, **options})
    message["header"]["subshell_id"] = subshell
    client.shell_channel.send(message)
    return message["header"]["msg_id"]


def replies(client, identities, timeout=60):
    """Replies by request; those of two shells come in any order."""
    found = {}
    end = time.monotonic() + timeout
    while len(found) < len(identities) and time.monotonic() < end:
        message = client.shell_channel.get_msg(timeout=timeout)
        if message["parent_header"].get("msg_id") in identities:
            found[message["parent_header"]["msg_id"]] = message
    return [found[identity] for identity in identities]


@pytest.fixture
def subshell(client):
    identity = control(client, "create_subshell_request")["subshell_id"]
    yield identity
    control(client, "delete_subshell_request", subshell_id=identity)


def test_subshells_are_told_made_listed_and_deleted(client):
    identity = client.kernel_info()
    assert "kernel subshells" in reply_to(client, identity)["content"]["supported_features"]
    first = control(client, "create_subshell_request")
    assert first["status"] == "ok"
    second = control(client, "create_subshell_request")["subshell_id"]
    listed = control(client, "list_subshell_request")
    assert listed["status"] == "ok" and set(listed["subshell_id"]) == {first["subshell_id"], second}
    assert control(client, "delete_subshell_request", subshell_id=first["subshell_id"])["status"] == "ok"
    again = control(client, "delete_subshell_request", subshell_id=first["subshell_id"])
    assert again["status"] == "error" and first["subshell_id"] in again["evalue"]
    gone = reply_to(client, send_cell(client, "1", first["subshell_id"]))["content"]
    assert gone["status"] == "error" and first["subshell_id"] in gone["evalue"]
    assert control(client, "delete_subshell_request", subshell_id=second)["status"] == "ok"
    assert control(client, "list_subshell_request")["subshell_id"] == []


def test_a_cell_of_a_subshell_runs_beside_the_main_shells_and_shares_its_session(client, subshell):
    run(client, "import java.util.concurrent.*;\nvar gate = new CountDownLatch(1);\nint shared = 20;")
    waiting = send_cell(client, "gate.await();\nshared + 1")
    # declares, compiles, prints and answers while the main shell's cell runs
    declared = send_cell(client, "int twice(int x) { return 2 * x; }\nSystem.out.println(\"beside\");\ntwice(shared)", subshell)
    assert reply_to(client, declared)["content"]["status"] == "ok"
    messages = published(client, declared)
    assert "beside" in printed(messages)
    assert [m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result"] == ["40"]
    assert all(m["parent_header"]["subshell_id"] == subshell for m in messages)
    freed = send_cell(client, "gate.countDown();", subshell)
    first, second = replies(client, [waiting, freed])
    assert second["content"]["status"] == "ok"
    assert first["content"]["status"] == "ok"


def test_each_shell_keeps_its_order_and_gives_up_its_own_cells_only(client, subshell):
    cells = [
        send_cell(client, "Thread.sleep(700); throw new IllegalStateException();", subshell),
        send_cell(client, "1", subshell),
        send_cell(client, "2", subshell),
        send_cell(client, "Thread.sleep(1200);"),
        send_cell(client, "3"),
    ]
    states = [m["content"]["status"] for m in replies(client, cells)]
    assert states == ["error", "aborted", "aborted", "ok", "ok"]
    assert reply_to(client, send_cell(client, "4", subshell))["content"]["status"] == "ok"


def test_an_interrupt_ends_the_cells_of_all_shells(client, subshell):
    cells = [send_cell(client, "while (true);"), send_cell(client, "Thread.sleep(60_000);", subshell)]
    begun = set()
    while len(begun) < 2:
        message = client.get_iopub_msg(timeout=30)
        if message["msg_type"] == "execute_input":
            begun.add(message["parent_header"]["msg_id"])
    time.sleep(0.3)
    assert control(client, "interrupt_request")["status"] == "ok"
    assert [m["content"]["ename"] for m in replies(client, cells)] == ["Interrupted"] * 2


def test_cells_of_two_shells_have_numbers_of_their_own_and_output_of_their_own(client, subshell):
    code = "for (int i = 0; i < 40; i++) { System.out.println(\"%s\"); Thread.sleep(5); }"
    cells = [send_cell(client, code % "m"), send_cell(client, code % "s", subshell)]
    numbers = [m["content"]["execution_count"] for m in replies(client, cells)]
    assert numbers[0] != numbers[1]
    texts = {cell: "" for cell in cells}
    idle = set()
    while len(idle) < 2:
        message = client.get_iopub_msg(timeout=30)
        parent = message["parent_header"].get("msg_id")
        if message["msg_type"] == "stream" and parent in texts:
            texts[parent] += message["content"]["text"]
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle" and parent in texts:
            idle.add(parent)
    assert texts[cells[0]] == "m\n" * 40 and texts[cells[1]] == "s\n" * 40


def test_a_deleted_subshell_gives_up_what_waits_and_lets_its_cell_end(client):
    identity = control(client, "create_subshell_request")["subshell_id"]
    cells = [send_cell(client, "Thread.sleep(3000);", identity), send_cell(client, "1", identity)]
    while client.get_iopub_msg(timeout=30)["msg_type"] != "execute_input":
        pass
    client.kernel_info(reply=True, timeout=30)  # sent behind both: they have come to their subshell
    assert control(client, "delete_subshell_request", subshell_id=identity)["status"] == "ok"
    assert [m["content"]["status"] for m in replies(client, cells)] == ["ok", "aborted"]
