"""What happened to a finding or an inspection, event by event, named in the caller's language."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from services.adapters import catalogues
from services.entrypoints.api.language import of_scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.envelope import Recorded
    from services.entrypoints.api.call import Call


class Moved(BaseModel):
    """One event."""

    version: Annotated[int, Field(description="Its place in the stream.")]
    type: Annotated[str, Field(description="Its contract.")]
    name: Annotated[str, Field(description="What happened, in the language asked for.")]
    occurred_at: Annotated[datetime, Field(description="When it happened.")]
    actor: Annotated[str, Field(description="Who did it: a person's id, or the policy that did.")]


def timeline(call: Call, history: Sequence[Recorded]) -> list[Moved]:
    """The events in their order."""
    return [
        Moved(
            version=recorded.version,
            type=recorded.event.type,
            name=_name(call, recorded.event.type),
            occurred_at=recorded.occurred_at,
            actor=recorded.meta.actor,
        )
        for recorded in history
    ]


def _name(call: Call, type_: str) -> str:
    name = type_.rpartition(".v")[0].replace(".", "-").replace("_", "-")
    return catalogues.text(of_scope(call.scope), f"event-{name}")
