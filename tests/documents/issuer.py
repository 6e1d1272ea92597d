"""A process that issues documents: for tests in which several do, and in which some are killed."""

import asyncio
import sys
import uuid
from collections.abc import Sequence

from discipline.documents.register.state import RegisterId
from schemas.discipline.documents import DocumentIssued, DocumentKind
from services.adapters.postgres.store import PostgresStore
from services.application.discipline.issuing import Issuing
from services.application.handler import Handler, Request
from tests.documents.register_samples import document
from tests.store.tally import SettableClock

REGISTERS = tuple(
    RegisterId("so-xay-dung", False, kind, 2026) for kind in (DocumentKind.DECISION, DocumentKind.SUMMONS)
)


def issue(dsn: str, count: int) -> None:
    """Issue so many documents in each register, all at once; print each document's id once it is known to be there."""
    asyncio.run(_issue(dsn, count))


async def _issue(dsn: str, count: int) -> None:
    store = await PostgresStore.open(dsn, "discipline")
    handler, issuing = Handler(store, SettableClock()), Issuing()

    async def one(register: RegisterId) -> None:
        document_id = uuid.uuid4()

        async def make(number: int) -> DocumentIssued:
            await asyncio.sleep(0.002)  # as long as nothing is printed: others come between
            return document(number, where=register, document_id=document_id)

        request = Request(document_id, "secretary", document_id, document_id)
        await issuing.issue(handler, register, make, request)
        sys.stdout.write(f"{document_id}\n")
        sys.stdout.flush()

    await asyncio.gather(*(one(register) for _ in range(count) for register in REGISTERS))
    await store.close()


def main(arguments: Sequence[str]) -> None:
    """`python -m tests.documents.issuer DSN COUNT`."""
    issue(arguments[0], int(arguments[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
