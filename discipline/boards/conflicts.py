"""Who should not sit in a matter, as the organisation tells it on the day. Derived each time it is asked, never stored.

A member who is moved into the subject's unit loses his seat's rights on that day without anybody recording it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from schemas.discipline.boards import ConflictGround
from schemas.values import SubjectKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from uuid import UUID

    from discipline.standing import Person
    from schemas.discipline.boards import Admission
    from schemas.discipline.reviews import Subject


@dataclass(frozen=True, slots=True)
class Matter:
    """A review that a board sits on, and where its subject stands today."""

    review_id: UUID
    subject: Subject
    person: Person | None
    """The subject with the posts of today; none for a collective, or for a vacant post's."""

    @property
    def individual(self) -> bool:
        """Whether it is a person's; a collective's ends at the meeting."""
        return self.subject.kind is not SubjectKind.COLLECTIVE and self.person is not None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody, and what speaks against his sitting."""

    person_id: UUID
    ground: ConflictGround


def conflicts(members: Iterable[Person], matters: Iterable[Matter]) -> tuple[Conflict, ...]:
    """What the organisation says against the members."""
    pairs = product(members, matters)
    found = (Conflict(member.person_id, ground) for member, matter in pairs for ground in _grounds(member, matter))
    return tuple(dict.fromkeys(found))


def unadmitted(found: Iterable[Conflict], admissions: Collection[Admission]) -> Conflict | None:
    """The first conflict that no admission answers; that somebody is the subject, none ever does."""
    admitted = {(one.person_id, one.ground) for one in admissions if one.ground is not ConflictGround.SUBJECT}
    return next((one for one in found if (one.person_id, one.ground) not in admitted), None)


def _grounds(member: Person, matter: Matter) -> Iterator[ConflictGround]:
    subject, person = matter.subject, matter.person
    if member.person_id == subject.person_id:
        yield ConflictGround.SUBJECT
        return
    there = () if person is None else person.places
    units = {subject.agency_id, *(place.agency_id for place in there)}
    if any(place.agency_id in units for place in member.places):
        yield ConflictGround.SAME_UNIT
    if person is None:
        return
    if any(person.below(place) for place in member.places):
        yield ConflictGround.SUPERIOR
    if any(member.below(place) for place in person.places):
        yield ConflictGround.SUBORDINATE
