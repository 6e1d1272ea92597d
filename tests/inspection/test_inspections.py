"""The life of an inspection: planned, a team, opened, concluded; or cancelled."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from inspection.inspections import refusals
from inspection.inspections.commands import (
    AppointTeam,
    CancelInspection,
    Charge,
    Command,
    ConcludeInspection,
    OpenInspection,
    PlanInspection,
)
from inspection.inspections.decide import decide
from inspection.inspections.evolve import evolve
from inspection.inspections.state import INITIAL, State
from inspection.standing import Standing
from schemas.inspection.inspections import (
    InspectionCancelled,
    InspectionConcluded,
    InspectionForm,
    InspectionOpened,
    InspectionPlanned,
    LegalKind,
    TeamAppointed,
)
from schemas.inspection.organisation import AgencyKind
from schemas.refusal import Refusal
from schemas.values import DocumentRef
from tests.specification import Decider, given

INSPECTIONS: Decider[State] = Decider(INITIAL, decide, evolve)
ID, LEADER, MEMBER, PLANNER = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
DOCUMENT = DocumentRef(document_id=UUID(int=5), sha256="0" * 64)
FIRST, LAST = date(2025, 3, 3), date(2025, 3, 28)
NOW = datetime(2025, 4, 1, tzinfo=UTC)

OFFICER = Charge(UUID(int=6), oversees=True)

plan = PlanInspection(
    inspection_id=ID,
    legal_kind=LegalKind.KIEM_TRA,
    form=InspectionForm.SURPRISE,
    directive_id="chi-thi-16",
    agency_ids=("xa-tan-lap", "so-noi-vu"),
    from_day=FIRST,
    to_day=LAST,
    planned_by=PLANNER,
    planner_kinds=frozenset({AgencyKind.HOME_AFFAIRS}),
)


def somebody(person_id: UUID, *, works_in: str = "thanh-tra-tinh", heads: bool = False) -> Standing:
    return Standing(person_id, frozenset({works_in}), frozenset({works_in}) if heads else frozenset())


def planned(form: InspectionForm = InspectionForm.SURPRISE) -> InspectionPlanned:
    return InspectionPlanned(
        inspection_id=ID,
        legal_kind=plan.legal_kind,
        form=form,
        directive_id=plan.directive_id,
        agency_ids=plan.agency_ids,
        from_day=FIRST,
        to_day=LAST,
        planned_by=PLANNER,
    )


appointed = TeamAppointed(inspection_id=ID, leader_id=LEADER, member_ids=(MEMBER,))
opened = InspectionOpened(inspection_id=ID, opened_on=FIRST, leader_id=LEADER)
concluded = InspectionConcluded(inspection_id=ID, conclusion=DOCUMENT, concluded_at=NOW)
cancelled = InspectionCancelled(inspection_id=ID, reason=DOCUMENT)
appoint = AppointTeam(OFFICER, somebody(LEADER), (somebody(MEMBER),))
EVERY_STEP: list[Command] = [
    appoint,
    OpenInspection(OFFICER, FIRST),
    ConcludeInspection(OFFICER, DOCUMENT, NOW),
    CancelInspection(OFFICER, DOCUMENT),
]


def test_an_inspection_is_planned_for_agencies_and_a_period() -> None:
    given(INSPECTIONS).when(plan).then(planned())


def test_it_is_planned_once() -> None:
    given(INSPECTIONS, planned()).when(plan).refused(refusals.InspectionAlreadyPlanned())


def test_a_period_ends_after_it_begins() -> None:
    command = replace(plan, from_day=LAST, to_day=FIRST)
    given(INSPECTIONS).when(command).refused(refusals.PeriodReversed(LAST, FIRST))


def test_an_agency_is_named_once() -> None:
    command = replace(plan, agency_ids=("xa-tan-lap", "xa-tan-lap"))
    given(INSPECTIONS).when(command).refused(refusals.AgencyNamedTwice("xa-tan-lap"))


def test_thanh_tra_is_the_inspectorates() -> None:
    """Rows of the Law on Inspection hold for it, so it is not anybody's."""
    command = replace(plan, legal_kind=LegalKind.THANH_TRA)
    given(INSPECTIONS).when(command).refused(refusals.OnlyInspectoratesInspect())
    by_inspectorate = replace(command, planner_kinds=frozenset({AgencyKind.INSPECTORATE}))
    assert given(INSPECTIONS).when(by_inspectorate).decided()


def test_what_an_agency_looks_into_at_home_is_no_thanh_tra() -> None:
    command = replace(
        plan,
        legal_kind=LegalKind.THANH_TRA,
        form=InspectionForm.INTERNAL,
        planner_kinds=frozenset({AgencyKind.INSPECTORATE}),
    )
    given(INSPECTIONS).when(command).refused(refusals.InternalIsACheck())


