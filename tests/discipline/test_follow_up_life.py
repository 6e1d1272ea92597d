"""Any chain of commands by anybody: what a follow-up's life can never become."""

from datetime import date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from discipline.days import end_of
from discipline.follow_ups.commands import (
    AcceptPlan,
    Acknowledge,
    AssignOwner,
    CancelFollowUp,
    ClaimCompletion,
    FollowAmendment,
    FollowConfirmation,
    GrantExtension,
    HandOver,
    NoteLadderExhausted,
    OpenFollowUp,
    RefuseExtension,
    RejectRemediation,
    ReportProgress,
    RequestExtension,
    SendBackPlan,
    SubmitPlan,
    Urge,
    VerifyRemediation,
)
from discipline.follow_ups.decide import decide
from discipline.follow_ups.evolve import evolve
from discipline.follow_ups.state import FollowUp, Life, State
from discipline.follow_ups.view import FollowUpStatus, row, status
from discipline.standing import Around, Person, Place
from schemas.base import Event
from schemas.discipline.followups import (
    AnyFollowUpEvent,
    CancellationGround,
    ExtensionGranted,
    ExtensionRefused,
    FollowUpCancelled,
    FollowUpClosed,
    FollowUpFindingConfirmed,
    FollowUpHandedOver,
    FollowUpLadderExhausted,
    PlanAccepted,
    PlanSentBack,
    RemediationRejected,
    RemediationVerified,
    ReviewDemanded,
)
from schemas.inspection.findings import FindingAmended, FindingSource
from schemas.refusal import Refusal
from schemas.values import Answerable
from tests.discipline import samples as s

POSTS = {place.post_id: place for place in (s.DIRECTOR, s.CLERK, s.COLLEAGUE, s.PERMITS, s.OUTSIDER)}
HOLDERS = {
    **{post: s.person(place) for post, place in POSTS.items()},
    # The colleague sits in the inspectorate besides: nobody may judge with one hand what he owns with the other.
    s.COLLEAGUE.post_id: s.person(s.COLLEAGUE, s.INSPECTOR, name="both"),
}
BOTH = HOLDERS[s.COLLEAGUE.post_id]
PEOPLE = (
    *HOLDERS.values(),
    *map(s.person, (s.CHAIR, s.INSPECTOR, s.CHIEF_INSPECTOR, s.HOME_AFFAIRS_OFFICER, s.INTERNAL_INSPECTOR)),
)
JUDGED = {
    PlanAccepted: "accepted_by",
    PlanSentBack: "sent_back_by",
    ExtensionGranted: "decided_by",
    ExtensionRefused: "decided_by",
    RemediationVerified: "verified_by",
    RemediationRejected: "rejected_by",
}
NEXT: dict[FollowUpStatus, set[FollowUpStatus]] = {
    FollowUpStatus.OPENED: {FollowUpStatus.ACKNOWLEDGED},
    FollowUpStatus.ACKNOWLEDGED: {FollowUpStatus.OPENED, FollowUpStatus.PLAN_SUBMITTED},
    FollowUpStatus.PLAN_SUBMITTED: {FollowUpStatus.IN_PROGRESS, FollowUpStatus.PLAN_SENT_BACK},
    FollowUpStatus.PLAN_SENT_BACK: {FollowUpStatus.PLAN_SUBMITTED},
    FollowUpStatus.IN_PROGRESS: {FollowUpStatus.CLAIMED, FollowUpStatus.PLAN_SUBMITTED},
    FollowUpStatus.CLAIMED: {FollowUpStatus.VERIFIED, FollowUpStatus.IN_PROGRESS},
    FollowUpStatus.VERIFIED: {FollowUpStatus.CLOSED, FollowUpStatus.CLAIMED},
    FollowUpStatus.CLOSED: set(),
    FollowUpStatus.CANCELLED: set(),
}
"""What may follow at once; cancelled may follow everything."""

people = st.sampled_from(PEOPLE)
owners = st.one_of(st.none(), st.sampled_from(PEOPLE))
"""Mostly whoever owns it at that moment; sometimes anybody."""
judges = st.one_of(st.just(s.person(s.INSPECTOR)), people)
posts = st.sampled_from(sorted(POSTS))
later = st.integers(0, 60).map(lambda days: timedelta(days=days))


