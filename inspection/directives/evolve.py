"""How each event changes a directive."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from inspection.directives.state import Directive
from inspection.timeline import holding_from
from schemas.inspection.directives import AnyDirectiveEvent, DirectiveAdopted, DirectiveAmended, DirectiveRepealed


def evolve(state: Directive, event: AnyDirectiveEvent) -> Directive:
    """Return the directive after an event."""
    match event:
        case DirectiveAdopted() | DirectiveAmended():
            packs = holding_from(state.packs, event.effective_from, event.pack)
            return replace(state, directive_id=event.directive_id, packs=packs)
        case DirectiveRepealed():
            return replace(state, repealed_on=event.effective_to)
        case _:
            assert_never(event)
