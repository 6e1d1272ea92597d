"""A board of five before the chair of the province, on the review of a clerk of the construction department."""

from collections.abc import Iterable

from discipline.ballots import decide as ballots
from discipline.ballots import evolve as ballot_evolve
from discipline.ballots.commands import CallBallot, Called
from discipline.ballots.state import initial as no_ballot
from discipline.boards import decide as boards
from discipline.boards import evolve as board_evolve
from discipline.boards.commands import EstablishBoard, OpenMatter, Standing
from discipline.boards.conflicts import Matter
from discipline.boards.state import board_id
from discipline.boards.state import initial as no_board
from discipline.law.rows import LawTable
from discipline.standing import Person, Place
from schemas.base import Event
from schemas.discipline.ballots import BallotBody, BallotCalled, BallotPaperIssued, BallotRollClosed
from schemas.discipline.boards import (
    Admission,
    BoardEstablished,
    ConflictDeclared,
    Seat,
    SeatRole,
    SittingConvened,
    SittingOpened,
    StatedNumber,
)
from schemas.inspection.organisation import AgencyKind
from services.adapters import law
from tests.discipline.samples import CHAIR, CLERK, CLERK_REVIEWED, MATTER, document, moment, named, person, place
from tests.specification import Decider

BOARD = Decider(no_board, boards.decide, board_evolve.evolve)
BALLOT = Decider(no_ballot, ballots.decide, ballot_evolve.evolve)

ID = board_id(MATTER, "chair")
REVIEW = named("review")
SUBJECT = named("official")
CLERK_TODAY = person(CLERK, name="official")
AUTHORITY = person(CHAIR)

MEMBERS = ("home-affairs", "transport", "finance", "justice", "health")
"""Departments beside the subject's; each sends somebody."""


def member_place(department: str) -> Place:
    return place(f"{department}-deputy", (department, "province"), AgencyKind.DEPARTMENT)


PEOPLE: dict[str, Person] = {name: person(member_place(name), name=name) for name in (*MEMBERS, "culture", "labour")}
"""The five, and two who may take their place."""
CHAIRMAN, SECRETARY = PEOPLE["home-affairs"], PEOPLE["transport"]
ROLES = {"home-affairs": SeatRole.CHAIR, "transport": SeatRole.SECRETARY}


def seat(name: str, role: SeatRole = SeatRole.MEMBER, *, votes: bool = True) -> Seat:
    return Seat(person_id=named(name), post_id=f"{name}-deputy", role=role, votes=votes)


SEATS = tuple(seat(name, ROLES.get(name, SeatRole.MEMBER)) for name in MEMBERS)
IDS = tuple(one.person_id for one in SEATS)
MATTER_OF_CLERK = Matter(REVIEW, CLERK_REVIEWED, CLERK_TODAY)
BEFORE_REFORM = moment("2025-04-20")
"""Decree 112/2020 holds: a secondary row says five."""
AFTER_REFORM = moment("2025-07-10")
"""No active row speaks of boards."""
DECIDED = StatedNumber(number=4, rule_id=None, instrument=None, article=None)
BY_ROW = StatedNumber(number=5, rule_id="decree-112-2020-board-size", instrument="Decree 112/2020/NĐ-CP", article=None)
LAW: LawTable = law.shipped()


def standing(*people: Person, matters: Iterable[Matter] = (MATTER_OF_CLERK,)) -> Standing:
    """As everybody stands, with these people standing otherwise."""
    known = {one.person_id: one for one in (*PEOPLE.values(), *people)}
    return Standing(tuple(matters), known)


STANDING = standing()


def open_matter(matter: Matter = MATTER_OF_CLERK, **but: object) -> OpenMatter:
    known: dict[str, object] = {"matter_id": MATTER, "authority_post": "chair", "going_on": True}
    return OpenMatter(matter, **{**known, **but})  # type: ignore[arg-type]  # the test's own values


