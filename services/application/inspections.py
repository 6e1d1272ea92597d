"""Inspections bound to their store, and the facts that their commands need of organisation and directive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspection.directives.queries import in_force
from inspection.inspections import state as inspections
from inspection.inspections.commands import AppointTeam, Charge, Command, PlanInspection
from inspection.inspections.decide import decide
from inspection.inspections.evolve import evolve
from inspection.inspections.view import row
from inspection.organisation import queries
from schemas.inspection.inspections import AnyInspectionEvent
from services.application.aggregate import Aggregate
from services.application.directives import DIRECTIVE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from inspection.organisation.state import Organisation
    from schemas.inspection.organisation import AgencyKind
    from services.application.handler import Handler

INSPECTION: Aggregate[inspections.State, Command, AnyInspectionEvent] = Aggregate(
    "inspection", "inspection", inspections.INITIAL, decide, evolve, views={"inspection_view": row}
)


def kinds_of(organisation: Organisation, person_id: UUID, today: date) -> frozenset[AgencyKind]:
    """The kinds of the agencies in which a person holds a post."""
    posts = (organisation.posts[post_id] for post_id in queries.posts_of(organisation, person_id, today))
    return frozenset(organisation.agencies[post.agency_id].kind for post in posts)


async def see_plan(handler: Handler, organisation: Organisation, command: PlanInspection) -> None:
    """See that what is planned fits its first day.

    Raises:
        Refusal: an agency does not exist on that day, or the directive is not in force.
    """
    for agency_id in command.agency_ids:
        queries.agency_on(organisation, agency_id, command.from_day)
    directive = await handler.load(DIRECTIVE, DIRECTIVE.stream(command.directive_id))
    in_force(directive.state, command.directive_id, command.from_day)


def team(
    organisation: Organisation, by: Charge, leader_id: UUID, member_ids: Sequence[UUID], today: date
) -> AppointTeam:
    """The command that appoints a team, with where each of them works today and what that has inherited."""
    return AppointTeam(
        by=by,
        leader=queries.standing_of(organisation, leader_id, today),
        members=tuple(queries.standing_of(organisation, person_id, today) for person_id in member_ids),
    )
