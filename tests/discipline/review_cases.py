"""A review of a clerk and one of a department, with everybody who has to do with them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from discipline.law.regimes import Who
from discipline.law.rows import LawTable
from discipline.reviews.commands import OpenReview, ProposeReview
from discipline.reviews.complaints.commands import (
    AcceptComplaint,
    AnswerComplaint,
    FileComplaint,
    Judge,
    ServeAnswer,
)
from discipline.reviews.decision.commands import DecideReview, ServeDecision
from discipline.reviews.procedure.commands import (
    ConveneMeeting,
    HoldHearing,
    HoldMeeting,
    NotifySubject,
    RecordReceipt,
    RecordRecommendation,
    ReferToBoard,
    Summon,
)
from discipline.reviews.procedure.facts import BallotResult, BoardBefore
from discipline.reviews.reckoning import Setting
from discipline.reviews.state import State, review_id
from discipline.standing import Person
from schemas.base import Event
from schemas.discipline.law import PostRank
from schemas.discipline.review_complaints import ComplaintOutcome, Instance
from schemas.discipline.review_decision import Conclusion
from schemas.discipline.review_procedure import MeetingOutcome, MeetingVotes, VoteCount
from schemas.discipline.reviews import BasisItem, Subject
from schemas.values import SubjectKind
from services.adapters import law
from tests.discipline import samples as s
from tests.specification import Given, given

LAW = law.shipped()
AUTHORITY = s.person(s.CHAIR)
SECRETARY = s.person(s.HOME_AFFAIRS_OFFICER)
SUBJECT = s.person(s.CLERK, name="official")
HEAD = s.person(s.DIRECTOR)
STRANGER = s.person(s.OUTSIDER)
DEPUTY = s.person(s.place("construction-deputy", s.DEPARTMENT))
REVIEW_ID = review_id(s.MATTER, s.CLERK_REVIEWED)
BOARD_ID = s.named("board")
MEMBERS = tuple(s.named(f"member {number}") for number in range(5))

DECIDED_AT = s.moment("2025-08-20")
PROPOSED_AT = s.moment("2025-07-04")
OPENED_ON = s.moment("2025-07-10")
NOTIFIED = s.moment("2025-07-11")
SELF_REVIEW_DUE = date(2025, 7, 18)
MEETING_AT = s.moment("2025-07-22")
HEARING_AT = s.moment("2025-08-05")
SUMMONED_AT = s.moment("2025-07-25")
SECOND_HEARING_AT = s.moment("2025-08-15")


def setting(at: datetime = DECIDED_AT, rows: LawTable = LAW) -> Setting:
    return Setting(at, rows, s.CALENDAR)


def proposed(subject: Subject = s.CLERK_REVIEWED, fact: date = date(2025, 7, 2)) -> Given[State]:
    """A review that a rule proposed."""
    item = s.item(fact=fact, detected=datetime.fromisoformat("2025-07-04T02:00:00+00:00"))
    return happens(given(s.REVIEW), propose(item, subject=subject))


def propose(item: BasisItem, subject: Subject = s.CLERK_REVIEWED, at: datetime = PROPOSED_AT) -> ProposeReview:
    """A rule demands it, of a finding."""
    until = s.moment("2025-07-18", "17:00")
    return ProposeReview(s.MATTER, subject, "da-nang-2090", s.REVIEW_TERMS, (item,), until, setting(at))


def happens(before: Given[State], *commands: object) -> Given[State]:
    """What the commands lead to, one after the other."""
    for command in commands:
        decided = before.when(command).decided()
        before = replace(before, events=(*before.events, *decided))
    return before


def opened(subject: Subject = s.CLERK_REVIEWED, fact: date = date(2025, 7, 2)) -> Given[State]:
    """The chair opened it."""
    return happens(proposed(subject, fact), OpenReview(AUTHORITY, setting(OPENED_ON)))


def notify(
    by: Person = AUTHORITY, received_at: datetime = NOTIFIED, until: date | None = SELF_REVIEW_DUE
) -> NotifySubject:
    notice, proof = s.document("notice"), s.document("proof")
    return NotifySubject(by, setting(NOTIFIED), received_at, notice, proof, until)


def convene(chair: Person = AUTHORITY) -> ConveneMeeting:
    attending = (HEAD.person_id, DEPUTY.person_id)
    return ConveneMeeting(AUTHORITY, NOTIFIED, MEETING_AT, chair, attending, s.document("agenda"))


def votes(**counted: int) -> tuple[MeetingVotes, ...]:
    """Votes by outcome, its words joined by underscores."""
    return tuple(
        MeetingVotes(outcome=MeetingOutcome(outcome.replace("_", "-")), votes=number)
        for outcome, number in counted.items()
    )


ATTENDED = (AUTHORITY.person_id, HEAD.person_id)


def meet(at: datetime = MEETING_AT + timedelta(hours=3), **counted: int) -> HoldMeeting:
    return HoldMeeting(AUTHORITY, at, ATTENDED, True, votes(**counted or {"discipline": 2}), s.document("minutes"))


def notified(subject: Subject = s.CLERK_REVIEWED) -> Given[State]:
    """The subject knows of it."""
    return happens(opened(subject), notify())


def met(subject: Subject = s.CLERK_REVIEWED, **counted: int) -> Given[State]:
    """The review meeting was held."""
    return happens(notified(subject), convene(), meet(MEETING_AT + timedelta(hours=3), **counted))


def board(*, able: int = 5, sat: int = 5, reviews: tuple[UUID, ...] = (REVIEW_ID,)) -> BoardBefore:
    """A board of five, all of whom must be there."""
    keepers = frozenset({SECRETARY.person_id})
    row, these = "decree-172-2025-board-size", frozenset(reviews)
    return BoardBefore(BOARD_ID, these, keepers, 5, row, MEMBERS[:able], MEMBERS[:sat], agenda=these)


REFER = ReferToBoard(AUTHORITY, MEETING_AT + timedelta(days=1), board(), s.document("reasons"), LAW)


def before_board() -> Given[State]:
    """The clerk's case stands before the board."""
    return happens(met(), REFER)


