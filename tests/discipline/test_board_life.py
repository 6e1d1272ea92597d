"""Any chain of commands on a board and its ballots: what can never come about."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from discipline.ballots import decide as ballots
from discipline.ballots import evolve as ballot_evolve
from discipline.ballots.commands import Box, CallBallot, Called, CloseRoll, CountBallots, TakePaper, VoidBallot
from discipline.ballots.state import BallotStatus
from discipline.ballots.state import State as BallotState
from discipline.ballots.view import row as ballot_row
from discipline.boards import decide as boards
from discipline.boards import evolve as board_evolve
from discipline.boards.commands import (
    AskRecusal,
    CallVote,
    CloseSitting,
    Command,
    ConveneSitting,
    DecideRecusal,
    DeclareConflict,
    EndReview,
    EndVote,
    OpenSitting,
    ReplaceMember,
    Standing,
)
from discipline.boards.state import Board, State, ballot_id, may_take_part
from discipline.boards.view import row as board_row
from discipline.standing import Person
from schemas.base import Event
from schemas.discipline.ballots import BallotBody, BallotCounted
from schemas.discipline.boards import (
    BoardMemberReplaced,
    BoardVoteCalled,
    RecusalGranted,
    RecusalRefused,
    SeatRole,
    SittingClosed,
    SittingConvened,
    SittingOpened,
)
from schemas.refusal import Refusal
from schemas.values import DocumentRef
from tests.discipline import board_samples as b
from tests.discipline import samples as s

EVERYBODY = (*b.PEOPLE.values(), b.CLERK_TODAY, b.AUTHORITY, s.person(s.CHAIR, s.CLERK, name="official"))
WORDS = (*b.CHOICES, "blank", "invalid")
people = st.sampled_from(EVERYBODY)
presiding = st.one_of(st.just(b.SECRETARY), st.just(b.CHAIRMAN), people)
authority = st.one_of(st.just(b.AUTHORITY), people)
judging = st.one_of(st.just(b.CHAIRMAN), st.just(b.AUTHORITY), people)
names = st.sampled_from((*b.MEMBERS, "culture"))
WHY = s.document("why")


class BoardLife(RuleBasedStateMachine):
    """One board of five, whose members are recused, moved and replaced while it sits and votes."""

    @initialize()
    def establish(self) -> None:
        self.state: State = None
        self.ballot: BallotState = None
        self.moved: set[str] = set()
        self.in_box: list[str] = []
        self.heard_by: tuple[UUID, ...] = ()
        self.now = s.moment("2025-05-05")
        self.board_does(lambda _standing: b.establish())
        self.all_declare()

    # -- what is asked of the board ---------------------------------------------------------------------------------

    @rule(name=names, related=st.sampled_from([False, False, False, True]))
    def declare(self, name: str, related: bool) -> None:
        self.board_does(lambda _: DeclareConflict(b.PEOPLE[name], related, WHY))

    @rule()
    def all_declare(self) -> None:
        for name in b.PEOPLE:
            self.declare_harmless(name)

    def declare_harmless(self, name: str) -> None:
        if b.PEOPLE[name].person_id not in self.board.declared:
            self.board_does(lambda _: DeclareConflict(b.PEOPLE[name], False, WHY))

    @rule(by=people, name=names, new_facts=st.sampled_from([None, WHY]))
    def ask(self, by: Person, name: str, new_facts: DocumentRef | None) -> None:
        self.board_does(lambda _: AskRecusal(by, s.named(name), WHY, new_facts))

    @rule(by=judging, name=names, granted=st.booleans())
    def judge(self, by: Person, name: str, granted: bool) -> None:
        self.board_does(lambda standing: DecideRecusal(by, s.named(name), granted, WHY, standing))

    @rule(by=authority, left=names, name=st.sampled_from(tuple(b.PEOPLE)))
    def replace(self, by: Person, left: str, name: str) -> None:
        seat = self.board.seat_of(s.named(left))
        role = SeatRole.MEMBER if seat is None else seat.role
        self.board_does(lambda standing: ReplaceMember(by, s.named(left), b.seat(name, role), (), WHY, standing))

    @rule(by=presiding)
    def convene(self, by: Person) -> None:
        before = self.now - timedelta(days=1)
        self.board_does(lambda standing: ConveneSitting(by, before, self.now, (b.REVIEW,), WHY, standing))

    @rule(by=presiding, there=st.sets(names))
    def open_with(self, by: Person, there: set[str]) -> None:
        self.board_does(lambda standing: OpenSitting(by, self.now, tuple(map(s.named, sorted(there))), standing))

    @rule(by=presiding)
    def open_with_all_who_may(self, by: Person) -> None:
        there = tuple(id_ for id_ in self.seated if may_take_part(self.board, id_, self.standing))
        self.board_does(lambda standing: OpenSitting(by, self.now, there, standing))

    @rule(by=presiding)
    def close_sitting(self, by: Person) -> None:
        self.board_does(lambda standing: CloseSitting(by, WHY, standing))

    @precondition(lambda self: self.board.votes > 1)
    @rule()
    def end_review(self) -> None:
        self.board_does(lambda _: EndReview(b.REVIEW))

    @precondition(lambda self: self.board.dissolved)
    @rule()
    def establish_anew(self) -> None:
        self.moved.clear()
        self.board_does(lambda _: b.establish())

    @precondition(lambda self: bool(self.board.asked))
    @rule(by=judging, granted=st.booleans())
    def judge_who_waits(self, by: Person, granted: bool) -> None:
        who = min(self.board.asked)
        self.board_does(lambda standing: DecideRecusal(by, who, granted, WHY, standing))

    @rule(name=st.sampled_from(["culture", "labour"]))
    def replace_who_is_recused(self, name: str) -> None:
        for gone in [one for one in self.board.seats if one.person_id in self.board.recused]:
            seat = b.seat(name, gone.role)
            self.board_does(lambda standing: ReplaceMember(b.AUTHORITY, gone.person_id, seat, (), WHY, standing))  # noqa: B023 -- carried out at once
            self.all_declare()

    @rule(by=presiding)
    def sit(self, by: Person) -> None:
        self.convene(by)
        self.open_with_all_who_may(by)

    @rule(name=names)
    def move(self, name: str) -> None:
        """A member is moved into the subject's unit, or back."""
        self.moved ^= {name}

    # -- the ballot -------------------------------------------------------------------------------------------------

    @rule(by=presiding, absent=st.none() | names)
    def call(self, by: Person, absent: str | None) -> None:
        """All may have heard it, but for one perhaps."""
        id_ = ballot_id(self.board)
        self.heard_by = tuple(who for who in self.seated if absent is None or who != s.named(absent))
        heard_by = self.heard_by
        self.board_does(lambda standing: CallVote(by, id_, b.REVIEW, b.CHOICES, b.KEY, heard_by, True, standing))

    @precondition(lambda self: self.ballot is not None)
    @rule(name=names, request=st.integers(0, 1))
    def take(self, name: str, request: int) -> None:
        self.ballot_does(TakePaper(s.named(name), f"{request}" * 64))

    @precondition(lambda self: self.ballot is not None)
    @rule()
    def all_take(self) -> None:
        for voter in self.called.voters:
            self.ballot_does(TakePaper(voter, "0" * 64))

    @precondition(lambda self: self.ballot is not None)
    @rule(by=presiding)
    def close_roll(self, by: Person) -> None:
        self.ballot_does(CloseRoll(by.person_id, self.now, self.now + timedelta(hours=1)))

    @precondition(lambda self: self.ballot is not None and self.ballot.status is BallotStatus.BOX)
    @rule(words=st.lists(st.sampled_from(WORDS), max_size=6))
    def put(self, words: list[str]) -> None:
        assert self.ballot is not None
        self.in_box = (self.in_box + words)[: len(self.ballot.papers)]

    @precondition(lambda self: self.ballot is not None)
    @rule(by=presiding)
    def count(self, by: Person) -> None:
        self.ballot_does(CountBallots(by.person_id, Box(len(self.in_box), Counter(self.in_box))))

    @precondition(lambda self: self.ballot is not None and len(self.moved) > 1)
    @rule(by=presiding)
    def void(self, by: Person) -> None:
        self.ballot_does(VoidBallot(by.person_id, WHY))

    @precondition(lambda self: self.board.sitting is not None)
    @rule(by=presiding, words=st.lists(st.sampled_from(WORDS), min_size=2, max_size=6))
    def vote_to_the_end(self, by: Person, words: list[str]) -> None:
        self.call(by, None)
        if self.ballot is not None:
            self.all_take()
            self.close_roll(by)
            if self.ballot.status is BallotStatus.BOX:
                self.put(words)
                self.count(by)

    # -- how it is carried out --------------------------------------------------------------------------------------

    @property
    def board(self) -> Board:
        assert self.state is not None
        return self.state

    @property
    def called(self) -> Called:
        assert self.ballot is not None
        return self.ballot.called

    @property
    def seated(self) -> tuple[UUID, ...]:
        return tuple(seat.person_id for seat in self.board.seats)

    @property
    def standing(self) -> Standing:
        return b.standing(*(s.person(s.COLLEAGUE, name=name) for name in self.moved))

    def board_does(self, make: Callable[[Standing], Command]) -> None:
        before = self.state
        try:
            events = boards.decide(make(self.standing), before)
        except Refusal:
            return
        for event in events:
            if before is not None:
                self.nobody_acts_in_what_is_not_his(event, before)
            self.state = board_evolve.evolve(self.state, event)
            if isinstance(event, BoardVoteCalled):
                self.vote_called(event)

    def vote_called(self, event: BoardVoteCalled) -> None:
        assert set(event.voters) <= set(self.heard_by)
        self.in_box = []
        self.ballot = None
        called = Called(
            ballot_id=event.ballot_id,
            review_id=event.review_id,
            body=BallotBody.BOARD,
            board_id=self.board.board_id,
            chair=self.board.holder(SeatRole.CHAIR),
            secretary=self.board.holder(SeatRole.SECRETARY),
            voters=event.voters,
            quorum=self.board.quorum,
            choices=event.choices,
            key=event.key,
            called_by=event.called_by,
        )
        # What the board has called can be called: nothing is refused that would leave it voting for ever.
        for told in ballots.decide(CallBallot(called), None):
            self.ballot = ballot_evolve.evolve(self.ballot, told)

    def ballot_does(self, command: TakePaper | CloseRoll | CountBallots | VoidBallot) -> None:
        try:
            events = ballots.decide(command, self.ballot)
        except Refusal:
            return
        for event in events:
            self.ballot = ballot_evolve.evolve(self.ballot, event)
            if isinstance(event, BallotCounted):
                self.every_ballot_is_counted_once(event)
        assert self.ballot is not None
        if self.ballot.status in {BallotStatus.COUNTED, BallotStatus.VOID}:
            counted = self.ballot.status is BallotStatus.COUNTED
            self.board_does(lambda _: EndVote(self.called.ballot_id, counted))

    # -- what can never be ------------------------------------------------------------------------------------------

    def nobody_acts_in_what_is_not_his(self, event: Event, before: Board) -> None:
        match event:
            case RecusalGranted() | RecusalRefused():
                assert event.decided_by not in {event.person_id, b.SUBJECT}
                assert event.decided_by in {before.holder(SeatRole.CHAIR), b.AUTHORITY.person_id}
                assert before.vote is None
            case SittingConvened():
                self.quorate(event.invited, before)
            case SittingOpened():
                self.quorate(event.attended, before)
                assert set(event.attended) <= set(before.declared)
            case BoardVoteCalled():
                self.quorate(event.voters, before)
                assert not before.asked
                assert before.vote is None
            case SittingClosed():
                assert before.vote is None
            case BoardMemberReplaced():
                assert before.vote is None
                assert event.replaced_by == b.AUTHORITY.person_id
                assert event.seat.person_id not in before.recused
            case _:
                pass

    def quorate(self, there: tuple[UUID, ...], board: Board) -> None:
        assert len(set(there)) == len(there) >= board.quorum.number
        assert not set(there) & board.recused
        assert b.SUBJECT not in there
        assert not {s.named(name) for name in self.moved} & set(there)

    def every_ballot_is_counted_once(self, event: BallotCounted) -> None:
        assert self.ballot is not None
        told = Counter({one.choice: one.ballots for one in event.totals})
        told.update({"blank": event.blank, "invalid": event.invalid})
        assert +told == Counter(self.in_box)
        assert len(self.in_box) >= 3
        assert len(self.in_box) + event.missing == event.took_part == len(self.ballot.papers)
        assert event.took_part >= self.called.quorum.number
        assert event.counted_by in {self.called.chair, self.called.secretary}

    @invariant()
    def who_votes_is_on_the_roll_and_nobody_else(self) -> None:
        if self.ballot is not None:
            assert set(self.ballot.papers) <= set(self.called.voters)
            assert ballot_row(self.ballot)["status"] == self.ballot.status

    @invariant()
    def a_vote_goes_on_for_as_long_as_its_ballot(self) -> None:
        going_on = self.ballot is not None and self.ballot.status in {BallotStatus.ROLL, BallotStatus.BOX}
        assert (self.board.vote is not None) == going_on

    @invariant()
    def five_sit_each_once_with_one_chair_and_one_secretary(self) -> None:
        assert len(set(self.seated)) == 5
        roles = Counter(seat.role for seat in self.board.seats)
        assert (roles[SeatRole.CHAIR], roles[SeatRole.SECRETARY]) == (1, 1)

    @invariant()
    def the_row_says_what_the_state_is(self) -> None:
        assert board_row(self.board)["vote"] == self.board.vote


TestBoardLife = BoardLife.TestCase
TestBoardLife.settings = settings(max_examples=200, stateful_step_count=80, deadline=None)
