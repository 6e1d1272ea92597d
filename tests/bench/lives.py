"""What relays and workers are measured on: findings and their follow-ups as they are lived, many side by side."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID, uuid4

import orjson

from schemas.base import Contract, encode
from schemas.cloudevents import Stored
from schemas.inspection.findings import FindingDrafted
from services.application.directory import STREAM
from tests.discipline import samples
from tests.notifier import examples as ex
from tests.worker.test_discipline_worker import organisation_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemas.base import Event

UNITS = 3_000
"""Departments, communes, schools, hospitals: some come to have so many confirmed findings that a review is proposed."""
SIDE_BY_SIDE = 200
"""Cases that are under way at once: as many events stand between two of one case."""
REMEDIATION = (
    ex.opened(), ex.ASSIGNED, ex.ACKNOWLEDGED, ex.PLAN, ex.PLAN_ACCEPTED, ex.PROGRESS, ex.CLAIMED, ex.VERIFIED,
    ex.CLOSED,
)  # fmt: skip

C = TypeVar("C", bound=Contract)
Told = tuple[str, "Event"]


def findings(cases: int) -> list[Stored]:
    """Findings drafted, submitted and confirmed, after the organisation that answers for them."""
    organisation = [(STREAM, event) for event in organisation_events()]
    return _recorded([*organisation, *_side_by_side([_finding(number) for number in range(cases)])])


def follow_ups(cases: int) -> list[Stored]:
    """The same findings, and each one's follow-up from its opening to its close."""
    return _recorded(_side_by_side([[*_finding(number), *_follow_up(number)] for number in range(cases)]))


def _finding(number: int) -> list[Told]:
    id_, unit = _id(number), f"unit-{random.Random(number).randrange(UNITS)}"
    about = {"matter_id": id_, "agency_id": unit}
    content = _with(samples.submitted().content, about)
    submitted = _with(samples.submitted(), {"finding_id": id_, "content": content})
    drafted = FindingDrafted(finding_id=id_, inspector_id=submitted.inspector_id, content=content)
    confirmed = _with(samples.confirmed_finding(), {"finding_id": id_, **about})
    return [(f"finding-{id_}", event) for event in (drafted, submitted, confirmed)]


def _follow_up(number: int) -> list[Told]:
    id_ = _id(number)
    return [(f"followup-{id_}", _with(event, {"finding_id": id_})) for event in REMEDIATION]


def _side_by_side(lives: list[list[Told]]) -> Iterator[Told]:
    for first in range(0, len(lives), SIDE_BY_SIDE):
        for step in zip(*lives[first : first + SIDE_BY_SIDE], strict=True):
            yield from step


def _recorded(told: Iterable[Told]) -> list[Stored]:
    """Number them as a store does; nobody here looks at the hashes."""
    versions: Counter[str] = Counter()
    events = []
    for position, (stream, event) in enumerate(told, 1):
        versions[stream] += 1
        meta = {name: str(uuid4()) for name in ("actor", "correlation_id", "causation_id")} | {"traceparent": None}
        at = ex.day(0) + timedelta(seconds=position)
        data = orjson.loads(encode(event))
        events.append(Stored(position, uuid4(), stream, versions[stream], event.type, data, meta, at, at, bytes(32)))
    return events


def _id(number: int) -> UUID:
    return UUID(int=number + 1)


def _with(contract: C, changes: dict[str, Any]) -> C:
    return contract.model_copy(update=changes)