def test_a_team_has_a_leader() -> None:
    given(INSPECTIONS, planned()).when(appoint).then(appointed)
    alone = TeamAppointed(inspection_id=ID, leader_id=LEADER, member_ids=())
    given(INSPECTIONS, planned()).when(AppointTeam(OFFICER, somebody(LEADER), ())).then(alone)


def test_nobody_has_two_places_in_a_team() -> None:
    command = AppointTeam(OFFICER, somebody(LEADER), (somebody(LEADER),))
    given(INSPECTIONS, planned()).when(command).refused(refusals.PersonNamedTwice(LEADER))


@pytest.mark.parametrize("heads", [True, False])
def test_nobody_inspects_the_agency_that_he_heads_or_works_in(heads: bool) -> None:
    command = AppointTeam(OFFICER, somebody(LEADER), (somebody(MEMBER, works_in="xa-tan-lap", heads=heads),))
    refusal = refusals.MemberOfInspectedAgency(MEMBER, "xa-tan-lap")
    given(INSPECTIONS, planned()).when(command).refused(refusal)


def test_an_internal_check_is_made_by_the_agencys_own_people_but_not_by_its_head() -> None:
    internal = planned(InspectionForm.INTERNAL)
    own = AppointTeam(OFFICER, somebody(LEADER, works_in="xa-tan-lap"), ())
    assert given(INSPECTIONS, internal).when(own).decided()
    by_head = AppointTeam(OFFICER, somebody(LEADER, works_in="xa-tan-lap", heads=True), ())
    refusal = refusals.MemberOfInspectedAgency(LEADER, "xa-tan-lap")
    given(INSPECTIONS, internal).when(by_head).refused(refusal)


def test_a_team_can_be_changed_while_the_inspection_goes_on() -> None:
    changed = TeamAppointed(inspection_id=ID, leader_id=MEMBER, member_ids=())
    given(INSPECTIONS, planned(), appointed, opened).when(AppointTeam(OFFICER, somebody(MEMBER), ())).then(changed)


def test_it_begins_with_its_team() -> None:
    given(INSPECTIONS, planned(), appointed).when(OpenInspection(OFFICER, FIRST)).then(opened)


def test_it_does_not_begin_without_a_team() -> None:
    given(INSPECTIONS, planned()).when(OpenInspection(OFFICER, FIRST)).refused(refusals.TeamMissing())


def test_it_begins_once() -> None:
    again = given(INSPECTIONS, planned(), appointed, opened).when(OpenInspection(OFFICER, LAST))
    again.refused(refusals.InspectionAlreadyOpened(FIRST))


def test_it_ends_with_a_conclusion() -> None:
    given(INSPECTIONS, planned(), appointed, opened).when(ConcludeInspection(OFFICER, DOCUMENT, NOW)).then(concluded)


def test_there_is_no_conclusion_before_it_began() -> None:
    command = ConcludeInspection(OFFICER, DOCUMENT, NOW)
    given(INSPECTIONS, planned(), appointed).when(command).refused(refusals.InspectionNotOpened())


def test_it_can_be_cancelled_before_and_after_it_began() -> None:
    given(INSPECTIONS, planned()).when(CancelInspection(OFFICER, DOCUMENT)).then(cancelled)
    given(INSPECTIONS, planned(), appointed, opened).when(CancelInspection(OFFICER, DOCUMENT)).then(cancelled)


@pytest.mark.parametrize("command", EVERY_STEP)
@pytest.mark.parametrize(
    ("end", "refusal"),
    [(concluded, refusals.InspectionAlreadyConcluded()), (cancelled, refusals.InspectionCancelledBefore())],
)
def test_after_its_end_nothing_happens_any_more(
    command: Command, end: InspectionConcluded | InspectionCancelled, refusal: Refusal
) -> None:
    given(INSPECTIONS, planned(), appointed, opened, end).when(command).refused(refusal)


@pytest.mark.parametrize("command", EVERY_STEP)
def test_nothing_happens_to_what_was_never_planned(command: Command) -> None:
    given(INSPECTIONS).when(command).refused(refusals.InspectionUnknown())


@pytest.mark.parametrize("person_id", [PLANNER, LEADER])
def test_who_planned_or_leads_it_is_in_charge(person_id: UUID) -> None:
    command = OpenInspection(Charge(person_id, oversees=False), FIRST)
    given(INSPECTIONS, planned(), appointed).when(command).then(opened)


def test_nobody_else_moves_it() -> None:
    command = OpenInspection(Charge(MEMBER, oversees=False), FIRST)
    given(INSPECTIONS, planned(), appointed).when(command).refused(refusals.NotInCharge())
