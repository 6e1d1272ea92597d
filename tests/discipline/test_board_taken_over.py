"""Once a review of the board's is taken over, whoever is competent for it now is the board's authority too."""

import pytest

from discipline.boards.commands import DecideRecusal, FollowTakeOver
from discipline.boards.refusals import RecusalNotYoursToDecide
from schemas.base import Event
from schemas.discipline.boards import BoardDissolved, BoardTakenOver, RecusalGranted, RecusalRequested
from tests.discipline import board_samples as b
from tests.discipline.samples import document, named, person, place
from tests.specification import given

DEPUTY = person(place("deputy", ("province",), b.AUTHORITY.places[0].kind), name="deputy")
FOLLOW = FollowTakeOver(b.REVIEW, ("chair",), "deputy")
TAKEN = BoardTakenOver(board_id=b.ID, review_id=b.REVIEW, from_post="chair", authority_post="deputy")
CHAIRMAN, WHY = b.CHAIRMAN.person_id, document("why")
ASKED = RecusalRequested(board_id=b.ID, person_id=CHAIRMAN, asked_by=CHAIRMAN, reasons=WHY)
GRANTED = RecusalGranted(board_id=b.ID, person_id=CHAIRMAN, decided_by=DEPUTY.person_id, reasons=WHY)


def test_the_board_follows_its_review_once() -> None:
    given(b.BOARD, b.ESTABLISHED).when(FOLLOW).then(TAKEN).when(FOLLOW).then()


def test_the_new_authority_decides_on_its_chair_and_the_old_one_no_more() -> None:
    taken = given(b.BOARD, b.ESTABLISHED, ASKED, TAKEN)
    grant = DecideRecusal(DEPUTY, CHAIRMAN, True, WHY, b.STANDING)

    taken.when(DecideRecusal(b.AUTHORITY, CHAIRMAN, True, WHY, b.STANDING)).refused(RecusalNotYoursToDecide("deputy"))
    taken.when(grant).then(GRANTED)


def test_it_follows_from_whoever_it_had_however_often_the_review_was_taken_over() -> None:
    again = FollowTakeOver(b.REVIEW, ("chair", "deputy"), "other")

    given(b.BOARD, b.ESTABLISHED).when(again).then(TAKEN.model_copy(update={"authority_post": "other"}))


@pytest.mark.parametrize(
    ("command", "history"),
    [
        (FollowTakeOver(named("another"), ("chair",), "deputy"), ()),
        (FollowTakeOver(b.REVIEW, ("somebody",), "deputy"), ()),
        (FOLLOW, (BoardDissolved(board_id=b.ID),)),
    ],
    ids=["not its review", "not from its authority", "dissolved"],
)
def test_otherwise_it_stays_as_it_is(command: FollowTakeOver, history: tuple[Event, ...]) -> None:
    given(b.BOARD, b.ESTABLISHED, *history).when(command).then()
