"""A review that rests on a deemed consent, before a board: what its papers and documents say of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from discipline.consultations import consent
from discipline.consultations.commands import Headed, LetLapse
from discipline.reviews.commands import ProposeReview
from discipline.reviews.reckoning import Setting
from discipline.reviews.state import review_id
from schemas.discipline.consultations import ConsentDeemed
from schemas.discipline.reviews import BasisItem, Subject
from schemas.values import SubjectKind
from services.adapters import law
from services.adapters.catalogues import text
from services.application.discipline.aggregates import CONSULTATION, REVIEW
from services.entrypoints.api.discipline import apart
from tests.api import board_cases as cases
from tests.api.access.table import CASE_AGENCY
from tests.api.board_cases import MEMBERS
from tests.api.consultation_cases import ask_opinion
from tests.api.discipline_cases import request
from tests.api.test_discipline import HEAD
from tests.api.test_documents import File, archive, office
from tests.discipline import samples

if TYPE_CHECKING:
    from services.entrypoints.api.context import Context
    from tests.api.days import Days
    from tests.api.test_discipline import Office
    from tests.api.test_documents import Archive

__all__ = ["archive", "office"]

ASKED_AT, PAST = datetime(2026, 2, 2, 2, tzinfo=UTC), datetime(2026, 2, 20, tzinfo=UTC)
SILENT = Subject(
    kind=SubjectKind.CIVIL_SERVANT,
    agency_id=CASE_AGENCY,
    person_id=HEAD.person_id,
    post_id=f"{CASE_AGENCY}-head",
)
DRAFT = "Dự thảo phương án gồm 4 mục."


async def silence(context: Context) -> ConsentDeemed:
    """The department was asked and did not answer."""
    id_ = await ask_opinion(context, ASKED_AT)
    lapse = LetLapse(PAST, Headed(SILENT, acting=False, since=None, acted_by=None))
    await context.handler.handle(CONSULTATION, id_, lapse, request())
    deemed = (await context.store.load(CONSULTATION.stream(id_)))[-1].event
    assert isinstance(deemed, ConsentDeemed)
    return deemed


def item_of(deemed: ConsentDeemed) -> BasisItem:
    """The basis of the review that it leads to."""
    return BasisItem(
        finding_id=deemed.consultation_id,
        ground=consent.GROUND,
        fact_date=deemed.last_day,
        detected_at=deemed.due_at,
    )


@pytest.fixture
async def file(office: Office, days: Days, archive: Archive) -> File:
    """The review of its head, on which it was decided; the texts of the consultation are known."""
    deemed = await silence(office.context)
    archive.texts[samples.document("draft").document_id] = DRAFT
    item = item_of(deemed)
    matter_id, terms = consent.matter_id(deemed.request_id), deemed.terms.review
    at, until = datetime(2026, 2, 23, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)
    setting = Setting(at, law.shipped(), await office.context.calendars.current())
    command = ProposeReview(matter_id, SILENT, deemed.terms.directive_id, terms, (item,), until, setting)
    id_ = review_id(matter_id, SILENT)
    await office.context.handler.handle(REVIEW, id_, command, request())
    begun = File(office, days)
    await begun.opened(id_)
    await begun.met()
    await begun.recommended(await begun.summoned())
    await begun.decided()
    return begun


async def test_a_document_says_that_silence_was_taken_for_consent(file: File) -> None:
    assert text("vi", f"review-ground-{consent.GROUND}") in await file.said(await file.issued("decision"))


async def test_a_boards_bundle_has_the_papers_of_the_consultation(file: File) -> None:
    board_id = await cases.board_of(file.office.context, file.review_id)
    papers = (await file.office.get(MEMBERS[2], f"/boards/{board_id}/sittings/1/bundle"))["papers"]

    [draft] = [one for one in papers if one["document_id"] == str(samples.document("draft").document_id)]
    read = await file.office.send(MEMBERS[2], draft["file"].removeprefix("/discipline"))
    assert (draft["kind"], read.text) == ("text", DRAFT)


async def test_what_is_referred_beside_a_decision_stands_as_long_as_the_consent(office: Office) -> None:
    context = office.context
    deemed = await silence(context)
    item = item_of(deemed)
    gone = item.model_copy(update={"finding_id": uuid4()})

    class Caller:
        def __init__(self) -> None:
            self.context = context

    basis, seen = await apart._standing(Caller(), (item, gone))  # type: ignore[arg-type]  # no more is asked of a call
    assert basis == (item,)
    assert [one.version for one in seen] == [2]
