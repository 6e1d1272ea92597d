"""Any chain of demands, losses and decisions: what a review can never become."""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from discipline.reviews.commands import (
    LoseBasis,
    OpenReview,
    ProposeReview,
    RebaseReview,
    RefuseReview,
    TerminateReview,
)
from discipline.reviews.decide import decide
from discipline.reviews.evolve import evolve
from discipline.reviews.reckoning import Setting
from discipline.reviews.state import Review, ReviewStatus, State, review_id
from discipline.reviews.view import row
from discipline.standing import Person
from schemas.discipline.review_events import AnyReviewEvent
from schemas.discipline.reviews import (
    BasisItem,
    ReviewGround,
    ReviewOpened,
    ReviewProposed,
    ReviewRebased,
    ReviewRefused,
    ReviewTerminated,
)
from schemas.refusal import Refusal
from services.adapters import law
from tests.discipline import samples as s

SUBJECTS = (s.CLERK_REVIEWED, s.COLLECTIVE)
PEOPLE = (
    s.person(s.CHAIR),
    s.person(s.CHAIR, name="official"),
    s.person(s.CHAIR, s.CLERK, name="both"),
    s.person(s.DIRECTOR),
    s.person(s.CHIEF_INSPECTOR),
)
DECIDED = {
    ReviewOpened: "opened_by",
    ReviewRefused: "refused_by",
    ReviewRebased: "decided_by",
    ReviewTerminated: "decided_by",
}
NEXT = {
    ReviewStatus.PROPOSED: {ReviewStatus.OPEN, ReviewStatus.REFUSED, ReviewStatus.LAPSED},
    ReviewStatus.OPEN: {ReviewStatus.TERMINATED},
    ReviewStatus.REFUSED: {ReviewStatus.PROPOSED},
    ReviewStatus.LAPSED: {ReviewStatus.PROPOSED},
    ReviewStatus.TERMINATED: {ReviewStatus.PROPOSED},
}
items = st.builds(
    s.item,
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from([ReviewGround.VIOLATION_TYPE, ReviewGround.THRESHOLD]),
    st.dates(date(2025, 1, 1), date(2025, 6, 30)),
)
bases = st.lists(items, min_size=1, max_size=3, unique_by=lambda item: (item.finding_id, item.ground))
people = st.one_of(st.just(PEOPLE[0]), st.sampled_from(PEOPLE))


class ReviewLife(RuleBasedStateMachine):
    """One subject in one matter."""

    @initialize(subject=st.sampled_from(SUBJECTS), basis=bases)
    def propose_first(self, subject: object, basis: list[BasisItem]) -> None:
        self.subject = next(known for known in SUBJECTS if known == subject)
        self.state: State = None
        self.now = s.moment("2025-06-01")
        self.propose(basis)

    @rule(basis=bases)
    def propose(self, basis: list[BasisItem]) -> None:
        setting, terms = Setting(self.now, law.shipped(), s.CALENDAR), s.REVIEW_TERMS
        command = ProposeReview(s.MATTER, self.subject, "da-nang-2090", terms, tuple(basis), self.now, setting)
        self.happened(decide(command, self.state))

    @rule(name=st.sampled_from(["a", "b", "c"]), ground=st.none() | st.sampled_from(ReviewGround))
    def lose(self, name: str, ground: ReviewGround | None) -> None:
        finding = s.named(name)
        self.happened(decide(LoseBasis(finding, (finding,), ground, self.now, s.CALENDAR), self.state))

    @rule(by=people, which=st.sampled_from([OpenReview, RefuseReview, RebaseReview, TerminateReview]))
    def decide_on_it(self, by: Person, which: type) -> None:
        if which in {OpenReview, RebaseReview}:
            command = which(by, Setting(self.now, law.shipped(), s.CALENDAR))
        else:
            command = which(by, s.document("reasons"))
        try:
            decided = decide(command, self.state)
        except Refusal:
            return
        self.happened(decided)

    @rule(days=st.integers(0, 20))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @property
    def review(self) -> Review:
        assert self.state is not None
        return self.state

    def happened(self, decided: tuple[AnyReviewEvent, ...]) -> None:
        for event in decided:
            before = self.state
            self.state = evolve(before, event)
            assert before is None or self.state.status in {before.status} | NEXT[before.status]
            field = DECIDED.get(type(event))
            if field is not None:
                # Of all who tried, one alone holds the authority's post and is not concerned himself.
                unconcerned = {s.named("chair")} | (
                    {s.named("both")} if self.subject == s.CLERK_REVIEWED else {s.named("official")}
                )
                assert getattr(event, field) in unconcerned
            if isinstance(event, ReviewOpened | ReviewRebased):
                self.clocks_start_with_the_basis(event)
            if isinstance(event, ReviewProposed):
                assert event.review_id == review_id(s.MATTER, self.subject)

    def clocks_start_with_the_basis(self, event: ReviewOpened | ReviewRebased) -> None:
        latest = max(item.fact_date for item in self.review.basis)
        assert {clock.starts_on for clock in event.limitation} <= {latest}
        assert bool(event.limitation) == (self.subject == s.CLERK_REVIEWED)

    @invariant()
    def a_proposal_rests_on_something(self) -> None:
        if self.review.status is ReviewStatus.PROPOSED:
            assert self.review.basis

    @invariant()
    def no_item_stands_twice(self) -> None:
        names = [(item.finding_id, item.ground) for item in self.review.basis]
        assert len(names) == len(set(names))

    @invariant()
    def an_answer_is_due_only_while_open(self) -> None:
        assert self.review.answer_until is None or self.review.status is ReviewStatus.OPEN

    @invariant()
    def the_row_says_what_the_state_is(self) -> None:
        shown = row(self.state)
        assert shown["status"] == self.review.status
        assert shown["findings"] == sorted({item.finding_id for item in self.review.basis})


ReviewLife.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
test_a_reviews_life = ReviewLife.TestCase
