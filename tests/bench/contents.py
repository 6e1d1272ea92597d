"""Events of the size that the figures speak of: a finding's draft, some 570 bytes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from schemas.inspection.findings import FindingContent, FindingDrafted, FindingSource
from schemas.values import DocumentRef
from services.application.aggregate import Aggregate

TYPE = "inspection.finding_drafted.v1"
VIEW = "bench_view"
VIEW_DDL = (
    f"create table inspection.{VIEW}(id uuid primary key, agency_id text, violation_type text, count integer not null,"
    " version integer not null, updated_at timestamptz not null)"
)


def drafted() -> FindingDrafted:
    """A draft with ids of its own."""
    return FindingDrafted(
        finding_id=uuid.uuid4(),
        inspector_id=uuid.uuid4(),
        content=FindingContent(
            agency_id="so-giao-thong-van-tai",
            violation_type="late-dossier",
            directive_id="da-nang-2090",
            fact_date=date(2025, 2, 3),
            source=FindingSource.INSPECTION,
            inspection_id=uuid.uuid4(),
            matter_id=uuid.uuid4(),
            officials=(),
            narrative=DocumentRef(document_id=uuid.uuid4(), sha256="a" * 64),
            evidence=(),
            replaces=None,
        ),
    )


@dataclass(frozen=True)
class Draft:
    """A state that takes what it is told."""

    id: uuid.UUID | None = None
    content: FindingContent | None = None
    count: int = 0


def decide(command: FindingDrafted, state: Draft) -> Sequence[FindingDrafted]:
    """Whatever is asked happens."""
    return (command,)


def evolve(state: Draft, happened: FindingDrafted) -> Draft:
    """The newest content, and how many there were."""
    return Draft(state.id or happened.finding_id, happened.content, state.count + 1)


def row(state: Draft) -> dict[str, object]:
    """What a list shows."""
    assert state.content is not None
    return {
        "id": state.id,
        "agency_id": state.content.agency_id,
        "violation_type": state.content.violation_type,
        "count": state.count,
    }


DRAFT: Aggregate[Draft, FindingDrafted, FindingDrafted] = Aggregate("inspection", "finding", Draft(), decide, evolve)
VIEWED = replace(DRAFT, views={VIEW: row})
