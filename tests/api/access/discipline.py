"""The discipline context's permissions."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from services.application.identity import Role
from services.entrypoints.api.context import Context
from services.entrypoints.api.discipline import API
from tests.api import board_cases
from tests.api.access import boards, consultations, documents
from tests.api.access.table import CASE_AGENCY, Caller, Ids, Row, insider, row
from tests.api.discipline_cases import notified_review, open_follow_up, plant, propose_succession, raise_question

READERS = (
    Role.INSPECTOR,
    Role.TEAM_LEADER,
    Role.INSPECTORATE_OFFICER,
    Role.AGENCY_USER,
    Role.HEAD,
    Role.AUTHORITY,
    Role.AUDITOR,
)
OVERSEERS = (Role.INSPECTOR, Role.TEAM_LEADER, Role.INSPECTORATE_OFFICER, Role.HEAD, Role.AUTHORITY)
TEXT = "Đề nghị bổ sung."


def owner(_ids: Ids) -> Caller:
    """Holds the owning post, without being the head by role."""
    return Caller(Role.AGENCY_USER, CASE_AGENCY, insider(Role.HEAD).person_id)


def head_above(_ids: Ids) -> Caller:
    """The department's own head is the owner, who judges nothing."""
    return Caller(Role.HEAD, "tinh", insider(Role.AUTHORITY).person_id)


CASE, REVIEW = "/follow-ups/{finding_id}", "/reviews/{review_id}"


def subject(role: Role) -> Callable[[Ids], Caller]:
    """The subject of the review, whatever he is in the suite besides."""
    return lambda _ids: Caller(role, CASE_AGENCY, SUBJECT_PERSON)


SUBJECT_PERSON = UUID("00000000-0000-0000-0000-00000000be00")
SUBJECT = {
    role: subject(role)
    for role in (
        Role.AGENCY_USER,
        Role.HEAD,
        Role.INSPECTOR,
        Role.TEAM_LEADER,
        Role.INSPECTORATE_OFFICER,
        Role.CITIZEN,
    )
}
"""A citizen is whoever has left: reviews are about them, too."""
IN_OFFICE = {role: subject(role) for role in (Role.AUTHORITY, Role.BOARD_MEMBER, Role.BOARD_SECRETARY)}
"""Who judges others may be the subject of a review himself."""
CASE_READERS = (*SUBJECT, *IN_OFFICE, Role.AUDITOR)


def owns(path: str, body: dict[str, Any]) -> Row:
    """What the owner does."""
    insiders = {Role.AGENCY_USER: owner}
    return row("POST", CASE + path, Role.AGENCY_USER, Role.HEAD, outside=404, insiders=insiders, body=lambda _: body)


def judges(path: str, body: dict[str, Any], *, if_match: bool = True) -> Row:
    """What those do who oversee."""
    insiders = {Role.HEAD: head_above}
    return row("POST", CASE + path, *OVERSEERS, outside=404, if_match=if_match, insiders=insiders, body=lambda _: body)


OWNERS_ROWS = (
    row("POST", f"{CASE}/assign", Role.HEAD, Role.AUTHORITY, outside=404, body=lambda _: {"post_id": "so-y-te-clerk"}),
    owns("/hand-over", {"post_id": "so-y-te-clerk", "reason": TEXT}),
    owns("/acknowledge", {}),
    owns("/plans", {"measures": [{"measure_id": "one", "description": TEXT, "until": "2026-03-10"}]}),
    owns("/progress", {"percent": 10, "report": TEXT}),
    owns("/extensions", {"until": "2026-04-10", "reason": TEXT}),
    owns("/completion", {"report": TEXT, "evidence": [TEXT]}),
)
JUDGES_ROWS = (
    judges("/plans/accept", {}),
    judges("/plans/send-back", {"reasons": TEXT}),
    judges("/extensions/grant", {}),
    judges("/extensions/refuse", {"reasons": TEXT}),
    judges("/verify", {}),
    judges("/reject", {"reasons": TEXT}),
    judges("/urge", {"message": TEXT}, if_match=False),
    judges("/reviews", {"about": "collective", "reasons": TEXT}, if_match=False),
)
READING_ROWS = (
    row("GET", "/follow-ups", *READERS, outside=None),
    row("GET", CASE, *READERS, outside=404),
    row("GET", f"{CASE}/events", *READERS, outside=404, stream=True),
    row("GET", "/reviews", *CASE_READERS, outside=None),
    row("GET", REVIEW, *CASE_READERS, outside=404, insiders=SUBJECT),
    row("GET", f"{REVIEW}/summonses", *CASE_READERS, outside=404, insiders=SUBJECT),
    row("GET", f"{REVIEW}/reads", Role.AUTHORITY, Role.BOARD_SECRETARY, Role.AUDITOR, outside=404),
    row("GET", f"{REVIEW}/events", *CASE_READERS, outside=404, insiders=SUBJECT, stream=True),
    row("GET", f"{REVIEW}/documents", *CASE_READERS, outside=404, insiders=SUBJECT),
    row("GET", f"{REVIEW}/documents/{{issued_id}}/{{form}}", *CASE_READERS, outside=404, insiders=SUBJECT),
)


