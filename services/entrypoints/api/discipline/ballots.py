"""The named half of a secret ballot: the roll, the closings, the count, dissent. No choice passes here."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import orjson
from pydantic import BaseModel, Field
from starlette.responses import Response

from discipline.ballots.commands import CloseRoll, CountBallots, RecordDissent, TakePaper, VoidBallot
from discipline.ballots.decide import may_count
from discipline.ballots.refusals import BallotIsOver, BoxStillOpen
from schemas.refusal import Coded
from services.adapters.ballots import blind_signature
from services.adapters.ballots.box import BallotBoxes
from services.adapters.ballots.keys import BallotKeys
from services.adapters.ballots.sealing import Sealing
from services.adapters.tables.boards import BallotColumns
from services.application.discipline.aggregates import BALLOT, REVIEW
from services.application.discipline.boards import OVER
from services.application.discipline.facts import Sight
from services.application.identity import Role
from services.entrypoints.api.access import Access
from services.entrypoints.api.bodies import Nothing
from services.entrypoints.api.call import JSON, Call
from services.entrypoints.api.discipline.board_inputs import BoxTimeIn, OpinionIn, PaperIn
from services.entrypoints.api.discipline.board_scope import afresh, board_of, remember
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.inputs import Reasons
from services.entrypoints.api.discipline.refusals import BlindedRequestUnreadable
from services.entrypoints.api.discipline.review_scope import sees
from services.entrypoints.api.discipline.timeline import Moved, texts, timeline
from services.entrypoints.api.refusals import NotFound
from services.entrypoints.api.routing import Changed, Router

if TYPE_CHECKING:
    import asyncpg

    from discipline.ballots.state import Ballot
    from discipline.reviews.state import State

router = Router(prefix="/ballots", tags=["ballots"])


class Paper(Changed):
    """A ballot paper, still blinded: only the voter's computer can finish it."""

    signature: Annotated[str, Field(description="The blind signature, base64url.")]


class BallotShown(BallotColumns):
    """A ballot."""


class BallotCase(BaseModel):
    """A ballot with its roll and, once it is counted, its totals."""

    ballot: BallotShown
    timeline: list[Moved]
    texts: Annotated[dict[UUID, str], Field(description="Texts by document id; erased ones are absent.")]


async def ballot_of(call: Call) -> Ballot:
    """The ballot in the path, where the caller sees it. Raises `NotFound`.

    A board's ballot is seen by whoever may see the board today; a meeting's by those who vote or preside in it, and by
    auditors. None of them sees that of his own matter.
    """
    id_ = call.path_id("ballot_id")
    state: Ballot | None = (await call.context.handler.load(BALLOT, BALLOT.stream(id_))).state
    if state is None or not await _in_sight(call, state):
        raise NotFound
    return state


async def _in_sight(call: Call, ballot: Ballot) -> bool:
    called, person_id = ballot.called, call.principal.person_id
    if called.board_id is None:
        review: State = (await call.context.handler.load(REVIEW, REVIEW.stream(called.review_id))).state
        audited = review is not None and await sees(call, await facts(call), review, Sight.FILE)
        takes_part = person_id in {called.chair, called.secretary, *called.voters}
        return takes_part or (Role.AUDITOR in call.principal.roles and audited)
    now = await afresh(call, called.board_id)
    return now is not None and now.reads


async def in_sight(call: Call) -> None:
    """Scope of the routes of one ballot. Raises `NotFound`."""
    await ballot_of(call)


VOTERS = Access({Role.BOARD_MEMBER, Role.BOARD_SECRETARY, Role.AUTHORITY, Role.HEAD, Role.AGENCY_USER}, in_sight)
"""Whoever votes or presides, in a board or in a review meeting."""


def keys(call: Call) -> BallotKeys:
    """The signing keys."""
    return BallotKeys(call.context.pool, Sealing(call.context.ballot_key))


def boxes(call: Call) -> BallotBoxes:
    """The boxes."""
    return BallotBoxes(call.context.pool, Sealing(call.context.ballot_key))


