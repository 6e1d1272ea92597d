"""The discipline worker of a release that knows no consultations: `python -m tests.worker.unaware`."""

from __future__ import annotations

import os
import sys
from dataclasses import replace

from services.adapters.discipline.consents import follow_consents
from services.entrypoints.worker import run
from services.entrypoints.workers import discipline

CONSULTATIONS = "discipline.consultations"
SPEC = replace(
    discipline.SPEC,
    topics=tuple(topic for topic in discipline.SPEC.topics if topic != CONSULTATIONS),
    effects=tuple(effect for effect in discipline.SPEC.effects if effect is not follow_consents),
    beside=(),
)
"""It reads no topic of its own context, and has no clock of consultations beside it."""

if __name__ == "__main__":
    code = run(SPEC)
    sys.stdout.flush()
    os._exit(code)
