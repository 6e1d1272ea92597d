"""What follows from a command on a directive."""

from __future__ import annotations

import hashlib
from typing import assert_never

from inspection.directives import refusals
from inspection.directives.commands import AdoptDirective, AmendDirective, Command, RepealDirective
from inspection.directives.state import Directive
from schemas.base import encode
from schemas.inspection.directives import (
    AnyDirectiveEvent,
    DirectiveAdopted,
    DirectiveAmended,
    DirectiveRepealed,
    Pack,
)

Events = tuple[AnyDirectiveEvent, ...]


def fingerprint(pack: Pack) -> str:
    """The SHA-256 of a pack's canonical JSON: two packs with the same one say the same."""
    return hashlib.sha256(encode(pack)).hexdigest()


def decide(command: Command, state: Directive) -> Events:
    """Return what happens, or raise why it cannot (`inspection.directives.refusals`)."""
    match command:
        case AdoptDirective():
            return _adopt(command, state)
        case AmendDirective():
            return _amend(command, state)
        case RepealDirective():
            return _repeal(command, state)
        case _:
            assert_never(command)


def _adopt(command: AdoptDirective, state: Directive) -> Events:
    if state.directive_id is not None:
        raise refusals.DirectiveAlreadyAdopted(state.directive_id)
    _see_pack(command)
    return (
        DirectiveAdopted(
            directive_id=command.directive_id,
            authority_id=command.authority_id,
            effective_from=command.effective_from,
            pack=command.pack,
            pack_sha256=command.pack_sha256,
        ),
    )


def _amend(command: AmendDirective, state: Directive) -> Events:
    if state.directive_id is None:
        raise refusals.DirectiveNotAdopted(command.directive_id)
    last_day, last_pack = state.packs[-1]
    if state.repealed_on is not None and state.repealed_on <= command.effective_from:
        raise refusals.DirectiveNoLongerInForce(state.directive_id, state.repealed_on)
    if command.pack.version <= last_pack.version:
        raise refusals.PackVersionNotNewer(command.pack.version, last_pack.version)
    if command.effective_from <= last_day:
        raise refusals.NotAfterTheLastVersion(last_day)
    _see_pack(command)
    return (
        DirectiveAmended(
            directive_id=state.directive_id,
            effective_from=command.effective_from,
            pack=command.pack,
            pack_sha256=command.pack_sha256,
        ),
    )


def _see_pack(command: AdoptDirective | AmendDirective) -> None:
    if command.pack.directive_id != command.directive_id:
        raise refusals.PackOfAnotherDirective(command.directive_id, command.pack.directive_id)
    actual = fingerprint(command.pack)
    if actual != command.pack_sha256:
        raise refusals.PackDiffers(command.pack_sha256, actual)


def _repeal(command: RepealDirective, state: Directive) -> Events:
    if state.directive_id is None:
        raise refusals.DirectiveNotAdopted(command.directive_id)
    if state.repealed_on is not None:
        raise refusals.DirectiveNoLongerInForce(state.directive_id, state.repealed_on)
    last_day, _ = state.packs[-1]
    if command.effective_to <= last_day:
        raise refusals.NotAfterTheLastVersion(last_day)
    return (DirectiveRepealed(directive_id=state.directive_id, effective_to=command.effective_to),)
