"""What cases have in common whose numbers and ladder are the suite's own and no directive's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from schemas.values import Ladder


class DefaultTerms(Protocol):
    """As far as every kind of these cases has them."""

    @property
    def ladder(self) -> Ladder:
        """Who hears of a stall."""

    @property
    def acknowledgement_expires(self) -> int:
        """Working days until an acknowledgement expires."""


T_co = TypeVar("T_co", bound=DefaultTerms, covariant=True)


class ByDefault(Generic[T_co]):
    """A case by default terms. It has no slots of its own: those of its kind stay as small as they are."""

    __slots__ = ()
    terms: T_co

    @property
    def posts(self) -> None:
        """Only the directory knows."""

    @property
    def ladder(self) -> Ladder:
        """Who hears of a stall."""
        return self.terms.ladder

    @property
    def acknowledgement_days(self) -> int:
        """Working days until an acknowledged alert climbs again."""
        return self.terms.acknowledgement_expires
