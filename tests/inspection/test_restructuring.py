"""Agencies that give way to others: announced, and ended only by an approved plan."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from inspection.organisation import queries, refusals
from inspection.organisation.commands import (
    AnnounceRestructuring,
    Command,
    CompleteRestructuring,
    EndAgency,
    MoveAgency,
    WithdrawRestructuring,
)
from schemas.inspection.organisation import (
    AgenciesMerged,
    AgencyEnded,
    AgencyKind,
    AgencySplit,
    AnyOrganisationEvent,
    RestructuringAnnounced,
    RestructuringKind,
    RestructuringWithdrawn,
)
from schemas.refusal import Coded
from tests.inspection.province import (
    COMMUNE,
    DEPARTMENT,
    DISTRICT,
    HISTORY,
    INSPECTORATE,
    ORGANISATION,
    PROVINCE,
    TWO_TIERS,
    agency,
    carried_out,
    filled,
    head,
)
from tests.specification import given

PLAN, OTHER = UUID(int=1), UUID(int=2)
NORTH, SOUTH = "xa-phu-bac", "xa-phu-nam"
BEFORE = date(2025, 6, 30)


def with_communes() -> tuple[AnyOrganisationEvent, ...]:
    """The province with two communes that begin as the district ends."""
    state = ORGANISATION.after(HISTORY)
    made: list[Command] = []
    for name in (NORTH, SOUTH):
        made += [agency(name, AgencyKind.COMMUNE, PROVINCE, TWO_TIERS), head(name, TWO_TIERS)]
        made += [filled(f"{name}-head", f"head of {name}", TWO_TIERS)]
    return (*HISTORY, *carried_out(made, state))


READY = with_communes()
province = given(ORGANISATION, *READY)


def announce(
    kind: RestructuringKind = RestructuringKind.END,
    predecessors: tuple[str, ...] = (DISTRICT,),
    successors: tuple[str, ...] = (NORTH,),
    heir: str = NORTH,
    plan: UUID = PLAN,
    day: date = TWO_TIERS,
) -> AnnounceRestructuring:
    return AnnounceRestructuring(plan, kind, predecessors, successors, heir, day)


def announced(
    kind: RestructuringKind = RestructuringKind.END,
    predecessors: tuple[str, ...] = (DISTRICT,),
    successors: tuple[str, ...] = (NORTH,),
) -> RestructuringAnnounced:
    return RestructuringAnnounced(
        authority_id=PROVINCE,
        valid_from=TWO_TIERS,
        succession_id=PLAN,
        kind=kind,
        predecessors=predecessors,
        successors=successors,
        heir_id=NORTH,
    )


def test_an_announced_end_changes_nothing_of_the_tree() -> None:
    after = province.when(announce()).then(announced())
    assert after.state.agencies == province.state.agencies


def test_the_same_announcement_again_changes_nothing() -> None:
    given(ORGANISATION, *READY, announced()).when(announce()).then()


def test_an_approved_plan_ends_the_agency_on_the_announced_day() -> None:
    ended = (
        given(ORGANISATION, *READY, announced())
        .when(CompleteRestructuring(PLAN))
        .then(
            AgencyEnded(
                authority_id=PROVINCE,
                valid_from=TWO_TIERS,
                agency_id=DISTRICT,
                successor_id=NORTH,
                succession_id=PLAN,
            )
        )
    )
    assert ended.state.agencies[DISTRICT].exists(BEFORE)
    assert queries.living(ended.state, DISTRICT, TWO_TIERS) == NORTH
    assert ended.state.agencies[DISTRICT].succession_id == PLAN


def test_agencies_become_part_of_one() -> None:
    both = (DISTRICT, COMMUNE)
    history = (*READY, announced(RestructuringKind.MERGE, both))
    merged = (
        given(ORGANISATION, *history)
        .when(CompleteRestructuring(PLAN))
        .then(
            AgenciesMerged(
                authority_id=PROVINCE, valid_from=TWO_TIERS, predecessors=both, successor_id=NORTH, succession_id=PLAN
            )
        )
    )
    assert {queries.head_of(merged.state, id_, TWO_TIERS) for id_ in both} == {f"{NORTH}-head"}
    assert queries.head_of(merged.state, COMMUNE, BEFORE) == f"{COMMUNE}-head"


def test_an_agency_is_divided_into_several_and_one_inherits_what_nothing_else_is_said_of() -> None:
    history = (*READY, announced(RestructuringKind.SPLIT, successors=(NORTH, SOUTH)))
    split = (
        given(ORGANISATION, *history)
        .when(CompleteRestructuring(PLAN))
        .then(
            AgencySplit(
                authority_id=PROVINCE,
                valid_from=TWO_TIERS,
                agency_id=DISTRICT,
                successors=(NORTH, SOUTH),
                heir_id=NORTH,
                succession_id=PLAN,
            )
        )
    )
    assert queries.living(split.state, DISTRICT, TWO_TIERS) == NORTH


def test_a_plan_that_is_approved_twice_ends_the_agency_once() -> None:
    once = given(ORGANISATION, *READY, announced()).when(CompleteRestructuring(PLAN))
    given(ORGANISATION, *READY, announced(), *once.decided()).when(CompleteRestructuring(PLAN)).then()


def test_a_plan_of_nothing_that_was_announced_ends_nothing() -> None:
    province.when(CompleteRestructuring(PLAN)).then()


WITHDRAWN = RestructuringWithdrawn(authority_id=PROVINCE, valid_from=TWO_TIERS, succession_id=PLAN)


def test_what_was_announced_can_be_withdrawn_and_an_approval_comes_too_late_then() -> None:
    withdrawn = given(ORGANISATION, *READY, announced()).when(WithdrawRestructuring(PLAN)).then(WITHDRAWN)
    given(ORGANISATION, *withdrawn.events).when(CompleteRestructuring(PLAN)).then()
    given(ORGANISATION, *withdrawn.events).when(WithdrawRestructuring(PLAN)).then()


def test_an_agency_whose_announcement_was_withdrawn_may_be_announced_anew() -> None:
    decided = given(ORGANISATION, *READY, announced(), WITHDRAWN).when(announce(plan=OTHER)).decided()
    assert decided == (announced().model_copy(update={"succession_id": OTHER}),)


def test_what_is_completed_is_withdrawn_no_more() -> None:
    completed = given(ORGANISATION, *READY, announced()).when(CompleteRestructuring(PLAN)).decided()
    history = given(ORGANISATION, *READY, announced(), *completed)
    history.when(WithdrawRestructuring(PLAN)).refused(refusals.RestructuringCompleted(str(PLAN), TWO_TIERS))


def test_what_was_never_announced_is_not_withdrawn() -> None:
    province.when(WithdrawRestructuring(PLAN)).refused(refusals.RestructuringUnknown(str(PLAN)))


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (announce(predecessors=("nowhere",)), refusals.AgencyUnknown("nowhere")),
        (announce(predecessors=(PROVINCE,)), refusals.AuthorityIsTheRoot(PROVINCE)),
        (announce(successors=("nowhere",), heir="nowhere"), refusals.AgencyUnknown("nowhere")),
        (announce(day=BEFORE), refusals.AgencyNotYetThere(NORTH, TWO_TIERS)),
        (announce(heir=SOUTH), refusals.HeirNotAmongSuccessors(SOUTH)),
        (
            announce(predecessors=(DISTRICT, COMMUNE)),
            refusals.RestructuringOfAnotherShape(Coded("restructuring-kind", "end"), 2, 1),
        ),
        (
            announce(RestructuringKind.SPLIT),
            refusals.RestructuringOfAnotherShape(Coded("restructuring-kind", "split"), 1, 1),
        ),
        (
            announce(RestructuringKind.MERGE, successors=(NORTH, SOUTH)),
            refusals.RestructuringOfAnotherShape(Coded("restructuring-kind", "merge"), 1, 2),
        ),
        (announce(RestructuringKind.MERGE, (DISTRICT, DISTRICT)), refusals.AgencyNamedTwice(DISTRICT)),
        (
            announce(RestructuringKind.MERGE, (DISTRICT, NORTH)),
            refusals.SuccessorEnds(NORTH, TWO_TIERS),
        ),
    ],
)
def test_an_announcement_names_who_ends_and_who_takes_over(command: AnnounceRestructuring, refusal: Exception) -> None:
    province.when(command).refused(refusal)  # type: ignore[arg-type]  # parametrize knows only the base


def test_a_successor_without_a_head_would_leave_what_is_open_without_an_owner() -> None:
    headless = carried_out([agency("xa-moi", AgencyKind.COMMUNE, PROVINCE, TWO_TIERS)], province.state)
    history = given(ORGANISATION, *READY, *headless)
    history.when(announce(successors=("xa-moi",), heir="xa-moi")).refused(refusals.HeadPostMissing("xa-moi", TWO_TIERS))


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (announce(plan=OTHER), refusals.RestructuringUnderWay(DISTRICT, str(PLAN), TWO_TIERS)),
        (
            announce(predecessors=(NORTH,), successors=(SOUTH,), heir=SOUTH, plan=OTHER),
            refusals.RestructuringUnderWay(NORTH, str(PLAN), TWO_TIERS),
        ),
        (
            announce(predecessors=(COMMUNE,), successors=(DISTRICT,), heir=DISTRICT, plan=OTHER),
            refusals.SuccessorEnds(DISTRICT, TWO_TIERS),
        ),
        (EndAgency(DISTRICT, PROVINCE, TWO_TIERS), refusals.RestructuringUnderWay(DISTRICT, str(PLAN), TWO_TIERS)),
    ],
)
def test_an_agency_that_is_about_to_end_or_to_take_over_takes_part_in_no_other_act(
    command: AnnounceRestructuring | EndAgency, refusal: Exception
) -> None:
    given(ORGANISATION, *READY, announced()).when(command).refused(refusal)  # type: ignore[arg-type]  # as above


def test_an_agency_that_has_an_end_already_is_not_announced_to_end_again() -> None:
    ended = carried_out([EndAgency(DISTRICT, NORTH, TWO_TIERS)], province.state)
    history = given(ORGANISATION, *READY, *ended)
    history.when(announce(day=date(2025, 7, 2))).refused(refusals.AgencyEndedBefore(DISTRICT, TWO_TIERS, NORTH))


def test_what_is_announced_never_closes_a_ring_with_what_is_moved_meanwhile() -> None:
    """The completion is a policy's, and refuses nothing: what would break it is refused before."""
    inward = announce(predecessors=(DEPARTMENT,), successors=(INSPECTORATE,), heir=INSPECTORATE)
    history = given(ORGANISATION, *READY, *given(ORGANISATION, *READY).when(inward).decided())
    history.when(MoveAgency(INSPECTORATE, DEPARTMENT, BEFORE)).refused(
        refusals.AgencyWouldStandBelowItself(INSPECTORATE, TWO_TIERS)
    )


def test_a_move_closes_no_ring_either_where_the_agency_is_only_announced_to_end() -> None:
    """The act may still be withdrawn: what is recorded has to hold without it, too."""
    history = given(ORGANISATION, *READY, *given(ORGANISATION, *READY).when(announce()).decided())
    history.when(MoveAgency(DISTRICT, DISTRICT, TWO_TIERS)).refused(
        refusals.AgencyWouldStandBelowItself(DISTRICT, TWO_TIERS)
    )
