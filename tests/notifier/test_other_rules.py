"""What findings, inspections and reviews wait for. Day 0 is a Monday; only weekends are off."""

from datetime import datetime, timedelta
from uuid import uuid5

import pytest

from notifier.rules.case import CaseEvent, CaseId, case_of, deadlines, waits
from notifier.rules.wait import Mark
from schemas.discipline import responsibility as rs
from schemas.discipline import reviews as r
from schemas.discipline import successions as su
from schemas.discipline.reviews import Subject
from schemas.inspection import findings as fi
from schemas.inspection import inspections as ins
from schemas.inspection.organisation import PostVacated, RestructuringKind
from schemas.notifier.alerts import CaseKind
from schemas.notifier.alerts import StallRule as R
from schemas.values import Recipient, SubjectKind
from tests.notifier import examples as ex
from tests.notifier.examples import DEFAULTS, day, due, evening, morning

SUBMITTED = (ex.submitted(), day(0))
CONTESTED = fi.FindingContested(finding_id=ex.FINDING_ID, post_id=ex.HEAD, reasons=ex.DOCUMENT)
DISMISSED = fi.FindingDismissed(
    finding_id=ex.FINDING_ID, dismissed_by=ex.PERSON, agency_id=ex.AGENCY, reason=ex.DOCUMENT
)
WITHDRAWN = fi.FindingWithdrawn(finding_id=ex.FINDING_ID, reason=ex.DOCUMENT)
DUPLICATE = fi.FindingMarkedDuplicate(
    finding_id=ex.FINDING_ID, original_id=ex.MATTER_ID, agency_id=ex.AGENCY, reason="same"
)


def test_a_finding_is_to_be_decided_once_the_window_to_object_has_ended() -> None:
    assert due(SUBMITTED) == {R.FINDING_NOT_DECIDED: evening(5 + DEFAULTS.finding.decide)}


def test_objections_begin_the_time_to_decide() -> None:
    assert due(SUBMITTED, (CONTESTED, day(2))) == {R.FINDING_NOT_DECIDED: evening(2 + DEFAULTS.finding.decide)}


@pytest.mark.parametrize("end", [DISMISSED, WITHDRAWN, DUPLICATE])
def test_a_decided_finding_waits_for_nothing(end: CaseEvent) -> None:
    assert due(SUBMITTED, (end, day(3))) == {}


def test_a_historic_finding_waits_for_nothing() -> None:
    assert due((ex.submitted(historic=True), day(0))) == {}


PLANNED = ins.InspectionPlanned(
    inspection_id=ex.INSPECTION_ID,
    legal_kind=ins.LegalKind.THANH_TRA,
    form=ins.InspectionForm.SCHEDULED,
    directive_id="vinh-long-968",
    agency_ids=(ex.AGENCY,),
    from_day=day(10).date(),
    to_day=day(14).date(),
    planned_by=ex.PERSON,
)
TERMS = DEFAULTS.inspection


def inspection_opened(number: int) -> ins.InspectionOpened:
    return ins.InspectionOpened(inspection_id=ex.INSPECTION_ID, opened_on=day(number).date(), leader_id=ex.PERSON)


def test_a_planned_inspection_is_to_be_opened_after_its_first_day() -> None:
    assert due((PLANNED, day(0))) == {R.INSPECTION_NOT_OPENED: evening(10 + TERMS.not_opened)}


def test_an_opened_inspection_is_to_be_concluded_after_its_last_day() -> None:
    after = due((PLANNED, day(0)), (inspection_opened(10), day(10)))

    assert after == {R.INSPECTION_OPEN_TOO_LONG: evening(14 + TERMS.open_too_long)}


def test_opened_after_its_last_day_it_has_the_same_time_from_the_opening() -> None:
    after = due((PLANNED, day(0)), (inspection_opened(20), day(20)))

    assert after == {R.INSPECTION_OPEN_TOO_LONG: evening(20 + TERMS.open_too_long)}