def decides(path: str, body: dict[str, Any]) -> Row:
    """What the competent authority does."""
    return row("POST", REVIEW + path, Role.AUTHORITY, outside=404, if_match=True, body=lambda _: body)


def keeps(path: str, body: dict[str, Any]) -> Row:
    """What those do who keep the file."""
    who = (Role.AUTHORITY, Role.BOARD_SECRETARY)
    return row("POST", REVIEW + path, *who, outside=404, if_match=True, body=lambda _: body)


def before_board(path: str, body: dict[str, Any]) -> Row:
    """What those do who keep the file, the board's chair and secretary among them."""
    who = (Role.AUTHORITY, Role.BOARD_MEMBER, Role.BOARD_SECRETARY)
    return row("POST", REVIEW + path, *who, outside=404, if_match=True, body=lambda _: body)


def answers(path: str, body: dict[str, Any]) -> Row:
    """What the subject does."""
    insiders = SUBJECT | IN_OFFICE
    return row("POST", REVIEW + path, *insiders, outside=404, insiders=insiders, body=lambda _: body)


AT, DAY, SOMEONE = "2026-03-02T08:00:00+07:00", "2026-03-02", "00000000-0000-0000-0000-00000000c1e4"
REASONS = {"reasons": TEXT}
ELSEWHERE: Mapping[Role, Callable[[Ids], Caller]] = {
    role: lambda _ids, role=role: Caller(role, "huyen", uuid4())  # type: ignore[misc]  # bound at once
    for role in (Role.AUTHORITY, Role.HEAD)
}
HEADS_ROWS = (
    row("GET", "/responsibilities", Role.AUTHORITY, Role.AUDITOR, outside=None),
    row("GET", "/responsibilities/{finding_id}", Role.AUTHORITY, Role.AUDITOR, outside=404),
    row("GET", "/responsibilities/{finding_id}/reads", Role.AUTHORITY, Role.AUDITOR, outside=404),
    row(
        "POST",
        "/responsibilities/{finding_id}/levels/{level}/open",
        Role.AUTHORITY,
        outside=404,
        body=lambda _: REASONS,
    ),
    row(
        "POST",
        "/responsibilities/{finding_id}/levels/{level}/close",
        Role.AUTHORITY,
        outside=404,
        body=lambda _: REASONS | {"ground": "not_responsible"},
    ),
    row("POST", "/responsibilities/{finding_id}/take-over", Role.AUTHORITY, outside=404, body=lambda _: REASONS),
)
CORRECTION = REASONS | {"passages": [{"from_post": f"{CASE_AGENCY}-clerk", "to_post": "so-giao-duc-head"}]}
PLAN = "/successions/{succession_id}"
SUCCESSION_ROWS = (
    row("GET", "/successions", Role.AUTHORITY, Role.AUDITOR, outside=None),
    row("GET", PLAN, Role.AUTHORITY, Role.HEAD, Role.AUDITOR, outside=404, outsiders=ELSEWHERE),
    row(
        "POST",
        f"{PLAN}/correct",
        Role.AUTHORITY,
        Role.HEAD,
        outside=404,
        if_match=True,
        body=lambda _: CORRECTION,
        outsiders=ELSEWHERE,
    ),
    row("POST", f"{PLAN}/approve", Role.AUTHORITY, outside=404, if_match=True, body=lambda _: {}, outsiders=ELSEWHERE),
    row("POST", f"{PLAN}/carry-out", Role.AUTHORITY, outside=404, body=lambda _: {}, outsiders=ELSEWHERE),
)
REVIEWS_ROWS = (
    decides("/open", {}),
    decides("/refuse", REASONS),
    decides("/rebase", {}),
    decides("/terminate", REASONS),
    row("POST", f"{REVIEW}/take-over", Role.AUTHORITY, outside=404, body=lambda _: REASONS),
    decides("/secretary", {"person_id": SOMEONE}),
    keeps("/notice", {"received_at": AT, "notice": TEXT, "proof": TEXT, "self_review_until": DAY}),
    answers("/self-review", {"statement": TEXT}),
    keeps("/meetings", {"held_at": AT, "chair": SOMEONE, "must_attend": [], "agenda": TEXT}),
    keeps(
        "/meetings/minutes",
        {
            "attended": [SOMEONE],
            "subject_present": True,
            "votes": [{"outcome": "criticism", "votes": 1}],
            "minutes": TEXT,
        },
    ),
    decides("/end", REASONS | {"outcome": "criticism"}),
    decides("/board", REASONS | {"board_id": SOMEONE}),
    before_board("/summons", {"hearing_at": AT, "summons": TEXT}),
    before_board("/summons/receipt", {"received_at": AT, "proof": TEXT}),
    before_board("/summons/missed", {"excused": False, "circumstances": TEXT}),
    before_board("/hearing", {"statement": TEXT, "minutes": TEXT}),
    before_board("/recommendation", {"ballot_id": SOMEONE}),
    decides("/circumstances", REASONS | {"weight": "mitigating"}),
    decides("/course", REASONS | {"course": "ended"}),
    decides("/legal-opinion", {"side": "fact", "opinion": TEXT}),
    decides("/defer", REASONS | {"ground": "1"}),
    decides("/resume", REASONS),
    decides("/investigators", {"since": DAY, "document": TEXT}),
    decides("/investigators/return", {"returned_on": DAY, "document": TEXT}),
    decides("/extend", REASONS),
    decides("/work-suspension", {"first": DAY, "decision": TEXT}),
    decides("/work-suspension/end", REASONS | {"ended_on": DAY}),
    decides("/party-discipline", {"decided_on": DAY, "reference": TEXT}),
    decides(
        "/protection",
        {"effect": "exempt", "proposal": TEXT, "approval": TEXT, "approved_on": DAY, "good_faith": [TEXT]},
    ),
    decides("/exempt", REASONS | {"ground": "1", "evidence": [TEXT]}),
    decides("/skip", REASONS | {"step": "council", "condition": "court-sentence"}),
    decides("/close", {"ground": "death", "document": TEXT}),
    decides("/decide", {"conclusions": [{"finding_id": SOMEONE}], "decision": TEXT}),
    keeps("/serve", {"received_at": AT, "proof": TEXT}),
    keeps("/publish", {"text": TEXT, "left_out": ["denouncer"]}),
    decides("/correct", {"text": TEXT}),
    decides("/revoke", REASONS | {"ground": "basis_lost"}),
    keeps("/expire", {}),
    decides("/reassign", {"measure": "replaced", "from_post": "so-y-te-head", "decision": TEXT}),
    answers("/complaints", {"instance": "first", "complaint": TEXT}),
    decides("/complaints/accept", {}),
    decides("/complaints/reject", REASONS),
    decides("/complaints/answer", {"outcome": "upheld", "answer": TEXT}),
    keeps("/complaints/serve", {"received_at": AT, "proof": TEXT}),
)

