"""The question whether heads answer, over HTTP: who sees it, and what the competent authority answers."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from discipline.responsibility.commands import DropQuestions
from schemas.discipline.responsibility import ResponsibilityOpened
from services.application.discipline.aggregates import RESPONSIBILITY, REVIEW
from services.application.identity import Role
from services.entrypoints.api.discipline import responsibilities
from tests.api.access.table import insider
from tests.api.conftest import OpenContext, TokenFor
from tests.api.discipline_cases import confirm, open_follow_up, raise_question, request
from tests.api.meanwhile import meanwhile
from tests.api.test_discipline import AUDITOR, CHAIR, HEAD, INSPECTOR, Office, at_work

PATH = "/responsibilities"
WHY = "Đã chỉ đạo, kiểm tra thường xuyên; vi phạm xảy ra ngoài phạm vi phụ trách."


@pytest.fixture
async def office(
    open_context: OpenContext, token: TokenFor, planted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    async with at_work(open_context, token, monkeypatch, planted) as office:
        yield office


async def question(office: Office, person_id: UUID | None = None) -> UUID:
    finding_id = await open_follow_up(office.context)
    await raise_question(office.context, finding_id, person_id)
    return finding_id


async def ids(office: Office, query: str = "") -> set[str]:
    return {row["id"] for row in (await office.get(CHAIR, f"{PATH}?limit=200{query}"))["items"]}


async def test_the_authority_lists_what_waits_for_its_answer(office: Office) -> None:
    finding_id = str(await question(office))
    assert finding_id in await ids(office, "&waiting=true")

    await office.done(CHAIR, f"{PATH}/{finding_id}/levels/1/close", {"ground": "not_responsible", "reasons": WHY})

    assert finding_id not in await ids(office, "&waiting=true")
    assert finding_id in await ids(office, "&waiting=false")


async def test_who_has_read_a_question_can_be_asked_for_though_no_review_was_proposed(office: Office) -> None:
    """The case and the list are readings, and so is asking."""
    finding_id = await question(office)
    await office.get(AUDITOR, f"{PATH}/{finding_id}")
    await ids(office)

    read = (await office.get(CHAIR, f"{PATH}/{finding_id}/reads"))["items"]

    assert [(one["reader"], one["route"].removeprefix("GET /discipline/responsibilities")) for one in read] == [
        (str(CHAIR.person_id), "/{finding_id}/reads"),
        (str(CHAIR.person_id), ""),
        (str(AUDITOR.person_id), "/{finding_id}"),
    ]


async def test_an_auditor_whom_a_question_is_about_finds_none(office: Office) -> None:
    finding_id = str(await question(office, AUDITOR.person_id))

    told = [(await office.send(AUDITOR, f"{PATH}/{finding_id}{end}")).status_code for end in ("", "/reads")]
    listed = {row["id"] for row in (await office.get(AUDITOR, f"{PATH}?limit=200"))["items"]}

    assert (told, finding_id in listed, finding_id in await ids(office)) == ([404, 404], False, True)


async def test_a_closed_level_says_why(office: Office) -> None:
    finding_id = await question(office)
    await office.done(CHAIR, f"{PATH}/{finding_id}/levels/1/close", {"ground": "not_responsible", "reasons": WHY})

    shown = await office.get(CHAIR, f"{PATH}/{finding_id}")

    assert [one["closed"] for one in shown["responsibility"]["levels"]] == ["not_responsible"]
    assert [one["name"] for one in shown["timeline"]] == [
        "Question of the head's responsibility raised",
        "No review of the head",
    ]
    assert WHY in shown["texts"].values()


async def test_an_opened_level_proposes_the_review_of_the_head_once(office: Office) -> None:
    finding_id = await question(office)
    await office.done(CHAIR, f"{PATH}/{finding_id}/levels/1/open", {"reasons": WHY})

    shown = await office.get(CHAIR, f"{PATH}/{finding_id}")
    [level] = shown["responsibility"]["levels"]
    review = await office.get(CHAIR, f"/reviews/{level['review_id']}")

    assert level["status"] == "opened"
    assert (review["review"]["status"], review["review"]["findings"]) == ("proposed", [str(finding_id)])
    assert len(await office.context.store.load(REVIEW.stream(level["review_id"]))) == 1


async def test_a_proposal_that_was_cut_off_is_made_up_for_by_whoever_comes_next(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding_id, _ = await opened_and_cut_off(office, monkeypatch)

    [level] = (await office.get(CHAIR, f"{PATH}/{finding_id}"))["responsibility"]["levels"]

    assert len(await office.context.store.load(REVIEW.stream(level["review_id"]))) == 1


async def test_what_the_case_does_not_bear_out_is_refused_with_why_and_the_way_forward(office: Office) -> None:
    finding_id = await question(office)
    path, body = f"{PATH}/{finding_id}/levels/1/close", {"ground": "found_and_reported", "reasons": WHY}

    refused = (await office.send(CHAIR, path, body)).json()

    assert refused["status"] == 422
    assert refused["code"] == "ground-not-of-head"
    assert "no check of his own agency" in refused["detail"]
    assert "propose a review" in refused["mend"]


async def test_nobody_else_learns_of_it_and_he_whom_it_is_about_least_of_all(office: Office) -> None:
    finding_id = await question(office, CHAIR.person_id)

    assert (await office.send(CHAIR, f"{PATH}/{finding_id}")).status_code == 404
    assert str(finding_id) not in await ids(office)
    assert (await office.send(INSPECTOR, f"{PATH}/{finding_id}")).status_code == 403
    assert (await office.send(insider(Role.HEAD), PATH)).status_code == 403
    assert (await office.get(AUDITOR, f"{PATH}/{finding_id}"))["responsibility"]["id"] == str(finding_id)


async def test_of_a_finding_that_raises_none_there_is_nothing(office: Office) -> None:
    finding_id = await open_follow_up(office.context)

    assert (await office.send(CHAIR, f"{PATH}/{finding_id}")).status_code == 404
    assert await office.context.store.load(RESPONSIBILITY.stream(finding_id)) == []


async def opened_and_cut_off(office: Office, monkeypatch: pytest.MonkeyPatch) -> tuple[UUID, UUID]:
    """A finding whose question was answered with a review that has not been proposed yet, and the review."""
    finding_id = await question(office)

    async def nothing(*_: object) -> None:
        return None

    with monkeypatch.context() as cut:
        cut.setattr(responsibilities, "propose_reviews", nothing)
        await office.done(CHAIR, f"{PATH}/{finding_id}/levels/1/open", {"reasons": WHY})
    [*_, answered] = await office.context.store.load(RESPONSIBILITY.stream(finding_id))
    assert isinstance(answered.event, ResponsibilityOpened)
    return finding_id, answered.event.review_id


async def drop(office: Office, finding_id: UUID) -> None:
    await office.context.handler.handle(RESPONSIBILITY, finding_id, DropQuestions(), request())


async def test_of_a_finding_that_fell_away_before_the_proposal_no_review_is_proposed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever told the reviews of the finding found none to tell: one that came after would stand for good."""
    finding_id, review_id = await opened_and_cut_off(office, monkeypatch)
    await drop(office, finding_id)

    [level] = (await office.get(CHAIR, f"{PATH}/{finding_id}"))["responsibility"]["levels"]

    assert level["closed"] == "finding_fell_away"
    assert await office.context.store.load(REVIEW.stream(review_id)) == []


