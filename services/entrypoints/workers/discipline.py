"""The discipline worker: opens and follows follow-ups, counts, proposes reviews, keeps its copy of the directory."""

from services.adapters.directory_copy import keep_directory
from services.adapters.discipline.effects import follow_reviews
from services.application.discipline.aggregates import CONTEXT
from services.application.discipline.worker import TOPICS, react
from services.application.reactions import WorkerSpec

SPEC = WorkerSpec(CONTEXT, TOPICS, react, (keep_directory, follow_reviews))
