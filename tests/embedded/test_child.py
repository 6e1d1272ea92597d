"""Child processes: tied to their parent, in a group of their own, ended in order or at once."""

import os
import signal
import sys
from pathlib import Path
from threading import Thread

import psutil
import pytest

from services.adapters.embedded import child as children
from services.adapters.embedded.child import Child, spawn
from services.adapters.embedded.failure import EmbeddedFailure
from services.adapters.embedded.fork import fork

SLEEPER = [sys.executable, "-c", "import time; print('began', flush=True); time.sleep(600)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('began', flush=True); time.sleep(600)",
]


def began(child: Child) -> Child:
    while "began" not in child.tail():
        assert child.alive
    return child


def test_a_child_ends_when_asked(tmp_path: Path) -> None:
    child = began(spawn("sleeper", SLEEPER, log=tmp_path / "log"))
    assert child.stop(deadline=30)
    assert child.exit_code == -signal.SIGTERM


def test_a_child_that_does_not_listen_is_killed_after_the_deadline(tmp_path: Path) -> None:
    child = began(spawn("deaf", DEAF, log=tmp_path / "log"))
    assert not child.stop(deadline=0.1)
    assert child.exit_code == -signal.SIGKILL


def test_a_child_outlives_the_thread_that_asked_for_it(tmp_path: Path) -> None:
    started: list[Child] = []
    asking = Thread(target=lambda: started.append(spawn("sleeper", SLEEPER, log=tmp_path / "log")))
    asking.start()
    asking.join()
    child = began(started[0])
    assert not child.wait(0.2)
    child.kill()


def test_a_child_has_a_group_of_its_own_so_that_ctrl_c_does_not_reach_it(tmp_path: Path) -> None:
    child = began(spawn("sleeper", SLEEPER, log=tmp_path / "log"))
    assert os.getpgid(child.pid) == child.pid != os.getpgid(0)
    child.kill()


def test_a_kill_ends_the_grandchildren_of_the_group_too(tmp_path: Path) -> None:
    nested = f"import subprocess; child = subprocess.Popen({SLEEPER!r}); child.wait()"
    child = began(spawn("nested", [sys.executable, "-c", nested], log=tmp_path / "log"))
    (grandchild,) = psutil.Process(child.pid).children()
    child.kill()
    assert psutil.wait_procs([grandchild], timeout=30)[1] == []


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedFailure) as refused:
        spawn("nobody", [tmp_path / "nobody"])
    assert (refused.value.name, refused.value.facts["child"]) == ("program-missing", "nobody")


def test_a_log_that_grew_too_long_is_set_aside_and_written_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "LOG_BYTES", 4)
    child = began(spawn("sleeper", SLEEPER, log=tmp_path / "log"))
    child.rotate()
    child.kill()
    assert (tmp_path / "log").read_text() == ""
    assert (tmp_path / "log.1").read_text() == "began\n"


def test_a_forked_process_is_a_module_with_exactly_its_own_environment(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "said.log"
    child = fork("said", "tests.embedded.said", ["one", "two"], env={"ONLY": "this"}, log=log)
    child.wait(60)
    assert child.exit_code == 5
    assert log.read_text() == "['one', 'two'] ['ONLY'] alone\n"


def test_a_forked_process_that_is_killed_says_by_what(tmp_path: Path) -> None:
    child = fork("sleeper", "tests.embedded.said", ["sleep"], env={}, log=tmp_path / "log")
    child.kill()
    assert child.exit_code == -signal.SIGKILL
