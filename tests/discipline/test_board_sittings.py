"""Sittings: convened and opened by chair or secretary, with a quorum or not at all; votes are called in them."""

import dataclasses

import pytest

from discipline.boards.commands import CallVote, CloseSitting, ConveneSitting, EndReview, EndVote, OpenSitting
from discipline.boards.refusals import (
    ChoicesRepeated,
    DeclarationMissing,
    HeardByTooFew,
    MemberMayNotTakePart,
    NotChairNorSecretary,
    NotOnBoard,
    QuorumMissing,
    RecusalPending,
    ReviewNotGoingOn,
    ReviewNotHeard,
    ReviewNotOfBoard,
    SittingInPast,
    SittingNotConvened,
    SittingNotOpen,
    SittingNotOver,
    SittingNotYet,
    VoteUnderWay,
)
from discipline.boards.state import ballot_id
from discipline.standing import Person
from schemas.discipline.boards import (
    BoardDissolved,
    BoardReviewEnded,
    BoardVoteCalled,
    BoardVoteEnded,
    SittingClosed,
    StatedNumber,
)
from tests.discipline import samples
from tests.discipline.board_samples import (
    AUTHORITY,
    BOARD,
    CHAIRMAN,
    CHOICES,
    CONVENED,
    DECLARED,
    ESTABLISHED,
    ID,
    IDS,
    KEY,
    MEMBERS,
    PEOPLE,
    REVIEW,
    SECRETARY,
    SITTING,
    STANDING,
    declared,
    opened,
    standing,
)
from tests.discipline.samples import document, moment, named, person
from tests.discipline.test_board_recusals import asked, granted
from tests.specification import given

FOUR_NEEDED = QuorumMissing(3, 4, "decision", "", "")
THREE = MEMBERS[:3]


def convene(by: Person = SECRETARY, *reviews: object) -> ConveneSitting:
    at, held_at = moment("2025-04-28"), moment("2025-05-05")
    return ConveneSitting(by, at, held_at, reviews or (REVIEW,), document("agenda"), STANDING)  # type: ignore[arg-type]


def open_with(*names: str, by: Person = SECRETARY) -> OpenSitting:
    return OpenSitting(by, moment("2025-05-05"), tuple(named(name) for name in names), STANDING)


# -- convening --------------------------------------------------------------------------------------------------------


def test_the_secretary_invites_all_who_may_take_part() -> None:
    given(BOARD, ESTABLISHED).when(convene()).then(CONVENED)


def test_who_is_recused_is_not_invited() -> None:
    invited = tuple(id_ for id_ in IDS if id_ != named("health"))

    given(BOARD, ESTABLISHED, asked(), granted()).when(convene()).then(CONVENED.model_copy(update={"invited": invited}))


def test_a_board_that_lost_its_quorum_is_not_convened() -> None:
    history = ESTABLISHED, asked(), granted(), asked("justice"), granted("justice")

    given(BOARD, *history).when(convene()).refused(FOUR_NEEDED)


def test_a_quorum_that_a_row_states_is_refused_with_the_row() -> None:
    stated = StatedNumber(number=5, rule_id="some-row", instrument="Decree X", article="7")
    history = ESTABLISHED.model_copy(update={"quorum": stated}), asked(), granted()

    given(BOARD, *history).when(convene()).refused(QuorumMissing(4, 5, "row", "some-row", "Decree X"))


@pytest.mark.parametrize("by", [AUTHORITY, PEOPLE["health"], person(samples.OUTSIDER)])
def test_only_chair_and_secretary_run_sittings(by: Person) -> None:
    given(BOARD, ESTABLISHED).when(convene(by)).refused(NotChairNorSecretary)


def test_a_chair_who_is_recused_runs_nothing() -> None:
    history = ESTABLISHED, asked("home-affairs"), granted("home-affairs", AUTHORITY)

    given(BOARD, *history).when(convene(CHAIRMAN)).refused(MemberMayNotTakePart(CHAIRMAN.person_id))


