"""Who hears of a stalled review: its secretary, its board's chair, the authority above; and who hears nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from notifier.rules.board import BoardSeats, changed
from schemas.base import Event
from schemas.discipline import boards as b
from schemas.discipline import review_procedure as p
from schemas.discipline.responsibility import ResponsibilityTakenOver
from schemas.discipline.review_complaints import Instance
from schemas.discipline.reviews import ReviewBasisAdded, ReviewRefused, ReviewTakenOver, Subject
from schemas.inspection.organisation import PostCreated, PostFilled, PostKind, PostVacated
from schemas.notifier.alerts import AlertOpened, StallRule
from schemas.values import Name, SubjectKind
from services.adapters.notifier.concerned import fold_facts
from services.adapters.notifier.transactions import transaction
from tests.inspection.province import COMMUNE, DEPARTMENT, DISTRICT, INSPECTORATE, PROVINCE, person
from tests.notifier import examples as ex
from tests.notifier.examples import DOCUMENT, day, evening
from tests.notifier.stage import CHAIR, CHIEF, OWNER, SUPERIOR, Stage
from tests.notifier.test_other_rules import raised
from tests.notifier.test_review_aftermath import FILED, SERVED
from tests.notifier.test_review_steps import HEARD, MET, NOTIFIED, REFERRED

SECRETARY, BOARD_CHAIR = person(f"head of {DEPARTMENT}"), person(f"head of {DISTRICT}")
MEMBER = person(f"head of {INSPECTORATE}")
POSTS = {SECRETARY: f"{DEPARTMENT}-head", BOARD_CHAIR: f"{DISTRICT}-head", MEMBER: f"{INSPECTORATE}-head"}
DEPARTMENT_HEAD = f"{DEPARTMENT}-head"
BOARD_ID = REFERRED.board_id
NUMBER = b.StatedNumber(number=3, rule_id=None, instrument=None, article=None)
APPOINTED = p.ReviewSecretaryAppointed(review_id=ex.REVIEW_ID, person_id=SECRETARY, appointed_by=ex.PERSON)
WHO: dict[str, Any] = {"board_id": BOARD_ID, "reasons": DOCUMENT}


def seat(who: UUID, role: b.SeatRole) -> b.Seat:
    return b.Seat(person_id=who, post_id=POSTS[who], role=role, votes=True)


ESTABLISHED = b.BoardEstablished(
    board_id=BOARD_ID,
    matter_id=ex.MATTER_ID,
    review_ids=(ex.REVIEW_ID,),
    subjects=(ex.OTHER,),
    authority_post=CHAIR,
    established_by=ex.PERSON,
    seats=(
        seat(BOARD_CHAIR, b.SeatRole.CHAIR),
        seat(SECRETARY, b.SeatRole.SECRETARY),
        seat(MEMBER, b.SeatRole.MEMBER),
    ),
    size=NUMBER,
    quorum=NUMBER,
    admissions=(),
    decision=DOCUMENT,
)
RECUSED = b.RecusalGranted(person_id=BOARD_CHAIR, decided_by=ex.PERSON, **WHO)
RELATED = b.ConflictDeclared(board_id=BOARD_ID, person_id=BOARD_CHAIR, related=True, statement=DOCUMENT)
REFUSED = b.RecusalRefused(person_id=BOARD_CHAIR, decided_by=ex.PERSON, **WHO)
REPLACED = b.BoardMemberReplaced(
    left=BOARD_CHAIR, seat=seat(MEMBER, b.SeatRole.CHAIR), admissions=(), replaced_by=ex.PERSON, **WHO
)
DISSOLVED = b.BoardDissolved(board_id=BOARD_ID)


def board(*events: b.AnyBoardEvent) -> BoardSeats:
    state: BoardSeats | None = None
    for event in (ESTABLISHED, *events):
        state = changed(state, event)
    assert state is not None
    return state


@pytest.mark.parametrize(
    ("events", "chair", "out"),
    [
        ((), BOARD_CHAIR, set()),
        ((RELATED,), None, {BOARD_CHAIR}),
        ((RELATED, REFUSED), BOARD_CHAIR, set()),
        ((RELATED, RECUSED), None, {BOARD_CHAIR}),
        ((RECUSED, REPLACED), MEMBER, {BOARD_CHAIR}),
        ((DISSOLVED,), None, set()),
    ],
)
def test_a_chair_runs_the_board_until_something_keeps_him_away(
    events: tuple[b.AnyBoardEvent, ...], chair: UUID | None, out: set[UUID]
) -> None:
    after = board(*events)

    assert (after.chair_now, set(after.out)) == (chair, out)


async def opened(on: Stage, *events: Event, authority: str = CHAIR, **review: Any) -> None:
    """A review that was opened on the first day; what is a board's has its own stream."""
    begun = (ex.proposed(authority_post=authority, **review), ex.review_opened(processing=None, limitation=()))
    for event in (*begun, *events):
        stream = "board" if isinstance(event, b.BoardEvent) else "review"
        on.publish(event, day(0), stream=stream)


