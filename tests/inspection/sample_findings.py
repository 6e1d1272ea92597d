"""A finding at a commune, and what can be done with it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from inspection.directives.queries import terms_of
from inspection.findings.commands import Author, ConfirmFinding, ContestFinding, SubmitFinding
from inspection.findings.decide import decide
from inspection.findings.evolve import evolve
from inspection.findings.state import INITIAL, State
from inspection.standing import Standing
from schemas.inspection.findings import (
    FindingConfirmed,
    FindingContent,
    FindingContested,
    FindingDrafted,
    FindingSource,
    FindingSubmitted,
    FindingWithdrawn,
    InvolvedOfficial,
)
from schemas.values import DocumentRef, Posts, SubjectKind
from tests.inspection.directive_packs import DIRECTIVE, LATE, PACK
from tests.inspection.province import COMMUNE, DISTRICT, INSPECTORATE, PROVINCE, person
from tests.specification import Decider

FINDINGS: Decider[State] = Decider(INITIAL, decide, evolve)

ID, OTHER = UUID(int=11), UUID(int=10)
INSPECTOR, LEADER = person("inspector"), person("team leader")
NOW = datetime(2025, 3, 3, 2, tzinfo=UTC)
TODAY, FACT = date(2025, 3, 3), date(2025, 2, 20)
CONTEST_UNTIL, DUE_AT = NOW + timedelta(days=7), NOW + timedelta(days=14)
HEAD_POST = f"{COMMUNE}-head"


def document(number: int) -> DocumentRef:
    return DocumentRef(document_id=UUID(int=number), sha256=f"{number:064x}")


NARRATIVE, REASON, ANSWER = document(101), document(102), document(103)
OFFICIAL = InvolvedOfficial(person_id=person(f"head of {COMMUNE}"), post_id=HEAD_POST, kind=SubjectKind.CIVIL_SERVANT)


def content(**changed: Any) -> FindingContent:
    values: dict[str, Any] = {
        "agency_id": COMMUNE,
        "violation_type": LATE,
        "directive_id": DIRECTIVE,
        "fact_date": FACT,
        "source": FindingSource.FEEDBACK,
        "inspection_id": None,
        "matter_id": ID,
        "officials": (OFFICIAL,),
        "narrative": NARRATIVE,
        "evidence": (),
        "replaces": None,
    }
    return FindingContent(**(values | changed))


POSTS = Posts(
    head=HEAD_POST,
    superior=f"{DISTRICT}-head",
    inspectorate=f"{INSPECTORATE}-head",
    chair=f"{PROVINCE}-head",
)


def submit(finding_id: UUID = ID, *, at: datetime = NOW, replaced: State = None, **changed: Any) -> SubmitFinding:
    return SubmitFinding(
        finding_id=finding_id,
        content=content(**changed),
        inspector_id=INSPECTOR,
        at=at,
        today=TODAY,
        terms=terms_of(PACK, changed.get("violation_type", LATE)),
        historic=False,
        posts=POSTS,
        contest_until=at + timedelta(days=7),
        due_at=at + timedelta(days=14),
        replaced=replaced,
    )


def submitted(finding_id: UUID = ID, *, at: datetime = NOW, **changed: Any) -> FindingSubmitted:
    return FindingSubmitted(
        finding_id=finding_id,
        content=content(**changed),
        inspector_id=INSPECTOR,
        terms=terms_of(PACK, changed.get("violation_type", LATE)),
        posts=POSTS,
        detected_at=at,
        contest_until=at + timedelta(days=7),
        due_at=at + timedelta(days=14),
        historic=False,
    )


def drafted(inspector_id: UUID | None = INSPECTOR, **changed: Any) -> FindingDrafted:
    return FindingDrafted(finding_id=ID, content=content(**changed), inspector_id=inspector_id)


withdrawn = FindingWithdrawn(finding_id=ID, reason=REASON)
contested = FindingContested(finding_id=ID, post_id=HEAD_POST, reasons=REASON)


def confirmed(answer: DocumentRef | None = None) -> FindingConfirmed:
    said = content()
    return FindingConfirmed(
        finding_id=ID,
        confirmed_by=LEADER,
        agency_id=said.agency_id,
        violation_type=said.violation_type,
        matter_id=said.matter_id,
        fact_date=said.fact_date,
        detected_at=NOW,
        officials=said.officials,
        terms=terms_of(PACK, LATE),
        posts=POSTS,
        answer=answer,
    )


def standing(person_id: UUID = LEADER, *, works_in: str = INSPECTORATE, heads: bool = False) -> Standing:
    return Standing(person_id, frozenset({works_in}), frozenset({works_in}) if heads else frozenset())


AUTHOR, ANOTHER, LEADING = Author(INSPECTOR, leads=False), Author(LEADER, leads=False), Author(LEADER, leads=True)
contest = ContestFinding(REASON, at=NOW + timedelta(days=1), head_post=HEAD_POST, by_posts=(HEAD_POST,))
confirm = ConfirmFinding(standing(), at=CONTEST_UNTIL + timedelta(seconds=1))
