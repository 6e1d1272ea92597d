"""A follow-up that is passed on too often gives an inspector a draft, once, and never begins a chain."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from inspection.directives.state import INITIAL as UNADOPTED
from inspection.directives.state import Directive
from inspection.findings.commands import DraftByPolicy
from inspection.findings.state import Draft, Finding
from inspection.shirking import draft_of, shirking
from schemas.discipline.followups import FollowUpHandedOver
from schemas.inspection.findings import FindingSource
from tests.inspection.directive_packs import DIRECTIVE, PACK, SHIRKING, pack
from tests.inspection.province import COMMUNE, DISTRICT, HISTORY, NEW_COMMUNE, ORGANISATION, REFORMED, TWO_TIERS
from tests.inspection.sample_findings import FINDINGS, HEAD_POST, ID, OFFICIAL, REASON, content, drafted, submitted
from tests.specification import given

ON = date(2025, 3, 10)
MATTER = UUID(int=77)
finding = given(FINDINGS, submitted(matter_id=MATTER)).state
directive = Directive(DIRECTIVE, ((date(2014, 12, 31), PACK),))
organisation = given(ORGANISATION, *HISTORY).state


def handed_over(**changed: Any) -> FollowUpHandedOver:
    values: dict[str, Any] = {
        "finding_id": ID,
        "from_post": HEAD_POST,
        "owner_post": "deputy",
        "hand_overs": 3,
        "past_limit": True,
        "agency_id": COMMUNE,
        "directive_id": DIRECTIVE,
        "reason": REASON,
    }
    return FollowUpHandedOver(**(values | changed))


def asked(event: FollowUpHandedOver | None = None, **changed: Any) -> DraftByPolicy | None:
    facts: dict[str, Any] = {"finding": finding, "directive": directive, "organisation": organisation}
    return shirking(event or handed_over(), changed.pop("on", ON), **(facts | changed))


def test_passing_on_past_the_limit_drafts_a_finding_of_shirking() -> None:
    """The reason that the owner gave is what the inspector reads; the matter stays one."""
    said = content(
        violation_type=SHIRKING,
        fact_date=ON,
        source=FindingSource.POLICY,
        matter_id=MATTER,
        narrative=REASON,
        officials=(OFFICIAL,),
    )
    assert asked() == DraftByPolicy(draft_of(ID), said)


def test_a_follow_up_gives_rise_to_one_draft_however_often_it_is_passed_on() -> None:
    first, second = asked(), asked(handed_over(hand_overs=4, from_post="deputy"))
    assert first is not None
    assert second is not None
    assert first.finding_id == second.finding_id


def test_within_the_limit_nothing_follows() -> None:
    assert asked(handed_over(past_limit=False)) is None


def test_what_a_policy_drafted_begins_no_chain() -> None:
    chained = given(FINDINGS, submitted(source=FindingSource.POLICY)).state
    assert asked(finding=chained) is None


@pytest.mark.parametrize("unknown", [None, given(FINDINGS, drafted()).state])
def test_without_a_submitted_finding_nothing_follows(unknown: Draft | Finding | None) -> None:
    assert asked(finding=unknown) is None


@pytest.mark.parametrize(
    "silent",
    [
        UNADOPTED,
        replace(directive, repealed_on=ON),
        Directive(DIRECTIVE, ((date(2014, 12, 31), pack(shirking_type=None)),)),
    ],
)
def test_where_the_directive_does_not_speak_of_shirking_nothing_follows(silent: Directive) -> None:
    assert asked(directive=silent) is None


@pytest.mark.parametrize("post", ["nowhere", f"{DISTRICT}-head"])
def test_a_post_that_is_not_the_agencys_concerns_nobody(post: str) -> None:
    drafted_anyway = asked(handed_over(from_post=post))
    assert drafted_anyway is not None
    assert drafted_anyway.content.officials == ()


def test_after_the_end_of_an_agency_it_is_the_successors() -> None:
    reformed = given(ORGANISATION, *REFORMED).state
    drafted_there = asked(handed_over(agency_id=DISTRICT), organisation=reformed, on=TWO_TIERS)
    assert drafted_there is not None
    assert drafted_there.content.agency_id == NEW_COMMUNE
