"""What a review is told of its board on a day. Nothing of it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.boards.sittings import present
from discipline.boards.state import Board, able, may_take_part, voting
from discipline.reviews.procedure.facts import BoardBefore
from schemas.discipline.boards import SeatRole

if TYPE_CHECKING:
    from discipline.boards.commands import Standing

DECISION = "decision"
"""What states a quorum that no row does."""


def board_before(board: Board, standing: Standing) -> BoardBefore:
    """A board as a review's commands carry it; a chair or secretary who may not take part keeps no file."""
    sitting = board.sitting
    keepers = (board.holder(SeatRole.CHAIR), board.holder(SeatRole.SECRETARY))
    return BoardBefore(
        board_id=board.board_id,
        review_ids=frozenset(() if board.dissolved else board.reviews),
        keepers=frozenset(who for who in keepers if may_take_part(board, who, standing)),
        quorum=board.quorum.number,
        quorum_stated_by=board.quorum.rule_id or DECISION,
        able=voting(board, able(board, standing)),
        sat=voting(board, present(board, standing)),
        agenda=frozenset(() if sitting is None or sitting.attended is None else sitting.review_ids),
    )
