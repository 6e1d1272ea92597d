"""What registry and client say to each other: one description for both sides."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field

MOST = 500
"""Items in one request."""
LONGEST_TEXT = 200_000
LARGEST_FILE = 8_000_000
"""Characters of base64: a document of hundreds of pages."""


class Message(BaseModel):
    """Closed; and shows no texts where it is printed."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class PutDocument(Message):
    """A text to keep under an id."""

    id: UUID
    text: str = Field(min_length=1, max_length=LONGEST_TEXT, repr=False)
    kept_by: str | None = Field(None, max_length=80)
    """The rule row by which it is exempt from erasure."""


class PutDocuments(Message):
    """Texts to keep, all or none."""

    items: list[PutDocument] = Field(max_length=MOST)


class PutFile(Message):
    """A file to keep under an id, exempt from erasure by a rule."""

    id: UUID
    content: Base64Bytes = Field(min_length=1, max_length=LARGEST_FILE, repr=False)
    kept_by: str = Field(max_length=80)


class PutFiles(Message):
    """Files to keep, all or none."""

    items: list[PutFile] = Field(max_length=MOST)


class PersonData(Message):
    """Who a person is."""

    name: str = Field(min_length=1, max_length=200, repr=False)
    email: str | None = Field(None, max_length=254, repr=False)
    phone: str | None = Field(None, max_length=40, repr=False)
    webhook: str | None = Field(None, max_length=2_000, repr=False)


class PutPerson(Message):
    """A person to keep under an id."""

    id: UUID
    person: PersonData


class PutPersons(Message):
    """Persons to keep, all or none."""

    items: list[PutPerson] = Field(max_length=MOST)
    actor: str | None = Field(None, min_length=1, max_length=200)
    """Who asks for it; None: the calling process itself."""


class KeptItem(Message):
    """Where one stands now."""

    id: UUID
    version: int
    sha256: str | None = None
    erased: bool = False
    marking: str | None = None
    """Not kept: the text bears this marking of a state secret."""


class Kept(Message):
    """The answer to a put, in its order."""

    items: list[KeptItem]


class Ref(Message):
    """A document's version, by its proof."""

    id: UUID
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class ReadDocuments(Message):
    """Which versions, for whom, and what for."""

    refs: list[Ref] = Field(max_length=MOST)
    reader: str = Field(max_length=200)
    purpose: str = Field(max_length=200)
    correlation_id: UUID


class DocumentItem(Message):
    """A document's version."""

    id: UUID
    version: int
    text: str = Field(repr=False)
    salt: str = Field(repr=False)


class Documents(Message):
    """What was found and not erased."""

    items: list[DocumentItem]


class FileItem(Message):
    """A file's bytes."""

    id: UUID
    content: Base64Bytes = Field(repr=False)


class Files(Message):
    """What was found."""

    items: list[FileItem]


class CheckFiles(Message):
    """Files to hash, and what they were."""

    refs: list[Ref] = Field(max_length=MOST)


class Checked(Message):
    """How each one is kept, in the order asked."""

    states: list[Literal["whole", "differs", "missing"]]


class ReadPersons(Message):
    """Which persons."""

    ids: list[UUID] = Field(max_length=MOST)


class PersonItem(Message):
    """A person; a caller that only shows names gets no contacts."""

    id: UUID
    person: PersonData


class Persons(Message):
    """Who was found and not erased."""

    items: list[PersonItem]


class ReadChanges(Message):
    """Changes of a person's entry, or of all; from before a number on."""

    person_id: UUID | None = None
    before: int | None = None


class ChangeItem(Message):
    """Who changed which fields of whose entry, and what became of the letter about it."""

    number: int
    at: datetime
    caller: str
    actor: str
    person_id: UUID
    version: int
    fields: list[str]
    told: str | None


class Changes(Message):
    """The newest first, as many as fit."""

    items: list[ChangeItem]


class LeaseNotices(Message):
    """How many letters about changed addresses a courier takes, and for how long."""

    limit: int = Field(gt=0, le=MOST)
    seconds: float = Field(gt=0)


class NoticeItem(Message):
    """A letter that is due, to a person as the entry was before the change."""

    id: UUID
    attempt: int
    number: int
    at: datetime
    person_id: UUID
    person: PersonData


class Notices(Message):
    """Letters that are due."""

    items: list[NoticeItem]


class RecordNotice(Message):
    """What became of an attempt, and after how many seconds there is another."""

    id: UUID
    attempt: int
    what: str = Field(max_length=40)
    again_in: float | None = Field(None, ge=0)


class Erase(Message):
    """What to destroy, and why."""

    kind: Literal["person", "document", "file"]
    id: UUID
    actor: str = Field(min_length=1, max_length=200)
    reason: str = Field(min_length=1, max_length=500)


class Erased(Message):
    """What came of it."""

    outcome: Literal["erased", "erased-before", "unknown", "kept"]
    kept_by: str | None = None
    """The rule row that exempts it."""


class Rewrapped(Message):
    """How many data keys the current wrapping key took over."""

    keys: int
