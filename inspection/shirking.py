"""The policy on shirking (đùn đẩy): a follow-up that is passed on too often gives an inspector a draft to look at.

A policy never submits a finding, and never begins a chain: what it drafted gives rise to no further draft.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from inspection.directives.queries import in_force
from inspection.directives.state import Directive
from inspection.findings.commands import DraftByPolicy
from inspection.findings.state import Finding, State
from inspection.organisation import queries
from inspection.organisation.state import Organisation
from schemas.discipline.followups import FollowUpHandedOver
from schemas.inspection.findings import FindingContent, FindingSource, InvolvedOfficial
from schemas.refusal import Refusal


def draft_of(finding_id: UUID) -> UUID:
    """The id of the one draft that a finding's follow-up can give rise to, however often it is passed on."""
    return uuid5(finding_id, "shirking")


def shirking(
    handed_over: FollowUpHandedOver,
    on: date,
    *,
    finding: State,
    directive: Directive,
    organisation: Organisation,
) -> DraftByPolicy | None:
    """What a hand-over gives rise to: a draft, or nothing. Never refused.

    Args:
        handed_over: the hand-over.
        on: the day on which it happened.
        finding: whose follow-up was passed on.
        directive: the finding's.
        organisation: who held the post that passed it on.
    """
    violation_type = _type_of(directive, handed_over.directive_id, on)
    if not handed_over.past_limit or not isinstance(finding, Finding) or violation_type is None:
        return None
    if finding.content.source is FindingSource.POLICY:
        return None
    agency_id = queries.living(organisation, handed_over.agency_id, on) or handed_over.agency_id
    content = FindingContent(
        agency_id=agency_id,
        violation_type=violation_type,
        directive_id=handed_over.directive_id,
        fact_date=on,
        source=FindingSource.POLICY,
        inspection_id=None,
        matter_id=finding.content.matter_id,
        officials=_who_passed_it_on(handed_over.from_post, agency_id, on, organisation),
        narrative=handed_over.reason,
        evidence=(),
        replaces=None,
    )
    return DraftByPolicy(draft_of(handed_over.finding_id), content)


def _type_of(directive: Directive, directive_id: str, on: date) -> str | None:
    """The violation type that the pack in force calls shirking; none where it has none or is not in force."""
    try:
        return in_force(directive, directive_id, on).pack.shirking_type
    except Refusal:
        return None


def _who_passed_it_on(
    post_id: str, agency_id: str, on: date, organisation: Organisation
) -> tuple[InvolvedOfficial, ...]:
    post, held = organisation.posts.get(post_id), queries.holder(organisation, post_id, on)
    if post is None or held is None or post.agency_id != agency_id:
        return ()
    return (InvolvedOfficial(person_id=held.person_id, post_id=post_id, kind=post.official_kind),)