class FollowUpLife(RuleBasedStateMachine):
    """Sends any command from anybody; refusals are fine, forbidden lives are not."""

    @initialize(internal=st.booleans(), demands=st.booleans())
    def open(self, *, internal: bool, demands: bool) -> None:
        self.state: State = None
        self.events: list[Event] = []
        self.now = s.moment("2025-04-01")
        terms = s.answerable(Answerable.OFFICIAL, demands_review=demands)
        source = FindingSource.INTERNAL_CHECK if internal else FindingSource.INSPECTION
        self.by_policy(OpenFollowUp(s.submitted(terms, source)))

    # -- policies: never refused --------------------------------------------------------------------------------------

    @rule()
    def submitted_again(self) -> None:
        self.by_policy(OpenFollowUp(s.submitted()))

    @rule(move=st.integers(-20, 20))
    def amend(self, move: int) -> None:
        due_at = s.DUE + timedelta(days=move)
        amended = FindingAmended(
            finding_id=s.FINDING, content=s.submitted().content, reason=s.document("why"), due_at=due_at
        )
        self.by_policy(FollowAmendment(amended))

    @rule()
    def confirm(self) -> None:
        self.by_policy(FollowConfirmation(s.confirmed_finding()))

    @rule(sure=st.integers(0, 9))
    def cancel(self, sure: int) -> None:
        if sure == 0:  # else no life lasts long enough
            self.by_policy(CancelFollowUp(CancellationGround.FINDING_WITHDRAWN))

    @rule(alert=st.sampled_from(["one", "two"]))
    def exhaust(self, alert: str) -> None:
        self.by_policy(NoteLadderExhausted(s.named(alert)))

    # -- people: carried out or refused -------------------------------------------------------------------------------

    @rule(by=people, post=posts)
    def assign(self, by: Person, post: str) -> None:
        self.by_person(AssignOwner(by, self.around, POSTS[post]))

    @rule(by=owners, post=posts)
    def hand_over(self, by: Person | None, post: str) -> None:
        self.by_person(HandOver(by or self.owner, self.around, POSTS[post], s.document("why")))

    @rule(by=owners)
    def acknowledge(self, by: Person | None) -> None:
        self.by_person(Acknowledge(by or self.owner))

    @rule(by=owners)
    def submit_plan(self, by: Person | None) -> None:
        self.by_person(SubmitPlan(by or self.owner, (s.MEASURE,)))

    @rule(by=judges, accept=st.booleans())
    def answer_plan(self, by: Person, *, accept: bool) -> None:
        answer = AcceptPlan(by, self.around) if accept else SendBackPlan(by, self.around, s.document("why"))
        self.by_person(answer)

    @rule(by=owners, percent=st.integers(0, 100))
    def report(self, by: Person | None, percent: int) -> None:
        self.by_person(ReportProgress(by or self.owner, percent, s.document("report"), ()))

    @rule(by=owners, days=st.integers(-5, 60))
    def ask(self, by: Person | None, days: int) -> None:
        until = date(2025, 4, 21) + timedelta(days=days)
        self.by_person(RequestExtension(by or self.owner, self.now, until, s.document("why"), ()))

    @rule(by=judges, until=st.none() | st.dates(date(2025, 4, 1), date(2025, 8, 1)), grant=st.booleans())
    def decide_extension(self, by: Person, until: date | None, *, grant: bool) -> None:
        refusal = RefuseExtension(by, self.around, s.document("why"))
        self.by_person(GrantExtension(by, self.around, s.CALENDAR, until) if grant else refusal)

    @rule(by=owners)
    def claim(self, by: Person | None) -> None:
        evidence = (s.document("photo"),)
        self.by_person(ClaimCompletion(by or self.owner, self.now, s.document("report"), evidence))

    @rule(by=judges, mended=st.booleans())
    def judge(self, by: Person, *, mended: bool) -> None:
        rejection = RejectRemediation(by, self.around, s.document("why"))
        self.by_person(VerifyRemediation(by, self.around) if mended else rejection)

    @rule(by=people)
    def urge(self, by: Person) -> None:
        self.by_person(Urge(by, self.around, s.document("message")))

    @rule(steps=st.integers(1, 5))
    def go_on_as_one_should(self, steps: int) -> None:
        """Without this, chance alone would rarely come far."""
        evidence = (s.document("photo"),)
        judge = self.independent
        proper = {
            FollowUpStatus.OPENED: Acknowledge(self.owner),
            FollowUpStatus.ACKNOWLEDGED: SubmitPlan(self.owner, (s.MEASURE,)),
            FollowUpStatus.PLAN_SUBMITTED: AcceptPlan(judge, self.around),
            FollowUpStatus.PLAN_SENT_BACK: SubmitPlan(self.owner, (s.MEASURE,)),
            FollowUpStatus.IN_PROGRESS: ClaimCompletion(self.owner, self.now, s.document("report"), evidence),
            FollowUpStatus.CLAIMED: VerifyRemediation(judge, self.around),
        }
        for _ in range(steps):
            if not self.follow_up.acknowledged:
                self.by_person(Acknowledge(self.owner))
            elif (step := proper.get(status(self.follow_up))) is not None:
                self.by_person(step)

    @rule(days=st.integers(1, 30))
    def ask_and_get(self, days: int) -> None:
        until = self.follow_up.due_at.date() + timedelta(days=days)
        self.by_person(RequestExtension(self.owner, s.moment("2025-04-01"), until, s.document("why"), ()))
        self.by_person(GrantExtension(self.independent, self.around, s.CALENDAR))

    @rule(passes=later)
    def time_passes(self, passes: timedelta) -> None:
        self.now += passes / 10

    # -- what is sent, and to what -----------------------------------------------------------------------------------

    @property
    def follow_up(self) -> FollowUp:
        assert self.state is not None
        return self.state

    @property
    def owner_place(self) -> Place:
        return POSTS[self.follow_up.owner_post]

    @property
    def owner(self) -> Person:
        return HOLDERS[self.follow_up.owner_post]

    @property
    def independent(self) -> Person:
        return s.person(s.CHAIR if self.follow_up.internal_check else s.INSPECTOR)

    @property
    def around(self) -> Around:
        return Around(s.DEPARTMENT, self.owner_place, self.owner)

    def by_policy(self, command: object) -> None:
        self.happened(decide(command, self.state))  # type: ignore[arg-type]  # every rule sends its own kind

    def by_person(self, command: object) -> None:
        try:
            decided = decide(command, self.state)  # type: ignore[arg-type]  # every rule sends its own kind
        except Refusal:
            return
        assert decided
        self.happened(decided)

    def happened(self, decided: tuple[AnyFollowUpEvent, ...]) -> None:
        for event in decided:
            before = self.state
            if before is not None:
                self.may_happen(before, event)
            self.state = evolve(before, event)
            self.events.append(event)
            if before is not None:
                self.may_follow(before, self.state)

    def may_happen(self, before: FollowUp, event: AnyFollowUpEvent) -> None:
        if before.life is Life.CANCELLED:
            raise AssertionError(f"{event.type} after it was cancelled")
        if before.life is Life.CLOSED:
            assert isinstance(event, FollowUpCancelled | FollowUpLadderExhausted | ReviewDemanded)
        field = JUDGED.get(type(event))
        if field is not None:
            judge = getattr(event, field)
            assert judge != self.owner.person_id
            department = {holder.person_id for post, holder in HOLDERS.items() if post != s.OUTSIDER.post_id}
            assert judge not in department
            if before.internal_check:
                assert judge in {s.named(s.INTERNAL_INSPECTOR.post_id), s.named(s.CHAIR.post_id)}
                # The head's own subordinates do not judge what the head owns.
                assert not (judge == s.named(s.INTERNAL_INSPECTOR.post_id) and self.owner_place == s.DIRECTOR)

    def may_follow(self, before: FollowUp, after: FollowUp) -> None:
        was, now = status(before), status(after)
        assert was == now or now is FollowUpStatus.CANCELLED or now in NEXT[was], (was, now)
        assert after.due_at >= before.due_at

    # -- what always holds -------------------------------------------------------------------------------------------

    @invariant()
    def closed_only_verified_and_confirmed(self) -> None:
        kinds = [type(event) for event in self.events]
        if FollowUpClosed in kinds:
            assert RemediationVerified in kinds[: kinds.index(FollowUpClosed)]
            assert FollowUpFindingConfirmed in kinds[: kinds.index(FollowUpClosed)]

    @invariant()
    def counts_add_up(self) -> None:
        state, kinds = self.follow_up, [type(event) for event in self.events]
        assert state.hand_overs == kinds.count(FollowUpHandedOver)
        assert state.past_limit == (state.hand_overs > state.terms.max_hand_overs)
        assert state.extensions_granted == kinds.count(ExtensionGranted) <= state.terms.max_extensions
        assert kinds.count(FollowUpFindingConfirmed) <= 1

    @invariant()
    def a_review_is_demanded_exactly_when_confirmed_and_a_ground_holds(self) -> None:
        state = self.follow_up
        grounds = [event.ground for event in self.events if isinstance(event, ReviewDemanded)]
        assert len(grounds) == len(set(grounds))
        holds = state.terms.demands_review + (bool(state.exhausted) and state.terms.review_on_last_step)
        assert len(grounds) == (holds if state.confirmation is not None else 0)

    @invariant()
    def one_owner_within_the_agency(self) -> None:
        assert "construction" in POSTS[self.follow_up.owner_post].chain

    @invariant()
    def timeliness_is_the_receipts(self) -> None:
        state = self.follow_up
        if status(state) is FollowUpStatus.VERIFIED:
            assert state.claimed_at is not None
            assert state.on_time == (state.claimed_at <= state.due_at)

    @invariant()
    def a_granted_due_moment_is_the_end_of_a_working_day(self) -> None:
        for event in self.events:
            if isinstance(event, ExtensionGranted):
                assert is_end_of_working_day(event.due_at)

    @invariant()
    def the_row_says_what_the_state_is(self) -> None:
        shown = row(self.state)
        assert (shown["status"], shown["going_on"]) == (status(self.follow_up), self.follow_up.life is Life.OPEN)


def is_end_of_working_day(at: datetime) -> bool:
    day = (at - timedelta(microseconds=1)).date()
    return end_of(day) == at and s.CALENDAR.is_working(day)


FollowUpLife.TestCase.settings = settings(max_examples=60, stateful_step_count=60, deadline=None)
test_a_follow_ups_life = FollowUpLife.TestCase
