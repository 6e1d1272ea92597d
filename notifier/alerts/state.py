"""What an alert is after its events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from schemas.notifier.alerts import AlertOpened, ResolvedStep, StallRule


def alert_id(case_id: UUID, rule: StallRule, basis: UUID) -> UUID:
    """The alert of a cause: the same cause never opens a second one."""
    return uuid5(case_id, f"{rule}/{basis}")


class NextKind(StrEnum):
    """What happens to an alert by itself."""

    CLIMB = "climb"
    EXHAUST = "exhaust"
    EXPIRE = "expire"


@dataclass(frozen=True, slots=True)
class Next:
    """What happens if nobody acts, and when."""

    kind: NextKind
    at: datetime


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Who has taken note, and until when that holds."""

    by: UUID
    post_id: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert."""

    opened: AlertOpened | None = None
    """Everything that is fixed when it opens; none before."""
    step: int = 0
    """The highest step told."""
    next_at: datetime | None = None
    """When it climbs or is exhausted; an acknowledgement puts that off."""
    acknowledged: Acknowledgement | None = None
    acknowledged_by_posts: tuple[str, ...] = ()
    """Who has acknowledged since the last step: nobody puts the next one off for ever."""
    exhausted: bool = False
    ended: bool = False

    @property
    def is_open(self) -> bool:
        """Whether what it says still holds."""
        return self.opened is not None and not self.ended

    @property
    def ladder(self) -> tuple[ResolvedStep, ...]:
        """The snapshot of the ladder; empty before it opens."""
        return () if self.opened is None else self.opened.ladder

    @property
    def told(self) -> frozenset[str]:
        """The posts that have been told; of who was told as a person, his id."""
        return frozenset(name for step in self.steps_told for name in _names(step))

    @property
    def steps_told(self) -> tuple[ResolvedStep, ...]:
        """The steps that have been told."""
        return self.ladder[: self.step + 1]

    def told_as(self, person_id: UUID, posts: tuple[str, ...]) -> tuple[str, ...]:
        """The posts in which somebody was told, who holds these posts today."""
        names = {str(person_id), *posts}
        told = [post for step in self.steps_told if names & _names(step) for post in step.posts]
        return tuple(dict.fromkeys(told))

    @property
    def next(self) -> Next | None:
        """What happens if nobody acts."""
        if not self.is_open:
            return None
        if self.acknowledged:
            return Next(NextKind.EXPIRE, self.acknowledged.until)
        if self.next_at is None or self.exhausted:
            return None
        last = self.step + 1 == len(self.ladder)
        return Next(NextKind.EXHAUST if last else NextKind.CLIMB, self.next_at)


def _names(step: ResolvedStep) -> frozenset[str]:
    return frozenset(step.posts if step.person_id is None else (str(step.person_id),))


initial = Alert()