async def told(on: Stage, rule: StallRule) -> list[str]:
    return [name for alert in await on.alerts() if alert["rule"] == rule for name in alert["told"]]


async def test_the_secretary_hears_first_and_as_the_person_he_is(on: Stage) -> None:
    await opened(on, APPOINTED)
    await on.settle(evening(3))

    assert await told(on, StallRule.REVIEW_NOT_NOTIFIED) == [str(SECRETARY)]
    [alert] = await on.alerts()
    assert alert["owner_post"] == DEPARTMENT_HEAD
    assert {(row["person_id"], row["post_id"], row["personal"]) for row in await on.deliveries()} == {
        (SECRETARY, DEPARTMENT_HEAD, True)
    }


async def test_then_the_authority_hears_by_its_post(on: Stage) -> None:
    await opened(on, APPOINTED)
    await on.settle(evening(9))

    assert await told(on, StallRule.REVIEW_NOT_NOTIFIED) == sorted([str(SECRETARY), CHAIR])
    assert [row["personal"] for row in await on.deliveries() if row["post_id"] == CHAIR] == [False, False]


async def test_without_a_secretary_the_authority_hears_first(on: Stage) -> None:
    await opened(on)
    await on.settle(evening(3))

    assert await told(on, StallRule.REVIEW_NOT_NOTIFIED) == [CHAIR]


async def test_a_board_that_does_not_vote_is_its_chairs_to_mend(on: Stage) -> None:
    await opened(on, APPOINTED, NOTIFIED, MET, ESTABLISHED, REFERRED, HEARD)
    await on.settle(evening(3))

    assert await told(on, StallRule.REVIEW_NO_RECOMMENDATION) == [str(BOARD_CHAIR)]


@pytest.mark.parametrize("out", [RECUSED, RELATED])
async def test_a_chair_who_takes_no_part_hears_nothing(on: Stage, out: b.AnyBoardEvent) -> None:
    await opened(on, APPOINTED, NOTIFIED, MET, ESTABLISHED, out, REFERRED, HEARD)
    await on.settle(evening(3))

    assert await told(on, StallRule.REVIEW_NO_RECOMMENDATION) == [CHAIR]
    assert {row["person_id"] for row in await on.deliveries()}.isdisjoint({BOARD_CHAIR})


async def test_a_recused_member_is_passed_over_in_whatever_office_he_holds(on: Stage) -> None:
    """He heads the inspectorate, the last step."""
    out = RECUSED.model_copy(update={"person_id": MEMBER})
    await opened(on, APPOINTED, NOTIFIED, MET, ESTABLISHED, out, REFERRED, HEARD)
    await on.settle(evening(30))

    assert CHIEF not in await told(on, StallRule.REVIEW_NO_RECOMMENDATION)
    assert MEMBER not in {row["person_id"] for row in await on.deliveries()}


async def test_who_is_recused_while_an_alert_climbs_is_not_delivered_to(on: Stage) -> None:
    await opened(on, APPOINTED, NOTIFIED, MET, ESTABLISHED, REFERRED, HEARD)
    await on.settle(evening(3))
    on.publish(RECUSED.model_copy(update={"person_id": MEMBER}), day(4), stream="board")
    await on.settle(evening(30))

    assert MEMBER not in {row["person_id"] for row in await on.deliveries()}


# -- whom only the organisation speaks against ----------------------------------------------------------------------

BELOW = Subject(
    kind=SubjectKind.CIVIL_SERVANT, agency_id=COMMUNE, person_id=person(f"head of {COMMUNE}"), post_id=f"{COMMUNE}-head"
)
"""The chair of the board heads the district above him, and has declared nothing."""
ADMITTED = ESTABLISHED.model_copy(
    update={"admissions": (b.Admission(person_id=BOARD_CHAIR, ground=b.ConflictGround.SUPERIOR, reasons=DOCUMENT),)}
)