def test_a_sitting_lies_ahead_and_is_about_the_boards_reviews() -> None:
    late = dataclasses.replace(convene(), held_at=moment("2025-04-27"))

    given(BOARD, ESTABLISHED).when(late).refused(SittingInPast)
    given(BOARD, ESTABLISHED).when(convene(SECRETARY, named("other"))).refused(ReviewNotOfBoard(named("other")))
    given(BOARD, ESTABLISHED, CONVENED).when(convene()).refused(SittingNotOver(1))


# -- opening ----------------------------------------------------------------------------------------------------------


def test_it_is_opened_with_those_who_are_there() -> None:
    given(BOARD, ESTABLISHED, *DECLARED, CONVENED).when(open_with(*MEMBERS[:4])).then(opened(*MEMBERS[:4]))


def test_without_a_quorum_the_board_does_not_sit() -> None:
    given(BOARD, ESTABLISHED, *DECLARED, CONVENED).when(open_with(*THREE)).refused(FOUR_NEEDED)


def test_nobody_is_counted_twice() -> None:
    given(BOARD, ESTABLISHED, *DECLARED, CONVENED).when(open_with(*THREE, THREE[0])).refused(FOUR_NEEDED)


def test_nobody_sits_who_may_not_or_has_not_declared() -> None:
    ready = ESTABLISHED, *DECLARED, CONVENED
    undeclared = ESTABLISHED, *DECLARED[:4], CONVENED
    related = ESTABLISHED, *DECLARED[:4], CONVENED, declared("health", related=True), asked()

    given(BOARD, *ready).when(open_with(*MEMBERS, "culture")).refused(NotOnBoard(named("culture")))
    given(BOARD, *undeclared).when(open_with(*MEMBERS)).refused(DeclarationMissing(named("health")))
    given(BOARD, *related).when(open_with(*MEMBERS)).refused(MemberMayNotTakePart(named("health")))


def test_there_must_be_a_sitting_to_open() -> None:
    given(BOARD, ESTABLISHED).when(open_with(*MEMBERS)).refused(SittingNotConvened)
    given(BOARD, *SITTING).when(open_with(*MEMBERS)).refused(SittingNotConvened)


# -- closing ----------------------------------------------------------------------------------------------------------

CLOSE = CloseSitting(SECRETARY, document("minutes"), STANDING)
CLOSED = SittingClosed(board_id=ID, sitting=1, minutes=document("minutes"), closed_by=SECRETARY.person_id)


def test_it_is_not_opened_before_the_moment_for_which_they_were_invited() -> None:
    early = dataclasses.replace(open_with(*MEMBERS), at=moment("2025-05-04"))
    late = dataclasses.replace(early, at=moment("2025-05-06"))

    given(BOARD, ESTABLISHED, *DECLARED, CONVENED).when(early).refused(SittingNotYet(moment("2025-05-05")))
    given(BOARD, ESTABLISHED, *DECLARED, CONVENED).when(late).then(opened())


def test_it_is_closed_with_its_minutes_and_another_follows() -> None:
    after = given(BOARD, *SITTING).when(CLOSE).then(CLOSED)

    after.when(convene()).then(CONVENED.model_copy(update={"sitting": 2}))
    given(BOARD, ESTABLISHED, CONVENED).when(CLOSE).refused(SittingNotOpen)


# -- votes ------------------------------------------------------------------------------------------------------------


def call(*history: object, by: Person = SECRETARY, **but: object) -> CallVote:
    state = given(BOARD, *(history or SITTING)).state  # type: ignore[arg-type]  # events
    assert state is not None
    command = CallVote(by, ballot_id(state), REVIEW, CHOICES, KEY, IDS, True, STANDING)
    return dataclasses.replace(command, **but)  # type: ignore[arg-type]  # the test's own values


def called(voters: tuple[object, ...] = IDS) -> BoardVoteCalled:
    return BoardVoteCalled(
        board_id=ID,
        ballot_id=call().ballot_id,
        review_id=REVIEW,
        sitting=1,
        voters=voters,
        choices=CHOICES,
        key=KEY,
        called_by=SECRETARY.person_id,
    )


