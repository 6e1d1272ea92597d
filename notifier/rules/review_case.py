"""A review, as far as its waits depend on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from notifier.calendar import start_of
from notifier.defaults import ReviewDefaults
from notifier.rules.by_default import ByDefault
from notifier.rules.wait import Mark
from schemas.discipline.law import ClockCalculation
from schemas.discipline.reviews import Subject
from schemas.notifier.alerts import CaseKind, StallRule
from schemas.values import Recipient


@dataclass(frozen=True, slots=True)
class Pending:
    """A step that is to follow."""

    rule: StallRule
    since: Mark
    days: int
    """Working days; 0 where the case names the moment."""
    owner: Recipient
    """Never the subject: who keeps the file hears that his self-review is missing."""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ends:
    """A clock of a review: when it ends, which row says so, and since when that is known."""

    known: Mark
    starts_at: datetime
    ends_at: datetime
    provision: str


@dataclass(frozen=True, slots=True)
class ReviewCase(ByDefault[ReviewDefaults]):
    """A review that was proposed."""

    case_id: UUID
    subject: Subject
    authority_post: str
    provision: str
    terms: ReviewDefaults
    proposed: Mark
    open_until: datetime
    open_within: int
    meeting_within: int
    facts: frozenset[date] = frozenset()
    """Of all that it ever rested on, refuted ones too: a collective's matter is that of who belonged to it then."""
    opened: Mark | None = None
    meeting_until: datetime | None = None
    limitation: Ends | None = None
    """The earliest of the rows that hold."""
    processing: Ends | None = None
    step: Pending | None = None
    """What it waits for next."""
    met: bool = False
    paused: bool = False
    """Deferred, or with the investigating bodies: its clocks may run, its steps wait."""
    window: Ends | None = None
    """Until when the subject may complain."""
    expiry: Ends | None = None
    """When the sanction ends."""
    sanction: bool = False
    """The decision imposed a form."""
    endless: Pending | None = None
    """The sanction runs, and no row says until when."""
    basis_lost: Mark | None = None
    answer_until: datetime | None = None
    secretary: UUID | None = None
    """Who keeps the file."""
    board_id: UUID | None = None
    """The board that it stands before."""
    decided: bool = False
    """A decision stands: what a case under way waits for is not waited for."""
    over: bool = False
    kind: Literal[CaseKind.REVIEW] = CaseKind.REVIEW

    @property
    def agency_id(self) -> str:
        """The subject's agency."""
        return self.subject.agency_id

    @property
    def owner_post(self) -> str:
        """The competent authority's."""
        return self.authority_post

    @property
    def confidential(self) -> bool:
        """Reviews are: to an outsider they do not exist."""
        return True


def ends(row: ClockCalculation, mark: Mark) -> Ends:
    """The end of a clock, known since an event."""
    provision = row.instrument if row.article is None else f"{row.instrument}, {row.article}"
    return Ends(mark, start_of(row.starts_on), row.ends_at, provision)
