"""Directives bound to their store."""

from __future__ import annotations

from inspection.directives import state as directives
from inspection.directives.commands import Command
from inspection.directives.decide import decide
from inspection.directives.evolve import evolve
from inspection.directives.view import row
from schemas.inspection.directives import AnyDirectiveEvent
from services.application.aggregate import Aggregate

DIRECTIVE: Aggregate[directives.Directive, Command, AnyDirectiveEvent] = Aggregate(
    "inspection", "directive", directives.INITIAL, decide, evolve, views={"directive_view": row}
)
