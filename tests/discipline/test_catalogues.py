"""Whatever of this context people read is there in both languages."""

from typing import Any

import pytest

from discipline.ballots.state import BallotStatus
from discipline.boards.owed import BoardDebtor, BoardStep
from discipline.follow_ups.view import FollowUpStatus
from discipline.law.codes import OBEYED, AfterSanction, Leavers, NotCounted
from discipline.law.refusals import FormNotInRow, named
from discipline.law.rows import Confidence, Rule, Start, Unit
from discipline.reviews.commands import RefuseReview, TerminateReview
from discipline.reviews.owed import Debtor, OwedStep
from discipline.reviews.state import ReviewStatus
from discipline.steps import Step
from schemas.discipline.ballots import VoidGround
from schemas.discipline.boards import ConflictGround, SeatRole
from schemas.discipline.documents import DocumentKind
from schemas.discipline.law import PostRank
from schemas.discipline.review_complaints import Instance
from schemas.discipline.review_decision import Unpublishable
from schemas.discipline.review_incidents import CourseOfViolation
from schemas.discipline.review_procedure import MeetingOutcome
from schemas.discipline.reviews import ReviewGround
from schemas.refusal import Refusal
from schemas.registry import CONTRACTS
from schemas.values import DayReason, SubjectKind
from services.adapters import law
from services.adapters.catalogues import LANGUAGES, text
from services.entrypoints.api.discipline.board_papers import PaperKind
from tests.discipline import review_cases as c
from tests.discipline import samples as s
from tests.specification import Given

EVENTS = [
    "event-" + type_.rpartition(".v")[0].replace(".", "-").replace("_", "-")
    for type_ in CONTRACTS
    if type_.startswith("discipline.")
]
START_CODES = {Rule.LIMITATION_START, Rule.LIMITATION_RESTART}
FORM_RULES = {Rule.FORMS, Rule.FORMS_ABOLISHED, Rule.FORMS_NOT_FOR_LEAVERS}
ROWS = law.shipped().rows
FORMS = {code for row in ROWS if row.rule in FORM_RULES for code in row.codes}
"""What a new row names needs its words."""
STATUSES_OF_LEAVERS = {code for row in ROWS if row.rule is Rule.LEAVERS for code in row.codes} - set(Leavers)
STARTS = {*Start, *(code for row in ROWS if row.rule in START_CODES for code in row.codes)}
CONDITIONS = {row.condition for row in ROWS if row.condition is not None}
WORDS = {code for row in ROWS if row.unit is not Unit.MONTH_DAY for code in row.codes} - FORMS - STATUSES_OF_LEAVERS
OBEYED_WORDS = {word for words in OBEYED.values() for word in words}


@pytest.mark.parametrize(
    "text_id",
    [
        *EVENTS,
        *(f"follow-up-status-{status}" for status in FollowUpStatus),
        *(f"review-status-{status}" for status in ReviewStatus),
        *(f"review-ground-{ground}" for ground in ReviewGround),
        *(f"meeting-outcome-{outcome}" for outcome in MeetingOutcome),
        *(f"owed-{step}" for step in OwedStep),
        *(f"owed-by-{debtor}" for debtor in Debtor),
        *(f"board-owed-{step}" for step in BoardStep),
        *(f"board-owed-by-{debtor}" for debtor in BoardDebtor),
        *(f"complaint-instance-{instance}" for instance in Instance),
        *(f"unpublishable-{what}" for what in Unpublishable),
        *(f"document-kind-{kind}" for kind in DocumentKind),
        *(f"paper-{kind}" for kind in (PaperKind.FINDING, PaperKind.EVIDENCE)),
        *(f"law-rule-{rule}" for rule in Rule),
        *(f"law-word-{word}" for word in sorted(WORDS | OBEYED_WORDS)),
        *(f"law-confidence-{confidence}" for confidence in Confidence),
        *(f"course-{course}" for course in CourseOfViolation),
        *(f"law-post-{rank}" for rank in PostRank),
        *(f"subject-kind-{kind}" for kind in SubjectKind),
        *(f"form-{form}" for form in sorted(FORMS | STATUSES_OF_LEAVERS)),
        *(f"clock-start-{start}" for start in sorted(STARTS)),
        *(f"time-not-counted-{reason}" for reason in NotCounted),
        *(f"clock-{clock}" for clock in (Rule.LIMITATION, Rule.PROCESSING, *Step, "promotion-bar")),
        *(f"law-word-{word}" for word in AfterSanction),
        *(f"day-reason-{reason}" for reason in DayReason),
        *(f"seat-role-{role}" for role in SeatRole),
        *(f"conflict-ground-{ground}" for ground in ConflictGround),
        *(f"ballot-status-{status}" for status in BallotStatus),
        *(f"void-ground-{ground}" for ground in VoidGround),
        *(f"ballot-gives-away-{what}" for what in ("unanimous", "all_but_one")),
        *(f"law-condition-{condition}" for condition in sorted(CONDITIONS)),
    ],
)
def test_every_name_has_its_words(text_id: str) -> None:
    words = [text(language, text_id) for language in LANGUAGES]

    assert all(words)
    assert len(set(words)) == len(LANGUAGES)


def test_a_refusal_says_forms_by_their_words() -> None:
    refused = FormNotInRow(named("removal"), "row-one", named("reprimand", "warning"))

    assert "cách chức" in text("vi", refused.code, refused.facts)
    assert "khiển trách, cảnh cáo" in text("vi", refused.code, refused.facts)
    assert refused.facts["allowed"] == "reprimand, warning"


def refusal(of: Given[Any], command: object) -> Refusal:
    """Why a command is refused."""
    with pytest.raises(Refusal) as caught:
        of.when(command).decided()
    return caught.value


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (refusal(c.proposed(), c.notify()), "Được đề xuất"),
        (refusal(c.opened(), RefuseReview(c.AUTHORITY, s.document("why"))), "Đang xem xét"),
        (refusal(c.met(), TerminateReview(c.STRANGER, s.document("why"))), "cơ quan có thẩm quyền"),
        (refusal(c.recommended(), c.serve()), "Hội đồng đã kiến nghị"),
    ],
    ids=lambda value: getattr(value, "code", value),
)
def test_a_refusal_says_where_the_case_stands_in_words(refused: Refusal, words: str) -> None:
    """Never by a code of ours: a board's secretary reads it."""
    assert words in text("vi", refused.code, refused.facts)
