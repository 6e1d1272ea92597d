"""The registry, as the rest of the suite sees it: persons and documents by id, encrypted elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from schemas.values import DocumentRef


@dataclass(frozen=True, slots=True)
class Person:
    """Who a person is and how to reach them. Never in events, logs or metrics."""

    name: str
    email: str | None = None
    phone: str | None = None
    webhook: str | None = None
    """Address of a signed webhook, where the person's agency runs one."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document's text as of one version, with the salt that its proof was made with."""

    document_id: UUID
    version: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """On whose behalf and why confidential content is read; recorded with every document."""

    reader: str
    """The principal's id, or `courier`."""
    purpose: str
    """The route or the delivery, never free text."""
    correlation_id: UUID


class Registry(Protocol):
    """Persons and documents. What was erased or never existed is absent from answers."""

    async def put_document(self, document_id: UUID, text: str) -> DocumentRef:
        """Keep a text and return its proof. The same text again is the same version; another is a new one.

        Put before the event that refers to it is appended: an orphan is harmless, a dangling reference is not.
        """
        ...

    async def documents(self, refs: Sequence[DocumentRef], reading: Reading) -> Mapping[UUID, Document]:
        """The versions that the proofs name; the reading is recorded. Who may read was decided by the caller."""
        ...

    async def put_person(self, person_id: UUID, person: Person) -> None:
        """Keep or correct a person."""
        ...

    async def persons(self, person_ids: Sequence[UUID]) -> Mapping[UUID, Person]:
        """The persons by id."""
        ...
