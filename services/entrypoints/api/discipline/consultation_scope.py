"""One consultation in the path: who may see it, and how a command on it is carried out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from starlette.responses import Response

from services.application.discipline.aggregates import CONSULTATION
from services.application.discipline.facts import Facts
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.refusals import NotFound

if TYPE_CHECKING:
    from discipline.consultations.commands import Command
    from discipline.consultations.state import Consultation, State

    Make: TypeAlias = Callable[[Facts, Consultation], Awaitable[Command]]


async def consultation_of(call: Call) -> Consultation:
    """The consultation in the path, where the caller reaches who asks or who is asked. Raises `NotFound`."""
    stream = CONSULTATION.stream(call.path_id("consultation_id"))
    state: State = (await call.context.handler.load(CONSULTATION, stream)).state
    if state is None:
        raise NotFound
    reach = await call.reach()
    if not (reach.covers(state.asking_agency) or reach.covers(state.consulted_agency)):
        raise NotFound
    return state


async def in_sight(call: Call) -> None:
    """Scope of one consultation. Raises `NotFound`."""
    await consultation_of(call)


async def done(call: Call, consultation_id: UUID, make: Make) -> Response:
    """Carry out the command that is made of what is known.

    The clock writes to the same stream: whoever loses to it decides anew on what it left, by the same receipt.
    """

    async def command() -> Command:
        return await make(await facts(call), await consultation_of(call))

    carried = await call.carry_out(CONSULTATION, consultation_id, command, retry_on_conflict=True)
    return call.changed(consultation_id, carried)
