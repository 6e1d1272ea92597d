"""What a term needs of a calendar. The calendar itself is a value that arrives on the command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from schemas.values import DayReason, Name, Term


class DayOff(Protocol):
    """A day that was passed over, or that counted against its weekday, and why."""

    @property
    def day(self) -> date:
        """Which."""
        ...

    @property
    def name(self) -> Name | None:
        """The holiday or the exchange; none for the weekly rest."""
        ...

    @property
    def reason(self) -> DayReason:
        """Why."""
        ...


class Ending(Protocol):
    """Where a term ends."""

    @property
    def ends_at(self) -> datetime:
        """24:00 of the last day."""
        ...

    @property
    def skipped(self) -> Sequence[DayOff]:
        """Days off that did not count; for calendar days and months only those over which the last day rolled."""
        ...


class Calendar(Protocol):
    """Counts terms (Civil Code 2015, arts. 147–148): the triggering day does not count, a term ends at 24:00."""

    @property
    def last(self) -> date:
        """The last day for which it knows whether it is worked; a term beyond is refused."""
        ...

    def after(self, moment: datetime, term: Term, *, rolls: bool = True) -> Ending:
        """The end of a term in days; with `rolls` a last day that is off rolls to the next working day."""
        ...

    def after_months(self, moment: datetime, months: int, *, rolls: bool = True) -> Ending:
        """The end of a term in months: the same day of the last month, or that month's last day."""
        ...

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and with `end`."""
        ...

    def off_between(self, start: date, end: date) -> Sequence[DayOff]:
        """The days off after `start`, up to and with `end`."""
        ...

    def worked_between(self, start: date, end: date) -> Sequence[DayOff]:
        """The days after `start`, up to and with `end`, that would be off and are worked in exchange."""
        ...
