"""Commands on boards: the authority composes them, chair and secretary run them, those concerned ask for recusals."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from starlette.responses import Response

from discipline.boards.commands import (
    AddReview,
    AskRecusal,
    CallVote,
    CloseSitting,
    ConveneSitting,
    DecideRecusal,
    DeclareConflict,
    EndReview,
    EstablishBoard,
    OpenSitting,
    ReplaceMember,
)
from discipline.boards.refusals import ReviewNotOfBoard
from discipline.boards.state import ballot_id, board_id
from discipline.reviews.procedure.refusals import StepNotNow, stands
from discipline.reviews.state import UNDER_WAY, ReviewStatus
from schemas.discipline.boards import Admission, Seat
from services.adapters.ballots.keys import BallotKeys
from services.adapters.ballots.sealing import Sealing
from services.application.discipline.aggregates import BOARD
from services.application.discipline.facts import Sight
from services.application.identity import Role
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.bodies import Nothing
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.board_inputs import (
    AdmissionIn,
    AttendanceIn,
    BoardIn,
    DeclarationIn,
    MinutesIn,
    RecusalIn,
    ReplacementIn,
    ReviewIn,
    SeatIn,
    SittingIn,
    VoteIn,
)
from services.entrypoints.api.discipline.board_scope import (
    Seen,
    board_of,
    carried_out,
    concerned,
    decides,
    sits,
    sits_or_decides,
    surroundings,
)
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.inputs import Reasons
from services.entrypoints.api.discipline.law_scope import law_at
from services.entrypoints.api.refusals import NotFound
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discipline.boards.commands import OpenMatter
    from discipline.reviews.state import Review
    from services.application.discipline.boards import Surroundings
    from services.application.grounds import Informed

router = Router(prefix="/boards", tags=["boards"])

AUTHORITY = Access({Role.AUTHORITY}, decides)
MEMBERS = Access({Role.BOARD_MEMBER, Role.BOARD_SECRETARY}, sits)
CONCERNED = Access(set(Role) - {Role.AUDITOR, Role.ADMINISTRATOR}, concerned)
"""A subject may hold any office, or none any more."""
JUDGES = Access({Role.AUTHORITY, Role.BOARD_MEMBER}, sits_or_decides)


async def _reviews_of_authority(call: Call, around: Surroundings, review_ids: Sequence[UUID]) -> list[Review]:
    """Reviews that the caller decides on; to anybody else they do not exist. Raises `NotFound`."""
    known = await facts(call)
    found = [await around.review(review_id) for review_id in review_ids]
    reviews = [review for review in found if review is not None and known.sight(review) is Sight.FILE]
    if len(reviews) < len(review_ids):
        raise NotFound
    return reviews


async def _open_matters(call: Call, around: Surroundings, review_ids: Sequence[UUID]) -> tuple[OpenMatter, ...]:
    return tuple(around.open_matter(review) for review in await _reviews_of_authority(call, around, review_ids))


async def _admissions(call: Call, told: Sequence[AdmissionIn]) -> tuple[Admission, ...]:
    kept = [await call.put_document(f"admission {number}", one.reasons) for number, one in enumerate(told)]
    return tuple(
        Admission(person_id=one.person_id, ground=one.ground, reasons=ref) for one, ref in zip(told, kept, strict=True)
    )


def _seat(told: SeatIn) -> Seat:
    return Seat(**told.model_dump())


@router.command("", status=201, access=Access({Role.AUTHORITY}, anywhere))
async def establish(body: BoardIn, call: Call) -> Response:
    """Establish a board for reviews of one matter; size and quorum by row, or by this decision where no row speaks."""
    [first, *_] = await _reviews_of_authority(call, await surroundings(call), body.review_ids)
    id_ = board_id(body.matter_id, first.authority_post)

    async def command() -> Informed[EstablishBoard]:
        known, around = await facts(call), await surroundings(call)
        establishing = EstablishBoard(
            by=known.by(first.authority_post),
            at=known.at,
            matter_id=body.matter_id,
            authority_post=first.authority_post,
            reviews=await _open_matters(call, around, body.review_ids),
            seats=tuple(map(_seat, body.seats)),
            quorum=body.quorum,
            admissions=await _admissions(call, body.admissions),
            decision=await call.put_document("decision", body.decision),
            law=await law_at(call, known.at),
            members=around.members(seat.person_id for seat in body.seats),
        )
        return around.grounds.of(establishing, BOARD.stream(id_))

    return call.created(id_, await call.carry_out(BOARD, id_, command), f"/boards/{id_}")


@router.command("/{board_id}/reviews", access=AUTHORITY)
async def add_review(board_id: UUID, body: ReviewIn, call: Call) -> Response:
    """Let the board sit on a further review of its matter."""

    async def make(found: Seen) -> AddReview:
        [review] = await _open_matters(call, found.around, [body.review_id])
        return AddReview(found.by, review, await _admissions(call, body.admissions), found.standing.members)

    return await carried_out(call, board_id, make)


@router.command("/{board_id}/reviews/{review_id}/end", access=AUTHORITY)
async def end_review(board_id: UUID, review_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Note that a review is over, once its decision was served; with the last one the board is dissolved."""

    async def make(found: Seen) -> EndReview:
        review = await found.around.review(review_id)
        if review is None:
            raise ReviewNotOfBoard(review_id)
        # The subject, who may ask that a member stays away, would learn from a board that has ended what was decided.
        if review.status in UNDER_WAY | {ReviewStatus.DECIDED}:
            raise StepNotNow(stands(review.status), stands(ReviewStatus.SERVED))
        return EndReview(review_id)

    return await carried_out(call, board_id, make)


