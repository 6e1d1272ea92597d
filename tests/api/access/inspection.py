"""The inspection context's permissions."""

from uuid import uuid4

from inspection.directives.commands import AdoptDirective
from inspection.directives.decide import fingerprint
from services.adapters import packs
from services.application.directives import DIRECTIVE
from services.application.handler import Request
from services.application.identity import Role
from services.entrypoints.api.context import Context
from services.entrypoints.api.inspection import API
from tests.api.access.table import Ids, row
from tests.api.access.tree import SINCE, plant

PACK = packs.read(packs.shipped()[0])
NAME = {"vi": "Sở Công Thương", "en": "Department of Industry and Trade"}
FROM = {"valid_from": "2026-01-01"}
ADOPTION = {"effective_from": "2026-01-01", "pack": PACK.model_dump(mode="json"), "pack_sha256": fingerprint(PACK)}
STAFF = tuple(role for role in Role if role is not Role.CITIZEN)

ORGANISATION_ROWS = (
    row(
        "POST",
        "/organisation",
        Role.ADMINISTRATOR,
        outside=None,
        body=lambda _: {**FROM, "authority_id": "tinh", "name": NAME},
    ),
    row(
        "POST",
        "/organisation/agencies",
        Role.ADMINISTRATOR,
        outside=None,
        body=lambda _: {
            **FROM,
            "agency_id": "so-cong-thuong",
            "name": NAME,
            "kind": "department",
            "parent_id": "tinh",
        },
    ),
    row(
        "POST",
        "/organisation/agencies/{agency_id}/rename",
        Role.ADMINISTRATOR,
        outside=None,
        body=lambda _: {**FROM, "name": NAME},
    ),
    row(
        "POST",
        "/organisation/agencies/{agency_id}/move",
        Role.ADMINISTRATOR,
        outside=None,
        body=lambda _: {**FROM, "parent_id": "huyen"},
    ),
    row(
        "POST",
        "/organisation/agencies/{agency_id}/end",
        Role.ADMINISTRATOR,
        outside=None,
        body=lambda _: {"valid_from": "2027-01-01", "successor_id": "so-y-te"},
    ),
    row(
        "POST",
        "/organisation/posts",
        Role.ADMINISTRATOR,
        outside=None,
        body=lambda _: {
            **FROM,
            "post_id": "so-y-te-clerk",
            "agency_id": "so-y-te",
            "kind": "official",
            "title": NAME,
            "official_kind": "civil_servant",
        },
    ),
    row(
        "POST",
        "/organisation/posts/{post_id}/fill",
        Role.ADMINISTRATOR,
        outside=None,
        body=lambda _: {**FROM, "person_id": str(uuid4())},
    ),
    row("POST", "/organisation/posts/{post_id}/vacate", Role.ADMINISTRATOR, outside=None, body=lambda _: FROM),
    row("GET", "/organisation", *STAFF, outside=None),
    row("GET", "/organisation/agencies/{agency_id}", *STAFF, outside=None),
)

DIRECTIVE_ROWS = (
    row("GET", "/directives", *STAFF, outside=None),
    row("GET", "/directives/{directive_id}", *STAFF, outside=None),
    row("GET", "/directives/packs/{directive_id}", *STAFF, outside=None),
    row("POST", "/directives/{directive_id}/adopt", Role.AUTHORITY, outside=None, body=lambda _: ADOPTION),
    row(
        "POST", "/directives/{directive_id}/amend", Role.AUTHORITY, outside=None, body=lambda _: ADOPTION, if_match=True
    ),
    row(
        "POST",
        "/directives/{directive_id}/repeal",
        Role.AUTHORITY,
        outside=None,
        body=lambda _: {"effective_to": "2030-01-01"},
        if_match=True,
    ),
)

ROWS = ORGANISATION_ROWS + DIRECTIVE_ROWS


async def prepare(context: Context) -> Ids:
    """The table's organisation, and a directive that was adopted."""
    await plant(context)
    command_id = uuid4()
    adopt = AdoptDirective(PACK.directive_id, "tinh", SINCE, PACK, fingerprint(PACK))
    await context.handler.handle(
        DIRECTIVE, PACK.directive_id, adopt, Request(command_id, "authority", command_id, command_id)
    )
    return {"agency_id": "so-giao-duc", "post_id": "so-giao-duc-head", "directive_id": PACK.directive_id}


__all__ = ["API", "ROWS", "prepare"]
