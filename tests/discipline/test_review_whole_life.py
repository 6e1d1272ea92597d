"""Any chain of commands by anybody over the whole life: what a review can never become, whoever tries what."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from discipline.consultations import consent
from discipline.days import end_of, local_day
from discipline.law.regimes import Who
from discipline.law.rows import LawTable, Rule
from discipline.reviews.commands import (
    Command,
    LoseBasis,
    OpenReview,
    ProposeReview,
    RebaseReview,
    RefuseReview,
    TerminateReview,
)
from discipline.reviews.complaints.commands import (
    AcceptComplaint,
    AnswerComplaint,
    FileComplaint,
    Judge,
    RejectComplaint,
    ServeAnswer,
)
from discipline.reviews.decide import decide
from discipline.reviews.decision.commands import (
    CorrectDecision,
    DecideReview,
    PublishDecision,
    ReassignSubject,
    RecordExpiry,
    RevokeDecision,
    Running,
    ServeDecision,
)
from discipline.reviews.evolve import evolve
from discipline.reviews.incidents.commands import (
    CloseReview,
    DeferReview,
    ExemptSubject,
    ExtendProcessing,
    FindCircumstance,
    FindCourse,
    RecogniseProtection,
    ReferToInvestigators,
    ReferToPartyDiscipline,
    ResumeReview,
    ReturnFromInvestigators,
    SuspendFromWork,
)
from discipline.reviews.owed import OwedStep, owed
from discipline.reviews.procedure.commands import (
    AppointSecretary,
    ConveneMeeting,
    EndAtMeeting,
    HoldHearing,
    HoldMeeting,
    NotifySubject,
    RecordMissed,
    RecordReceipt,
    RecordRecommendation,
    ReferToBoard,
    SubmitSelfReview,
    Summon,
)
from discipline.reviews.procedure.facts import BallotResult, BoardBefore
from discipline.reviews.reckoning import Setting
from discipline.reviews.state import UNDER_WAY, Review, ReviewStatus, State
from discipline.reviews.view import row
from discipline.standing import Person
from notifier.rules.case import Case, deadlines
from notifier.rules.case import evolve as follow
from notifier.rules.wait import Mark
from schemas.discipline.law import ClockCalculation, RowUsed
from schemas.discipline.review_complaints import (
    ComplaintAnswered,
    ComplaintFiled,
    ComplaintOutcome,
    ComplaintRejected,
    Instance,
)
from schemas.discipline.review_decision import (
    Conclusion,
    DecisionRevoked,
    DecisionServed,
    Measure,
    ReviewDecided,
    RevocationGround,
    Unpublishable,
)
from schemas.discipline.review_events import AnyReviewEvent
from schemas.discipline.review_incidents import (
    ClosingGround,
    CourseOfViolation,
    PartyDisciplineReferred,
    ProtectionEffect,
    ReferredToInvestigators,
    ReturnedByInvestigators,
    ViolationCourseFound,
    Weight,
)
from schemas.discipline.review_procedure import (
    MeetingOutcome,
    ReviewEndedAtMeeting,
    ReviewHearingHeld,
    ReviewMeetingConvened,
    ReviewMeetingHeld,
    ReviewReferredToBoard,
    ReviewSubjectSummoned,
    ReviewSummonsMissed,
    SelfReviewSubmitted,
    VoteCount,
)
from schemas.discipline.reviews import (
    LaterFindingReferred,
    ReviewBasisAdded,
    ReviewBasisLost,
    ReviewBasisReduced,
    ReviewProposed,
    Subject,
)
from schemas.notifier.alerts import StallRule
from schemas.refusal import Refusal
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.discipline.law_rows import row_of, with_rows
from tests.notifier.examples import DEFAULTS

S = ReviewStatus
NEXT = {
    S.PROPOSED: {S.OPEN, S.REFUSED, S.LAPSED},
    S.OPEN: {S.TERMINATED, S.MEETING_HELD, S.EXEMPTED, S.CLOSED},
    # What joins is answered for: the meeting, or the hearing, is held again.
    S.MEETING_HELD: {S.TERMINATED, S.ENDED, S.BEFORE_BOARD, S.EXEMPTED, S.CLOSED, S.OPEN},
    S.BEFORE_BOARD: {S.TERMINATED, S.HEARD, S.EXEMPTED, S.CLOSED},
    S.HEARD: {S.TERMINATED, S.RECOMMENDED, S.EXEMPTED, S.CLOSED, S.BEFORE_BOARD},
    S.RECOMMENDED: {S.TERMINATED, S.DECIDED, S.EXEMPTED, S.CLOSED, S.BEFORE_BOARD},
    S.DECIDED: {S.SERVED, S.REVOKED, S.RECOMMENDED, S.CLOSED},
    S.SERVED: {S.EXPIRED, S.REVOKED, S.RECOMMENDED},
    S.EXPIRED: {S.REVOKED, S.RECOMMENDED},
    # What ended at the meeting and is taken back, or opened by a changed form of the Party, stands after its meeting.
    S.ENDED: {S.REVOKED, S.MEETING_HELD, S.PROPOSED},
    **{over: {S.PROPOSED} for over in (S.REFUSED, S.LAPSED, S.TERMINATED, S.EXEMPTED, S.CLOSED, S.REVOKED)},
}
OVER = {S.REFUSED, S.LAPSED, S.TERMINATED, S.EXEMPTED, S.CLOSED, S.REVOKED}
INTERIM = with_rows(
    row_of("decree-112-2020-time-not-counted").model_copy(update={"effective_to": None}),
    row_of("decree-172-2025-time-not-counted-deferral").model_copy(update={"active": True}),
    row_of("decree-112-2020-missed-summons").model_copy(update={"effective_to": None}),
    *(
        row_of(f"decree-112-2020-limitation-{name}").model_copy(update={"effective_to": None})
        for name in ("reprimand", "other", "ongoing", "end-unknown", "none")
    ),
    row_of("decree-172-2025-decision-validity").model_copy(
        update={"active": True, "value": 12, "starts_on": row_of("complaints-law-first").starts_on, "rolls": False}
    ),
)
"""The shipped rows, and those that the whole life needs, as an administrator may have activated them."""
ENDLESS = LawTable(
    tuple(
        row.model_copy(update={"active": False}) if row.rule is Rule.DECISION_VALIDITY else row for row in INTERIM.rows
    )
)
"""The same, while nobody has activated how long a sanction runs."""
FORMS = ("reprimand", "warning", "removal", "forced-termination", "pay-grade-reduction", None)
BOTH = s.person(s.CHAIR, s.CLERK, name="official")
"""The subject, who came to hold the authority's post."""
PROMOTED = Person(c.AUTHORITY.person_id, c.SUPERIOR.places)
"""Who decided, and was promoted to the agency above."""
SUBJECT_ABOVE = Person(
    c.SUBJECT.person_id,
    c.SUPERIOR.places,
    over_time=((date(2020, 1, 1), frozenset({"construction"})), (date(2025, 7, 5), frozenset(c.ABOVE))),
)
"""The subject, who left his department for the post above after the facts."""
MEMBER = s.person(s.CHAIR, s.CLERK, name="member of the collective")
PEOPLE = (c.AUTHORITY, c.SECRETARY, c.SUBJECT, c.HEAD, c.SUPERIOR, c.STRANGER, BOTH, PROMOTED, SUBJECT_ABOVE, MEMBER)
people = st.one_of(st.just(c.AUTHORITY), st.sampled_from(PEOPLE))
ACTORS = (
    "opened_by",
    "refused_by",
    "decided_by",
    "recorded_by",
    "appointed_by",
    "convened_by",
    "summoned_by",
    "found_by",
    "published_by",
    "corrected_by",
    "revoked_by",
    "accepted_by",
    "rejected_by",
    "answered_by",
)
FOUND = datetime(2025, 7, 4, 2, tzinfo=UTC)
SILENCE = s.item("silence", consent.GROUND, date(2025, 7, 3), datetime(2025, 7, 3, 17, tzinfo=UTC))
"""A consent, deemed at 24:00 of the last day: processing runs from the day on which the findings were made too."""
ITEMS = {
    "finding": s.item("finding", fact=date(2025, 7, 2), detected=FOUND),
    "second": s.item("second", fact=date(2025, 7, 3), detected=FOUND),
    "silence": SILENCE,
}
"""What it may rest on."""
FACTS = {item.finding_id: item.fact_date for item in ITEMS.values()}
TODAY, TOMORROW = timedelta(0), timedelta(days=1)
UNLIMITED = "false-certificates"
DOCUMENT = s.document("document")
AWAY = "criminal-proceedings"


