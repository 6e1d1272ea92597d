"""Corrections: what was recorded of a day never held. Another value of the same day needs none: it replaces it."""

from __future__ import annotations

from typing import assert_never

from inspection.organisation import refusals
from inspection.organisation.commands import WithdrawFact
from inspection.organisation.evolve import evolve
from inspection.organisation.state import Agency, Organisation, Post
from inspection.organisation.tree import refuse_ring
from schemas.inspection.organisation import AnyOrganisationEvent, Fact, FactWithdrawn
from schemas.refusal import Coded


def decide(command: WithdrawFact, state: Organisation, authority_id: str) -> tuple[AnyOrganisationEvent, ...]:
    """Return what happens, or raise why it cannot."""
    match command.fact:
        case Fact.NAME:
            agency = _agency(state, command.subject_id)
            days = [day for day, _ in agency.names[1:]]
        case Fact.PARENT:
            agency = _agency(state, command.subject_id)
            days = [day for day, _ in agency.parents[1:]]
        case Fact.HOLDER:
            days = [day for day, _ in _post(state, command.subject_id).holders]
        case Fact.ABSENCE:
            days = [day for day, _ in _post(state, command.subject_id).absences]
        case _:
            assert_never(command.fact)
    if command.valid_from not in days:
        raise refusals.FactUnknown(Coded("organisation-fact", command.fact), command.subject_id, command.valid_from)
    withdrawn = FactWithdrawn(
        authority_id=authority_id,
        valid_from=command.valid_from,
        fact=command.fact,
        subject_id=command.subject_id,
        reason=command.reason,
    )
    if command.fact is Fact.PARENT:
        refuse_ring(evolve(state, withdrawn), command.subject_id, from_day=command.valid_from)
    return (withdrawn,)


def _agency(state: Organisation, agency_id: str) -> Agency:
    agency = state.agencies.get(agency_id)
    if agency is None:
        raise refusals.AgencyUnknown(agency_id)
    return agency


def _post(state: Organisation, post_id: str) -> Post:
    post = state.posts.get(post_id)
    if post is None:
        raise refusals.PostUnknown(post_id)
    return post
