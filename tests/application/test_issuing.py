"""A document of a step is issued once, also while the year turns."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from discipline.documents.register.refusals import StepIssuedBefore
from discipline.documents.register.state import RegisterId
from schemas.discipline.documents import DocumentIssued, DocumentKind
from services.application.discipline.aggregates import REGISTER
from services.application.discipline.issuing import Issuing
from services.application.handler import Handler, Request
from tests.documents.register_samples import REVIEW, document
from tests.fakes.memory_store import MemoryStore

YEARS = [RegisterId.of("so-xay-dung", None, DocumentKind.DECISION, year) for year in (2026, 2027)]
NEW_YEAR = datetime(2026, 12, 31, 17, tzinfo=UTC)


class Midnight:
    """The clock of both."""

    async def now(self) -> datetime:
        return NEW_YEAR


@pytest.fixture
def handler() -> Handler:
    return Handler(MemoryStore(), Midnight())


def request() -> Request:
    return Request(uuid4(), "secretary", uuid4(), uuid4())


@pytest.mark.parametrize(("first", "second"), [YEARS, YEARS[::-1]], ids=["before", "after"])
async def test_who_looked_before_the_other_issued_on_the_other_side_of_the_year_looks_again(
    handler: Handler, first: RegisterId, second: RegisterId
) -> None:
    issued = document(1, where=second, review_id=REVIEW)

    async def standing() -> UUID | None:
        found = (await handler.load(REGISTER, REGISTER.stream(second))).state.standing
        return next(iter(found.values()), None)

    async def others(_number: int) -> DocumentIssued:
        return issued

    async def mine(number: int) -> DocumentIssued:
        if await standing() is None:  # while mine is printed
            await Issuing().issue(handler, second, others, request())
        return document(number, where=first, review_id=REVIEW)

    with pytest.raises(StepIssuedBefore) as refused:
        await Issuing().issue(handler, first, mine, request(), standing)

    assert refused.value.document_id == issued.document_id