async def test_where_the_directory_names_another_since_it_is_asked_of_him_and_nothing_follows_for_the_first(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding_id, review_id = await opened_and_cut_off(office, monkeypatch)
    detected = datetime(2026, 2, 10, 2, tzinfo=UTC)
    await confirm(office.context, finding_id, fact_date=date(2026, 2, 2), detected_at=detected)

    await office.done(INSPECTOR, f"/follow-ups/{finding_id}/reviews", {"about": "head", "reasons": WHY})

    [level] = (await office.get(CHAIR, f"{PATH}/{finding_id}"))["responsibility"]["levels"]
    assert (level["status"], level["subject"]["person_id"]) == ("raised", str(HEAD.person_id))

    await office.done(CHAIR, f"{PATH}/{finding_id}/levels/1/open", {"reasons": WHY})

    [level] = (await office.get(CHAIR, f"{PATH}/{finding_id}"))["responsibility"]["levels"]
    assert len(await office.context.store.load(REVIEW.stream(level["review_id"]))) == 1
    assert await office.context.store.load(REVIEW.stream(review_id)) == []


async def test_of_a_finding_that_falls_away_while_it_is_proposed_no_review_is_proposed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding_id, review_id = await opened_and_cut_off(office, monkeypatch)

    with meanwhile(office.context.store, lambda: drop(office, finding_id)):
        await office.get(CHAIR, f"{PATH}/{finding_id}")

    assert await office.context.store.load(REVIEW.stream(review_id)) == []