ANSWERS_FOR_ROWS = (Role.ADMINISTRATOR, Role.AUDITOR, Role.AUTHORITY, Role.BOARD_SECRETARY, Role.BOARD_MEMBER)
LAW_ROWS = (
    row("GET", "/law", *Role, outside=None),
    row("GET", "/law/{row_id}", *ANSWERS_FOR_ROWS, outside=None),
    row(
        "POST",
        "/law/{row_id}/activate",
        Role.ADMINISTRATOR,
        outside=None,
        body=lambda _: REASONS | {"source": "Công báo"},
    ),
    row("POST", "/law/{row_id}/withdraw", Role.ADMINISTRATOR, outside=None, body=lambda _: REASONS),
)

ROWS = (
    OWNERS_ROWS
    + JUDGES_ROWS
    + READING_ROWS
    + SUCCESSION_ROWS
    + HEADS_ROWS
    + REVIEWS_ROWS
    + LAW_ROWS
    + boards.ROWS
    + documents.ROWS
    + consultations.ROWS
)


async def prepare(context: Context) -> Ids:
    """The table's organisation, a follow-up that the department's head owns, and a review whose subject knows of it."""
    await plant(context.pool, board_cases.posts())
    finding_id = await open_follow_up(context)
    review_id = await notified_review(context, SUBJECT_PERSON, insider(Role.BOARD_SECRETARY).person_id)
    await raise_question(context, finding_id)
    succession_id = await propose_succession(context)
    voting = await boards.vote(context, review_id)
    row_id = "decree-172-2025-limitation-other"
    ids = {"finding_id": str(finding_id), "review_id": str(review_id), "row_id": row_id, "level": "1"}
    ids["succession_id"] = str(succession_id)
    return {**ids, **voting, **await documents.issued(context, review_id), **await consultations.asked(context)}


__all__ = ["API", "ROWS", "prepare"]
