"""A board that changed after the hearing: who did not hear the case does not vote, and it is heard again by enough."""

from dataclasses import replace
from uuid import UUID

from discipline.reviews.owed import Debtor, Owed, OwedStep, owed
from discipline.reviews.procedure import refusals as r
from discipline.reviews.procedure.facts import BallotResult, BoardBefore
from discipline.reviews.state import Review, ReviewStatus, State
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.specification import Given

AGAIN_AT = s.moment("2025-08-18")
AFTER = s.moment("2025-08-11")
NEWCOMER = s.named("newcomer")


def state(of: Given[State]) -> Review:
    assert of.state is not None
    return of.state


def heard() -> Given[State]:
    """On 5 August, by five of five."""
    return c.happens(c.before_board(), c.summon(), c.receive(), c.hear())


def changed(*members: UUID) -> BoardBefore:
    """The board with others on it; all five of five have to be there."""
    return replace(c.board(), able=members, sat=members)


SUCCEEDED = changed(*c.MEMBERS[:4], NEWCOMER)
SUMMON = replace(c.summon(AGAIN_AT, AFTER), board=SUCCEEDED)
VOTED = c.ballot({"warning": 3, "reprimand": 2})


def test_who_sat_with_a_vote_is_who_heard_it() -> None:
    assert state(heard()).procedure.heard_by == c.MEMBERS


def test_it_is_not_heard_again_while_those_who_heard_it_can_vote() -> None:
    heard().when(c.summon(AGAIN_AT, AFTER)).refused(r.HeardByEnough(5, 5, "decree-172-2025-board-size"))


def test_where_they_cannot_the_subject_is_summoned_and_the_board_as_it_is_now_hears_him() -> None:
    summoned = c.happens(heard(), SUMMON)
    assert state(summoned).status is ReviewStatus.BEFORE_BOARD
    assert owed(state(summoned)) == (Owed(OwedStep.RECEIPT, Debtor.SECRETARY, AGAIN_AT),)
    again = c.happens(summoned, c.receive(AGAIN_AT), replace(c.hear(AGAIN_AT), board=SUCCEEDED))

    assert state(again).procedure.heard_by == SUCCEEDED.able
    assert state(c.happens(again, c.recommendation())).status is ReviewStatus.RECOMMENDED


def test_who_has_voted_already_does_not_hear_it_again_until_the_outcome_pleases() -> None:
    heard().when(replace(SUMMON, voted=(VOTED,))).refused(r.BallotDecidedBefore(str(VOTED.ballot_id)))


def test_a_tie_or_a_void_ballot_came_to_nothing() -> None:
    tied: BallotResult = c.ballot({"warning": 2, "reprimand": 2})
    void = c.ballot({}, counted=False)

    assert heard().when(replace(SUMMON, voted=(tied, void))).decided()