@router.command("/{board_id}/members/replace", access=AUTHORITY, if_match=True)
async def replace_member(board_id: UUID, body: ReplacementIn, call: Call) -> Response:
    """Give a seat to somebody else."""

    async def make(found: Seen) -> ReplaceMember:
        reasons = await call.put_document("reasons", body.reasons)
        admissions = await _admissions(call, body.admissions)
        return ReplaceMember(found.by, body.person_id, _seat(body.seat), admissions, reasons, found.standing)

    return await carried_out(call, board_id, make, body.seat.person_id)


@router.command("/{board_id}/declaration", access=MEMBERS)
async def declare(board_id: UUID, body: DeclarationIn, call: Call) -> Response:
    """Declare whether something ties you to a subject; if so, you are out until it is decided."""

    async def make(found: Seen) -> DeclareConflict:
        return DeclareConflict(found.by, body.related, await call.put_document("statement", body.statement))

    return await carried_out(call, board_id, make)


@router.command("/{board_id}/recusals", access=CONCERNED)
async def ask_recusal(board_id: UUID, body: RecusalIn, call: Call) -> Response:
    """Ask that a member does not take part: for members, subjects and the authority."""

    async def make(found: Seen) -> AskRecusal:
        reasons = await call.put_document("reasons", body.reasons)
        new = None if body.new_facts is None else await call.put_document("new facts", body.new_facts)
        return AskRecusal(found.by, body.person_id, reasons, new)

    return await carried_out(call, board_id, make)


async def _decided(call: Call, board_id: UUID, person_id: UUID, reasons: str, *, granted: bool) -> Response:
    async def make(found: Seen) -> DecideRecusal:
        kept = await call.put_document("reasons", reasons)
        return DecideRecusal(found.by, person_id, granted, kept, found.standing)

    return await carried_out(call, board_id, make)


@router.command("/{board_id}/recusals/{person_id}/grant", access=JUDGES, if_match=True)
async def grant_recusal(board_id: UUID, person_id: UUID, body: Reasons, call: Call) -> Response:
    """Grant it: the member loses the case at once. The authority decides on the chair, the chair on the others."""
    return await _decided(call, board_id, person_id, body.reasons, granted=True)


@router.command("/{board_id}/recusals/{person_id}/refuse", access=JUDGES, if_match=True)
async def refuse_recusal(board_id: UUID, person_id: UUID, body: Reasons, call: Call) -> Response:
    """Refuse it, with reasons: the member stays."""
    return await _decided(call, board_id, person_id, body.reasons, granted=False)


@router.command("/{board_id}/sittings", access=MEMBERS)
async def convene(board_id: UUID, body: SittingIn, call: Call) -> Response:
    """Invite all who may take part to a sitting; refused where they are fewer than the quorum."""

    async def make(found: Seen) -> ConveneSitting:
        agenda = await call.put_document("agenda", body.agenda)
        reviews = tuple(body.review_ids)
        return ConveneSitting(found.by, found.known.at, body.held_at, reviews, agenda, found.standing)

    return await carried_out(call, board_id, make)


@router.command("/{board_id}/sittings/open", access=MEMBERS)
async def open_sitting(board_id: UUID, body: AttendanceIn, call: Call) -> Response:
    """Open the sitting with those who are there; refused without a quorum, and before its moment."""

    async def make(found: Seen) -> OpenSitting:
        return OpenSitting(found.by, found.known.at, tuple(body.attended), found.standing)

    return await carried_out(call, board_id, make)


@router.command("/{board_id}/sittings/close", access=MEMBERS)
async def close_sitting(board_id: UUID, body: MinutesIn, call: Call) -> Response:
    """Close the sitting, with its minutes."""

    async def make(found: Seen) -> CloseSitting:
        return CloseSitting(found.by, await call.put_document("minutes", body.minutes), found.standing)

    return await carried_out(call, board_id, make)


@router.command("/{board_id}/votes", access=MEMBERS)
async def call_vote(board_id: UUID, body: VoteIn, call: Call) -> Response:
    """Call the secret ballot on a review; until it is over, who sits does not change."""
    keys = BallotKeys(call.context.pool, Sealing(call.context.ballot_key))

    async def make(found: Seen) -> CallVote:
        id_ = ballot_id(found.board)
        key = await keys.make(id_)
        review = await found.around.review(body.review_id)
        heard_by = () if review is None else review.procedure.heard_by
        going_on = review is not None and review.status in UNDER_WAY
        return CallVote(found.by, id_, body.review_id, tuple(body.choices), key, heard_by, going_on, found.standing)

    answer = await carried_out(call, board_id, make)
    await board_of(call, board_id)  # the ballot of the vote that was just called
    return answer
