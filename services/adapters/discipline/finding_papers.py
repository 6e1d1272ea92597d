"""What a finding said and rests on, as this context knows it: references to the texts that the registry keeps.

The worker copies them from the finding's events; a board's bundle shows them to those who sit on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.inspection.findings import FindingAmended, FindingSubmitted
from schemas.values import DocumentRef

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from asyncpg import Connection, Pool, Record

    from schemas.envelope import Recorded
    from schemas.inspection.findings import FindingContent
    from services.application.reactions import BatchTransaction

_FORGET = """
delete from finding_paper using unnest($1::uuid[], $2::integer[]) as told(id, version)
where finding_id = told.id and finding_paper.version < told.version"""
_KEEP = """
insert into finding_paper (finding_id, place, part, document_id, sha256, type, version, recorded_at)
select new.* from unnest($1::uuid[], $2::integer[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::integer[],
    $8::timestamptz[]) as new(finding_id, place, part, document_id, sha256, type, version, recorded_at)
where not exists (
    select from finding_paper known where known.finding_id = new.finding_id and known.version > new.version)
order by new.finding_id, new.place on conflict (finding_id, place) do nothing"""
_READ = """
select finding_id, part, document_id, sha256, type, version, recorded_at from finding_paper
where finding_id = any($1::uuid[]) order by finding_id, place"""


@dataclass(frozen=True, slots=True)
class FindingPaper:
    """One text of a finding as it stands."""

    finding_id: UUID
    part: str
    """`narrative` or `evidence`."""
    document: DocumentRef
    type: str
    """The event of the finding that refers to it."""
    version: int
    recorded_at: datetime


async def keep_finding_papers(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """Copy the references of each finding that was submitted or amended: an effect of the discipline worker."""
    await fold_papers(transaction.connection, batch)


async def fold_papers(connection: Connection[Record], batch: Sequence[Recorded]) -> None:
    """What each finding says now, in place of before; what is older than what is known changes nothing."""
    told: dict[UUID, tuple[FindingContent, Recorded]] = {}
    for recorded in batch:
        event = recorded.event
        if isinstance(event, FindingSubmitted | FindingAmended):
            before = told.get(event.finding_id)
            if before is None or before[1].version < recorded.version:
                told[event.finding_id] = event.content, recorded
    if not told:
        return
    rows = [row for finding_id, one in told.items() for row in _rows(finding_id, *one)]
    await connection.execute(_FORGET, list(told), [recorded.version for _, recorded in told.values()])
    await connection.execute(_KEEP, *map(list, zip(*rows, strict=True)))


def _rows(finding_id: UUID, content: FindingContent, recorded: Recorded) -> Iterator[tuple[object, ...]]:
    papers = [("narrative", content.narrative), *(("evidence", one) for one in content.evidence)]
    for place, (part, ref) in enumerate(papers):
        proof = (ref.document_id, ref.sha256)
        yield finding_id, place, part, *proof, recorded.event.type, recorded.version, recorded.recorded_at


async def finding_papers(pool: Pool[Record], finding_ids: Collection[UUID]) -> list[FindingPaper]:
    """The texts of findings, each finding's together."""
    return [
        FindingPaper(
            finding_id=row["finding_id"],
            part=row["part"],
            document=DocumentRef(document_id=row["document_id"], sha256=row["sha256"]),
            type=row["type"],
            version=row["version"],
            recorded_at=row["recorded_at"],
        )
        for row in await pool.fetch(_READ, list(finding_ids))
    ]
