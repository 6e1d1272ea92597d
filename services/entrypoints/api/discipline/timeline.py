"""What happened to a case, event by event, with the names of the events in the caller's language."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from schemas.discipline.followups import ReviewDemanded
from schemas.values import DocumentRef
from services.adapters import catalogues
from services.entrypoints.api.language import of_scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from schemas.base import Contract
    from schemas.envelope import Recorded
    from services.entrypoints.api.call import Call

HIDDEN = (ReviewDemanded,)
"""Reviews are confidential: a follow-up's timeline does not tell that one was demanded."""


class Moved(BaseModel):
    """One event of a case."""

    stream: Annotated[str, Field(description="The stream that tells it; an issued document's is its register.")]
    version: Annotated[int, Field(description="Its place in that stream.")]
    type: Annotated[str, Field(description="Its contract.")]
    name: Annotated[str, Field(description="What happened, in the language asked for.")]
    occurred_at: Annotated[datetime, Field(description="When it happened.")]
    recorded_at: Annotated[datetime, Field(description="When it was recorded.")]
    actor: Annotated[str, Field(description="Who did it: a person's id, or the policy that did.")]
    data: Annotated[dict[str, Any], Field(description="Its content; texts stand under `texts` of the case.")]


def timeline(call: Call, history: Sequence[Recorded]) -> list[Moved]:
    """The events that may be shown."""
    return [
        Moved(
            stream=recorded.stream,
            version=recorded.version,
            type=recorded.event.type,
            name=event_name(call, recorded),
            occurred_at=recorded.occurred_at,
            recorded_at=recorded.recorded_at,
            actor=recorded.meta.actor,
            data=recorded.event.model_dump(mode="json"),
        )
        for recorded in history
        if not isinstance(recorded.event, HIDDEN)
    ]


def told(call: Call, recorded: Recorded) -> Mapping[str, object] | None:
    """An event for the live stream; None where it is passed over."""
    if isinstance(recorded.event, HIDDEN):
        return None
    data = recorded.event.model_dump(mode="json")
    return {"name": event_name(call, recorded), "actor": recorded.meta.actor, "data": data}


async def texts(call: Call, history: Sequence[Recorded]) -> dict[UUID, str]:
    """Every document that the events refer to, by id; the reading is recorded. Erased texts are absent."""
    refs = [ref for recorded in history for ref in refs_of(recorded.event)]
    found = await call.documents(refs) if refs else {}
    return {document_id: document.text for document_id, document in found.items()}


def event_name(call: Call, recorded: Recorded) -> str:
    """What happened, in the caller's language."""
    return named(call, recorded.event.type)


def named(call: Call, type_: str) -> str:
    """What an event of a contract says that happened, in the caller's language."""
    name = type_.rpartition(".v")[0].replace(".", "-").replace("_", "-")
    return catalogues.text(of_scope(call.scope), f"event-{name}")


def refs_of(contract: Contract) -> Iterator[DocumentRef]:
    """Every document that an event refers to."""
    for name in type(contract).model_fields:
        value = getattr(contract, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, DocumentRef):
                yield part
            elif hasattr(type(part), "model_fields"):
                yield from refs_of(part)