@pytest.mark.parametrize(("board_as", "hears"), [(ESTABLISHED, CHAIR), (ADMITTED, str(BOARD_CHAIR))])
async def test_a_chair_whom_the_organisation_speaks_against_hears_nothing_unless_he_was_admitted(
    on: Stage, board_as: b.BoardEstablished, hears: str
) -> None:
    await opened(on, APPOINTED, NOTIFIED, MET, board_as, REFERRED, HEARD, subject=BELOW)
    await on.settle(evening(3))

    assert await told(on, StallRule.REVIEW_NO_RECOMMENDATION) == [hears]


async def test_a_member_whom_the_organisation_speaks_against_is_passed_over_in_whatever_office_he_holds(
    on: Stage,
) -> None:
    """He heads the inspectorate, the last step, and sits; the subject is one of his own."""
    his = BELOW.model_copy(update={"agency_id": INSPECTORATE, "person_id": ex.OTHER, "post_id": "x"})
    await opened(on, APPOINTED, NOTIFIED, MET, ESTABLISHED, REFERRED, HEARD, subject=his)
    await on.settle(evening(30))

    assert CHIEF not in await told(on, StallRule.REVIEW_NO_RECOMMENDATION)
    assert MEMBER not in {row["person_id"] for row in await on.deliveries()}


async def test_a_member_who_is_moved_to_the_subjects_unit_while_an_alert_climbs_is_not_delivered_to(on: Stage) -> None:
    await opened(on, APPOINTED, NOTIFIED, MET, ESTABLISHED, REFERRED, HEARD, subject=BELOW)
    await on.settle(evening(3))
    post = PostCreated(
        authority_id=PROVINCE,
        valid_from=day(4).date(),
        post_id="deputy",
        agency_id=COMMUNE,
        kind=PostKind.DEPUTY,
        title=Name(vi="Phó", en="Deputy"),
        official_kind=SubjectKind.CIVIL_SERVANT,
    )
    on.publish(post, day(4), stream="organisation")
    on.publish(
        PostFilled(authority_id=PROVINCE, valid_from=day(4).date(), post_id="deputy", person_id=MEMBER, acting=False),
        day(4),
        stream="organisation",
    )
    await on.settle(evening(30))

    assert MEMBER not in {row["person_id"] for row in await on.deliveries()}


# -- whose seat is vacant -----------------------------------------------------------------------------------------


def vacate(on: Stage, post_id: str, number: int) -> None:
    left = PostVacated(authority_id=PROVINCE, valid_from=day(number).date(), post_id=post_id)
    on.publish(left, day(number), stream="organisation")


async def test_a_chair_who_no_longer_holds_the_post_of_his_seat_hears_nothing_as_chair(on: Stage) -> None:
    vacate(on, POSTS[BOARD_CHAIR], 0)
    await opened(on, APPOINTED, NOTIFIED, MET, ESTABLISHED, REFERRED, HEARD)
    await on.settle(evening(3))

    assert await told(on, StallRule.REVIEW_NO_RECOMMENDATION) == [CHAIR]


async def test_the_reviews_own_secretary_keeps_its_file_whatever_becomes_of_his_seat(on: Stage) -> None:
    seats = [
        one.model_copy(update={"post_id": "x"}) if one.person_id == SECRETARY else one for one in ESTABLISHED.seats
    ]
    vacant = ESTABLISHED.model_copy(update={"seats": tuple(seats)})
    await opened(on, APPOINTED, NOTIFIED, MET, vacant, REFERRED)
    await on.settle(evening(15))

    assert await told(on, StallRule.REVIEW_NO_HEARING) == [str(SECRETARY)]


async def test_nor_is_a_step_delivered_to_him_that_named_him_while_he_did(on: Stage) -> None:
    """The secretary is told first, the board's chair two working days later."""
    await opened(on, APPOINTED, NOTIFIED, MET, ESTABLISHED, REFERRED)
    [first, *_] = [wait for wait in await on.settle(evening(15)) if isinstance(wait, AlertOpened)]
    vacate(on, POSTS[BOARD_CHAIR], 16)
    await on.settle(evening(15 + 3))

    assert (BOARD_CHAIR,) in [(step.person_id,) for step in first.ladder]
    assert BOARD_CHAIR not in {row["person_id"] for row in await on.deliveries()}