def test_a_concluded_inspection_waits_for_nothing() -> None:
    concluded = ins.InspectionConcluded(inspection_id=ex.INSPECTION_ID, conclusion=ex.DOCUMENT, concluded_at=day(12))

    assert due((PLANNED, day(0)), (inspection_opened(10), day(10)), (concluded, day(12))) == {}


PLAN_ID = uuid5(ex.NAMESPACE, "plan")
APPROVED = su.SuccessionApproved(succession_id=PLAN_ID, approved_by=ex.PERSON)
CARRIED_OUT = su.SuccessionCarriedOut(succession_id=PLAN_ID, carried_out_by=ex.PERSON, carried_out_at=day(29), went=())
PLANS = DEFAULTS.succession


def proposed_for(number: int) -> su.SuccessionProposed:
    """The agency is no more from that day on."""
    return su.SuccessionProposed(
        succession_id=PLAN_ID,
        kind=RestructuringKind.END,
        day=day(number).date(),
        predecessors=(ex.AGENCY,),
        successors=("so-moi",),
        heir_id="so-moi",
        heir_post="so-moi-giam-doc",
        passages=(),
    )


def test_a_plan_is_to_be_approved_some_working_days_before_its_day() -> None:
    assert due((proposed_for(28), day(0))) == {R.SUCCESSION_NOT_APPROVED: morning(28 - PLANS.not_approved)}


def test_announced_at_short_notice_it_is_called_for_at_once_and_so_is_one_whose_day_has_passed() -> None:
    assert due((proposed_for(3), day(0))) == {R.SUCCESSION_NOT_APPROVED: day(0)}
    assert due((proposed_for(0), day(7))) == {R.SUCCESSION_NOT_APPROVED: day(7)}


def test_an_approved_plan_is_to_be_carried_out_after_its_day() -> None:
    after = due((proposed_for(28), day(0)), (APPROVED, day(7)))

    assert after == {R.SUCCESSION_NOT_CARRIED_OUT: evening(28 + PLANS.not_carried_out)}


def test_approved_after_its_day_it_has_the_same_time_from_the_approval() -> None:
    after = due((proposed_for(0), day(7)), (APPROVED, day(8)))

    assert after == {R.SUCCESSION_NOT_CARRIED_OUT: evening(8 + PLANS.not_carried_out)}


def test_putting_it_right_gives_no_more_time() -> None:
    corrected = su.SuccessionCorrected(
        succession_id=PLAN_ID, corrected_by=ex.PERSON, passages=(), singled=(), reasons=ex.DOCUMENT
    )

    assert due((proposed_for(28), day(0)), (corrected, day(10))) == due((proposed_for(28), day(0)))


@pytest.mark.parametrize("end", [CARRIED_OUT, su.SuccessionWithdrawn(succession_id=PLAN_ID)])
def test_a_plan_that_was_carried_out_or_withdrawn_waits_for_nothing(end: CaseEvent) -> None:
    assert due((proposed_for(28), day(0)), (APPROVED, day(7)), (end, day(29))) == {}


def test_the_chair_owes_both_and_the_heirs_head_and_the_inspectorate_hear_next() -> None:
    events = ((proposed_for(28), day(0)), (APPROVED, day(7)))
    for number in (1, 2):
        case = ex.case(*events[:number])
        assert [wait.owner for wait in waits(case)] == [Recipient.CHAIR]
    steps = [step.recipient for step in PLANS.ladder.steps]
    assert steps == [Recipient.CHAIR, Recipient.HEAD, Recipient.INSPECTORATE]


def raised(level: int, person: str = "head") -> rs.ResponsibilityRaised:
    who = Subject(
        kind=SubjectKind.CADRE, agency_id=ex.AGENCY, person_id=uuid5(ex.NAMESPACE, f"{person} {level}"), post_id=ex.HEAD
    )
    return rs.ResponsibilityRaised(
        finding_id=ex.FINDING_ID,
        level=level,
        matter_id=ex.MATTER_ID,
        agency_id=ex.AGENCY,
        directive_id="da-nang-2090",
        subject=who,
        acting=False,
        in_office_since=None,
        acted_by=None,
        own_check=False,
        fact_date=day(0).date(),
        detected_at=day(0),
        terms=r.ReviewTerms(provision="Đoạn 8", authority_post="chair", open_within=10, meeting_within=15),
        answer_until=evening(10),
        rows=(),
    )


