"""A secret ballot: one paper a voter, no count before the box is closed, none that would tell who chose what."""

import dataclasses
from collections.abc import Mapping
from datetime import timedelta

import pytest

from discipline.ballots.commands import Box, CloseRoll, CountBallots, RecordDissent, TakePaper, VoidBallot
from discipline.ballots.facts import ballot_result
from discipline.ballots.outcome import BallotOutcome
from discipline.ballots.refusals import (
    BallotIsOver,
    BallotUnknown,
    BoxNotOpen,
    BoxUntilTooSoon,
    ChoiceNameTaken,
    DissentAlreadyRecorded,
    MoreBallotsThanPapers,
    NotAVoter,
    NothingToDissentFrom,
    NotPresiding,
    PaperAlreadyTaken,
    RollBelowQuorum,
    RollNotOpen,
    TooFewToBeSecret,
)
from schemas.discipline.ballots import (
    BallotCounted,
    BallotVoided,
    ChoiceCount,
    DissentRecorded,
    VoidGround,
)
from schemas.refusal import Coded
from tests.discipline.board_samples import (
    AUTHORITY,
    BALLOT,
    BALLOT_ID,
    BOX_UNTIL,
    CALL,
    CALLED,
    CALLED_WITH,
    CHAIRMAN,
    CHOICES,
    DECIDED,
    IDS,
    MEMBERS,
    PAPERS,
    PEOPLE,
    ROLL_CLOSED,
    SECRETARY,
    paper,
    request_of,
)
from tests.discipline.samples import document, named
from tests.specification import given

BOX_OPEN = (CALLED, *PAPERS, ROLL_CLOSED)


def take(name: str = "health", request: str | None = None) -> TakePaper:
    return TakePaper(named(name), request or request_of(name))


# -- the roll ---------------------------------------------------------------------------------------------------------


def test_a_vote_is_called_once_and_who_finishes_a_call_that_was_cut_off_changes_nothing() -> None:
    given(BALLOT).when(CALL).then(CALLED)
    given(BALLOT, CALLED).when(CALL).then()


def test_with_two_voters_there_is_no_secret() -> None:
    two = dataclasses.replace(CALL, called=dataclasses.replace(CALLED_WITH, voters=IDS[:2]))

    given(BALLOT).when(two).refused(TooFewToBeSecret(2, 3))


@pytest.mark.parametrize("word", ["blank", "invalid"])
def test_no_choice_is_called_as_a_blank_or_a_spoilt_ballot(word: str) -> None:
    named_so = dataclasses.replace(CALL, called=dataclasses.replace(CALLED_WITH, choices=("warning", word)))

    given(BALLOT).when(named_so).refused(ChoiceNameTaken(word))


def test_a_voter_takes_a_paper_under_his_name() -> None:
    given(BALLOT, CALLED).when(take()).then(paper("health"))


def test_the_same_request_is_answered_again_and_another_one_refused() -> None:
    given(BALLOT, CALLED, paper("health")).when(take()).then()
    given(BALLOT, CALLED, paper("health")).when(take(request="ff" * 32)).refused(PaperAlreadyTaken)


def test_who_lost_his_paper_on_the_way_gets_it_after_the_roll_was_closed() -> None:
    given(BALLOT, *BOX_OPEN).when(take()).then()


def test_nobody_takes_a_paper_after_the_roll_was_closed() -> None:
    given(BALLOT, CALLED, *PAPERS[:4], ROLL_CLOSED).when(take()).refused(RollNotOpen(Coded("ballot-status", "box")))


def test_who_has_no_vote_takes_no_paper() -> None:
    given(BALLOT, CALLED).when(take("culture")).refused(NotAVoter)


def test_before_it_was_called_there_is_no_ballot() -> None:
    given(BALLOT).when(take()).refused(BallotUnknown)


# -- closing the roll -------------------------------------------------------------------------------------------------

CLOSE = CloseRoll(SECRETARY.person_id, BOX_UNTIL - timedelta(hours=1), BOX_UNTIL)


def test_the_secretary_closes_the_roll_and_the_box_opens() -> None:
    given(BALLOT, CALLED, *PAPERS).when(CLOSE).then(ROLL_CLOSED)


def test_a_roll_below_the_quorum_is_not_closed() -> None:
    given(BALLOT, CALLED, *PAPERS[:3]).when(CLOSE).refused(RollBelowQuorum(3, 4, "decision", "", ""))


def test_a_roll_of_two_is_not_closed_whatever_the_quorum() -> None:
    called = CALLED.model_copy(update={"quorum": DECIDED.model_copy(update={"number": 1})})

    given(BALLOT, called, *PAPERS[:2]).when(CLOSE).refused(TooFewToBeSecret(2, 3))


def test_the_box_stays_open_for_a_while() -> None:
    given(BALLOT, CALLED, *PAPERS).when(dataclasses.replace(CLOSE, box_until=CLOSE.at)).refused(BoxUntilTooSoon)


@pytest.mark.parametrize("by", [PEOPLE["health"].person_id, AUTHORITY.person_id])
def test_only_who_presides_closes_counts_and_voids(by: object) -> None:
    box = Box(5, {"warning": 5})

    given(BALLOT, CALLED, *PAPERS).when(dataclasses.replace(CLOSE, by=by)).refused(NotPresiding)  # type: ignore[arg-type]
    given(BALLOT, *BOX_OPEN).when(CountBallots(by, box)).refused(NotPresiding)  # type: ignore[arg-type]
    given(BALLOT, *BOX_OPEN).when(VoidBallot(by, document("why"))).refused(NotPresiding)  # type: ignore[arg-type]


# -- the count --------------------------------------------------------------------------------------------------------


