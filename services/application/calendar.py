"""The calendar that holds now, for whoever computes a term and puts it on a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from notifier.calendar import Calendar


class Calendars(Protocol):
    """Where the calendar comes from: public holidays by law, and the days that an administrator exchanged."""

    async def current(self) -> Calendar:
        """The calendar with every exchanged day known now."""
        ...
