"""Recusal: asked for by whom it concerns, decided by who is not concerned, felt at once, never past a vote."""

import pytest

from discipline.boards.commands import AskRecusal, DecideRecusal, DeclareConflict
from discipline.boards.facts import board_before
from discipline.boards.refusals import (
    AlreadyRecused,
    BoardHasEnded,
    MayNotAskRecusal,
    NotOnBoard,
    RecusalAlreadyAsked,
    RecusalNotAsked,
    RecusalNotYoursToDecide,
    RecusalRefusedBefore,
    VoteUnderWay,
)
from discipline.boards.state import ballot_id, may_take_part
from discipline.standing import Person
from schemas.base import Event
from schemas.discipline.boards import (
    BoardDissolved,
    BoardReviewAdded,
    BoardReviewEnded,
    BoardVoteCalled,
    RecusalGranted,
    RecusalRefused,
    RecusalRequested,
)
from tests.discipline import samples
from tests.discipline.board_samples import (
    AUTHORITY,
    BOARD,
    CHAIRMAN,
    CHOICES,
    CLERK_TODAY,
    DECLARED,
    ESTABLISHED,
    ID,
    IDS,
    KEY,
    PEOPLE,
    REVIEW,
    SITTING,
    STANDING,
    declared,
    standing,
)
from tests.discipline.samples import document, named, person
from tests.specification import given

WHY = document("why")
HEALTH = named("health")
OUTSIDER = person(samples.OUTSIDER)


def asked(name: str = "health", by: Person = CLERK_TODAY) -> RecusalRequested:
    return RecusalRequested(board_id=ID, person_id=named(name), asked_by=by.person_id, reasons=WHY)


def granted(name: str = "health", by: Person = CHAIRMAN) -> RecusalGranted:
    return RecusalGranted(board_id=ID, person_id=named(name), decided_by=by.person_id, reasons=WHY)


def refused(name: str = "health", by: Person = CHAIRMAN) -> RecusalRefused:
    return RecusalRefused(board_id=ID, person_id=named(name), decided_by=by.person_id, reasons=WHY)


def grant(name: str = "health", by: Person = CHAIRMAN) -> DecideRecusal:
    return DecideRecusal(by, named(name), True, WHY, STANDING)


def takes_part(name: str, *history: Event) -> bool:
    state = given(BOARD, *history).state
    assert state is not None
    return may_take_part(state, named(name), STANDING)


VOTING = BoardVoteCalled(
    board_id=ID,
    ballot_id=named("ballot"),
    review_id=REVIEW,
    sitting=1,
    voters=IDS,
    choices=CHOICES,
    key=KEY,
    called_by=CHAIRMAN.person_id,
)

# -- declarations -----------------------------------------------------------------------------------------------------


def test_a_member_declares_that_nothing_ties_him() -> None:
    command = DeclareConflict(PEOPLE["health"], False, document("by health"))

    given(BOARD, ESTABLISHED).when(command).then(declared("health"))
    assert takes_part("health", ESTABLISHED, declared("health"))


def test_a_member_who_declares_a_relation_asks_to_be_recused_and_is_out_at_once() -> None:
    statement = document("by health")
    command = DeclareConflict(PEOPLE["health"], True, statement)
    request = RecusalRequested(board_id=ID, person_id=HEALTH, asked_by=HEALTH, reasons=statement)

    after = given(BOARD, ESTABLISHED).when(command).then(declared("health", related=True), request)
    assert not takes_part("health", *after.events)


def test_a_member_whose_declared_relation_was_judged_harmless_is_back() -> None:
    assert takes_part("health", ESTABLISHED, declared("health", related=True), asked(), refused())


def test_only_members_declare() -> None:
    given(BOARD, ESTABLISHED).when(DeclareConflict(OUTSIDER, False, WHY)).refused(NotOnBoard(OUTSIDER.person_id))


