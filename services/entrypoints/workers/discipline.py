"""The discipline worker: opens and follows follow-ups, counts, proposes reviews, keeps its copies of other contexts.

What follows from its own events is carried out where they are recorded; of its own topics it reads only consultations,
which the API and the clock beside this worker record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.adapters.directory_copy import keep_directory
from services.adapters.discipline.consents import follow_consents
from services.adapters.discipline.directives import fold_directives, keep_directives
from services.adapters.discipline.effects import follow_own_events
from services.adapters.discipline.finding_papers import fold_papers, keep_finding_papers
from services.adapters.discipline.follow_up_alerts import fold_alerts, keep_alerts
from services.adapters.discipline.lapsing import Lapsing
from services.adapters.discipline.proposing import propose_successions
from services.application.discipline.aggregates import CONTEXT
from services.application.discipline.policies import reactions
from services.application.reactions import Lesson, WorkerSpec

if TYPE_CHECKING:
    from schemas.envelope import Recorded
    from services.application.reactions import Reaction


def react(recorded: Recorded) -> tuple[Reaction, ...]:
    """What follows from an event alone."""
    return reactions(recorded.event)


SPEC = WorkerSpec(
    CONTEXT,
    ("inspection.restricted", "notifier.restricted", "discipline.consultations"),
    react,
    (
        keep_directory,
        keep_directives,
        keep_finding_papers,
        keep_alerts,
        propose_successions,
        follow_own_events,
        follow_consents,
    ),
    (
        Lesson("directives", "inspection.restricted", fold_directives),
        Lesson("finding-papers", "inspection.restricted", fold_papers),
        Lesson("follow-up-alerts", "notifier.restricted", fold_alerts),
    ),
    (lambda store, partitions: Lapsing(store, partitions=partitions).run,),
)