def slow_end(starts_on: date, days: int, away: list[tuple[date, date]]) -> date:
    """The last day of a term, counted one by one; Monday follows a weekend."""
    counted, day = 0, starts_on
    while counted < days:
        day += timedelta(days=1)
        counted += not any(first <= day <= last for first, last in away)
    while day.weekday() > 4 or day in s.CALENDAR.days_off:
        day += timedelta(days=1)
    return day


class WholeLife(RuleBasedStateMachine):
    """One subject in one matter, and everybody who has to do with it or should not."""

    @initialize(
        subject=st.sampled_from([*[s.CLERK_REVIEWED] * 5, s.COLLECTIVE]),
        depth=st.integers(0, 12),
        names=st.sampled_from([("finding",), ("silence",), ("finding", "second"), ("silence", "finding")]),
        course=st.sampled_from(CourseOfViolation),
    )
    def begins_somewhere(self, subject: Subject, depth: int, course: CourseOfViolation, names: tuple[str, ...]) -> None:
        """Anywhere on its way: a chain of commands from the beginning alone would seldom come far."""
        self.subject = subject
        self.state: State = None
        self.case: Case | None = None
        self.numbers = count(1)
        self.history: list[tuple[AnyReviewEvent, date]] = []
        """Each event, and on which day."""
        self.unexcused = 0
        self.away: list[tuple[date, date]] = []
        self.basis: set[UUID] = set()
        self.answered_for: set[UUID] = set()
        """What it rested on when he was met or heard last."""
        self.summoned_for: set[UUID] | None = None
        """What it rested on when he was summoned last; none before this board has summoned him."""
        self.found: ViolationCourseFound | None = None
        """How the violation went, as far as somebody found it."""
        self.decided_by: set[object] = set()
        self.served_on: date | None = None
        self.now = datetime(2025, 7, 7, 2, tzinfo=UTC)
        self.course = course
        for name in names:
            self.propose(name)
        self.goes_on(depth)

    # -- time and the basis --

    @rule(hours=st.integers(1, 24 * 12))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(name=st.sampled_from(list(ITEMS)))
    def propose(self, name: str) -> None:
        basis, terms = (ITEMS[name],), s.REVIEW_TERMS
        self.does(ProposeReview(s.MATTER, self.subject, "da-nang-2090", terms, basis, self.now, self.setting))

    @precondition(lambda self: self.review.status in UNDER_WAY)
    @rule(name=st.sampled_from(["second", "silence"]), steps=st.integers(1, 5))
    def joins_on_its_way(self, name: str, steps: int) -> None:
        self.propose(name)
        self.goes_on(steps)

    @rule(name=st.sampled_from(["finding", *["second", "silence"] * 3]))
    def lose(self, name: str) -> None:
        """A finding falls away, or an answer is recorded that had been received in time."""
        fallen = ITEMS[name]
        if fallen == SILENCE:
            self.does(consent.undone(fallen.finding_id, self.now, s.CALENDAR))
        else:
            self.does(LoseBasis(fallen.finding_id, (fallen.finding_id,), None, self.now, s.CALENDAR))
        assert self.review.status in OVER or fallen not in self.review.basis

    # -- the way on, as it should go --

    @rule(steps=st.integers(1, 3))
    def goes_on(self, steps: int) -> None:
        """The next step by whoever owes it: what a chain of wrong commands alone would never reach."""
        for _ in range(steps):
            for command in self.next_commands():
                self.does(command)

    def next_commands(self) -> list[Command]:  # noqa: PLR0911 -- a case a status
        now, setting, by, later = self.now, self.setting, c.AUTHORITY, self.now + timedelta(hours=2)
        match self.review.status:
            case S.PROPOSED:
                return [OpenReview(by, setting), AppointSecretary(by, c.SECRETARY)]
            case S.OPEN:
                answerer = c.HEAD if self.collective else c.SUBJECT
                self.now = later + timedelta(hours=1)
                meet = self.meeting(c.AUTHORITY, MeetingOutcome.CRITICISM if self.collective else None)
                until = local_day(now) + timedelta(days=5)
                return [
                    NotifySubject(by, setting, now, DOCUMENT, DOCUMENT, until),
                    SubmitSelfReview(answerer, now, DOCUMENT),
                    ConveneMeeting(c.SECRETARY, now, later, by, (c.DEPUTY.person_id,), DOCUMENT),
                    meet,
                ]
            case S.MEETING_HELD:
                return [ReferToBoard(by, now, self.board(), DOCUMENT, INTERIM)]
            case S.BEFORE_BOARD:
                summons = Summon(c.SECRETARY, now, self.board(), later, DOCUMENT, ())
                hearing = HoldHearing(c.SECRETARY, setting, self.board(), DOCUMENT, DOCUMENT)
                return [summons, hearing] if self.review.procedure.called_anew else [hearing]
            case S.HEARD:
                # Where another finding may still join, of a day that lies before its fact.
                known = FACTS[next(iter(self.basis))] if len(self.basis) == 1 else local_day(now)
                day = None if self.course is CourseOfViolation.ENDED else known
                self.does(FindCourse(by, setting, self.course, day, (), DOCUMENT, ()))
                return [RecordRecommendation(c.SECRETARY, self.board(), self.ballot("warning"), ())]
            case S.RECOMMENDED:
                return [self.decision(by, "warning")]
            case S.DECIDED:
                return [ServeDecision(c.SECRETARY, setting, now, DOCUMENT, None)]
            case S.SERVED:
                return self.complaint_commands()
            case _:
                return []

    def complaint_commands(self) -> list[Command]:
        complaint, first = self.review.complaint, Judge(c.AUTHORITY, c.ABOVE)
        if complaint is None:
            return [FileComplaint(c.SUBJECT, self.setting, Instance.FIRST, DOCUMENT)]
        judge = first if complaint.instance is Instance.FIRST else Judge(c.SUPERIOR, c.ABOVE)
        upheld = ComplaintOutcome.UPHELD
        if complaint.pending:
            return [
                AcceptComplaint(judge),
                AnswerComplaint(judge, self.setting, c.CLERK_RANK, upheld, None, False, DOCUMENT),
            ]
        return [
            ServeAnswer(c.AUTHORITY, self.setting, self.now, DOCUMENT),
            FileComplaint(c.SUBJECT, self.setting, Instance.SECOND, DOCUMENT),
        ]

    # -- anything, by anybody --

    @rule(by=people, which=st.sampled_from([OpenReview, RebaseReview]))
    def opens(self, by: Person, which: type) -> None:
        self.does(which(by, self.setting))

    @rule(by=st.sampled_from(PEOPLE), which=st.sampled_from([RefuseReview, TerminateReview]))
    def would_stop_it(self, by: Person, which: type) -> None:
        self.does(which(by, DOCUMENT))

    @rule(by=people)
    def resumes(self, by: Person) -> None:
        self.does(ResumeReview(by, self.setting, DOCUMENT))

    @rule(by=people)
    def corrects(self, by: Person) -> None:
        self.does(CorrectDecision(by, DOCUMENT))

    @rule(by=people, secretary=st.sampled_from(PEOPLE))
    def appoints(self, by: Person, secretary: Person) -> None:
        self.does(AppointSecretary(by, secretary))

    @rule(by=people, chair=people, outcome=st.sampled_from(MeetingOutcome))
    def meets(self, by: Person, chair: Person, outcome: MeetingOutcome) -> None:
        later = self.now + timedelta(hours=1)
        self.does(ConveneMeeting(by, self.now, later, chair, (c.DEPUTY.person_id,), DOCUMENT))
        self.now = later
        self.does(self.meeting(by, outcome))

    @rule(by=people, outcome=st.sampled_from(MeetingOutcome))
    def ends(self, by: Person, outcome: MeetingOutcome) -> None:
        self.does(EndAtMeeting(by, outcome, DOCUMENT))

    @rule(by=people, sat=st.integers(3, 5), there=st.booleans())
    def hears(self, by: Person, sat: int, there: bool) -> None:
        board = c.board(sat=sat, reviews=(self.review.review_id,))
        statement = DOCUMENT if there else None
        self.does(HoldHearing(by, self.setting, board, statement, DOCUMENT))

    @rule(by=people, received=st.booleans(), excused=st.booleans())
    def misses(self, by: Person, received: bool, excused: bool) -> None:
        hearing_at = self.now + timedelta(days=3)
        self.does(Summon(c.SECRETARY, self.now, self.board(), hearing_at, DOCUMENT, ()))
        if received:
            self.does(RecordReceipt(c.SECRETARY, self.setting, self.board(), self.now, DOCUMENT))
        self.now = hearing_at
        self.does(RecordMissed(by, self.now, self.board(), excused, DOCUMENT))

    @rule(left=st.integers(4, 5))
    def board_changes(self, left: int) -> None:
        """So many of those who heard it are left on the board; summoned again, it is heard by whoever sits then."""
        board = c.board(able=left, reviews=(self.review.review_id,))
        self.does(Summon(c.SECRETARY, self.now, board, self.now + timedelta(days=3), DOCUMENT, ()))

    @rule(by=people, choice=st.sampled_from(FORMS), counted=st.booleans())
    def votes(self, by: Person, choice: str | None, counted: bool) -> None:
        ballot = replace(self.ballot(choice or "no-discipline"), counted=counted)
        self.does(RecordRecommendation(by, self.board(), ballot, ()))

    @rule(by=people, form=st.sampled_from(FORMS), who=st.sampled_from([c.CLERK_RANK, c.LEADER]), partly=st.booleans())
    def decides(self, by: Person, form: str | None, who: Who, partly: bool) -> None:
        command = replace(self.decision(by, form), who=who)
        if partly:
            command = replace(command, conclusions=command.conclusions[:1])
        self.does(command)

    @rule(by=people, form=st.sampled_from(["reprimand", "warning"]))
    def decides_while_a_sanction_runs(self, by: Person, form: str) -> None:
        running = (Running(s.named("earlier"), "reprimand", date(2025, 1, 1), None),)
        self.does(replace(self.decision(by, form), running=running))

    @rule(by=people, days=st.integers(-2, 3), ends=st.booleans())
    def serves(self, by: Person, days: int, ends: bool) -> None:
        """By rows that say how long a sanction runs, or before an administrator has activated one."""
        from_day = local_day(self.now) + timedelta(days=days)
        setting = self.setting if ends else replace(self.setting, law=ENDLESS)
        self.does(ServeDecision(by, setting, self.now, DOCUMENT, from_day))

    @rule(by=people, left_out=st.sets(st.sampled_from(Unpublishable), min_size=1))
    def publishes(self, by: Person, left_out: set[Unpublishable]) -> None:
        self.does(PublishDecision(by, self.setting, "Cảnh cáo.", DOCUMENT, tuple(left_out)))

    @rule(by=people, ground=st.sampled_from(RevocationGround), fresh=st.booleans())
    def revokes(self, by: Person, ground: RevocationGround, fresh: bool) -> None:
        self.does(RevokeDecision(by, c.ABOVE, self.setting, ground, fresh, DOCUMENT))

    @rule(by=people, days=st.integers(0, 400))
    def expires(self, by: Person, days: int) -> None:
        self.now += timedelta(days=days if self.review.status is S.SERVED else 0)
        self.does(RecordExpiry(by, self.setting))

    @rule(by=people, measure=st.sampled_from(Measure))
    def reassigns(self, by: Person, measure: Measure) -> None:
        to = "transport-clerk" if measure is Measure.MOVED else None
        holder = self.subject.person_id
        self.does(ReassignSubject(by, measure, "construction-clerk", holder, to, True, DOCUMENT))

    @rule(by=people, instance=st.sampled_from(Instance))
    def complains(self, by: Person, instance: Instance) -> None:
        self.does(FileComplaint(by, self.setting, instance, DOCUMENT))

    @rule(by=people, accepts=st.booleans(), above=st.booleans())
    def takes_up(self, by: Person, accepts: bool, above: bool) -> None:
        judge = Judge(by, c.ABOVE if above else ())
        self.does(AcceptComplaint(judge) if accepts else RejectComplaint(judge, self.setting, DOCUMENT))

    @rule(
        by=people,
        outcome=st.sampled_from(ComplaintOutcome),
        form=st.sampled_from(FORMS),
        fresh=st.booleans(),
    )
    def answers(self, by: Person, outcome: ComplaintOutcome, form: str | None, fresh: bool) -> None:
        judge = Judge(by, c.ABOVE)
        self.does(AnswerComplaint(judge, self.setting, c.CLERK_RANK, outcome, form, fresh, DOCUMENT))
        self.does(ServeAnswer(c.AUTHORITY, self.setting, self.now, DOCUMENT))

    @precondition(lambda self: self.review.complaint is not None)
    @rule(by=st.sampled_from([c.SUPERIOR, PROMOTED, SUBJECT_ABOVE]))
    def complains_again(self, by: Person) -> None:
        """The first is upheld and the second filed; somebody above takes it up and answers."""
        first, above = Judge(c.AUTHORITY, c.ABOVE), Judge(by, c.ABOVE)
        upheld = ComplaintOutcome.UPHELD
        for judge in (first, above):
            self.does(AcceptComplaint(judge))
            self.does(AnswerComplaint(judge, self.setting, c.CLERK_RANK, upheld, None, False, DOCUMENT))
            self.does(ServeAnswer(c.AUTHORITY, self.setting, self.now, DOCUMENT))
            self.does(FileComplaint(c.SUBJECT, self.setting, Instance.SECOND, DOCUMENT))

    @rule(by=people, number=st.integers(0, 8))
    def comes_between(self, by: Person, number: int) -> None:
        setting, today = self.setting, local_day(self.now)
        made: tuple[Command, ...] = (
            FindCircumstance(by, Weight.MITIGATING, DOCUMENT, ()),
            DeferReview(by, setting, "2", DOCUMENT, ()),
            ReferToInvestigators(by, setting, today, DOCUMENT),
            ReturnFromInvestigators(by, setting, today, DOCUMENT),
            ExtendProcessing(by, setting, DOCUMENT),
            SuspendFromWork(by, setting, today, None, DOCUMENT),
            ReferToPartyDiscipline(by, setting, today, True, DOCUMENT),
            RecogniseProtection(by, setting, ProtectionEffect.MITIGATED, DOCUMENT, DOCUMENT, today, (DOCUMENT,)),
            ReturnFromInvestigators(c.AUTHORITY, setting, today, DOCUMENT),
        )
        self.does(made[number])

    @rule(
        by=people,
        course=st.sampled_from(CourseOfViolation),
        day=st.sampled_from([None, *FACTS.values(), date(2025, 7, 10), TODAY, TOMORROW]),
        matters=st.sampled_from([(), (), (UNLIMITED,), ("late-papers",)]),
    )
    def finds_course(
        self, by: Person, course: CourseOfViolation, day: date | timedelta | None, matters: tuple[str, ...]
    ) -> None:
        said = local_day(self.now) + day if isinstance(day, timedelta) else day
        self.does(FindCourse(by, self.setting, course, said, matters, DOCUMENT, (DOCUMENT,)))

    @rule(by=st.sampled_from(PEOPLE[1:]), which=st.sampled_from(["exempt", "close"]))
    def would_end_it(self, by: Person, which: str) -> None:
        """By anybody but the authority, or it would seldom live long."""
        if which == "exempt":
            self.does(ExemptSubject(by, self.setting, "1", DOCUMENT, (DOCUMENT,)))
        else:
            self.does(CloseReview(by, ClosingGround.DEATH, DOCUMENT))

    # -- helpers --

    @property
    def review(self) -> Review:
        assert self.state is not None
        return self.state

    @property
    def collective(self) -> bool:
        return self.subject == s.COLLECTIVE

    @property
    def setting(self) -> Setting:
        return Setting(self.now, INTERIM, s.CALENDAR)

    def board(self) -> BoardBefore:
        return c.board(reviews=(self.review.review_id,))

    def ballot(self, choice: str) -> BallotResult:
        return BallotResult(
            s.named("ballot"), self.review.review_id, c.BOARD_ID, True, (VoteCount(choice=choice, votes=5),)
        )

    def meeting(self, by: Person, outcome: MeetingOutcome | None) -> HoldMeeting:
        meeting = self.review.procedure.meeting
        attended = (by.person_id if meeting is None else meeting.chair,)
        counted = c.votes(**{(outcome or MeetingOutcome.DISCIPLINE).replace("-", "_"): 1})
        return HoldMeeting(by, self.now, attended, True, counted, DOCUMENT)

    def decision(self, by: Person, form: str | None) -> DecideReview:
        found = dict.fromkeys(item.finding_id for item in self.review.basis)
        conclusions = tuple(Conclusion(finding_id=finding, form=form) for finding in found)
        return DecideReview(by, self.setting, c.CLERK_RANK, form, conclusions, (), False, DOCUMENT)

    def does(self, command: Command) -> None:
        try:
            decided = decide(command, self.state)
        except Refusal:
            return
        for event in decided:
            self.happened(event)

    # -- what must hold of every event --

    def happened(self, event: AnyReviewEvent) -> None:  # noqa: C901 -- a case an event
        before = self.state
        self.state = evolve(before, event)
        mark = Mark(s.named(str(next(self.numbers))), self.now, s.MATTER)
        self.case = follow(self.case, event, mark, DEFAULTS)
        self.history.append((event, local_day(self.now)))
        assert before is None or self.state.status in {before.status} | NEXT[before.status]
        self.nobody_acts_in_his_own_matter(event)
        self.rests_on(event)
        self.answers_for_all(event, before)
        self.leaves_what_was_decided(event, before)
        match event:
            case ViolationCourseFound():
                self.course_found(event, before)
            case ReviewDecided():
                self.decided_rightly(event, before)
            case ComplaintAnswered():
                self.answered_by_another(event)
            case ReviewSummonsMissed():
                self.unexcused += not event.excused
            case ReviewHearingHeld():
                assert len(event.sat) == 5
                assert event.subject_present or self.unexcused >= 2
            case DecisionServed():
                self.served_on = local_day(event.received_at)
                assert event.in_force_from >= self.served_on
            case ComplaintFiled(instance=Instance.FIRST):
                assert self.served_on is not None
                assert local_day(self.now) <= slow_end(self.served_on, 15, [])
            case DecisionRevoked(fresh=True) | PartyDisciplineReferred(reopens=RowUsed()):
                self.processing_runs_on(before)
            case ReferredToInvestigators():
                self.away.append((event.since, date.max))
            case ReturnedByInvestigators():
                first, _ = self.away.pop()
                self.away.append((first, event.returned_on))
            case ReviewMeetingConvened():
                assert self.subject.person_id not in event.must_attend
            case _:
                pass

    def rests_on(self, event: AnyReviewEvent) -> None:
        match event:
            case ReviewProposed():
                self.found = None
                self.basis = {item.finding_id for item in event.basis}
            case ReviewBasisAdded():
                self.basis |= {event.item.finding_id}
            case ReviewBasisReduced() | ReviewBasisLost():
                self.basis = {item.finding_id for item in event.remaining}
            case _:
                pass

    def answers_for_all(self, event: AnyReviewEvent, before: State) -> None:
        """Nothing is decided that he was not met or heard on, and nobody is heard on what he was not summoned for."""
        match event:
            case ReviewProposed():
                self.answered_for, self.summoned_for, self.unexcused = set(), None, 0
            case ReviewBasisAdded():
                self.unexcused = 0 if event.heard_anew else self.unexcused
                self.clocks_follow(event)
            case ReviewReferredToBoard():
                self.summoned_for = None
            case ReviewSubjectSummoned():
                self.summoned_for = set(self.basis)
                # From a board that heard it, to one that changed.
                self.unexcused = self.unexcused if before is not None and before.status is S.BEFORE_BOARD else 0
            case ReviewMeetingHeld() | ReviewHearingHeld():
                if isinstance(event, ReviewHearingHeld):
                    assert self.summoned_for is None or self.basis <= self.summoned_for
                self.answered_for = set(self.basis)
            case ReviewEndedAtMeeting() | ReviewDecided():
                assert self.basis <= self.answered_for
            case _:
                pass

    def clocks_follow(self, event: ReviewBasisAdded) -> None:
        if self.review.status is S.PROPOSED:
            assert event.clocks is None
            return
        assert event.clocks is not None
        assert (self.review.limitation, self.review.processing) == (event.clocks.limitation, event.clocks.processing)
        if not self.collective:
            self.limitation_runs_from_what_was_found(event.clocks.limitation)

    def leaves_what_was_decided(self, event: AnyReviewEvent, before: State) -> None:
        """What is found after a decision begins a review beside it, and takes nothing of it away."""
        match event:
            case ReviewProposed() if before is not None:
                assert before.status not in {S.DECIDED, S.SERVED, S.EXPIRED}
                assert before.answer_until is None
            case ReviewBasisAdded():
                assert before is not None
                assert before.status is S.PROPOSED or before.status in UNDER_WAY
            case LaterFindingReferred():
                assert before is not None
                assert before.status in {S.DECIDED, S.SERVED, S.EXPIRED, S.ENDED}
                assert replace(self.review, referred=before.referred) == before
                assert event.apart_review_id != self.review.review_id
            case _:
                pass

    def processing_runs_on(self, before: State) -> None:
        """What is decided anew is shown with the clock by which it will be judged."""
        assert before is not None
        if self.collective:
            return
        days = 150 if before.incidents.extended else 90
        assert self.review.processing is not None
        assert self.review.processing.ends_at == end_of(
            slow_end(date(2025, 7, 4), days, [*self.away, *self.complaints()])
        )

    def course_found(self, event: ViolationCourseFound, before: State) -> None:
        assert before is not None
        assert not self.collective
        assert before.status in UNDER_WAY
        assert before.answer_until is None
        assert (event.day is None) == (event.course is CourseOfViolation.ENDED)
        assert event.day is None or max(FACTS[one] for one in self.basis) <= event.day <= local_day(self.now)
        assert bool(event.unlimited) == (UNLIMITED in event.matters)
        assert self.review.processing == before.processing
        self.found = event
        self.limitation_runs_from_what_was_found(event.limitation)

    def limitation_runs_from_what_was_found(self, clocks: tuple[ClockCalculation, ...]) -> None:
        """From the latest fact, or a later day that was found, whatever happened since; or not at all."""
        starts_on = max(FACTS[one] for one in self.basis)
        if self.found is not None and self.found.day is not None:
            starts_on = max(starts_on, self.found.day)
        never = self.found is not None and UNLIMITED in self.found.matters
        assert {clock.starts_on for clock in clocks} == (set() if never else {starts_on})

    def nobody_acts_in_his_own_matter(self, event: AnyReviewEvent) -> None:
        if isinstance(event, SelfReviewSubmitted | ComplaintFiled):
            by = event.submitted_by if isinstance(event, SelfReviewSubmitted) else event.filed_by
            assert by == (c.HEAD if self.collective else c.SUBJECT).person_id
            return
        concerned = {c.SUBJECT.person_id}
        if self.collective:
            concerned |= {c.HEAD.person_id, MEMBER.person_id}
        for field in ACTORS:
            assert getattr(event, field, None) not in concerned, (event.type, field)

    def decided_rightly(self, event: ReviewDecided, before: State) -> None:
        assert before is not None
        assert not self.collective
        assert before.answer_until is None
        assert not before.incidents.deferred
        assert not any(last == date.max for _, last in self.away)
        assert {one.finding_id for one in event.conclusions} == {item.finding_id for item in before.basis}
        assert Counter(one.finding_id for one in event.conclusions).most_common(1)[0][1] == 1
        self.decided_by.add(event.decided_by)
        self.limitation_runs_from_what_was_found(event.limitation)
        if event.form is None:
            return
        assert event.form in {"reprimand", "warning", "forced-termination"} | (
            {"removal"} if event.applied.post_rank == "leading" else set()
        )
        days = 150 if before.incidents.extended else 90
        counted = slow_end(date(2025, 7, 4), days, [*self.away, *self.complaints()])
        assert self.now <= end_of(counted)
        assert event.processing is not None
        assert event.processing.ends_at == end_of(counted)

    def complaints(self) -> list[tuple[date, date]]:
        """The days of complaints, each to the day that it was answered or rejected, or its decision taken away."""
        spans: list[tuple[date, date]] = []
        first: date | None = None
        for event, day in self.history:
            match event:
                case ComplaintFiled():
                    first = day
                case ComplaintAnswered() | ComplaintRejected() | DecisionRevoked() if first is not None:
                    spans.append((first, day))
                    first = None
                case PartyDisciplineReferred(reopens=RowUsed()) if first is not None:
                    spans.append((first, day))
                    first = None
                case _:
                    pass
        return spans if first is None else [*spans, (first, local_day(self.now))]

    def answered_by_another(self, event: ComplaintAnswered) -> None:
        if event.instance is Instance.SECOND:
            assert event.answered_by not in self.decided_by
        if not event.outside:
            self.decided_by.add(event.answered_by)

    # -- what must hold at every moment --

    @invariant()
    def a_collective_never_comes_before_a_board_nor_gets_a_form(self) -> None:
        if self.collective:
            assert self.review.status not in {S.BEFORE_BOARD, S.HEARD, S.RECOMMENDED, S.DECIDED, S.SERVED}
            assert not any(isinstance(event, ReviewSubjectSummoned) for event, _ in self.history)

    @invariant()
    def what_is_over_owes_nothing_but_the_end_of_a_suspension_and_alerts_nobody(self) -> None:
        if self.review.status in OVER:
            suspended = self.review.incidents.suspended_from_work_since is not None
            assert [one.step for one in owed(self.review)] == [OwedStep.WORK_SUSPENSION_END] * suspended
            assert deadlines(self.case, s.CALENDAR) == {}

    @invariant()
    def what_goes_on_is_owed_by_somebody(self) -> None:
        if self.review.status in UNDER_WAY:
            assert owed(self.review)

    @invariant()
    def the_row_says_what_the_state_is(self) -> None:
        shown, decision = row(self.state), self.review.decision
        assert shown["status"] == self.review.status
        assert shown["form"] == (None if decision is None else decision.form)
        assert (shown["in_force_from"] is not None) == (decision is not None and decision.in_force_from is not None)

    @invariant()
    def a_complaint_waits_only_while_what_it_attacks_stands(self) -> None:
        complaint = self.review.complaint
        if complaint is not None and complaint.pending:
            assert self.review.status in {S.SERVED, S.EXPIRED}
            assert {one.step for one in owed(self.review)} & {OwedStep.ACCEPTANCE, OwedStep.ANSWER}
            assert StallRule.COMPLAINT_UNANSWERED in deadlines(self.case, s.CALENDAR)
        else:
            assert not any(
                one.reason in {"complaint", "litigation"} and one.last is None for one in self.review.interruptions
            )

    @invariant()
    def who_is_warned_is_warned_of_the_day_that_is_shown(self) -> None:
        waits, decision = deadlines(self.case, s.CALENDAR), self.review.decision
        clock = self.review.processing if self.review.status in UNDER_WAY else None
        running = None if clock is None or clock.suspended_since is not None else clock.ends_at
        expiry = decision.expiry if decision is not None and self.review.status is S.SERVED else None
        for stall, until in (
            (StallRule.PROCESSING_PASSED, running),
            (StallRule.SANCTION_EXPIRY_UNRECORDED, None if expiry is None else expiry.ends_at),
        ):
            assert (waits[stall].wait.until if stall in waits else None) == until

    @invariant()
    def what_was_imposed_ends_some_day_or_its_end_is_owed(self) -> None:
        decision = self.review.decision
        if self.review.status is S.SERVED and decision is not None and decision.form is not None:
            assert OwedStep.EXPIRY in {one.step for one in owed(self.review)}

    @invariant()
    def a_decision_stands_only_where_one_was_made(self) -> None:
        stands = {S.DECIDED, S.SERVED, S.EXPIRED}
        assert (self.review.decision is not None) == (self.review.status in stands)