# -- a collective's matter ------------------------------------------------------------------------------------------

COLLECTIVE = Subject(kind=SubjectKind.COLLECTIVE, agency_id=DEPARTMENT, person_id=None, post_id=None)


def stayed_there(on: Stage, who: UUID, first: int, left: int | None) -> None:
    """Somebody is a deputy in the reviewed department too, from one day until another."""
    begun = {"authority_id": PROVINCE, "post_id": "deputy"}
    post = PostCreated(
        **begun,
        valid_from=day(0).date(),
        agency_id=DEPARTMENT,
        kind=PostKind.DEPUTY,
        title=Name(vi="Phó giám đốc", en="Deputy director"),
        official_kind=SubjectKind.CIVIL_SERVANT,
    )
    on.publish(post, day(0), stream="organisation")
    held = PostFilled(**begun, valid_from=day(first).date(), person_id=who, acting=False)
    on.publish(held, day(first), stream="organisation")
    if left is not None:
        on.publish(PostVacated(**begun, valid_from=day(left).date()), day(left), stream="organisation")


async def climbed(on: Stage) -> list[str]:
    """Who hears, by the end of the ladder, that nobody has notified the collective."""
    await opened(on, subject=COLLECTIVE)
    await on.settle(evening(30))
    return await told(on, StallRule.REVIEW_NOT_NOTIFIED)


async def test_who_belonged_to_the_collective_at_the_fact_hears_nothing_wherever_he_sits_today(on: Stage) -> None:
    """He was its deputy on the day of the fact, and heads the inspectorate."""
    stayed_there(on, MEMBER, 0, 1)

    assert await climbed(on) == [CHAIR]
    assert MEMBER not in {row["person_id"] for row in await on.deliveries()}


async def test_who_belonged_to_it_when_no_fact_was_hears_like_anybody(on: Stage) -> None:
    stayed_there(on, MEMBER, 1, 2)

    assert await climbed(on) == sorted([CHAIR, CHIEF])


async def test_a_fact_that_is_added_concerns_who_was_there_on_its_day(on: Stage) -> None:
    stayed_there(on, MEMBER, 1, 2)
    further = ex.proposed().basis[0].model_copy(update={"finding_id": ex.OTHER, "fact_date": day(1).date()})
    on.publish(ex.proposed(subject=COLLECTIVE, authority_post=CHAIR), day(0), stream="review")
    on.publish(ReviewBasisAdded(review_id=ex.REVIEW_ID, item=further), day(2), stream="review")
    await on.settle(evening(30))

    assert await told(on, StallRule.REVIEW_NOT_OPENED) == [CHAIR]


async def test_who_belongs_to_it_today_hears_nothing_either(on: Stage) -> None:
    stayed_there(on, MEMBER, 2, None)

    assert await climbed(on) == [CHAIR]


async def test_a_review_that_is_proposed_anew_still_concerns_who_was_there_at_its_first_fact(on: Stage) -> None:
    stayed_there(on, MEMBER, 0, 1)
    fresh = ex.proposed().basis[0].model_copy(update={"finding_id": ex.OTHER, "fact_date": day(3).date()})
    refused = ReviewRefused(review_id=ex.REVIEW_ID, refused_by=ex.PERSON, reasons=DOCUMENT)
    for event in (ex.proposed(subject=COLLECTIVE), refused, ex.proposed(subject=COLLECTIVE, basis=(fresh,))):
        on.publish(event, day(4), stream="review")
    await on.settle(evening(40))

    assert CHIEF not in await told(on, StallRule.REVIEW_NOT_OPENED)


async def test_a_case_that_an_earlier_release_kept_without_its_facts_learns_them(on: Stage) -> None:
    """The topic is read again from its beginning."""
    told = on.publish(ex.proposed(subject=COLLECTIVE), day(0), stream="review")
    await on.settle(evening(1))
    pool = on.store.pool
    await pool.execute("update stall_case set state = (state::jsonb - 'facts')::json where case_kind = 'review'")

    async with transaction(pool) as connection:
        await fold_facts(connection, [told])

    kept = await pool.fetchval("select state->'facts'->>0 from stall_case where case_id = $1", ex.REVIEW_ID)
    assert kept == str(ex.MONDAY)