# -- asking -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [PEOPLE["health"], PEOPLE["justice"], CLERK_TODAY, AUTHORITY])
def test_the_member_another_member_the_subject_and_the_authority_may_ask(by: Person) -> None:
    given(BOARD, ESTABLISHED).when(AskRecusal(by, HEALTH, WHY)).then(asked(by=by))


def test_nobody_else_may_ask() -> None:
    given(BOARD, ESTABLISHED).when(AskRecusal(OUTSIDER, HEALTH, WHY)).refused(MayNotAskRecusal)
    given(BOARD, ESTABLISHED, asked(), granted()).when(AskRecusal(PEOPLE["health"], named("justice"), WHY)).refused(
        MayNotAskRecusal
    )


def test_it_is_asked_once_and_of_a_member() -> None:
    again = AskRecusal(CLERK_TODAY, HEALTH, WHY)

    given(BOARD, ESTABLISHED, asked()).when(again).refused(RecusalAlreadyAsked(HEALTH))
    given(BOARD, ESTABLISHED, asked(), granted()).when(again).refused(AlreadyRecused(HEALTH))
    given(BOARD, ESTABLISHED).when(AskRecusal(CLERK_TODAY, named("culture"), WHY)).refused(NotOnBoard(named("culture")))


REFUSED = (ESTABLISHED, asked(), refused())


def test_whoever_was_refused_does_not_ask_for_the_same_again() -> None:
    given(BOARD, *REFUSED).when(AskRecusal(CLERK_TODAY, HEALTH, WHY)).refused(RecusalRefusedBefore(HEALTH))


def test_with_new_facts_he_asks_again_and_after_the_next_refusal_needs_new_ones_again() -> None:
    again = AskRecusal(CLERK_TODAY, HEALTH, WHY, document("new facts"))
    request = asked().model_copy(update={"new_facts": document("new facts")})

    after = given(BOARD, *REFUSED).when(again).then(request)

    given(BOARD, *after.events, refused()).when(AskRecusal(CLERK_TODAY, HEALTH, WHY)).refused(
        RecusalRefusedBefore(HEALTH)
    )


def test_while_it_waits_new_facts_are_no_second_request() -> None:
    again = AskRecusal(CLERK_TODAY, HEALTH, WHY, document("new facts"))

    given(BOARD, ESTABLISHED, asked()).when(again).refused(RecusalAlreadyAsked(HEALTH))


@pytest.mark.parametrize(("by", "name"), [(PEOPLE["justice"], "health"), (CLERK_TODAY, "justice")])
def test_the_refusal_binds_nobody_else_and_speaks_of_nobody_else(by: Person, name: str) -> None:
    given(BOARD, *REFUSED).when(AskRecusal(by, named(name), WHY)).then(asked(name, by))


def test_a_new_subject_on_the_board_is_a_new_fact() -> None:
    added = BoardReviewAdded(
        board_id=ID, review_id=named("another"), subject=named("another subject"), admissions=(), added_by=HEALTH
    )

    given(BOARD, *REFUSED, added).when(AskRecusal(CLERK_TODAY, HEALTH, WHY)).then(asked())


def test_a_member_who_was_refused_does_not_stay_away_by_declaring_the_same_again() -> None:
    """His own request was refused, so he sits; a declared relation would bar him at once."""
    history = (ESTABLISHED, asked(by=PEOPLE["health"]), refused())

    given(BOARD, *history).when(DeclareConflict(PEOPLE["health"], True, WHY)).refused(RecusalRefusedBefore(HEALTH))
    assert given(BOARD, *history).when(DeclareConflict(PEOPLE["health"], False, WHY)).decided()


def test_that_somebody_asked_takes_nothing_from_the_member_yet() -> None:
    assert takes_part("health", ESTABLISHED, *DECLARED, asked())


# -- deciding ---------------------------------------------------------------------------------------------------------


def test_the_chair_decides_on_a_member_who_is_out_from_then_on() -> None:
    after = given(BOARD, ESTABLISHED, asked()).when(grant()).then(granted())

    assert not takes_part("health", *after.events)