WholeLife.TestCase.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
test_the_whole_life_of_a_review = WholeLife.TestCase


def rests_on_silence(depth: int) -> WholeLife:
    """The review of somebody whose silence was consent, so many steps on; nothing else stands behind it."""
    life = WholeLife()
    life.begins_somewhere(s.CLERK_REVIEWED, depth, CourseOfViolation.ENDED, ("silence",))
    return life


def kinds(life: WholeLife) -> list[type]:
    return [type(event) for event, _ in life.history]


def test_what_rests_on_silence_alone_is_decided_served_complained_against_and_revoked() -> None:
    life = rests_on_silence(depth=7)
    [conclusions] = [event.conclusions for event, _ in life.history if isinstance(event, ReviewDecided)]
    assert [one.finding_id for one in conclusions] == [SILENCE.finding_id]
    life.goes_on(2)
    life.revokes(c.SUPERIOR, RevocationGround.HIGHER_AUTHORITY, fresh=False)

    assert life.review.status is S.REVOKED
    told = {DecisionServed, ComplaintFiled, ComplaintAnswered, DecisionRevoked}
    assert [kind for kind in kinds(life) if kind in told] == [
        DecisionServed,
        ComplaintFiled,
        ComplaintAnswered,
        DecisionRevoked,
    ]


def test_an_answer_that_was_received_in_time_lets_even_a_decision_that_was_served_be_revoked() -> None:
    life = rests_on_silence(depth=7)
    life.lose("silence")
    life.revokes(c.AUTHORITY, RevocationGround.BASIS_LOST, fresh=False)

    assert kinds(life)[-2:] == [ReviewBasisLost, DecisionRevoked]
    assert life.review.status is S.REVOKED


@pytest.mark.parametrize("depth", range(1, 6))
def test_what_joins_on_its_way_is_answered_for_and_decided_with_the_rest(depth: int) -> None:
    life = rests_on_silence(depth)
    life.joins_on_its_way("second", steps=7)

    [decided] = [event for event, _ in life.history if isinstance(event, ReviewDecided)]
    assert {one.finding_id for one in decided.conclusions} == {SILENCE.finding_id, ITEMS["second"].finding_id}
