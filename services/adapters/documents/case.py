"""The case that a document is of, with all that has to be looked up before it can be printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspection.organisation import queries
from inspection.timeline import at
from schemas.refusal import Refusal
from schemas.values import SubjectKind
from services.adapters.catalogues import text
from services.adapters.documents.characters import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from discipline.boards.state import Board
    from discipline.reviews.state import Review
    from inspection.organisation.state import Organisation
    from schemas.base import Event
    from schemas.values import DocumentRef
    from services.adapters.catalogues import Language

LANGUAGE: Final[Language] = "vi"
"""Documents of Vietnamese authorities are in Vietnamese."""
_SEAT = re.compile(
    r"^(?:UBND|Ủy ban nhân dân)\s+(?:tỉnh|thành phố|xã|phường|đặc khu|huyện|quận|thị xã)\s+(?P<name>.+)$"
)
_OF_PLACE = frozenset({"tỉnh", "thành", "xã", "phường", "đặc", "huyện", "quận", "thị"})


@dataclass(unsafe_hash=True)
class PersonNotInRegistry(Refusal):
    """A document that has to name somebody cannot be made without the name."""

    person_id: UUID


@dataclass(unsafe_hash=True)
class DocumentTextErased(Refusal):
    """The text that the document has to give is gone."""

    document_id: UUID


@dataclass(frozen=True, slots=True)
class Decided:
    """The issued decision that another document refers to."""

    number: str
    day: date


@dataclass(frozen=True, slots=True)
class Vote:
    """What a board's ballot on a review came to, and who wanted his differing opinion in the minutes."""

    totals: Mapping[str, int]
    """By choice."""
    dissents: tuple[tuple[UUID, DocumentRef], ...]


@dataclass(frozen=True)
class Case:
    """A review on a day, with texts and names in the clear."""

    review: Review
    history: Sequence[Event]
    """Its events, from the first on."""
    organisation: Organisation
    day: date
    board: Board | None
    directive: str
    """What the directive is called, as documents cite it."""
    violations: Mapping[UUID, str]
    """By finding, what was found."""
    texts: Mapping[UUID, str]
    names: Mapping[UUID, str]
    decided: Decided | None
    vote: Vote | None = None
    """After the hearing that the document is of, once it was counted."""

    def name(self, person_id: UUID) -> str:
        """Somebody's name. Raises `PersonNotInRegistry`."""
        try:
            return shown(self.names[person_id])
        except KeyError:
            raise PersonNotInRegistry(person_id) from None

    def text(self, ref: DocumentRef) -> str:
        """What was written. Raises `DocumentTextErased`."""
        try:
            return self.texts[ref.document_id]
        except KeyError:
            raise DocumentTextErased(ref.document_id) from None

    def agency(self, agency_id: str) -> str:
        """What an agency is called on the day."""
        agency = self.organisation.agencies[agency_id]
        named = at(agency.names, self.day) or agency.names[0][1]
        return shown(named.vi)

    def post(self, post_id: str) -> str:
        """What a post is called."""
        return self.organisation.posts[post_id].title.vi

    def heir(self, post_id: str) -> str:
        """The post, or the one that has inherited it."""
        return queries.heir_of(self.organisation, post_id, self.day) or post_id

    def post_of(self, person_id: UUID, *wanted: str) -> str | None:
        """A post that somebody holds: one of the wanted ones where he does, else his first."""
        held = queries.posts_of(self.organisation, person_id, self.day)
        return next((post_id for post_id in wanted if post_id in held), next(iter(held), None))

    def position(self, person_id: UUID) -> str | None:
        """Title and agency of somebody's post."""
        post_id = self.post_of(person_id)
        if post_id is None:
            return None
        return f"{self.post(post_id)}, {self.agency(self.organisation.posts[post_id].agency_id)}"

    @property
    def subject(self) -> str:
        """Whom it is about, as documents call him."""
        subject = self.review.subject
        if subject.kind is SubjectKind.COLLECTIVE or subject.person_id is None:
            return text(LANGUAGE, "document-collective", {"agency": self.agency(subject.agency_id)})
        return text(LANGUAGE, "document-person", {"name": self.name(subject.person_id)})

    def place(self, agency_id: str) -> str:
        """Where an agency issues (địa danh): the unit whose People's Committee it is or belongs to."""
        chain = queries.chain(self.organisation, agency_id, self.day) or (agency_id,)
        called = [self.agency(id_) for id_ in chain]
        found = next((match["name"] for name in called if (match := _SEAT.match(name))), None)
        return found or called[-1]


def abbreviation(name: str) -> str:
    """An agency's name abbreviated, without the place: `UBND tỉnh Bình Lâm` is UBND, `Sở Xây dựng` SXD."""
    words = name.split()
    end = next((place for place, word in enumerate(words) if place and word in _OF_PLACE), len(words))
    kept = words[:end]
    if kept[:4] == ["Ủy", "ban", "nhân", "dân"]:
        kept = ["UBND", *kept[4:]]
    return "".join(word if word.isupper() else word[0].upper() for word in kept if word != "và")
