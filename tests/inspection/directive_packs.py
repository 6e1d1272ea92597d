"""A pack made for tests, and a newer version of it."""

from __future__ import annotations

from typing import Any

from inspection.directives.decide import fingerprint
from schemas.inspection.directives import Origin, Pack, ReviewRules, ViolationType
from schemas.inspection.organisation import AgencyKind
from schemas.values import Answerable, DayKind, Ladder, LadderStep, Name, Recipient, StallTerms, Term

DIRECTIVE = "chi-thi-16"
LATE, SHIRKING = "late-dossier", "shirking"


def working(days: int) -> Term:
    return Term(days=days, day_kind=DayKind.WORKING)


def violation(violation_type: str, days: int = 10) -> ViolationType:
    return ViolationType(
        violation_type=violation_type,
        name=Name(vi="Hồ sơ trễ hẹn", en="Late dossier"),
        provision="khoản 1",
        remediation=working(days),
        remediation_origin=Origin.DEFAULT,
        demands_review=False,
        answerable=(Answerable.HEAD,),
    )


def pack(version: int = 1, **changed: Any) -> Pack:
    values: dict[str, Any] = {
        "directive_id": DIRECTIVE,
        "version": version,
        "number": "16/CT-UBND",
        "name": Name(vi="Chỉ thị", en="Directive"),
        "issuer": Name(vi="UBND tỉnh", en="Province"),
        "issued_on": None,
        "source": "Công báo",
        "addressees": (AgencyKind.DEPARTMENT, AgencyKind.COMMUNE),
        "contest": working(5),
        "contest_origin": Origin.DEFAULT,
        "max_extensions": 1,
        "extensions_origin": Origin.DEFAULT,
        "max_hand_overs": 2,
        "hand_overs_origin": Origin.DEFAULT,
        "ladder": Ladder(steps=(LadderStep(recipient=Recipient.OWNER, after_working_days=0),)),
        "ladder_origin": Origin.DEFAULT,
        "stall": StallTerms(
            acknowledge=2,
            plan=5,
            plan_answer=3,
            progress=10,
            due_first_call=5,
            due_last_call=1,
            verification=5,
            extension_answer=3,
            review_open=10,
            review_meeting=15,
            acknowledgement_expires=3,
        ),
        "stall_origin": Origin.DEFAULT,
        "review": ReviewRules(
            on_last_step=True, threshold=3, period_days=180, provision="khoản 5", origin=Origin.DEFAULT
        ),
        "consultation": None,
        "shirking_type": SHIRKING,
        "violation_types": (violation(LATE), violation(SHIRKING)),
        "duties": (),
        "reports": (),
        "indicators": (),
    }
    return Pack(**(values | changed))


PACK = pack()
SHA256 = fingerprint(PACK)
NEWER = pack(2, violation_types=(violation(LATE, days=5), violation(SHIRKING)))
