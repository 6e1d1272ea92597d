"""Boards of the province of the reform."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from discipline.boards.commands import EstablishBoard, ReplaceMember
from discipline.boards.state import board_id, vacant
from discipline.reviews.commands import OpenReview
from discipline.reviews.reckoning import Setting
from schemas.discipline.boards import Seat, SeatRole
from services.adapters import law
from services.adapters.calendar import vietnam
from services.application.discipline.aggregates import BOARD, REVIEW
from services.application.discipline.boards import Surroundings
from services.application.grounds import Grounds
from tests.discipline.samples import document
from tests.worker.reform import Suite, request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discipline.boards.commands import Standing
    from discipline.boards.state import Board


async def establish_board(suite: Suite, agency_id: str, posts: Sequence[str]) -> UUID:
    """The chair opens the review of an agency's head and has these sit on it."""
    await suite.open_case(agency_id, confirmed=True)
    [(review_id,)] = suite.database.execute(
        "select id from discipline.review_view where agency_id = %s and person_id is not null", agency_id
    )
    at, handler = await suite.clock.now(), suite.handlers["discipline"]
    opens = OpenReview(await suite.chair(), Setting(at, law.shipped(), vietnam()))
    await handler.handle(REVIEW, review_id, opens, request())
    around = Surroundings(Grounds(handler), await suite.organisation(), at.date())
    review = await around.review(UUID(str(review_id)))
    assert review is not None
    people = await suite.people(*posts, on=at.date())
    roles = (SeatRole.CHAIR, SeatRole.SECRETARY, *[SeatRole.MEMBER] * 3)
    seats = [seat(*one) for one in zip(people, posts, roles, strict=True)]
    command = EstablishBoard(
        by=await suite.chair(),
        at=at,
        matter_id=review.matter_id,
        authority_post=review.authority_post,
        reviews=(around.open_matter(review),),
        seats=tuple(seats),
        quorum=4,
        admissions=(),
        decision=document("decision"),
        law=law.shipped(),
        members=around.members(people),
    )
    id_ = board_id(review.matter_id, review.authority_post)
    await handler.handle(BOARD, id_, command, request())
    return id_


async def board_of(suite: Suite, id_: UUID) -> tuple[Board, Standing]:
    """A board, and how it stands today."""
    handler = suite.handlers["discipline"]
    state: Board | None = (await handler.load(BOARD, BOARD.stream(id_))).state
    assert state is not None
    around = Surroundings(Grounds(handler), await suite.organisation(), suite.clock.at.date())
    return state, await around.standing(state)


async def vacancies(suite: Suite, id_: UUID) -> tuple[UUID, ...]:
    """Whose seats on it are vacant today."""
    return vacant(*await board_of(suite, id_))


async def replace_member(suite: Suite, id_: UUID, left: UUID, post: str) -> None:
    """The chair gives a seat to whoever holds a post."""
    handler, today = suite.handlers["discipline"], suite.clock.at.date()
    (who,) = await suite.people(post, on=today)
    around = Surroundings(Grounds(handler), await suite.organisation(), today)
    state, _ = await board_of(suite, id_)
    stands = await around.standing(state, who)
    old = state.seat_of(left)
    assert old is not None
    filled = seat(who, post, old.role)
    command = ReplaceMember(await suite.chair(), left, filled, (), document("reform"), stands)
    await handler.handle(BOARD, id_, command, request())


def seat(person_id: UUID, post_id: str, role: SeatRole) -> Seat:
    return Seat(person_id=person_id, post_id=post_id, role=role, votes=True)
