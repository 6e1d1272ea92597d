"""Ports that are asked for long before anybody listens on them: no two processes are given the same one."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from services.adapters.embedded import ports

ASK = """
from services.adapters.embedded import ports
ports.FIRST, ports.LAST = 31_000, 31_200
print(*(ports.free_port() for _ in range(30)))
"""


@pytest.fixture
def only_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """The one port that there is to give."""
    port = ports.free_port()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(ports, "FIRST", port)
    monkeypatch.setattr(ports, "LAST", port + 1)
    return port


def test_processes_that_ask_beside_each_other_are_given_different_ones(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    asking = [
        subprocess.Popen([sys.executable, "-c", ASK], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    given = [port for process in asking for port in process.communicate()[0].split()]
    assert len(given) == len(set(given)) == 90


def test_a_port_that_was_given_is_not_given_again_though_nobody_listens_yet(only_one: int) -> None:
    assert ports.free_port() == only_one
    with pytest.raises(OSError, match="no free port"):
        ports.free_port()


def test_after_a_while_it_is(only_one: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "GIVEN_SECONDS", 0)
    assert [ports.free_port(), ports.free_port()] == [only_one, only_one]
