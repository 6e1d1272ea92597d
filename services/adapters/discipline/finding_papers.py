"""What a finding said and rests on, as this context knows it: references to the texts that the registry keeps.

The worker copies them from the finding's events; a board's bundle shows them to those who sit on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.inspection.findings import FindingAmended, FindingSubmitted
from schemas.values import DocumentRef

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from asyncpg import Connection, Pool, Record

    from schemas.envelope import Recorded
    from services.application.reactions import BatchTransaction

_FORGET = "delete from finding_paper where finding_id = $1 and version < $2"
_KEEP = """
insert into finding_paper (finding_id, place, part, document_id, sha256, type, version, recorded_at)
select $1, $2, $3, $4, $5, $6, $7, $8
where not exists (select from finding_paper where finding_id = $1 and version > $7)
on conflict (finding_id, place) do nothing"""
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
    """What a finding says now, in place of before; what is older than what is known changes nothing."""
    for recorded in batch:
        event = recorded.event
        if isinstance(event, FindingSubmitted | FindingAmended):
            content = event.content
            papers = [("narrative", content.narrative), *(("evidence", one) for one in content.evidence)]
            told = (event.type, recorded.version, recorded.recorded_at)
            rows = [
                (event.finding_id, place, part, ref.document_id, ref.sha256, *told)
                for place, (part, ref) in enumerate(papers)
            ]
            await connection.execute(_FORGET, event.finding_id, recorded.version)
            await connection.executemany(_KEEP, rows)


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
