"""Who is competent may not decide in his own matter: another authority takes the review over, and nobody waits."""

from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID, uuid4

import pytest

from discipline.boards.commands import EstablishBoard
from inspection.organisation.commands import Command, CreatePost, FillPost, NoteAbsence, VacatePost
from schemas.discipline.boards import Admission, ConflictGround, Seat
from schemas.inspection.organisation import PostKind
from schemas.values import Name, SubjectKind
from services.adapters import law
from services.application.discipline.aggregates import BOARD
from services.application.discipline.boards import Surroundings
from services.application.grounds import Grounds
from services.application.identity import Role
from services.entrypoints.api.discipline import reviews
from tests.api import board_cases
from tests.api.access import tree
from tests.api.access.table import Caller, insider
from tests.api.conftest import OpenContext, TokenFor
from tests.api.discipline_cases import met_review, open_follow_up, post, propose_review, raise_question, request
from tests.api.test_discipline import AUDITOR, NOW, Office, at_work
from tests.api.test_successions import record
from tests.discipline import samples

CHAIR = insider(Role.AUTHORITY)
DEPUTY, BELOW, DIRECTOR, ACTING = (
    Caller(Role.AUTHORITY, id_, uuid4()) for id_ in ("tinh", "huyen", *["so-giao-duc"] * 2)
)
FACT, AFTER_HE_LEFT = date(2026, 2, 2), date(2026, 2, 10)
OF_BOTH = date(2026, 1, 5)
"""The deputy chair was one of the department too."""
REASONS = {"reasons": "Chủ tịch từng là phó giám đốc Sở vào ngày xảy ra vi phạm."}


def posts() -> list[Command]:
    """The chair was the reviewed department's until the day after the first fact, two other heads for longer."""
    title, kind = Name(vi="Phó Chủ tịch", en="Deputy chair"), SubjectKind.CADRE
    return [
        CreatePost("tinh-deputy", "tinh", PostKind.DEPUTY, title, kind, tree.SINCE),
        FillPost("tinh-deputy", DEPUTY.person_id, False, tree.SINCE),
        *board_cases.posts(),
        *post("was-the-chairs", "so-y-te", CHAIR.person_id),
        VacatePost("was-the-chairs", date(2026, 2, 3)),
        *post("was-the-deputys", "so-y-te", DEPUTY.person_id),
        VacatePost("was-the-deputys", date(2026, 1, 10)),
        *post("was-belows", "so-y-te", BELOW.person_id),
        FillPost("huyen-head", BELOW.person_id, False, tree.SINCE),
        *post("was-the-directors", "so-y-te", DIRECTOR.person_id),
        FillPost("so-giao-duc-head", DIRECTOR.person_id, False, tree.SINCE),
        NoteAbsence("so-giao-duc-head", ACTING.person_id, date(2026, 2, 20)),
    ]