def test_those_who_are_there_and_have_a_vote_vote() -> None:
    four = (*SITTING[:-1], opened(*MEMBERS[:4]))

    given(BOARD, *SITTING).when(call()).then(called())
    given(BOARD, *four).when(call(*four)).then(called(IDS[:4]))


def test_a_sitting_ends_with_its_board_and_nobody_votes_in_it_on_one_that_is_established_anew() -> None:
    """Nobody has declared on the new board: its first sitting is convened, and opened with those who have."""
    over = BoardReviewEnded(board_id=ID, review_id=REVIEW), BoardDissolved(board_id=ID)
    anew = given(BOARD, *SITTING, *over, ESTABLISHED)

    anew.when(call()).refused(SittingNotOpen())
    anew.when(CLOSE).refused(SittingNotOpen())
    anew.when(convene()).then(CONVENED.model_copy(update={"sitting": 2}))


def test_who_joined_the_board_after_the_hearing_does_not_vote_on_it() -> None:
    """Four who heard it are the quorum; the fifth sits with them, and has no paper."""
    given(BOARD, *SITTING).when(call(heard_by=IDS[:4])).then(called(IDS[:4]))


def test_where_too_few_of_those_who_heard_it_are_there_nobody_votes() -> None:
    given(BOARD, *SITTING).when(call(heard_by=IDS[:3])).refused(HeardByTooFew(REVIEW, 3, 4, "decision", "", ""))


def test_nobody_votes_on_what_the_board_has_not_heard() -> None:
    given(BOARD, *SITTING).when(call(heard_by=())).refused(ReviewNotHeard(REVIEW))


def test_nobody_votes_on_a_review_that_has_ended() -> None:
    given(BOARD, *SITTING).when(call(going_on=False)).refused(ReviewNotGoingOn(REVIEW))


def test_a_member_recused_in_the_middle_of_a_sitting_takes_the_quorum_with_him() -> None:
    history = (*SITTING[:-1], opened(*MEMBERS[:4]), asked("justice"), granted("justice"))

    given(BOARD, *history).when(call(*history)).refused(FOUR_NEEDED)


def test_a_member_whom_the_organisation_speaks_against_today_does_not_vote() -> None:
    moved = standing(person(samples.COLLEAGUE, name="health"))

    given(BOARD, *SITTING).when(call(standing=moved)).then(called(IDS[:4]))


def test_a_vote_waits_until_who_may_sit_is_decided() -> None:
    history = (*SITTING, asked())

    given(BOARD, *history).when(call(*history)).refused(RecusalPending(named("health")))


def test_there_is_one_vote_at_a_time_and_the_second_caller_is_told_of_it() -> None:
    again = call(*SITTING, called())

    given(BOARD, *SITTING, called()).when(again).refused(VoteUnderWay(called().ballot_id))
    given(BOARD, *SITTING, called()).when(CLOSE).refused(VoteUnderWay(called().ballot_id))
    given(BOARD, *SITTING, called()).when(EndReview(REVIEW)).refused(VoteUnderWay(called().ballot_id))


def test_who_decided_on_a_vote_that_is_over_calls_no_other() -> None:
    ended = BoardVoteEnded(board_id=ID, ballot_id=called().ballot_id, counted=True)

    given(BOARD, *SITTING, called(), ended).when(call()).refused(VoteUnderWay(called().ballot_id))


def test_a_vote_is_about_a_review_on_the_agenda_and_offers_each_choice_once() -> None:
    given(BOARD, *SITTING).when(call(review_id=named("other"))).refused(ReviewNotOfBoard(named("other")))
    given(BOARD, *SITTING).when(call(choices=("warning", "warning"))).refused(ChoicesRepeated("warning"))
    given(BOARD, ESTABLISHED, CONVENED).when(call()).refused(SittingNotOpen)


def test_a_vote_ends_once() -> None:
    end = EndVote(called().ballot_id, True)
    ended = BoardVoteEnded(board_id=ID, ballot_id=called().ballot_id, counted=True)

    given(BOARD, *SITTING, called()).when(end).then(ended).when(end).then()
