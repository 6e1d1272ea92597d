"""The organisation of the table, recorded through the same commands as a real one."""

from datetime import date
from uuid import uuid4

from inspection.organisation.commands import Command, CreateAgency, CreatePost, FillPost, FoundOrganisation
from schemas.inspection.organisation import AgencyKind, PostKind
from schemas.values import Name, SubjectKind
from services.application.directory import AUTHORITY, ORGANISATION
from services.application.handler import Request
from services.application.identity import Role
from services.entrypoints.api.context import Context
from tests.api.access.table import insider

SINCE = date(2020, 1, 1)
AGENCIES = (
    ("thanh-tra", AgencyKind.INSPECTORATE, "tinh"),
    ("so-y-te", AgencyKind.DEPARTMENT, "tinh"),
    ("so-giao-duc", AgencyKind.DEPARTMENT, "tinh"),
    ("huyen", AgencyKind.DISTRICT, "tinh"),
    ("thanh-tra-huyen", AgencyKind.INSPECTORATE, "huyen"),
)
HEADS = {"tinh": Role.AUTHORITY, "so-y-te": Role.HEAD}
"""Posts of heads that are held by the table's insiders; the others are vacant."""


def commands() -> list[Command]:
    """What an administrator would record, in order."""
    made: list[Command] = [FoundOrganisation("tinh", _name("tinh"), SINCE)]
    made += [CreateAgency(agency, _name(agency), kind, parent, SINCE) for agency, kind, parent in AGENCIES]
    for agency in ("tinh", *(agency for agency, _, _ in AGENCIES)):
        kind = SubjectKind.CIVIL_SERVANT
        made.append(CreatePost(f"{agency}-head", agency, PostKind.HEAD, _name("head"), kind, SINCE))
    held = [FillPost(f"{agency}-head", insider(role).person_id, False, SINCE) for agency, role in HEADS.items()]
    return [*made, *held]


async def plant(context: Context) -> None:
    """Record the organisation in the inspection context."""
    for command in commands():
        command_id = uuid4()
        request = Request(command_id, "administrator", command_id, command_id)
        await context.handler.handle(ORGANISATION, AUTHORITY, command, request)


def _name(text: str) -> Name:
    return Name(vi=text, en=text)
