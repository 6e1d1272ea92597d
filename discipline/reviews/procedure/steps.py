"""What every step of the procedure asks first: where the review stands, and which side of now a moment lies on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from discipline.days import last_day, local_day
from discipline.reviews.incidents.refusals import DeferredNow, WithInvestigators
from discipline.reviews.procedure.refusals import (
    CalledBeforeItJoined,
    MomentNotReached,
    MomentPassed,
    ReceivedBeforehand,
    StepNotNow,
    SubjectNotNotified,
    SubjectNotToldOfAll,
    VotesTied,
    stands,
)
from discipline.reviews.refusals import BasisToBeAnswered, ReviewNotOpen
from discipline.reviews.state import UNDER_WAY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from discipline.reviews.procedure.state import Notice
    from discipline.reviews.state import Review, ReviewStatus


def under_way(state: Review) -> None:
    """Raises `ReviewNotOpen`."""
    if state.status not in UNDER_WAY:
        raise ReviewNotOpen(stands(state.status))


def after(state: Review, status: ReviewStatus) -> None:
    """Raises `ReviewNotOpen`, `StepNotNow`."""
    under_way(state)
    if state.status is not status:
        raise StepNotNow(stands(state.status), stands(status))


def decidable(state: Review) -> None:
    """Nothing is decided while it is deferred or with the investigators.

    Raises `DeferredNow`, `WithInvestigators`.
    """
    if state.incidents.deferred:
        raise DeferredNow
    if (since := state.incidents.investigated_since) is not None:
        raise WithInvestigators(since)


def answered(state: Review) -> None:
    """A basis that fell away is answered before anything rests on it. Raises `BasisToBeAnswered`."""
    if state.answer_until is not None:
        raise BasisToBeAnswered(last_day(state.answer_until))


def told(state: Review) -> Notice:
    """The notice that tells the subject all that it rests on. Raises `SubjectNotNotified`, `SubjectNotToldOfAll`."""
    procedure = state.procedure
    if procedure.notice is None:
        raise SubjectNotNotified
    if procedure.told_anew_from is not None:
        raise SubjectNotToldOfAll(procedure.told_anew_from)
    return procedure.notice


def called_on_all(state: Review) -> None:
    """The call of the meeting, or the summons, came after all that it rests on. Raises `CalledBeforeItJoined`."""
    if state.procedure.called_anew:
        raise CalledBeforeItJoined


def happened(moment: datetime, now: datetime) -> None:
    """Raises `MomentNotReached`."""
    if moment > now:
        raise MomentNotReached(moment)


def received(moment: datetime, now: datetime, earliest: date | None) -> date:
    """The day of a receipt that happened: no window and no term runs from before there was anything to receive.

    Args:
        moment: as the proof says.
        now: of the step.
        earliest: the day of what was received; none where an old event names none.

    Raises:
        MomentNotReached: it lies ahead.
        ReceivedBeforehand: it lies before that day.
    """
    happened(moment, now)
    day = local_day(moment)
    if earliest is not None and day < earliest:
        raise ReceivedBeforehand(day, earliest)
    return day


def ahead(moment: datetime, now: datetime) -> None:
    """Raises `MomentPassed`."""
    if moment <= now:
        raise MomentPassed(moment)


class Counted(Protocol):
    """A choice's count."""

    @property
    def votes(self) -> int:
        """How many chose it."""
        ...


C = TypeVar("C", bound=Counted)


def most(counted: Sequence[C]) -> C:
    """The one that has the most votes. Raises `VotesTied`."""
    best = max(counted, key=lambda one: one.votes)
    if sum(one.votes == best.votes for one in counted) > 1:
        raise VotesTied(best.votes)
    return best
