"""What a board waits for, and who owes it."""

from uuid import UUID

import pytest

from discipline.boards.owed import BoardDebtor, BoardOwed, BoardStep, OfBoard, owed
from discipline.reviews.state import ReviewStatus
from schemas.discipline.boards import BoardDissolved, BoardVoteCalled, SittingClosed
from tests.discipline import board_samples as b
from tests.discipline import samples as s
from tests.discipline import test_board_recusals as recusals
from tests.discipline import test_board_sittings as sittings
from tests.specification import given

CALLED: BoardVoteCalled = sittings.called()
CLOSED = SittingClosed(board_id=b.ID, sitting=1, minutes=s.document("minutes"), closed_by=b.SECRETARY.person_id)
BEFORE, HEARD, RECOMMENDED = ReviewStatus.BEFORE_BOARD, ReviewStatus.HEARD, ReviewStatus.RECOMMENDED


def missing(
    *history: object, status: ReviewStatus = BEFORE, heard_by: tuple[UUID, ...] = b.IDS, voted: bool = False
) -> tuple[BoardOwed, ...]:
    state = given(b.BOARD, *history).state  # type: ignore[arg-type]  # events
    assert state is not None
    return owed(state, b.STANDING, {b.REVIEW: OfBoard(status, heard_by, voted)})


def one(step: BoardStep, by: BoardDebtor, *review_ids: UUID) -> tuple[BoardOwed, ...]:
    return (BoardOwed(step, by, review_ids=review_ids),)


def test_first_everybody_declares() -> None:
    [declarations, *_] = missing(b.established())

    assert declarations == BoardOwed(BoardStep.DECLARATIONS, BoardDebtor.MEMBERS, b.IDS)


@pytest.mark.parametrize(
    ("history", "status", "expected"),
    [
        (b.SITTING[:-2], BEFORE, one(BoardStep.CONVOCATION, BoardDebtor.SECRETARY, b.REVIEW)),
        (b.SITTING[:-2], ReviewStatus.OPEN, ()),
        (b.SITTING[:-1], BEFORE, one(BoardStep.OPENING, BoardDebtor.SECRETARY, b.REVIEW)),
        (b.SITTING, BEFORE, ()),
        (b.SITTING, HEARD, one(BoardStep.VOTE, BoardDebtor.CHAIR, b.REVIEW)),
        ((*b.SITTING, CALLED), HEARD, one(BoardStep.COUNT, BoardDebtor.CHAIR)),
        (b.SITTING, RECOMMENDED, one(BoardStep.MINUTES, BoardDebtor.SECRETARY)),
        ((*b.SITTING, CLOSED), RECOMMENDED, ()),
        ((*b.SITTING, BoardDissolved(board_id=b.ID)), HEARD, ()),
    ],
)
def test_each_step_waits_for_the_next_one(
    history: tuple[object, ...], status: ReviewStatus, expected: tuple[BoardOwed, ...]
) -> None:
    assert missing(*history, status=status) == expected


@pytest.mark.parametrize(
    ("history", "expected"),
    [(b.SITTING, one(BoardStep.MINUTES, BoardDebtor.SECRETARY)), ((*b.SITTING, CLOSED), ())],
)
def test_what_was_voted_on_waits_for_no_vote_and_no_sitting_any_more(
    history: tuple[object, ...], expected: tuple[BoardOwed, ...]
) -> None:
    """Its recommendation, which the review waits for, is written from the count."""
    assert missing(*history, status=HEARD, voted=True) == expected
    assert missing(*history, status=HEARD, heard_by=(), voted=True) == expected


def test_what_joined_after_the_vote_has_the_board_sit_again() -> None:
    [owed] = missing(*b.SITTING[:-2], status=BEFORE, voted=True)

    assert owed == BoardOwed(BoardStep.CONVOCATION, BoardDebtor.SECRETARY, review_ids=(b.REVIEW,))


def test_who_waits_for_a_decision_on_his_recusal_holds_it_up() -> None:
    [first, *_] = missing(*b.SITTING, recusals.asked("health"), status=HEARD)
    [of_chair, *_] = missing(*b.SITTING, recusals.asked("home-affairs"), status=HEARD)

    assert first == BoardOwed(BoardStep.RECUSALS, BoardDebtor.CHAIR, (s.named("health"),))
    assert of_chair == BoardOwed(BoardStep.RECUSALS, BoardDebtor.AUTHORITY, (s.named("home-affairs"),))


def test_while_the_chair_may_not_take_part_the_authority_decides_on_everybody() -> None:
    [first, *_] = missing(*b.SITTING, b.declared("home-affairs", related=True), recusals.asked("health"), status=HEARD)

    assert first == BoardOwed(BoardStep.RECUSALS, BoardDebtor.AUTHORITY, (s.named("health"),))


def test_a_board_that_lost_its_quorum_waits_for_the_authority() -> None:
    gone = [step(name) for name in ("health", "justice") for step in (recusals.asked, recusals.granted)]

    assert BoardOwed(BoardStep.REPLACEMENT, BoardDebtor.AUTHORITY) in missing(*b.SITTING, *gone)


def test_where_too_few_of_those_who_heard_it_are_left_it_has_to_be_heard_again() -> None:
    """Not called a vote, nor minutes: the secretary summons to a further hearing."""
    again = BoardOwed(BoardStep.FURTHER_HEARING, BoardDebtor.SECRETARY, review_ids=(b.REVIEW,))

    assert again in missing(*b.SITTING, status=HEARD, heard_by=b.IDS[:3])
    assert BoardStep.VOTE not in [one.step for one in missing(*b.SITTING, status=HEARD, heard_by=b.IDS[:3])]
    assert again not in missing(*b.SITTING, CALLED, status=HEARD, heard_by=b.IDS[:3])
