"""Acts by which agencies end: announced and withdrawn here, completed by the approval of their plan."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from inspection.organisation.commands import AnnounceRestructuring, WithdrawRestructuring
from schemas.base import Slug
from schemas.inspection.organisation import RestructuringKind
from services.entrypoints.api.bodies import Nothing
from services.entrypoints.api.call import Call
from services.entrypoints.api.inspection.organisation import RECORDS, Dated, record
from services.entrypoints.api.routing import Router

router = Router(prefix="/organisation", tags=["organisation"])

Named = Annotated[list[Slug], Field(min_length=1, max_length=200)]


class Ending(Dated):
    """An agency is to end."""

    successor_id: Annotated[Slug, Field(description="Who takes over.", examples=["xa-phu-son"])]


class Act(Dated):
    """Agencies give way to others."""

    kind: Annotated[RestructuringKind, Field(description="End, merger or division.", examples=["merge"])]
    predecessors: Annotated[Named, Field(description="Which agencies end.", examples=[["xa-tan-lap", "xa-tan-hoa"]])]
    successors: Annotated[Named, Field(description="Which agencies take over.", examples=[["xa-phu-son"]])]
    heir_id: Annotated[
        Slug, Field(description="The successor that inherits what nothing else is said of.", examples=["xa-phu-son"])
    ]


@router.command("/agencies/{agency_id}/end", access=RECORDS)
async def end_agency(agency_id: Slug, body: Ending, call: Call) -> Response:
    """Announce that an agency ends; it does once the plan for what is open there is approved."""
    succession_id, heir_id = call.new_id("succession"), body.successor_id
    command = AnnounceRestructuring(
        succession_id, RestructuringKind.END, (agency_id,), (heir_id,), heir_id, body.valid_from
    )
    return await record(call, succession_id, command)


@router.command("/restructurings", access=RECORDS)
async def announce(body: Act, call: Call) -> Response:
    """Announce a merger or a division; its agencies end once the plan for what is open there is approved."""
    succession_id = call.new_id("succession")
    before, after = tuple(body.predecessors), tuple(body.successors)
    command = AnnounceRestructuring(succession_id, body.kind, before, after, body.heir_id, body.valid_from)
    return await record(call, succession_id, command)


@router.command("/restructurings/{succession_id}/withdraw", access=RECORDS)
async def withdraw(succession_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Withdraw what was announced, as long as its plan is not approved."""
    return await record(call, succession_id, WithdrawRestructuring(succession_id))
