"""One follow-up in the path: who may see it, and how a command on it is carried out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from starlette.responses import Response

from services.application.discipline.aggregates import FOLLOW_UP
from services.application.discipline.facts import Facts
from services.entrypoints.api.call import Call
from services.entrypoints.api.refusals import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discipline.follow_ups.commands import Command
    from discipline.follow_ups.state import FollowUp, State
    from schemas.values import DocumentRef

    Make: TypeAlias = Callable[[Facts, FollowUp], Command | Awaitable[Command]]


async def facts(call: Call) -> Facts:
    """What is known at the moment of this request."""
    return Facts(call.principal, await call.organisation(), await call.now())


async def follow_up_of(call: Call) -> FollowUp:
    """The follow-up in the path, where the caller may see it. Raises `NotFound`."""
    stream = FOLLOW_UP.stream(call.path_id("finding_id"))
    state: State = (await call.context.handler.load(FOLLOW_UP, stream)).state
    if state is None or not (await facts(call)).may_see(state):
        raise NotFound
    return state


async def in_sight(call: Call) -> None:
    """Scope of the readings of one follow-up. Raises `NotFound`."""
    await follow_up_of(call)


async def in_reach(call: Call) -> None:
    """Scope of the commands on one follow-up.

    Who passes a case on may lose it by that: the same command again still gets its first answer. Raises `NotFound`.
    """
    try:
        await follow_up_of(call)
    except NotFound:
        if await call.context.handler.replay(await call.request()) is None:
            raise


async def documents(call: Call, kind: str, texts: Sequence[str]) -> tuple[DocumentRef, ...]:
    """Put several texts in the registry."""
    return tuple([await call.put_document(f"{kind} {number}", text) for number, text in enumerate(texts)])


async def done(call: Call, finding_id: UUID, make: Make) -> Response:
    """Carry out the command that is made of what is known; one sent again gets its first answer."""

    async def command() -> Command:
        made = make(await facts(call), await follow_up_of(call))
        return await made if isinstance(made, Awaitable) else made

    # Policies write to the same stream: losing to one of them is no reason to send the owner away. Who judges names the
    # version that was seen, and is told when it is no longer the current one.
    carried = await call.carry_out(FOLLOW_UP, finding_id, command, retry_on_conflict=True)
    return call.changed(finding_id, carried)
