"""The suite's processes as `kycuong up` starts them: each a fork of one that has imported what they need.

A test that starts one a second time, or kills it forty times, waits for what it is about and not for imports. That each
also starts as `python -m MODULE` without a fork server is what the containers' tests show, and where there is no engine
for those, `tests/api/test_stop.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.adapters.embedded import fork

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

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