def summon(hearing_at: datetime = HEARING_AT, now: datetime = SUMMONED_AT) -> Summon:
    return Summon(SECRETARY, now, board(), hearing_at, s.document("summons"), ())


def receive(hearing_at: datetime = HEARING_AT) -> RecordReceipt:
    received = hearing_at - timedelta(days=5)
    now = setting(received + timedelta(days=1))
    return RecordReceipt(SECRETARY, now, board(), received, s.document("receipt"))


def hear(now: datetime = HEARING_AT, *, there: bool = True, sitting: BoardBefore | None = None) -> HoldHearing:
    statement = s.document("statement") if there else None
    return HoldHearing(SECRETARY, setting(now), sitting or board(), statement, s.document("hearing minutes"))


def ballot(choices: dict[str, int], *, counted: bool = True) -> BallotResult:
    counts = tuple(VoteCount(choice=choice, votes=number) for choice, number in choices.items())
    return BallotResult(s.named("ballot"), REVIEW_ID, BOARD_ID, counted, counts)


def happened(before: Given[State], kind: type[Event]) -> Event:
    """The latest event of a kind."""
    return next(event for event in reversed(before.events) if isinstance(event, kind))


# -- the decision ---------------------------------------------------------------------------------------------------

SERVED_AT = s.moment("2025-08-22")
CLERK_RANK = Who(SubjectKind.CIVIL_SERVANT, PostRank.NOT_LEADING, PostRank.NOT_LEADING)
LEADER = Who(SubjectKind.CIVIL_SERVANT, PostRank.LEADING, PostRank.LEADING)
ABOVE = ("republic",)
SUPERIOR = s.person(s.place("minister", ABOVE, head=True))


def recommendation() -> RecordRecommendation:
    """A warning, by three of five."""
    return RecordRecommendation(SECRETARY, board(), ballot({"warning": 3, "reprimand": 2}), ())


def to_recommendation(*joined: BasisItem) -> tuple[object, ...]:
    """Every step of an opened review until the board recommends a warning; what joins does so before the summons."""
    heard = (summon(), receive(), hear(), recommendation())
    return (notify(), convene(), meet(), REFER, *map(propose, joined), *heard)


def recommended(*joined: BasisItem) -> Given[State]:
    """The board recommends a warning; what joined before the summons was heard with the rest."""
    return happens(before_board(), *map(propose, joined), summon(), receive(), hear(), recommendation())


def conclude(form: str | None = "warning", finding: str = "finding") -> Conclusion:
    return Conclusion(finding_id=s.named(finding), form=form)


def decide(form: str | None = "warning", at: datetime = DECIDED_AT) -> DecideReview:
    document = s.document("decision")
    return DecideReview(AUTHORITY, setting(at), CLERK_RANK, form, (conclude(form),), (), False, document)


def serve(received_at: datetime = SERVED_AT) -> ServeDecision:
    return ServeDecision(AUTHORITY, setting(received_at + timedelta(days=1)), received_at, s.document("proof"), None)


def decided(form: str | None = "warning") -> Given[State]:
    return happens(recommended(), decide(form))


def served(form: str | None = "warning") -> Given[State]:
    """The subject received the decision on 22 August 2025."""
    return happens(decided(form), serve())


# -- complaints -----------------------------------------------------------------------------------------------------

JUDGE = Judge(AUTHORITY, ABOVE)
JUDGE_ABOVE = Judge(SUPERIOR, ABOVE)
COMPLAINED_AT = s.moment("2025-09-01")
ANSWERED_AT = s.moment("2025-09-15")


def complain(instance: Instance = Instance.FIRST, at: datetime = COMPLAINED_AT) -> FileComplaint:
    return FileComplaint(SUBJECT, setting(at), instance, s.document("complaint"))


def answer(
    outcome: ComplaintOutcome = ComplaintOutcome.UPHELD,
    judge: Judge = JUDGE,
    form: str | None = None,
    *,
    fresh: bool = False,
    at: datetime = ANSWERED_AT,
) -> AnswerComplaint:
    return AnswerComplaint(judge, setting(at), CLERK_RANK, outcome, form, fresh, s.document("answer"))


def serve_answer(received_at: datetime = ANSWERED_AT) -> ServeAnswer:
    return ServeAnswer(AUTHORITY, setting(received_at + timedelta(days=1)), received_at, s.document("answer proof"))


def answered_first(form: str = "warning") -> Given[State]:
    """The first complaint was upheld, and the subject knows it."""
    return happens(served(form), complain(), AcceptComplaint(JUDGE), answer(), serve_answer())
