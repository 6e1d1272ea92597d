"""Founding a province: through the handler, as the API does it; what is there already is left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from inspection.directives.commands import AdoptDirective
from inspection.directives.decide import fingerprint
from services.application.directives import DIRECTIVE
from services.application.directory import AUTHORITY, ORGANISATION, STREAM
from services.application.handler import Request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspection.organisation.state import Organisation
    from schemas.inspection.directives import Pack
    from services.application.handler import Handler
    from services.application.province import Province

ACTOR = "sample"
_NAMES = uuid5(NAMESPACE_URL, "urn:kycuong:sample")


class AnotherOrganisation(Exception):
    """The store belongs to another authority: nothing is put into it."""


async def found(province: Province, packs: Iterable[Pack], handler: Handler) -> int:
    """Found the organisation and adopt the directives; return how many commands that took.

    Raises:
        AnotherOrganisation: another authority's organisation is there.
    """
    state: Organisation = (await handler.load(ORGANISATION, STREAM)).state
    if state.authority_id not in {None, province.authority.agency_id}:
        raise AnotherOrganisation(state.authority_id)
    done = 0
    for command in province.commands(state):
        await handler.handle(ORGANISATION, AUTHORITY, command, _request(command))
        done += 1
    for pack in packs:
        known = await handler.load(DIRECTIVE, DIRECTIVE.stream(pack.directive_id))
        if known.state.directive_id is None:
            await handler.handle(DIRECTIVE, pack.directive_id, _adopt(province, pack), _request(pack.directive_id))
            done += 1
    return done


def _adopt(province: Province, pack: Pack) -> AdoptDirective:
    since = province.directives[pack.directive_id]
    return AdoptDirective(pack.directive_id, province.authority.agency_id, since, pack, fingerprint(pack))


def _request(named: object) -> Request:
    """The same command again is the same command: its events keep their ids."""
    id_ = uuid5(_NAMES, repr(named))
    return Request(command_id=id_, actor=ACTOR, correlation_id=id_, causation_id=id_, retry_on_conflict=True)