@pytest.fixture
async def office(
    open_context: OpenContext, token: TokenFor, planted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    async with at_work(open_context, token, monkeypatch, planted, posts()) as office:
        yield office


async def proposed(office: Office, fact: date = FACT, authority_post: str = "tinh-head") -> UUID:
    return await propose_review(office.context, collective=True, fact_date=fact, authority_post=authority_post)


async def reads(office: Office, by: Caller, review_id: UUID) -> bool:
    return (await office.send(by, f"/reviews/{review_id}")).status_code == 200


async def takes(office: Office, by: Caller, review_id: UUID) -> tuple[int, str | None]:
    """Status, and the refusal's code."""
    answer = await office.send(by, f"/reviews/{review_id}/take-over", REASONS)
    return answer.status_code, answer.json().get("code")


async def opens(office: Office, by: Caller, review_id: UUID) -> int:
    version = (await office.get(AUDITOR, f"/reviews/{review_id}"))["review"]["version"]
    return (await office.send(by, f"/reviews/{review_id}/open", {}, seen=version)).status_code


async def test_the_deputy_takes_over_what_is_the_chairs_own_matter_and_decides(office: Office) -> None:
    review_id = await proposed(office)
    before = [await opens(office, by, review_id) for by in (CHAIR, DEPUTY)]

    taken = await takes(office, DEPUTY, review_id)

    after = [await opens(office, by, review_id) for by in (CHAIR, DEPUTY)]
    assert (before, taken, after) == ([404, 404], (200, None), [404, 200])
    shown = await office.get(DEPUTY, f"/reviews/{review_id}")
    assert shown["review"]["authority_post"] == "tinh-deputy"
    assert str(review_id) in {one["id"] for one in (await office.get(DEPUTY, "/reviews?limit=200"))["items"]}


async def test_it_is_on_record_who_took_it_over_from_whom_and_why(office: Office) -> None:
    review_id = await proposed(office)
    await takes(office, DEPUTY, review_id)

    shown = await office.get(AUDITOR, f"/reviews/{review_id}")

    moved = shown["timeline"][-1]
    assert moved["type"] == "discipline.review_taken_over.v1"
    told = moved["data"]
    assert (told["from_post"], told["authority_post"], told["taken_by"]) == (
        "tinh-head",
        "tinh-deputy",
        str(DEPUTY.person_id),
    )
    assert shown["texts"][told["reasons"]["document_id"]] == REASONS["reasons"]


async def test_before_he_takes_it_over_there_is_nothing_to_read_for_him(office: Office) -> None:
    review_id = await proposed(office)
    before = [await reads(office, by, review_id) for by in (CHAIR, DEPUTY)]

    await takes(office, DEPUTY, review_id)

    assert (before, [await reads(office, by, review_id) for by in (CHAIR, DEPUTY)]) == ([False, False], [False, True])


async def test_nobody_takes_over_what_the_chair_may_decide(office: Office) -> None:
    """He had left the department when it happened."""
    review_id = await proposed(office, AFTER_HE_LEFT)

    assert [await takes(office, by, review_id) for by in (DEPUTY, CHAIR)] == [
        (404, "not-found"),
        (409, "authority-may-decide"),
    ]
    assert await opens(office, CHAIR, review_id) == 200


async def test_where_all_who_could_are_concerned_too_whoever_the_superior_authority_names_takes_it_over(
    office: Office,
) -> None:
    review_id, named = await proposed(office, OF_BOTH), Caller(Role.AUTHORITY, "tinh", uuid4())
    assert [await takes(office, by, review_id) for by in (CHAIR, DEPUTY, named)] == [(404, "not-found")] * 3

    title, kind = Name(vi="Người được giao giải quyết", en="Named to decide"), SubjectKind.CADRE
    await record(
        office,
        CreatePost("tinh-named", "tinh", PostKind.DEPUTY, title, kind, tree.SINCE),
        FillPost("tinh-named", named.person_id, False, tree.SINCE),
    )

    assert await takes(office, named, review_id) == (200, None)
    assert await opens(office, named, review_id) == 200


async def test_where_the_head_above_is_concerned_too_his_deputy_takes_it_over(office: Office) -> None:
    review_id = await proposed(office, FACT, "huyen-head")

    assert [await takes(office, by, review_id) for by in (BELOW, CHAIR)] == [(404, "not-found")] * 2
    assert await takes(office, DEPUTY, review_id) == (200, None)
    assert await opens(office, DEPUTY, review_id) == 200


async def test_where_somebody_is_above_it_is_his_and_no_deputys(office: Office) -> None:
    review_id = await proposed(office, AFTER_HE_LEFT, "huyen-head")

    refused = [await takes(office, by, review_id) for by in (BELOW, DEPUTY)]
    taken = await takes(office, CHAIR, review_id)

    assert (refused, taken) == ([(404, "not-found")] * 2, (200, None))
    assert await opens(office, CHAIR, review_id) == 200


async def test_who_acts_for_a_concerned_head_decides_without_taking_over(office: Office) -> None:
    review_id = await proposed(office, AFTER_HE_LEFT, "so-giao-duc-head")

    taken = await takes(office, CHAIR, review_id)

    assert taken == (404, "not-found")
    assert [await opens(office, by, review_id) for by in (DIRECTOR, ACTING)] == [404, 200]


# -- its board --------------------------------------------------------------------------------------------------------


async def before_a_board(office: Office) -> tuple[UUID, UUID]:
    """A review of who is chair by now, and the board that the chair before him had established for it."""
    context, secretary = office.context, board_cases.SECRETARY.person_id
    review_id = await met_review(context, CHAIR.person_id, secretary)
    told, review = await board_cases.decision(context, review_id), await board_cases.review(context, review_id)
    around = Surroundings(Grounds(context.handler), await context.directory.current(), NOW.date())
    seats = tuple(Seat.model_validate(one) for one in told["seats"])  # type: ignore[attr-defined]  # a list of seats
    establish = EstablishBoard(
        by=samples.person(samples.place("tinh-head", ("tinh",), head=True), name="tinh-head"),
        at=NOW,
        matter_id=review.matter_id,
        authority_post="tinh-head",
        reviews=(around.open_matter(review),),
        seats=seats,
        quorum=4,
        # Everybody is a chair's subordinate: the decision says why they sit all the same.
        admissions=tuple(
            Admission(person_id=one.person_id, ground=ConflictGround.SUBORDINATE, reasons=samples.document("admitted"))
            for one in seats
        ),
        decision=samples.document("decision"),
        law=law.shipped(),
        members=around.members(one.person_id for one in seats),
    )
    board_id = await board_cases.board_of(context, review_id)
    await context.handler.handle(BOARD, board_id, establish, request())
    return review_id, board_id


async def sees_board(office: Office, by: Caller, board_id: UUID) -> bool:
    return (await office.send(by, f"/boards/{board_id}")).status_code == 200


async def test_the_board_of_a_review_that_was_taken_over_has_the_same_authority(office: Office) -> None:
    review_id, board_id = await before_a_board(office)
    before = [await sees_board(office, by, board_id) for by in (CHAIR, DEPUTY)]

    taken = await takes(office, DEPUTY, review_id)

    assert (before, taken) == ([False, False], (200, None))
    listed = (await office.get(DEPUTY, "/boards?limit=200"))["items"]
    assert [one["authority_post"] for one in listed if one["id"] == str(board_id)] == ["tinh-deputy"]
    leaves, comes = board_cases.MEMBERS[-1], board_cases.SPARE
    seen = (await office.get(DEPUTY, f"/boards/{board_id}"))["board"]["version"]
    admitted = [{"person_id": str(comes.person_id), "ground": "subordinate", **REASONS}]
    replacement = {
        "admissions": admitted,
        "person_id": str(leaves.person_id),
        "seat": board_cases.seat(comes),
        **REASONS,
    }
    replaced = await office.send(DEPUTY, f"/boards/{board_id}/members/replace", replacement, seen=seen)
    assert replaced.status_code == 200, replaced.text


async def test_a_member_sees_the_review_before_it_is_referred_to_them_whoever_took_it_over(office: Office) -> None:
    review_id, _ = await before_a_board(office)
    before = await reads(office, board_cases.CHAIR, review_id)

    await takes(office, DEPUTY, review_id)

    assert (before, await reads(office, board_cases.CHAIR, review_id)) == (True, True)


async def test_a_board_that_was_not_told_follows_as_soon_as_somebody_looks(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    review_id, board_id = await before_a_board(office)

    async def nothing(*_: object) -> None:
        return None

    with monkeypatch.context() as cut:
        cut.setattr(reviews, "_boards_follow", nothing)
        await takes(office, DEPUTY, review_id)

    assert [await sees_board(office, by, board_id) for by in (DEPUTY, CHAIR)] == [True, False]


# -- the question of a head -------------------------------------------------------------------------------------------


async def asked(office: Office, about: Caller = CHAIR) -> UUID:
    """Whether a head of the department answers for it; by now he may be chair."""
    finding_id = await open_follow_up(office.context)
    await raise_question(office.context, finding_id, about.person_id)
    return finding_id


async def takes_question(office: Office, by: Caller, finding_id: UUID) -> tuple[int, str | None]:
    answer = await office.send(by, f"/responsibilities/{finding_id}/take-over", REASONS)
    return answer.status_code, answer.json().get("code")


async def sees_question(office: Office, by: Caller, finding_id: UUID) -> bool:
    return (await office.send(by, f"/responsibilities/{finding_id}")).status_code == 200


async def test_the_deputy_answers_the_question_that_is_asked_about_the_chair(office: Office) -> None:
    finding_id = await asked(office)
    before = [await sees_question(office, by, finding_id) for by in (CHAIR, DEPUTY)]

    taken = await takes_question(office, DEPUTY, finding_id)

    after = [await sees_question(office, by, finding_id) for by in (CHAIR, DEPUTY)]
    assert (before, taken, after) == ([False, False], (200, None), [False, True])
    await office.done(DEPUTY, f"/responsibilities/{finding_id}/levels/1/open", REASONS)


async def test_the_review_that_his_answer_proposes_is_his_as_well(office: Office) -> None:
    finding_id = await asked(office)
    await takes_question(office, DEPUTY, finding_id)
    await office.done(DEPUTY, f"/responsibilities/{finding_id}/levels/1/open", REASONS)

    question = await office.get(DEPUTY, f"/responsibilities/{finding_id}")
    [level] = question["responsibility"]["levels"]
    review = await office.get(DEPUTY, f"/reviews/{level['review_id']}")

    assert review["review"]["authority_post"] == "tinh-deputy"


async def test_it_is_on_record_who_took_the_question_over_and_why(office: Office) -> None:
    finding_id = await asked(office)
    await takes_question(office, DEPUTY, finding_id)

    shown = await office.get(AUDITOR, f"/responsibilities/{finding_id}")

    told = shown["timeline"][-1]["data"]
    assert (told["from_post"], told["taken_by"]) == ("tinh-head", str(DEPUTY.person_id))
    assert shown["texts"][told["reasons"]["document_id"]] == REASONS["reasons"]
    listed = (await office.get(DEPUTY, "/responsibilities?waiting=true&limit=200"))["items"]
    assert str(finding_id) in {one["id"] for one in listed}


async def test_a_question_that_the_chair_may_answer_is_his(office: Office) -> None:
    finding_id = await asked(office, DIRECTOR)

    assert [await takes_question(office, by, finding_id) for by in (DEPUTY, CHAIR)] == [
        (404, "not-found"),
        (409, "authority-may-decide"),
    ]


async def test_nor_does_a_deputy_take_over_what_is_asked_about_himself_or_what_is_answered(office: Office) -> None:
    about_himself, finding_id = await asked(office, DEPUTY), await asked(office)
    await takes_question(office, DEPUTY, finding_id)
    closing = REASONS | {"ground": "not_responsible"}
    await office.done(DEPUTY, f"/responsibilities/{finding_id}/levels/1/close", closing)

    assert await takes_question(office, DEPUTY, about_himself) == (404, "not-found")
    assert await takes_question(office, DEPUTY, finding_id) == (409, "every-level-answered")