def closed(level: int) -> rs.ResponsibilityClosed:
    return rs.ResponsibilityClosed(
        finding_id=ex.FINDING_ID,
        level=level,
        ground=rs.ClosingGround.NOT_RESPONSIBLE,
        rows=(),
        closed_by=ex.PERSON,
        reasons=ex.DOCUMENT,
    )


RAISED = ((raised(1), day(0)), (raised(2), day(0)))


def test_whether_heads_answer_is_to_be_answered_until_the_moment_that_it_names() -> None:
    assert due(*RAISED) == {R.RESPONSIBILITY_UNANSWERED: evening(10)}


def test_it_waits_as_long_as_one_level_has_no_answer() -> None:
    assert due(*RAISED, (closed(1), day(3))) == {R.RESPONSIBILITY_UNANSWERED: evening(10)}
    assert due(*RAISED, (closed(1), day(3)), (closed(2), day(4))) == {}


def test_a_level_that_a_person_asks_again_waits_anew() -> None:
    again = raised(1).model_copy(update={"answer_until": evening(30)})
    over = (*RAISED, (closed(1), day(3)), (closed(2), day(4)))

    assert due(*over, (again, day(20))) == {R.RESPONSIBILITY_UNANSWERED: evening(30)}
    assert due(*RAISED, (again, day(5))) == {R.RESPONSIBILITY_UNANSWERED: evening(10)}


PROPOSED = (ex.proposed(), day(0))
FAR = evening(200)
TO_NOTIFY = ex.CALENDAR.working_days_after(day(5), DEFAULTS.review.notify)


def test_a_proposed_review_is_to_be_opened_or_refused_until_the_moment_that_it_names() -> None:
    assert due(PROPOSED) == {R.REVIEW_NOT_OPENED: evening(10)}


def test_an_opened_review_waits_for_its_meeting_and_calls_before_its_clocks_end() -> None:
    opening = ex.review_opened(processing=evening(60), limitation=(FAR, evening(300)))

    after = due(PROPOSED, (opening, day(5)))

    assert after == {
        R.REVIEW_NO_MEETING: evening(25),
        R.REVIEW_NOT_NOTIFIED: TO_NOTIFY,
        R.LIMITATION_NEARING: morning(201 - DEFAULTS.review.limitation_call),
        R.PROCESSING_NEARING: morning(61 - DEFAULTS.review.processing_call),
        R.PROCESSING_PASSED: evening(60),
    }


def test_limitation_that_was_computed_anew_is_called_before_its_new_end() -> None:
    opening = ex.review_opened(processing=None, limitation=(FAR,))
    found = ex.course_found(limitation=(evening(400),))

    after = due(PROPOSED, (opening, day(5)), (found, day(6)))

    assert after[R.LIMITATION_NEARING] == morning(401 - DEFAULTS.review.limitation_call)


def test_limitation_that_no_longer_runs_is_not_called_about() -> None:
    opening = ex.review_opened(processing=None, limitation=(FAR,))

    after = due(PROPOSED, (opening, day(5)), (ex.course_found(limitation=()), day(6)))

    assert R.LIMITATION_NEARING not in after


def test_a_clock_that_is_near_already_is_called_at_the_opening() -> None:
    opening = ex.review_opened(processing=evening(8), limitation=())

    after = due(PROPOSED, (opening, day(5)))

    assert after[R.PROCESSING_NEARING] == day(5)


def test_a_clock_that_has_ended_already_is_passed_and_no_longer_near() -> None:
    opening = ex.review_opened(processing=evening(4), limitation=())

    after = due(PROPOSED, (opening, day(5)))

    assert R.PROCESSING_NEARING not in after
    assert after[R.PROCESSING_PASSED] == day(5)


