"""A bounded storm of random messages, whole and broken: the kernel neither ends, nor hangs, nor answers the wrong parent."""

import random
import time

import pytest

from conftest import rests
from test_wire import own, process, run  # noqa: F401 (own is a fixture)

KINDS = [
    "execute_request", "complete_request", "inspect_request", "is_complete_request", "history_request", "kernel_info_request",
    "connect_request", "comm_open", "comm_msg", "comm_close", "comm_info_request", "usage_request", "input_reply", "interrupt_request",
    "create_subshell_request", "delete_subshell_request", "list_subshell_request", "debug_request", "nonsense_request", "",
]
FIELDS = [
    "code", "cursor_pos", "silent", "store_history", "user_expressions", "allow_stdin", "stop_on_error", "detail_level", "hist_access_type",
    "n", "session", "start", "stop", "pattern", "unique", "output", "raw", "comm_id", "target_name", "data", "value", "subshell_id",
]
PIECES = [
    "1 + 1", "int x = 3;", "x", "String s = \"", "{", "}}", "%whos", "%%task", "%%task retries=\nint f() { return 1; }", "!echo hi", "?x", "/vars",
    "System.out.println(\"é🎉\");", "record R(int a) {}", "new R(1)", "throw new RuntimeException();", "import java.util.*;", "//", "/*", "\n",
    "%jvm", "\\u0000", "\x00", "𝒳", "@", "case 1 ->", "List.of(1, 2).stream()", "System.exit(1);", "%reset", "x.", "Mat",
]


def value(chance, depth=0):
    kind = chance.randrange(9 if depth < 3 else 6)
    if kind == 0:
        return None
    if kind == 1:
        return chance.choice([True, False])
    if kind == 2:
        return chance.choice([0, 1, -1, 7, 2**31, -2**63, 1e308])
    if kind in (3, 4, 5):
        return "".join(chance.choices(PIECES, k=chance.randrange(4)))
    if kind == 6:
        return [value(chance, depth + 1) for _ in range(chance.randrange(4))]
    return {chance.choice(FIELDS): value(chance, depth + 1) for _ in range(chance.randrange(4))}


def content(chance):
    fields = {name: value(chance) for name in chance.sample(FIELDS, chance.randrange(6))}
    if chance.random() < 0.7:
        fields["code"] = "".join(chance.choices(PIECES, k=1 + chance.randrange(3)))
        fields["cursor_pos"] = chance.choice([0, 1, len(fields["code"]), 999, -5])
    if chance.random() < 0.7:
        fields["allow_stdin"] = False
    return fields


def frames(chance, client):
    """A message of the right shape with some of its frames cut, doubled, swapped or overwritten."""
    session = client.session
    parts = session.serialize(session.msg(chance.choice(KINDS), content(chance)))
    for _ in range(1 + chance.randrange(3)):
        at = chance.randrange(len(parts))
        change = chance.randrange(4)
        if change == 0 and len(parts) > 1:
            del parts[at]
        elif change == 1:
            parts.insert(at, parts[at])
        elif change == 2:
            parts[at] = bytes(chance.randrange(256) for _ in range(chance.randrange(40)))
        else:
            parts[at] = parts[at][: len(parts[at]) // 2]
    return parts


def storm(client, seconds, seed):
    chance = random.Random(seed)
    sent = {""}
    wrong = []
    end = time.monotonic() + seconds

    def heard():
        while client.iopub_channel.msg_ready():
            message = client.get_iopub_msg(timeout=5)
            parent = message["parent_header"].get("msg_id", "")
            if parent not in sent:
                wrong.append(message)

    while time.monotonic() < end:
        socket = chance.choice([client.shell_channel.socket, client.control_channel.socket, client.stdin_channel.socket])
        if chance.random() < 0.3:
            parts = frames(chance, client)
            socket.send_multipart(parts)
            for part in parts:
                try:
                    sent.add(client.session.unpack(part).get("msg_id", ""))
                except Exception:  # noqa: BLE001 (broken on purpose)
                    pass
        else:
            message = client.session.msg(chance.choice(KINDS), content(chance))
            sent.add(message["header"]["msg_id"])
            client.session.send(socket, message)
        heard()
        time.sleep(0.002)
    return sent, wrong, heard


@pytest.mark.parametrize("seconds", [8, pytest.param(90, marks=pytest.mark.full)])
def test_a_storm_of_random_messages_does_no_harm(own, seconds):  # noqa: F811
    client = own
    client.allow_stdin = False
    seed = random.SystemRandom().randrange(2**32)
    print("seed", seed)
    run(client, "int survives = 11;")
    sent, wrong, heard = storm(client, seconds, seed)
    identity = None
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        identity = client.execute("6 * 7", allow_stdin=False)
        sent.add(identity)
        answered = None
        while answered is None and time.monotonic() < deadline:
            heard()
            message = client.get_shell_msg(timeout=60)
            if message["parent_header"].get("msg_id") == identity:
                answered = message["content"]["status"]
        if answered == "ok":
            break
    assert answered == "ok", (seed, answered)
    assert not wrong, (seed, wrong[:3])
    assert process(client).is_running()
    assert rests(process(client).pid), (seed, "something still spins")
    content, _ = run(client, "1 + 1")
    assert content["status"] == "ok", (seed, content)