@router.command("/{ballot_id}/papers", access=VOTERS)
async def take_paper(ballot_id: UUID, body: PaperIn, call: Call) -> Response:
    """Take a ballot paper under your name: a blind signature over a token that nobody but you knows."""
    try:
        blinded = blind_signature.decoded(body.request)
        key = await keys(call).signer(ballot_id)
        # Before it is recorded, so that whoever stands on the roll can always be given what he took.
        signature = b"" if key is None else await asyncio.to_thread(blind_signature.sign, key, blinded)
    except blind_signature.Unreadable:
        raise BlindedRequestUnreadable from None
    command = TakePaper(call.principal.person_id, hashlib.sha256(blinded).hexdigest())
    done = await call.carry_out(BALLOT, ballot_id, command, retry_on_conflict=True)
    if key is None:
        raise BallotIsOver(Coded("ballot-status", (await ballot_of(call)).status))
    told = call.changed(ballot_id, done)
    paper = {"id": str(ballot_id), "version": done.version, "signature": blind_signature.encoded(signature)}
    return Response(orjson.dumps(paper), told.status_code, {"etag": told.headers["etag"]}, JSON)


@router.command("/{ballot_id}/roll/close", access=VOTERS)
async def close_roll(ballot_id: UUID, body: BoxTimeIn, call: Call) -> Response:
    """Close the roll and open the box: from now on ballots are put in, without a name; refused without a quorum."""
    command = CloseRoll(call.principal.person_id, await call.now(), body.box_until)
    done = await call.carry_out(BALLOT, ballot_id, command)
    await boxes(call).place(ballot_id, len((await ballot_of(call)).called.voters))
    return call.changed(ballot_id, done)


@router.command("/{ballot_id}/count", access=VOTERS)
async def count(ballot_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Close the box and count it, once all ballots are in or its time is over."""

    async def command() -> CountBallots:
        ballot, by = await ballot_of(call), call.principal.person_id
        may_count(by, ballot)
        box = await boxes(call).close(
            ballot_id,
            papers=len(ballot.papers),
            voters=len(ballot.called.voters),
            though_missing=ballot.box_until is not None and ballot.box_until <= await call.now(),
        )
        if box is None and ballot.box_until is not None:
            raise BoxStillOpen(ballot.box_until)
        assert box is not None  # noqa: S101 -- an open box has its time
        return CountBallots(by, box)

    done = await call.carry_out(BALLOT, ballot_id, command)
    await _over(call)
    return call.changed(ballot_id, done)


@router.command("/{ballot_id}/void", access=VOTERS)
async def void(ballot_id: UUID, body: Reasons, call: Call) -> Response:
    """Declare the ballot void, with reasons; its box is never counted."""
    command = VoidBallot(call.principal.person_id, await call.put_document("reasons", body.reasons))
    done = await call.carry_out(BALLOT, ballot_id, command)
    await _over(call)
    return call.changed(ballot_id, done)


@router.command("/{ballot_id}/dissent", access=VOTERS)
async def dissent(ballot_id: UUID, body: OpinionIn, call: Call) -> Response:
    """Have your differing opinion put into the minutes, by name; nobody has to."""
    opinion = await call.put_document("opinion", body.opinion)
    command = RecordDissent(call.principal.person_id, opinion)
    return call.changed(ballot_id, await call.carry_out(BALLOT, ballot_id, command, retry_on_conflict=True))


@router.read("/{ballot_id}", access=Access({*VOTERS.roles, Role.AUDITOR}, in_sight), answers=BallotCase)
async def one(ballot_id: UUID, call: Call) -> Response:
    """Show a ballot: its key, its roll, and its totals once it is counted. How full the box is, is shown to nobody."""
    ballot = await ballot_of(call)
    await remember(call, [ballot.called.review_id])
    [record] = await call.context.pool.fetch(_ONE, ballot_id)
    history = await call.context.store.load(BALLOT.stream(ballot_id))
    row = ballot_row(record)
    shown = BallotCase(ballot=row, timeline=timeline(call, history), texts=await texts(call, history))
    return call.answer(shown, version=row.version)


def ballot_row(record: asyncpg.Record) -> BallotShown:
    """A row of `ballot_view`."""
    values = dict(record)
    for name in ("quorum", "totals"):
        values[name] = None if values[name] is None else orjson.loads(values[name])
    return BallotShown(**values)


_COLUMNS = ", ".join(BallotColumns.model_fields)
_ONE = f"select {_COLUMNS} from ballot_view where id = $1"  # noqa: S608 -- column names of our own


async def _over(call: Call) -> None:
    """Destroy the key and end the board's vote. Cut off here, the next who looks at the board ends the vote."""
    ballot = await ballot_of(call)
    if ballot.status in OVER:
        await keys(call).destroy(ballot.called.ballot_id)
        if ballot.called.board_id is not None:
            await board_of(call, ballot.called.board_id)