async def test_who_may_take_it_over_hears_in_the_place_of_a_chair_whose_own_matter_it_is(on: Stage) -> None:
    """The chair was the department's deputy at the fact; the authority's own deputy has nothing to do with it."""
    begun = {"authority_id": PROVINCE, "valid_from": day(0).date()}
    deputy = PostCreated(
        **begun,
        post_id="deputy-chair",
        agency_id=PROVINCE,
        kind=PostKind.DEPUTY,
        title=Name(vi="Phó Chủ tịch", en="Deputy chair"),
        official_kind=SubjectKind.CADRE,
    )
    held = PostFilled(**begun, post_id="deputy-chair", person_id=person("deputy chair"), acting=False)
    for event in (deputy, held):
        on.publish(event, day(0), stream="organisation")
    stayed_there(on, person(f"head of {PROVINCE}"), 0, 1)

    assert await climbed(on) == sorted(["deputy-chair", CHIEF])


async def test_once_it_is_taken_over_the_new_authority_hears(on: Stage) -> None:
    taken = ReviewTakenOver(
        review_id=ex.REVIEW_ID, from_post=CHAIR, authority_post=OWNER, taken_by=ex.PERSON, reasons=DOCUMENT
    )
    await opened(on, taken, subject=COLLECTIVE)
    await on.settle(evening(3))

    assert await told(on, StallRule.REVIEW_NOT_NOTIFIED) == [OWNER]


async def test_a_question_about_the_chair_is_told_to_who_may_take_it_over(on: Stage) -> None:
    begun = {"authority_id": PROVINCE, "valid_from": day(0).date()}
    title = Name(vi="Phó Chủ tịch", en="Deputy chair")
    kind, cadre = PostKind.DEPUTY, SubjectKind.CADRE
    deputy = PostCreated(
        **begun, post_id="deputy-chair", agency_id=PROVINCE, kind=kind, title=title, official_kind=cadre
    )
    held = PostFilled(**begun, post_id="deputy-chair", person_id=person("deputy chair"), acting=False)
    for event in (deputy, held):
        on.publish(event, day(0), stream="organisation")
    question = raised(1)
    himself = question.subject.model_copy(update={"person_id": person(f"head of {PROVINCE}")})
    terms = question.terms.model_copy(update={"authority_post": CHAIR})
    on.publish(question.model_copy(update={"subject": himself, "terms": terms}), day(0), stream="question")
    await on.settle(evening(11))

    assert await told(on, StallRule.RESPONSIBILITY_UNANSWERED) == ["deputy-chair"]


async def test_once_the_question_is_taken_over_the_new_authority_is_told_alone(on: Stage) -> None:
    terms = raised(1).terms.model_copy(update={"authority_post": CHAIR})
    taken = ResponsibilityTakenOver(
        finding_id=ex.FINDING_ID, from_post=CHAIR, authority_post=OWNER, taken_by=ex.PERSON, reasons=DOCUMENT
    )
    on.publish(raised(1).model_copy(update={"terms": terms}), day(0), stream="question")
    on.publish(taken, day(1), stream="question")
    await on.settle(evening(11))

    assert await told(on, StallRule.RESPONSIBILITY_UNANSWERED) == [OWNER]


# -- complaints -----------------------------------------------------------------------------------------------------


async def test_a_second_complaint_is_the_authority_aboves_to_answer(on: Stage) -> None:
    second = FILED.model_copy(update={"instance": Instance.SECOND})
    await opened(on, APPOINTED, NOTIFIED, MET, SERVED, second, authority=OWNER)
    await on.settle(evening(31))
    first, above = OWNER, SUPERIOR

    assert await told(on, StallRule.COMPLAINT_UNANSWERED) == [above]
    await on.settle(evening(60))
    assert first not in await told(on, StallRule.COMPLAINT_UNANSWERED)
    assert CHIEF in await told(on, StallRule.COMPLAINT_UNANSWERED)


async def test_a_first_complaint_is_the_authoritys_own(on: Stage) -> None:
    await opened(on, APPOINTED, NOTIFIED, MET, SERVED, FILED, authority=OWNER)
    await on.settle(evening(31))

    assert await told(on, StallRule.COMPLAINT_UNANSWERED) == [f"{COMMUNE}-head"]
