"""The inspection context's permissions."""

from datetime import date
from uuid import UUID, uuid4

from inspection.directives.commands import AdoptDirective
from inspection.directives.decide import fingerprint
from inspection.organisation.commands import AnnounceRestructuring
from schemas.inspection.findings import FindingContent, FindingSource
from schemas.inspection.organisation import RestructuringKind
from schemas.values import DocumentRef
from services.adapters import packs
from services.application.directives import DIRECTIVE
from services.application.directory import AUTHORITY, ORGANISATION
from services.application.findings import FINDING, Facts
from services.application.handler import Request
from services.application.identity import Role
from services.entrypoints.api.context import Context
from services.entrypoints.api.inspection import API
from tests.api.access.inspections import INSPECTION_ROWS, prepare_inspections
from tests.api.access.table import CASE_AGENCY, Ids, Row, row
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
    row("POST", "/organisation/posts/{post_id}/end", Role.ADMINISTRATOR, outside=None, body=lambda _: FROM),
    row("POST", "/organisation/posts/{post_id}/absence", Role.ADMINISTRATOR, outside=None, body=lambda _: FROM),
    row("POST", "/organisation/posts/{post_id}/return", Role.ADMINISTRATOR, outside=None, body=lambda _: FROM),
    row(
        "POST",
        "/organisation/facts/withdraw",
        Role.ADMINISTRATOR,
        outside=None,
        body=lambda _: {**FROM, "fact": "holder", "subject_id": "so-y-te-head", "reason": "Ghi nhầm ngày."},
    ),
    row(
        "POST",
        "/organisation/restructurings",
        Role.ADMINISTRATOR,
        outside=None,
        body=lambda _: {
            "valid_from": "2027-01-01",
            "kind": "merge",
            "predecessors": ["so-giao-duc"],
            "successors": ["huyen"],
            "heir_id": "huyen",
        },
    ),
    row(
        "POST",
        "/organisation/restructurings/{succession_id}/withdraw",
        Role.ADMINISTRATOR,
        outside=None,
        body=lambda _: {},
    ),
    row("PUT", "/people/{person_id}", Role.ADMINISTRATOR, outside=None, body=lambda _: {"name": "Kiều Thị Hồng Thắm"}),
    row("GET", "/organisation", *STAFF, outside=None),
    row("GET", "/organisation/heads", *STAFF, outside=None),
    row("GET", "/organisation/restructurings", *STAFF, outside=None),
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

WRITING = {
    "agency_id": CASE_AGENCY,
    "violation_type": PACK.violation_types[0].violation_type,
    "directive_id": PACK.directive_id,
    "fact_date": "2026-02-02",
    "source": "feedback",
    "narrative": "Hồ sơ trễ hẹn không nêu lý do.",
}
AMENDMENT = {"fact_date": "2026-02-02", "narrative": "Hồ sơ trễ hẹn.", "reason": "Viết rõ hơn."}
REASONS = {"reason": "Đã xem xét."}
WRITERS = (Role.INSPECTOR, Role.TEAM_LEADER)
JUDGES = (Role.TEAM_LEADER, Role.INSPECTORATE_OFFICER)
READERS = (*JUDGES, Role.INSPECTOR, Role.AGENCY_USER, Role.HEAD, Role.AUTHORITY, Role.AUDITOR)


def _one(action: str, *roles: Role, body: dict[str, str]) -> Row:
    path = f"/findings/{{finding_id}}/{action}"
    return row("POST", path, *roles, outside=404, body=lambda _: body, if_match=True)


FINDING_ROWS = (
    row("POST", "/findings/drafts", *WRITERS, outside=403, body=lambda _: WRITING),
    row("POST", "/findings", *WRITERS, outside=403, body=lambda _: WRITING),
    _one("revise", *WRITERS, body=WRITING),
    _one("submit", *WRITERS, body={}),
    _one("amend", *WRITERS, body=AMENDMENT),
    _one("withdraw", *WRITERS, body=REASONS),
    _one("contest", Role.HEAD, body=REASONS),
    _one("confirm", *JUDGES, body={}),
    _one("dismiss", *JUDGES, body=REASONS),
    row(
        "POST",
        "/findings/{finding_id}/duplicate",
        *JUDGES,
        outside=404,
        body=lambda ids: {"original_id": ids["finding_id"], "reason": "same-fact"},
        if_match=True,
    ),
    row("GET", "/findings", *READERS, outside=None),
    row("GET", "/findings/{finding_id}", *READERS, outside=404),
)

ROWS = ORGANISATION_ROWS + DIRECTIVE_ROWS + INSPECTION_ROWS + FINDING_ROWS


async def prepare(context: Context) -> Ids:
    """The table's organisation, and a directive that was adopted."""
    await plant(context)
    command_id = uuid4()
    adopt = AdoptDirective(PACK.directive_id, "tinh", SINCE, PACK, fingerprint(PACK))
    await context.handler.handle(
        DIRECTIVE, PACK.directive_id, adopt, Request(command_id, "authority", command_id, command_id)
    )
    finding_id = await _submitted(context)
    succession_id = uuid4()
    announce = AnnounceRestructuring(
        succession_id, RestructuringKind.END, ("thanh-tra-huyen",), ("huyen",), "huyen", date(2027, 1, 1)
    )
    await context.handler.handle(
        ORGANISATION, AUTHORITY, announce, Request(succession_id, "administrator", succession_id, succession_id)
    )
    return {
        "succession_id": str(succession_id),
        "person_id": str(uuid4()),
        "agency_id": "so-giao-duc",
        "post_id": "so-giao-duc-head",
        "directive_id": PACK.directive_id,
        "finding_id": str(finding_id),
        **await prepare_inspections(context, PACK.directive_id),
    }


async def _submitted(context: Context) -> UUID:
    """A finding at the agency of the cases, by an inspector who is none of the table's."""
    known = Facts(
        context.handler,
        await context.directory.current(),
        await context.calendars.current(),
        await context.clock.now(),
    )
    finding_id, inspector_id, command_id = uuid4(), uuid4(), uuid4()
    content = FindingContent(
        agency_id=CASE_AGENCY,
        violation_type=PACK.violation_types[0].violation_type,
        directive_id=PACK.directive_id,
        fact_date=date(2026, 2, 2),
        source=FindingSource.FEEDBACK,
        inspection_id=None,
        matter_id=finding_id,
        officials=(),
        narrative=DocumentRef(document_id=uuid4(), sha256="0" * 64),
        evidence=(),
        replaces=None,
    )
    command = await known.submission(finding_id, content, inspector_id)
    await context.handler.handle(FINDING, finding_id, command, Request(command_id, "inspector", command_id, command_id))
    return finding_id


__all__ = ["API", "ROWS", "prepare"]
