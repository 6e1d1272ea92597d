"""Transactions of a worker's batch, as tests hand them to effects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.envelope import Recorded
    from schemas.registry import AnyEvent
    from services.application.reactions import Reaction


class Quiet:
    """For effects that give no commands: whoever does finds out."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def caused(self, cause: Recorded) -> Sequence[AnyEvent]:
        """Nothing."""
        return ()

    async def expect(self, reactions: Sequence[Reaction]) -> None:
        """Nothing is read ahead."""

    async def carry_out(self, cause: Recorded, reactions: Sequence[Reaction]) -> Sequence[AnyEvent]:
        """Refuse."""
        raise AssertionError("no commands are expected here")

    async def settle(self) -> None:
        """Nothing waits."""
