"""The suite's processes as `kycuong up` starts them: each a fork of one that has imported what they need.

A test that starts one a second time, or kills it forty times, waits for what it is about and not for imports. That each
also starts as `python -m MODULE` is what `tests/worker/test_plain_start.py` shows.
"""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from services.adapters.embedded import fork

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import TextIO

    from services.adapters.embedded.child import Child

IMPORTED = (
    "services.entrypoints.preloaded",
    "services.entrypoints.api.process",
    "services.entrypoints.registry.app",
    "services.entrypoints.workers.inspection",
    "services.entrypoints.workers.discipline",
    "services.entrypoints.workers.notifier",
)
"""What `kycuong up` imports beforehand, and what only one process of a suite needs but several of the tests'."""


def start(module: str, *arguments: str, env: Mapping[str, str], log: Path) -> Child:
    """Start `python -m module argument…` with this whole environment; its output is appended to the log."""
    fork.preload(IMPORTED)  # once for this process: afterwards it finds the fork server running
    return fork.fork(module.rpartition(".")[2], module, arguments, env=env, log=log)


@contextmanager
def told(module: str, *arguments: str, folder: Path) -> Iterator[tuple[Child, TextIO]]:
    """A process of a test's own, and what it says as it says it; killed at the end."""
    pipe = folder / f"{secrets.token_hex(4)}.pipe"
    os.mkfifo(pipe)
    process = start(module, *arguments, env=dict(os.environ), log=pipe)
    try:
        with pipe.open(encoding="utf-8") as said:  # whoever opens one end waits for the other
            yield process, said
    finally:
        process.kill()
