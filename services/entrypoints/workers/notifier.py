"""The notifier's worker: follows cases and their deadlines, ends alerts, keeps its copy of the directory."""

from services.adapters.directory_copy import keep_directory
from services.adapters.notifier.boards import fold_boards, keep_boards
from services.adapters.notifier.concerned import fold_facts
from services.adapters.notifier.effects import follow_cases
from services.application.notifier import CONTEXT, SOURCES
from services.application.reactions import Lesson, WorkerSpec

SPEC = WorkerSpec(
    CONTEXT,
    SOURCES,
    lambda _: (),
    (keep_directory, keep_boards, follow_cases),
    (
        Lesson("board-seats", "discipline.reviews", fold_boards),
        Lesson("review-facts", "discipline.reviews", fold_facts),
    ),
)
"""Nothing follows from an event alone: which alerts end is known by what the case was before."""
