"""The sample context's permissions."""

from datetime import date
from uuid import uuid4

from services.application.handler import Request
from services.application.identity import Role
from services.entrypoints.api.context import Context
from tests.api.access.table import CASE_AGENCY, Ids, row
from tests.api.sample import API, NOTE, Write

LINE = {"agency_id": CASE_AGENCY, "on": "2026-03-01"}
READERS = (Role.INSPECTOR, Role.HEAD, Role.AUDITOR)

ROWS = (
    row("POST", "/notes", Role.INSPECTOR, Role.HEAD, outside=403, body=lambda _: LINE),
    row("POST", "/notes/{note_id}/lines", Role.INSPECTOR, Role.HEAD, outside=404, body=lambda _: LINE),
    row("POST", "/notes/{note_id}/amend", Role.INSPECTOR, outside=404, body=lambda _: LINE, if_match=True),
    row("POST", "/notes/{note_id}/touch", Role.INSPECTOR, outside=404),
    row("GET", "/notes", *READERS, outside=None),
    row("GET", "/notes/{note_id}", *READERS, outside=404),
    row("GET", "/notes/{note_id}/events", *READERS, outside=404, stream=True),
    row("GET", "/notes-open", Role.ADMINISTRATOR, outside=None),
)


async def prepare(context: Context) -> Ids:
    """A note that exists, at the agency of the cases."""
    note_id = "2" + str(uuid4())[1:]
    command_id = uuid4()
    request = Request(command_id, "somebody", command_id, command_id)
    await context.handler.handle(NOTE, note_id, Write(date(2026, 1, 1)), request)
    return {"note_id": note_id}


__all__ = ["API", "ROWS", "prepare"]