def test_the_chair_may_refuse_with_reasons() -> None:
    command = DecideRecusal(CHAIRMAN, HEALTH, False, WHY, STANDING)

    given(BOARD, ESTABLISHED, asked()).when(command).then(refused())


@pytest.mark.parametrize("by", [PEOPLE["transport"], PEOPLE["health"], CLERK_TODAY, AUTHORITY, OUTSIDER])
def test_nobody_else_decides_on_a_member(by: Person) -> None:
    given(BOARD, ESTABLISHED, asked()).when(grant(by=by)).refused(RecusalNotYoursToDecide("chair"))


def test_the_authority_decides_on_the_chair_and_he_himself_never() -> None:
    history = ESTABLISHED, asked("home-affairs")

    given(BOARD, *history).when(grant("home-affairs")).refused(RecusalNotYoursToDecide("chair"))
    given(BOARD, *history).when(grant("home-affairs", AUTHORITY)).then(granted("home-affairs", AUTHORITY))


def test_while_the_chairs_own_recusal_waits_the_authority_decides_on_the_others() -> None:
    history = ESTABLISHED, asked("home-affairs"), asked()

    given(BOARD, *history).when(grant()).refused(RecusalNotYoursToDecide("chair"))
    given(BOARD, *history).when(grant(by=AUTHORITY)).then(granted(by=AUTHORITY))


def test_a_subject_decides_nothing_also_where_he_holds_the_authoritys_post() -> None:
    both = person(samples.CHAIR, samples.CLERK, name="official")

    given(BOARD, ESTABLISHED, asked("home-affairs")).when(grant("home-affairs", both)).refused(
        RecusalNotYoursToDecide("chair")
    )


def test_what_nobody_asked_for_is_not_decided() -> None:
    given(BOARD, ESTABLISHED).when(grant()).refused(RecusalNotAsked(HEALTH))


# -- a vote and a recusal never pass each other -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        DeclareConflict(PEOPLE["health"], True, WHY),
        AskRecusal(CLERK_TODAY, HEALTH, WHY),
        grant(),
    ],
)
def test_while_a_vote_goes_on_who_sits_does_not_change(command: object) -> None:
    given(BOARD, *SITTING, VOTING).when(command).refused(VoteUnderWay(named("ballot")))


def test_of_two_votes_that_are_called_at_once_both_mean_the_same_ballot() -> None:
    state = given(BOARD, *SITTING).state
    assert state is not None

    after = given(BOARD, *SITTING, VOTING).state
    assert after is not None
    assert ballot_id(state) == ballot_id(given(BOARD, *SITTING).state or state) != ballot_id(after)


# -- quorum is derived ------------------------------------------------------------------------------------------------


def test_with_two_members_recused_the_board_of_five_cannot_sit_though_nothing_says_so() -> None:
    state = given(BOARD, *SITTING, asked(), granted(), asked("justice"), granted("justice")).state
    assert state is not None

    before = board_before(state, STANDING)
    assert (len(before.able), before.quorum, before.quorum_stated_by) == (3, 4, "decision")
    assert before.sat == IDS[:3]


def test_a_secretary_who_is_recused_keeps_no_file() -> None:
    state = given(BOARD, *SITTING, asked("transport"), granted("transport")).state
    assert state is not None

    assert board_before(state, STANDING).keepers == {CHAIRMAN.person_id}


def test_a_member_who_moves_into_the_subjects_unit_is_out_on_that_day() -> None:
    state = given(BOARD, *SITTING).state
    assert state is not None
    moved = standing(person(samples.COLLEAGUE, name="health"))

    assert board_before(state, moved).sat == tuple(id_ for id_ in IDS if id_ != HEALTH)


def test_nothing_is_asked_of_a_board_that_has_ended() -> None:
    history = ESTABLISHED, BoardReviewEnded(board_id=ID, review_id=REVIEW), BoardDissolved(board_id=ID)

    given(BOARD, *history).when(AskRecusal(CLERK_TODAY, HEALTH, WHY)).refused(BoardHasEnded)
    assert not takes_part("health", *history)