def count(**totals: int) -> CountBallots:
    return CountBallots(CHAIRMAN.person_id, Box(sum(totals.values()), totals))


def counted(warning: int, reprimand: int = 0, *, blank: int = 0, invalid: int = 0, missing: int = 0) -> BallotCounted:
    totals = {"reprimand": reprimand, "warning": warning, "no-sanction": 0}
    return BallotCounted(
        ballot_id=BALLOT_ID,
        took_part=5,
        totals=tuple(ChoiceCount(choice=choice, ballots=totals[choice]) for choice in CHOICES),
        blank=blank,
        invalid=invalid,
        missing=missing,
        counted_by=CHAIRMAN.person_id,
    )


def test_the_count_says_how_many_chose_what_and_how_many_nothing() -> None:
    given(BALLOT, *BOX_OPEN).when(count(warning=2, reprimand=1, blank=1)).then(counted(2, 1, blank=1, missing=1))
    given(BALLOT, *BOX_OPEN).when(count(warning=4, invalid=1)).then(counted(4, invalid=1))


def test_nothing_is_counted_before_the_roll_is_closed_nor_twice() -> None:
    given(BALLOT, CALLED, *PAPERS).when(count(warning=5)).refused(BoxNotOpen(Coded("ballot-status", "roll")))
    given(BALLOT, *BOX_OPEN, counted(5)).when(count(warning=5)).refused(BoxNotOpen(Coded("ballot-status", "counted")))


@pytest.mark.parametrize("ballots", [0, 1, 2])
def test_a_box_of_too_few_ballots_is_void_and_nobody_learns_what_they_say(ballots: int) -> None:
    voided = BallotVoided(
        ballot_id=BALLOT_ID, ground=VoidGround.TOO_FEW_BALLOTS, reasons=None, voided_by=CHAIRMAN.person_id
    )

    given(BALLOT, *BOX_OPEN).when(count(warning=ballots)).then(voided)


def test_a_box_with_more_ballots_than_papers_is_not_counted() -> None:
    given(BALLOT, *BOX_OPEN).when(count(warning=6)).refused(MoreBallotsThanPapers(6, 5))


def test_what_is_void_is_over() -> None:
    void = VoidBallot(SECRETARY.person_id, document("why"))
    voided = BallotVoided(
        ballot_id=BALLOT_ID,
        ground=VoidGround.DECLARED,
        reasons=document("why"),
        voided_by=SECRETARY.person_id,
    )

    after = given(BALLOT, CALLED, *PAPERS).when(void).then(voided)
    after.when(void).refused(BallotIsOver(Coded("ballot-status", "void")))
    after.when(take()).refused(BallotIsOver(Coded("ballot-status", "void")))
    after.when(count(warning=5)).refused(BoxNotOpen(Coded("ballot-status", "void")))


# -- the outcome------------------------------------------------------------------------------------------------------


def outcome(totals: Mapping[str, int], blank: int = 0, missing: int = 0) -> BallotOutcome:
    event = BallotCounted(
        ballot_id=BALLOT_ID,
        took_part=5,
        totals=tuple(ChoiceCount(choice=choice, ballots=totals.get(choice, 0)) for choice in CHOICES),
        blank=blank,
        invalid=0,
        missing=missing,
        counted_by=CHAIRMAN.person_id,
    )
    state = given(BALLOT, *BOX_OPEN, event).state
    assert state is not None
    assert state.outcome is not None
    return state.outcome


def test_the_outcome_names_who_took_part() -> None:
    assert outcome({"warning": 3, "reprimand": 2}).took_part == tuple(named(name) for name in MEMBERS)


def test_a_review_is_told_of_its_ballot_by_choices_alone() -> None:
    state = given(BALLOT, *BOX_OPEN, counted(3, 1, blank=1)).state
    assert state is not None

    told = ballot_result(state)
    assert (told.counted, told.board_id) == (True, CALLED.board_id)
    assert {vote.choice: vote.votes for vote in told.votes} == {"reprimand": 1, "warning": 3, "no-sanction": 0}


def test_a_review_is_told_that_its_ballot_is_not_counted() -> None:
    state = given(BALLOT, *BOX_OPEN).state
    assert state is not None

    assert (ballot_result(state).counted, ballot_result(state).votes) == (False, ())


@pytest.mark.parametrize(
    ("totals", "blank", "missing", "told"),
    [
        ({"warning": 5}, 0, 0, "unanimous"),
        ({}, 5, 0, "unanimous"),
        ({"warning": 4, "reprimand": 1}, 0, 0, "all_but_one"),
        ({"warning": 4}, 1, 0, "all_but_one"),
        ({"warning": 3, "reprimand": 2}, 0, 0, None),
        ({"warning": 4}, 0, 1, None),
    ],
)
def test_the_outcome_says_what_it_gives_away(
    totals: Mapping[str, int], blank: int, missing: int, told: str | None
) -> None:
    assert outcome(totals, blank, missing).gives_away == told


# -- dissent ----------------------------------------------------------------------------------------------------------


def test_a_voter_may_have_his_opinion_in_the_minutes_by_name_once_the_count_is_known() -> None:
    command = RecordDissent(named("health"), document("opinion"))
    dissent = DissentRecorded(ballot_id=BALLOT_ID, person_id=named("health"), opinion=document("opinion"))

    given(BALLOT, *BOX_OPEN).when(command).refused(NothingToDissentFrom)
    after = given(BALLOT, *BOX_OPEN, counted(5)).when(command).then(dissent)
    after.when(command).refused(DissentAlreadyRecorded(named("health")))
    after.when(RecordDissent(named("culture"), document("opinion"))).refused(NotAVoter)
