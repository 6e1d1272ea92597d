"""The unnamed half of a secret ballot: a ballot is put into the box by whoever holds a paper. Nothing of it is kept.

No token of the suite, no cookie, no key of idempotency, no trace, no metric, no line in a log: see `Router.unnamed`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, Field
from starlette.responses import Response

from discipline.ballots.outcome import WORDS
from discipline.ballots.refusals import BoxNotOpen, ChoiceNotOffered
from discipline.ballots.state import BallotStatus
from schemas.refusal import Coded
from services.adapters.ballots import blind_signature
from services.adapters.ballots.box import PutIn
from services.application.discipline.aggregates import BALLOT
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.ballots import boxes
from services.entrypoints.api.discipline.board_inputs import BallotIn, TokenIn
from services.entrypoints.api.discipline.refusals import BallotPaperNotValid
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from discipline.ballots.state import Ballot

PATH = "/box/"
"""Beginning of the paths; the context says it under `silent`."""
_NO_STORE = {"cache-control": "no-store"}

router = Router(prefix="/box", tags=["ballots"])


class InBox(BaseModel):
    """Where a ballot stands for whoever holds its paper. What it says is not shown: nobody can prove how he voted."""

    in_box: Annotated[bool, Field(description="A ballot was put in under this paper.")]
    before: Annotated[bool, Field(description="It had been put in before; this time changed nothing.")] = False
    status: Annotated[BallotStatus, Field(description="Where the ballot stands.")]


@router.unnamed("/{ballot_id}", answers=InBox)
async def put(ballot_id: UUID, body: BallotIn, call: Call) -> Response:
    """Put a ballot in, once for each paper; sent again, it is told that it is in."""
    ballot, token = await _holder(call, ballot_id, body)
    if ballot.status is not BallotStatus.BOX:
        raise BoxNotOpen(Coded("ballot-status", ballot.status))
    if body.choice not in {*ballot.called.choices, *WORDS}:
        raise ChoiceNotOffered
    put_in = await boxes(call).put(ballot_id, token, body.choice, len(ballot.called.voters))
    if put_in is PutIn.CLOSED:
        raise BoxNotOpen(Coded("ballot-status", "closed"))
    return call.answer(InBox(in_box=True, before=put_in is PutIn.BEFORE, status=ballot.status), headers=_NO_STORE)


@router.unnamed("/{ballot_id}/check", answers=InBox)
async def check(ballot_id: UUID, body: TokenIn, call: Call) -> Response:
    """Tell whoever holds a paper whether its ballot is in the box, and whether the box is open."""
    ballot, token = await _holder(call, ballot_id, body)
    held = await boxes(call).holds(ballot_id, token)
    return call.answer(InBox(in_box=held, status=ballot.status), headers=_NO_STORE)


async def _holder(call: Call, ballot_id: UUID, paper: TokenIn) -> tuple[Ballot, bytes]:
    """The ballot, for whoever holds a paper of it. Raises `BallotPaperNotValid`."""
    state: Ballot | None = (await call.context.handler.load(BALLOT, BALLOT.stream(ballot_id))).state
    if state is None:
        raise BallotPaperNotValid
    try:
        token, signature = blind_signature.decoded(paper.token), blind_signature.decoded(paper.signature)
    except blind_signature.Unreadable:
        raise BallotPaperNotValid from None
    key = blind_signature.read(state.called.key)
    if len(token) != blind_signature.PREPARED_BYTES or not blind_signature.verifies(key, token, signature):
        raise BallotPaperNotValid
    return state, token
