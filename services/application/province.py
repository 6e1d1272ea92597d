"""A province as data, and the commands that found it: what is there already is left as it is."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import Field, model_validator

from inspection.organisation.commands import (
    CreateAgency,
    CreatePost,
    EndAgency,
    FillPost,
    FoundOrganisation,
    RenameAgency,
)
from schemas.base import Contract, Slug, Text
from schemas.inspection.organisation import AgencyKind, PostKind
from schemas.values import Name, SubjectKind
from services.application.identity import Role
from services.application.registry import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspection.organisation.commands import Command
    from inspection.organisation.state import Organisation

_PEOPLE = uuid5(NAMESPACE_URL, "urn:kycuong:province:people")

PersonName = Annotated[Text, Field(description="A person's whole name; the same name is the same person.")]
People = Annotated[dict[Slug, PersonName], Field(description="Who holds which post of the agency.")]


class PostTemplate(Contract):
    """A post that every agency of a kind has."""

    kind: Annotated[PostKind, Field(description="Head, deputy or official.")]
    official_kind: Annotated[SubjectKind, Field(description="The kind of official who holds it.")]
    vi: Annotated[Text, Field(description="Its title in Vietnamese.")]
    en: Annotated[Text, Field(description="Its title in English.")]
    roles: Annotated[frozenset[Role], Field(description="Roles of the holder's account.")]


class Root(Contract):
    """The authority."""

    agency_id: Annotated[Slug, Field(description="Its id.")]
    since: Annotated[date, Field(description="The first day of everything that names no other.")]
    name: Annotated[Name, Field(description="Its name.")]
    people: People


class AgencyRow(Contract):
    """An agency with its people."""

    agency_id: Annotated[Slug, Field(description="Its id.")]
    kind: Annotated[AgencyKind, Field(description="What it is.")]
    parent_id: Annotated[Slug | None, Field(description="The agency above; none for a central agency.")]
    name: Annotated[Name, Field(description="Its name.")]
    people: People


class Step(Contract):
    """What changed on a day."""

    since: Annotated[date, Field(description="The first day on which it holds.")]
    created: Annotated[tuple[AgencyRow, ...], Field(description="Agencies that begin.")] = ()
    renamed: Annotated[dict[Slug, Name], Field(description="New names, by agency.")] = Field(default_factory=dict)
    ended: Annotated[dict[Slug, Slug], Field(description="Who inherits, by agency that ends.")] = Field(
        default_factory=dict
    )


class Other(Contract):
    """Somebody with an account and without a post."""

    name: PersonName
    roles: Annotated[frozenset[Role], Field(description="Roles of the account.")]


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the province, as an account and a registry entry need it."""

    person_id: UUID
    username: str
    person: Person
    roles: frozenset[Role]
    agency_id: str | None


class Province(Contract):
    """An authority, its agencies, posts and people, what changed since, and which directives it adopted when."""

    domain: Annotated[Text, Field(description="Of the people's e-mail addresses.")]
    authority: Annotated[Root, Field(description="The root of the tree.")]
    posts: Annotated[dict[AgencyKind, dict[Slug, PostTemplate]], Field(description="Posts by kind of agency.")]
    others: Annotated[tuple[Other, ...], Field(description="People without a post.")]
    directives: Annotated[dict[Slug, date], Field(description="Since when each directive is in force.")]
    agencies: Annotated[tuple[AgencyRow, ...], Field(description="From the first day, each after the one above it.")]
    steps: Annotated[tuple[Step, ...], Field(description="What changed afterwards, in order.")]

    @model_validator(mode="after")
    def _people_hold_posts_that_are_there(self) -> Province:
        for row, _ in self._rows():
            unknown = row.people.keys() - self.posts[row.kind].keys()
            if unknown:
                raise ValueError(f"{row.agency_id}: no post {', '.join(sorted(unknown))}")
        return self

    def commands(self, state: Organisation) -> Iterator[Command]:
        """Return what is missing in the organisation, in the order in which it can be done."""
        root = self.authority
        if state.authority_id is None:
            yield FoundOrganisation(root.agency_id, root.name, root.since)
        for row, since in self._rows():
            if row.agency_id != root.agency_id and row.agency_id not in state.agencies:
                yield CreateAgency(row.agency_id, row.name, row.kind, row.parent_id, since)
            yield from self._posts(row, since, state)
        for step in self.steps:
            yield from _changes(step, state)

    def members(self, day: date) -> tuple[Member, ...]:
        """Return everybody, with the agency in which each works on the day, or worked last."""
        last = {name: row for row, since in self._rows() if since <= day for name in row.people.values()}
        roles: dict[str, set[Role]] = {}
        for row, _ in self._rows():
            for post, name in row.people.items():
                roles.setdefault(name, set()).update(self.posts[row.kind][post].roles)
        for other in self.others:
            roles.setdefault(other.name, set()).update(other.roles)
        return tuple(self._member(name, held, last.get(name)) for name, held in roles.items())

    def person_of(self, post_id: str) -> UUID:
        """Return who holds a post.

        Raises:
            KeyError: there is no such post.
        """
        held = {f"{row.agency_id}-{post}": name for row, _ in self._rows() for post, name in row.people.items()}
        return person_id(held[post_id])

    def _member(self, name: str, roles: set[Role], row: AgencyRow | None) -> Member:
        username = _plain(name)
        person = Person(name, email=f"{username}@{self.domain}")
        return Member(person_id(name), username, person, frozenset(roles), row.agency_id if row else None)

    def _posts(self, row: AgencyRow, since: date, state: Organisation) -> Iterator[Command]:
        for post, template in self.posts[row.kind].items():
            post_id = f"{row.agency_id}-{post}"
            if post_id not in state.posts:
                title = Name(vi=template.vi, en=template.en)
                yield CreatePost(post_id, row.agency_id, template.kind, title, template.official_kind, valid_from=since)
            known = state.posts.get(post_id)
            if post in row.people and (known is None or not known.holders):
                yield FillPost(post_id, person_id(row.people[post]), acting=False, valid_from=since)

    def _rows(self) -> Iterator[tuple[AgencyRow, date]]:
        root = self.authority
        yield (
            AgencyRow(
                agency_id=root.agency_id,
                kind=AgencyKind.AUTHORITY,
                parent_id=None,
                name=root.name,
                people=root.people,
            ),
            root.since,
        )
        for row in self.agencies:
            yield row, root.since
        for step in self.steps:
            for row in step.created:
                yield row, step.since


def person_id(name: str) -> UUID:
    """Return the id of the person with that name."""
    return uuid5(_PEOPLE, unicodedata.normalize("NFC", name))


def namesakes(province: Province) -> list[str]:
    """Return user names that two people would share: they differ by diacritics alone."""
    counted = Counter(member.username for member in province.members(date.max))
    return sorted(name for name, count in counted.items() if count > 1)


def _changes(step: Step, state: Organisation) -> Iterator[Command]:
    for agency_id, name in step.renamed.items():
        known = state.agencies.get(agency_id)
        if known is None or all(day != step.since for day, _ in known.names):
            yield RenameAgency(agency_id, name, step.since)
    for agency_id, successor_id in step.ended.items():
        known = state.agencies.get(agency_id)
        if known is None or known.ended_on is None:
            yield EndAgency(agency_id, successor_id, step.since)


def _plain(name: str) -> str:
    """Return a name in lower-case ASCII letters, joined by hyphens."""
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "-".join("".join(letter for letter in letters if letter.isascii()).split())
