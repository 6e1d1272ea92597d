"""The registry, as the rest of the suite sees it: persons and documents by id, encrypted elsewhere."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from schemas.refusal import Refusal

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
    salt: bytes
    """SHA-256 of salt and text is the proof that events carry; whoever has both can show it to a third party."""


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

    async def put_document(self, document_id: UUID, text: str, kept_by: str | None = None) -> DocumentRef:
        """Keep a text and return its proof. The same text again is the same version; another is a new one.

        Put before the event that refers to it is appended: an orphan is harmless, a dangling reference is not.
        `kept_by` names the rule row by which it is exempt from erasure.
        """
        ...

    async def documents(self, refs: Sequence[DocumentRef], reading: Reading) -> Mapping[UUID, Document]:
        """The versions that the proofs name; the reading is recorded. Who may read was decided by the caller."""
        ...

    async def put_file(self, file_id: UUID, content: bytes, kept_by: str) -> str:
        """Keep the bytes of a file, exempt from erasure by a rule row, and return their SHA-256.

        Put before the event that refers to it, as documents are.
        """
        ...

    async def file(self, file_id: UUID, sha256: str, reading: Reading) -> bytes | None:
        """The bytes that the hash names; the reading is recorded. Who may read was decided by the caller."""
        ...

    async def put_person(self, person_id: UUID, person: Person, actor: str) -> int:
        """Keep or correct a person, and return the version that this is; the same again is the same version.

        Who did it, when, and which fields is recorded; whoever has another mail address is told at the one before.
        """
        ...

    async def persons(self, person_ids: Sequence[UUID]) -> Mapping[UUID, Person]:
        """The persons by id."""
        ...


@dataclass(unsafe_hash=True)
class StateSecretRefused(Refusal):
    """The text bears the marking of a state secret (bí mật nhà nước), which this suite must not hold."""

    marking: str


@dataclass(unsafe_hash=True)
class DocumentErased(Refusal):
    """The id was erased for good; nothing is kept under it any more."""

    document_id: UUID


@dataclass(unsafe_hash=True)
class PersonUnknown(Refusal):
    """Nobody is kept in the registry under the id."""

    person_id: UUID


@dataclass(unsafe_hash=True)
class RegistryUnavailable(Refusal):
    """The registry does not answer just now."""


_MARKING = re.compile(r"^\W*(?:ĐỘ MẬT\W+)?(TUYỆT MẬT|TỐI MẬT|MẬT)\W*$", re.MULTILINE)
"""The stamp on a line of its own, as the Law on Protection of State Secrets 29/2018/QH14, article 8, names the degrees;
never the word within a sentence (bí mật, bảo mật)."""


def refuse_state_secret(text: str) -> None:
    """Raises `StateSecretRefused` where a text bears the stamp of one."""
    found = _MARKING.search(unicodedata.normalize("NFC", text))
    if found is not None:
        raise StateSecretRefused(found[1])
