"""An upgrade waits for a worker that reads up, as long as it comes on. The engine is a stand-in that only answers."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPT = Path(__file__).parents[2] / "deploy" / "kycuong"
ENGINE = """#!/bin/sh
case "$*" in
    "ps "*) service=${*#*compose.service=}; echo "${service%% *}" ;;
    "exec worker-discipline "*)
        asked=$(($(cat "$STAGE/asked" 2>/dev/null || echo 0) + 1))
        echo $asked >"$STAGE/asked"
        [ $asked -le "$UNREADY" ] || exit 0
        [ "$GROWS" = yes ] || asked=0
        printf '{"ready": false, "under_way": {"messages_learned": %s}}' $asked
        exit 1 ;;
    inspect*) echo healthy ;;
    stop*) echo "$*" >>"$STAGE/stopped" ;;
esac
"""
PATIENCE = 180


@pytest.fixture
def replace(tmp_path: Path) -> Callable[..., tuple[subprocess.CompletedProcess[str], str]]:
    """Replace every process, one of which learns; how that ended, and which containers were stopped."""
    for name, text in (("docker", ENGINE), ("sleep", "#!/bin/sh\n")):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    (tmp_path / ".env").write_text("KYCUONG_VERSION=1\n")

    def run(*, unready: int, grows: bool) -> tuple[subprocess.CompletedProcess[str], str]:
        environment = {
            "PATH": f"{tmp_path}:{os.environ['PATH']}",
            "KYCUONG_LANGUAGE": "en",
            "KYCUONG_HOME": str(tmp_path),
            "STAGE": str(tmp_path),
            "UNREADY": str(unready),
            "GROWS": "yes" if grows else "no",
        }
        done = subprocess.run(
            [str(SCRIPT), "partitions", "4"], env=environment, capture_output=True, text=True, check=False
        )
        stopped = tmp_path / "stopped"
        return done, stopped.read_text() if stopped.exists() else ""

    return run


def test_one_that_comes_on_is_waited_for_beyond_any_patience(
    replace: Callable[..., tuple[subprocess.CompletedProcess[str], str]],
) -> None:
    done, stopped = replace(unready=PATIENCE + 20, grows=True)
    assert done.returncode == 0, done.stderr
    assert "worker-discipline" in stopped


def test_where_one_stands_still_it_is_given_up_and_the_old_workers_run_on(
    replace: Callable[..., tuple[subprocess.CompletedProcess[str], str]],
) -> None:
    done, stopped = replace(unready=2 * PATIENCE, grows=False)
    assert done.returncode != 0
    assert "worker-discipline did not get ready" in done.stderr
    assert "registry" in stopped
    assert "worker-" not in stopped
