"""How a template changes by each event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from discipline.documents.templates.state import Version
from schemas.discipline.templates import AnyTemplateEvent, TemplateActivated, TemplateStored, TemplateWithdrawn

if TYPE_CHECKING:
    from discipline.documents.templates.state import Template


def evolve(state: Template, event: AnyTemplateEvent) -> Template:
    """Return the template after the event."""
    match event:
        case TemplateStored():
            stored = Version(event.version, event.wording, event.sha256)
            return replace(state, versions=(*state.versions, stored))
        case TemplateActivated():
            return replace(state, active=event.version)
        case TemplateWithdrawn():
            return replace(state, active=None)
        case _:
            assert_never(event)