def test_a_review_that_no_row_limits_has_no_clock_to_call_about() -> None:
    opening = ex.review_opened(processing=None, limitation=())

    assert due(PROPOSED, (opening, day(5))) == {R.REVIEW_NO_MEETING: evening(25), R.REVIEW_NOT_NOTIFIED: TO_NOTIFY}


def test_a_lost_basis_is_to_be_answered_and_a_second_loss_gives_no_more_time() -> None:
    opening = (ex.review_opened(processing=None, limitation=()), day(5))
    first = r.ReviewBasisLost(review_id=ex.REVIEW_ID, finding_id=ex.FINDING_ID, remaining=(), answer_until=evening(9))
    second = first.model_copy(update={"answer_until": evening(12)})

    assert due(PROPOSED, opening, (first, day(6)), (second, day(7)))[R.REVIEW_BASIS_UNANSWERED] == evening(9)


def test_a_rebased_review_has_its_answer() -> None:
    opening = (ex.review_opened(processing=None, limitation=()), day(5))
    lost = r.ReviewBasisLost(review_id=ex.REVIEW_ID, finding_id=ex.FINDING_ID, remaining=(), answer_until=evening(9))

    assert R.REVIEW_BASIS_UNANSWERED not in due(PROPOSED, opening, (lost, day(6)), (rebased(None), day(7)))


def rebased(processing: datetime | None) -> r.ReviewRebased:
    return r.ReviewRebased(
        review_id=ex.REVIEW_ID,
        decided_by=ex.PERSON,
        basis=ex.proposed().basis,
        limitation=(),
        processing=processing and ex.clock(processing),
    )


@pytest.mark.parametrize(
    ("processing", "basis"), [(evening(60), ex.mark(1, day(5))), (evening(70), ex.mark(2, day(7)))]
)
def test_a_clock_that_a_new_basis_moves_is_another_cause_and_one_that_stays_is_not(
    processing: datetime, basis: Mark
) -> None:
    opening = (ex.review_opened(processing=evening(60), limitation=()), day(5))

    case = ex.case(PROPOSED, opening, (rebased(processing), day(7)))

    passed = deadlines(case, ex.CALENDAR)[R.PROCESSING_PASSED]
    assert (passed.due_at, passed.wait.basis) == (processing, basis)


@pytest.mark.parametrize(
    "end",
    [
        r.ReviewRefused(review_id=ex.REVIEW_ID, refused_by=ex.PERSON, reasons=ex.DOCUMENT),
        r.ReviewTerminated(review_id=ex.REVIEW_ID, decided_by=ex.PERSON, reasons=ex.DOCUMENT),
        r.ReviewProposalLapsed(review_id=ex.REVIEW_ID, finding_id=ex.FINDING_ID),
    ],
)
def test_a_review_that_is_over_waits_for_nothing(end: CaseEvent) -> None:
    assert due(PROPOSED, (end, day(3))) == {}


def test_a_review_that_is_late_is_the_competent_authoritys() -> None:
    wait = deadlines(ex.case(PROPOSED), ex.CALENDAR)[R.REVIEW_NOT_OPENED].wait

    assert (wait.owner, wait.working_days, wait.provision) == (Recipient.COMPETENT_AUTHORITY, 10, "Điểm 6")


def test_a_finding_and_its_follow_up_are_two_cases() -> None:
    assert case_of(ex.opened()) == CaseId(CaseKind.FOLLOW_UP, ex.FINDING_ID)
    assert case_of(ex.submitted()) == CaseId(CaseKind.FINDING, ex.FINDING_ID)


def test_the_organisations_events_belong_to_no_case() -> None:
    vacated = PostVacated(authority_id="ubnd", valid_from=(day(0) + timedelta(days=1)).date(), post_id=ex.HEAD)

    assert case_of(vacated) is None