def establish(**but: object) -> EstablishBoard:
    command: dict[str, object] = {
        "by": AUTHORITY,
        "at": BEFORE_REFORM,
        "matter_id": MATTER,
        "authority_post": "chair",
        "reviews": (open_matter(),),
        "seats": SEATS,
        "quorum": 4,
        "admissions": (),
        "decision": document("decision"),
        "law": LAW,
        "members": {who.person_id: who for who in (*PEOPLE.values(), CLERK_TODAY)},
    }
    members = {one.person_id for one in (but.get("seats") or SEATS)}  # type: ignore[attr-defined]  # seats
    command.update(but)
    known = command["members"]
    command["members"] = {id_: who for id_, who in known.items() if id_ in members}  # type: ignore[attr-defined]
    return EstablishBoard(**command)  # type: ignore[arg-type]  # the test's own values


def established(
    seats: tuple[Seat, ...] = SEATS, size: StatedNumber = BY_ROW, admissions: tuple[Admission, ...] = ()
) -> BoardEstablished:
    return BoardEstablished(
        board_id=ID,
        matter_id=MATTER,
        review_ids=(REVIEW,),
        subjects=(SUBJECT,),
        authority_post="chair",
        established_by=AUTHORITY.person_id,
        seats=seats,
        size=size,
        quorum=DECIDED,
        admissions=admissions,
        decision=document("decision"),
    )


ESTABLISHED = established()


def declared(name: str, *, related: bool = False) -> ConflictDeclared:
    return ConflictDeclared(board_id=ID, person_id=named(name), related=related, statement=document(f"by {name}"))


DECLARED = tuple(map(declared, MEMBERS))
CONVENED = SittingConvened(
    board_id=ID,
    sitting=1,
    held_at=moment("2025-05-05"),
    review_ids=(REVIEW,),
    agenda=document("agenda"),
    invited=IDS,
    convened_by=SECRETARY.person_id,
)


def opened(*attended: str) -> SittingOpened:
    there = tuple(named(name) for name in (attended or MEMBERS))
    return SittingOpened(board_id=ID, sitting=1, attended=there, opened_by=SECRETARY.person_id)


SITTING: tuple[Event, ...] = (ESTABLISHED, *DECLARED, CONVENED, opened())
"""All five sit."""

# -- the ballot -----------------------------------------------------------------------------------------------------

BALLOT_ID = named("ballot")
CHOICES = ("reprimand", "warning", "no-sanction")
KEY = "AQAB"
CALLED_WITH = Called(
    ballot_id=BALLOT_ID,
    review_id=REVIEW,
    body=BallotBody.BOARD,
    board_id=ID,
    chair=CHAIRMAN.person_id,
    secretary=SECRETARY.person_id,
    voters=IDS,
    quorum=DECIDED,
    choices=CHOICES,
    key=KEY,
    called_by=SECRETARY.person_id,
)
CALLED = BallotCalled(
    ballot_id=BALLOT_ID,
    review_id=REVIEW,
    body=BallotBody.BOARD,
    board_id=ID,
    chair=CHAIRMAN.person_id,
    secretary=SECRETARY.person_id,
    voters=IDS,
    quorum=DECIDED,
    choices=CHOICES,
    key=KEY,
    called_by=SECRETARY.person_id,
)
CALL = CallBallot(CALLED_WITH)
BOX_UNTIL = moment("2025-05-05", "04:00")


def request_of(name: str) -> str:
    return named(f"request of {name}").hex * 2


def paper(name: str) -> BallotPaperIssued:
    return BallotPaperIssued(ballot_id=BALLOT_ID, person_id=named(name), request_sha256=request_of(name))


PAPERS = tuple(map(paper, MEMBERS))
ROLL_CLOSED = BallotRollClosed(ballot_id=BALLOT_ID, box_until=BOX_UNTIL, closed_by=SECRETARY.person_id)
