"""What the discipline worker does about a consent that is deemed, on a real database, with its inbox."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from schemas.discipline.reviews import Subject
from schemas.values import SubjectKind
from tests.discipline import consultation_cases as c
from tests.worker.test_discipline_worker import FORMER_HEAD, HEAD, Worker, fresh_copy, levels, store, worker

if TYPE_CHECKING:
    from schemas.base import Event
    from schemas.discipline.consultations import ConsentDeemed
    from services.adapters.kafka.taking import Taken

__all__ = ["fresh_copy", "store", "worker"]

STREAM = f"consultation-{c.CONSULTATION}"
SILENT = Subject(
    kind=SubjectKind.CIVIL_SERVANT, agency_id="construction", person_id=FORMER_HEAD, post_id="construction-head"
)
DEEMED = c.deemed(SILENT, in_office_since=date(2015, 1, 1))
RECEIVED_IN_TIME = c.answered(c.DUE_AT, undoes_consent=True)


def told(worker: Worker, *events: Event) -> list[Taken]:
    return [worker.message("discipline.consultations", c.CONSULTATION, STREAM, event) for event in events]


async def test_silence_that_is_consent_proposes_the_review_of_whoever_headed_the_agency(worker: Worker) -> None:
    """Who heads it now is somebody else."""
    await worker.hears(told(worker, c.ASKED, DEEMED))

    assert HEAD != FORMER_HEAD
    assert worker.reviews() == [("civil_servant", FORMER_HEAD, "proposed", 1)]
    assert levels(worker) == [(0, "opened", None)]


async def test_told_twice_it_is_proposed_once(worker: Worker) -> None:
    messages = told(worker, c.ASKED, DEEMED)
    await worker.hears(messages)
    events = worker.database.execute("select count(*) from discipline.events")

    await worker.hears(messages)

    assert worker.database.execute("select count(*) from discipline.events") == events


@pytest.mark.parametrize("together", [True, False], ids=["one batch", "one by one"])
async def test_an_answer_that_was_received_in_time_lets_the_proposal_fall(worker: Worker, together: bool) -> None:
    messages = told(worker, c.ASKED, DEEMED, RECEIVED_IN_TIME)
    for batch in [messages] if together else [[one] for one in messages]:
        await worker.hears(batch)

    assert worker.reviews() == [("civil_servant", FORMER_HEAD, "lapsed", 0)]
    assert levels(worker) == [(0, "closed", "finding_fell_away")]


async def test_an_agency_without_a_heads_post_is_proposed_as_a_collective(worker: Worker) -> None:
    collective = Subject(kind=SubjectKind.COLLECTIVE, agency_id="construction", person_id=None, post_id=None)
    await worker.hears(told(worker, c.ASKED, c.deemed(collective, in_office_since=None)))

    assert worker.reviews() == [("collective", None, "proposed", 1)]
    assert levels(worker) == []


@pytest.mark.parametrize(
    "silence",
    [DEEMED.model_copy(update={"terms": c.TERMS.model_copy(update={"answers_personally": False})}), c.LAPSED],
    ids=["consents only", "no consent"],
)
async def test_where_the_directive_says_no_more_nobody_is_reviewed(worker: Worker, silence: ConsentDeemed) -> None:
    await worker.hears(told(worker, c.ASKED, silence))

    assert worker.reviews() == []
    assert levels(worker) == []


async def test_a_late_answer_undoes_nothing(worker: Worker) -> None:
    late = c.answered(c.DUE_AT.replace(hour=18))
    await worker.hears(told(worker, c.ASKED, DEEMED, late))

    assert worker.reviews() == [("civil_servant", FORMER_HEAD, "proposed", 1)]
