"""The installed command: which JDK it runs on, and that it starts from its archive."""

import json
import os
import pathlib
import subprocess
import time

import pytest
from jupyter_client.manager import start_new_kernel

from conftest import command


@pytest.fixture
def launcher(kernel_prefix):
    return str(kernel_prefix / "bin/dagshell")


@pytest.fixture
def other_jdk(tmp_path):
    """A JDK whose java only says its name."""
    programs = tmp_path / "other jdk/bin"
    programs.mkdir(parents=True)
    for name in ("java", "javac"):
        (programs / name).write_text("#!/bin/sh\necho the other java\n")
        (programs / name).chmod(0o755)
    return programs.parent


def test_it_runs_on_the_jdk_of_the_kernel_whatever_java_home_says(launcher, kernel_prefix, environment, other_jdk):
    spec = (kernel_prefix / "share/jupyter/kernels/dagshell/kernel.json").read_text()
    result = command("--version", program=launcher, env={**environment, "JAVA_HOME": str(other_jdk)})
    assert result.code == 0, result
    home = result.out.strip().split(", ")[-1]
    assert result.out.startswith("dagshell ") and f'"{home}/bin/java"' in spec, (result, spec)


def test_dagshell_java_home_says_otherwise(launcher, environment, other_jdk):
    result = command("--version", program=launcher, env={**environment, "DAGSHELL_JAVA_HOME": str(other_jdk)})
    assert result.out == "the other java\n", result


def test_a_jdk_that_is_gone_is_told_with_what_to_do(launcher, environment, tmp_path):
    result = command("--version", program=launcher, env={**environment, "DAGSHELL_JAVA_HOME": str(tmp_path)})
    assert result.code == 3 and f"there is no {tmp_path}/bin/java" in result.err and "dagshell install" in result.err, result


def test_it_starts_from_the_archive_made_for_its_copy(launcher, environment, kernel_prefix):
    started = subprocess.Popen(
        [launcher, "run", "nothing.ipynb"], env=environment, cwd=kernel_prefix, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    seen = set()
    while started.poll() is None:
        try:
            with open(f"/proc/{started.pid}/maps") as maps:
                seen |= {os.path.basename(line.split()[-1]) for line in maps if line.rstrip().endswith(".jsa")}
        except (FileNotFoundError, ProcessLookupError):
            break
    started.communicate(timeout=60)
    assert "command.jsa" in seen, seen


def test_a_start_of_the_kernel_looks_into_no_jar_for_the_classes_of_its_archive(kernel_prefix):
    """A class in the archive that waits for one outside it would make every start open jar after jar, before all else."""
    script, java, archive = json.loads((kernel_prefix / "share/jupyter/kernels/dagshell/kernel.json").read_text())["argv"][1:4]
    folder = pathlib.Path(script).parent
    jar = next((folder / "lib").glob("dagshell-installer-*.jar"))
    told = subprocess.run(
        [java, f"@{folder}/kernel.flags", archive, "-Xlog:class+load:stdout", "-cp", jar, "-version"], capture_output=True, text=True).stdout
    loaded = [line.split("[class,load] ")[-1] for line in told.splitlines() if " source: " in line]
    assert "shared objects file" in loaded[0], loaded[:3]
    assert [line for line in loaded if "source: file:" in line] == [], loaded


def spoken(folder, code, **more):
    """Starts the kernel of a folder of specs and runs a cell: the text of its value, before and after a restart."""
    manager, client = start_new_kernel(kernel_name="dagshell", startup_timeout=60, cwd=str(folder), env={**os.environ, **more})
    try:
        values = []
        for part in code:
            if part is None:
                manager.restart_kernel(now=False)
                client.wait_for_ready(timeout=60)
                continue
            client.execute_interactive(part, timeout=60, output_hook=(messages := []).append)
            values += [m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result"]
        return values
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_a_kernel_starts_on_another_jdk_when_its_own_is_gone(kernel_prefix, environment, tmp_path, monkeypatch):
    spec = json.loads((kernel_prefix / "share/jupyter/kernels/dagshell/kernel.json").read_text())
    home = spec["metadata"]["java_home"]
    spec["argv"] = [str(tmp_path / "gone/bin/java") if each == home + "/bin/java" else each for each in spec["argv"]]
    kernels = tmp_path / "kernels/dagshell"
    kernels.mkdir(parents=True)
    (kernels / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("DAGSHELL_HOME", environment["DAGSHELL_HOME"])
    assert spoken(tmp_path, ["6 * 7"], JAVA_HOME=home) == ["42"]


def test_the_archive_is_made_anew_behind_a_kernel_whose_jdk_was_updated(kernel_prefix, jupyter, tmp_path):
    script, java, flag = json.loads((kernel_prefix / "share/jupyter/kernels/dagshell/kernel.json").read_text())["argv"][1:4]
    folder, archive = pathlib.Path(script).parent, pathlib.Path(flag.split("=", 1)[1])
    release = (folder / "kernel.release").read_text()
    before = archive.stat()
    (folder / "kernel.release").write_text(release.replace("JAVA_VERSION", "JAVA_VERSION_BEFORE_THE_UPDATE"))

    # A second one that starts meanwhile does not make it too.
    assert spoken(tmp_path, ["6 * 7"]) == ["42"] and spoken(tmp_path, ["6 * 7"]) == ["42"]

    end = time.monotonic() + 240
    while (folder / "kernel.release").read_text() != release:
        assert time.monotonic() < end, (folder / "kernel-renewal.log").read_text()
        time.sleep(0.5)
    assert archive.stat().st_ino != before.st_ino and archive.stat().st_size > before.st_size // 2
    (value,) = spoken(tmp_path, ['java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().toString()'])
    assert flag in value, value
    until = time.monotonic() + 240
    while (folder / "kernel.renewing").exists():
        assert time.monotonic() < until
        time.sleep(0.5)


def test_flags_of_one_notebook_are_in_force_after_a_restart(jupyter, tmp_path):
    values = spoken(tmp_path, ["%jvm -Xmx333m -Dword=said", None, "%jvm", 'System.getProperty("word")'],
                    JPY_SESSION_NAME="/somewhere/my etl.ipynb")
    assert "restart the kernel" in values[0] and "-Xmx333m" in values[1] and values[2] == "said", values
    assert (tmp_path / "my etl.ipynb.jvm").read_text().splitlines() == ["-Xmx333m", "-Dword=said"]
