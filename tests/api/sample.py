"""A context as small as one can be, with a route of every kind: what the base promises is tested on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from inspection.organisation.evolve import evolve as evolve_organisation
from inspection.organisation.state import INITIAL, Organisation
from schemas.envelope import Recorded
from schemas.inspection.directives import DirectiveRepealed
from schemas.inspection.organisation import AgencyCreated, AgencyKind, OrganisationFounded
from schemas.refusal import Refusal
from schemas.values import Name
from services.application.aggregate import Aggregate
from services.application.directory import Directory
from services.application.identity import Role
from services.entrypoints.api.access import Access, agency_in_body, anywhere
from services.entrypoints.api.call import Call
from services.entrypoints.api.context import Base, ContextApi
from services.entrypoints.api.live import live
from services.entrypoints.api.pages import PAGE, Cursor, Limit, Page, after, page
from services.entrypoints.api.refusals import NotFound
from services.entrypoints.api.routing import Router

AGENCIES = (
    ("thanh-tra", "tinh", AgencyKind.INSPECTORATE),
    ("so-y-te", "tinh", AgencyKind.DEPARTMENT),
    ("so-giao-duc", "tinh", AgencyKind.DEPARTMENT),
    ("huyen", "tinh", AgencyKind.DISTRICT),
    ("thanh-tra-huyen", "huyen", AgencyKind.DISTRICT_OFFICE),
)
FOUNDED: Any = {"authority_id": "tinh", "valid_from": date(2020, 1, 1)}


def organisation() -> Organisation:
    """A province with two departments, and a district with an inspectorate of its own."""
    name = Name(vi="Tên", en="Name")
    state = evolve_organisation(INITIAL, OrganisationFounded(**FOUNDED, name=name))
    for agency_id, parent_id, kind in AGENCIES:
        created = AgencyCreated(**FOUNDED, agency_id=agency_id, parent_id=parent_id, kind=kind, name=name)
        state = evolve_organisation(state, created)
    return state


async def read_organisation() -> Organisation:
    return organisation()


def directory(_base: Base) -> Directory:
    return Directory(read_organisation)


class Clock:
    """A clock that stands until a moment is reached."""

    at = datetime(2026, 3, 2, 1, tzinfo=UTC)

    async def now(self) -> datetime:
        return self.at

    def not_before(self, moment: datetime) -> None:
        """It is this moment, or later."""
        self.at = max(self.at, moment)


@dataclass(unsafe_hash=True)
class NoteFull(Refusal):
    """A note takes three lines."""

    lines: int


@dataclass(frozen=True)
class Note:
    lines: int = 0


@dataclass(frozen=True)
class Write:
    on: date


@dataclass(frozen=True)
class Grow(Write):
    """A line that always fits."""


def decide(command: Write, state: Note) -> Sequence[DirectiveRepealed]:
    if state.lines == 3 and not isinstance(command, Grow):
        raise NoteFull(state.lines)
    return [DirectiveRepealed(directive_id="note", effective_to=command.on)]


def evolve(state: Note, _event: DirectiveRepealed) -> Note:
    return replace(state, lines=state.lines + 1)


NOTE = Aggregate("inspection", "note", Note(), decide, evolve)

router = Router(prefix="/notes", tags=["notes"])


class Line(BaseModel):
    model_config = ConfigDict(extra="forbid")
    agency_id: Annotated[str, Field(description="The agency concerned.", max_length=20)]
    on: Annotated[date, Field(description="When.")]
    text: Annotated[str | None, Field(description="What.", max_length=2_000)] = None


class NoteRow(BaseModel):
    id: str
    lines: int


async def note_in_scope(call: Call) -> None:
    """Notes whose id begins with 1 are of so-giao-duc, all others of so-y-te."""
    agency = "so-giao-duc" if str(call.path_id("note_id")).startswith("1") else "so-y-te"
    if not await call.reaches(agency):
        raise NotFound


READERS = {Role.INSPECTOR, Role.HEAD, Role.AUDITOR}


@router.command("", status=201, access=Access({Role.INSPECTOR, Role.HEAD}, agency_in_body()))
async def begin(body: Line, call: Call) -> Response:
    """Begin a note."""
    note_id = call.new_id("note")
    if body.text is not None:
        await call.put_document("text", body.text)
    done = await call.carry_out(NOTE, note_id, Write(body.on))
    return call.created(note_id, done, f"/notes/{note_id}")


@router.command("/{note_id}/lines", access=Access({Role.INSPECTOR, Role.HEAD}, note_in_scope))
async def add(note_id: UUID, body: Line, call: Call) -> Response:
    """Add a line."""
    done = await call.carry_out(NOTE, note_id, Write(body.on))
    return call.changed(note_id, done)


@router.command("/{note_id}/amend", if_match=True, access=Access({Role.INSPECTOR}, note_in_scope))
async def amend(note_id: UUID, body: Line, call: Call) -> Response:
    """Amend what was seen."""
    done = await call.carry_out(NOTE, note_id, Write(body.on))
    return call.changed(note_id, done)


@router.command("/{note_id}/touch", access=Access({Role.INSPECTOR}, note_in_scope))
async def touch(note_id: UUID, call: Call) -> Response:
    """A command without a body."""
    done = await call.carry_out(NOTE, note_id, Write(date(2026, 1, 1)))
    return call.changed(note_id, done)


@router.read("", access=Access(READERS, anywhere), answers=Page[NoteRow])
async def notes(call: Call, limit: Limit = PAGE, cursor: Cursor = None, kind: str | None = None) -> Response:
    """The numbers from 1 to 7 as a list."""
    key = after(call, cursor, kind)
    first = int(key[0]) + 1 if key else 1
    found = [NoteRow(id=str(number), lines=0) for number in range(first, min(8, first + limit + 1))]
    return call.answer(page(call, found, limit, lambda row: [row.id], kind))


@router.read("/{note_id}", access=Access(READERS, note_in_scope), answers=NoteRow)
async def note(note_id: UUID, call: Call) -> Response:
    """One note."""
    loaded = await call.context.handler.load(NOTE, NOTE.stream(note_id))
    if loaded.version == 0:
        raise NotFound
    return call.answer(NoteRow(id=str(note_id), lines=loaded.version), version=loaded.version)


HIDDEN_FROM: set[UUID] = set()
"""Persons who lost the case while they looked."""


async def may_see(call: Call, _recorded: Recorded) -> bool:
    return call.principal.person_id not in HIDDEN_FROM


def shown(recorded: Recorded) -> Mapping[str, object]:
    return {"data": recorded.event.model_dump(mode="json")}


@router.stream("/{note_id}/events", access=Access(READERS, note_in_scope))
async def events(note_id: UUID, call: Call) -> Response:
    """The note as it grows."""
    return live(call, [NOTE.stream(note_id)], may_see=lambda recorded: may_see(call, recorded), show=shown)


@router.read("-open", access=Access({Role.ADMINISTRATOR}, anywhere, case_content=False), answers=NoteRow)
async def operations(call: Call) -> Response:
    """Something that operates the suite."""
    return call.answer(NoteRow(id="x", lines=0))


API = ContextApi("inspection", "Ghi chú · Notes", (router,), directory)
