"""The keys of the example's tasks: the same through every door, in every locale and zone of the process."""

import os
import pathlib
import shutil

import pytest

from conftest import EXAMPLE, SAMPLE, command, environment_for, java

WORLDS = {
    "turkish in Kolkata": ("-Duser.language=tr -Duser.country=TR -Duser.timezone=Asia/Kolkata", "tr_TR.UTF-8", "Asia/Kolkata"),
    "C in Los Angeles": ("-Duser.language=en -Duser.timezone=America/Los_Angeles", "C", "America/Los_Angeles"),
}


@pytest.fixture
def example(tmp_path):
    folder = tmp_path / "examples"
    shutil.copytree(EXAMPLE.parent, folder)
    return folder / EXAMPLE.name


def world(name, home, postgres):
    options, locale, zone = WORLDS[name]
    return {**environment_for(home, postgres), "JAVA_TOOL_OPTIONS": options, "LC_ALL": locale, "TZ": zone}


def keys(home):
    """Task and key of every stored result."""
    return {(entry.parent.name, entry.stem) for entry in home.rglob("actions/*/*.json")}


def through_the_notebook(example, env, tmp_path):
    return command("run", example, env=env)


def through_the_flow(example, env, tmp_path):
    return command("run", f"{example}:ingest", env=env)


def through_the_jar(example, env, tmp_path):
    folder = pathlib.Path(env["DAGSHELL_HOME"] + "-deployment")
    built = command("deployment", "build", f"{example}:ingest", "-n", "Yellow taxi", "-o", folder, env=env)
    assert built.code == 0, built
    return command("-jar", folder / "flow.jar", "run", "-p", f"dataset={SAMPLE}", env=env, program=java(), cwd=tmp_path)


def keys_of_a_run(example, home, env):
    """Those of a run that nobody told anything."""
    ran = command("run", example, env={**env, "DAGSHELL_HOME": str(home)})
    assert ran.code == 0, ran
    found = keys(home)
    assert sorted(task for task, key in found) == ["clean", "fetch"]
    return found


def test_every_task_has_one_key_through_every_door_in_every_locale_and_zone(example, environment, postgres, tmp_path):
    expected = keys_of_a_run(example, tmp_path / "plain", environment)
    for name in WORLDS:
        for door in (through_the_notebook, through_the_flow, through_the_jar):
            home = tmp_path / f"{name} {door.__name__}".replace(" ", "-")
            ran = door(example, world(name, home, postgres), tmp_path)
            assert ran.code == 0, ran
            assert keys(home) == expected, (name, door.__name__, ran)


def test_papermill_makes_the_same_keys(example, jupyter, same_java, tmp_path):
    expected = keys_of_a_run(example, tmp_path / "plain", same_java)
    papermill = pytest.importorskip("papermill")
    papermill.execute_notebook(str(example), str(tmp_path / "out.ipynb"), kernel_name="dagshell", cwd=str(example.parent),
                               progress_bar=False)
    assert expected <= keys(pathlib.Path(os.environ["DAGSHELL_HOME"]))
