"""What an authority's command does to its template, or why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from discipline.documents.fields import names, obligatory
from discipline.documents.templates.commands import ActivateTemplate, Command, StoreTemplate, WithdrawTemplate
from discipline.documents.templates.refusals import (
    TemplateFieldMissing,
    TemplateFieldUnknown,
    TemplateInUse,
    TemplateNotInUse,
    TemplateStoredBefore,
    TemplateVersionUnknown,
)
from schemas.discipline.templates import AnyTemplateEvent, TemplateActivated, TemplateStored, TemplateWithdrawn
from schemas.refusal import Coded

if TYPE_CHECKING:
    from discipline.documents.templates.state import Template
    from schemas.discipline.documents import DocumentKind


def decide(command: Command, state: Template) -> tuple[AnyTemplateEvent, ...]:
    """Return what happens; raises the `Refusal` of the first rule that is broken."""
    match command:
        case StoreTemplate():
            return (_stored(command, state),)
        case ActivateTemplate():
            return (_activated(command, state),)
        case WithdrawTemplate(owner, kind, by):
            if state.active is None:
                raise TemplateNotInUse
            return (TemplateWithdrawn(owner=owner, kind=kind, version=state.active, withdrawn_by=by),)
        case _:
            assert_never(command)


def check(kind: DocumentKind, used: frozenset[str]) -> None:
    """Raises `TemplateFieldUnknown`, `TemplateFieldMissing`."""
    if unknown := used - names(kind):
        raise TemplateFieldUnknown(Coded("document-kind", kind), _listed(unknown), _listed(names(kind)))
    if missing := obligatory(kind) - used:
        raise TemplateFieldMissing(Coded("document-kind", kind), _listed(missing))


def _stored(command: StoreTemplate, state: Template) -> TemplateStored:
    check(command.kind, command.used)
    for version in state.versions:
        if version.sha256 == command.sha256:
            raise TemplateStoredBefore(version.number)
    return TemplateStored(
        owner=command.owner,
        kind=command.kind,
        version=len(state.versions) + 1,
        wording=command.wording,
        sha256=command.sha256,
        stored_by=command.by,
    )


def _activated(command: ActivateTemplate, state: Template) -> TemplateActivated:
    if state.version(command.version) is None:
        raise TemplateVersionUnknown(command.version, len(state.versions))
    if state.active == command.version:
        raise TemplateInUse(command.version)
    return TemplateActivated(owner=command.owner, kind=command.kind, version=command.version, activated_by=command.by)


def _listed(found: frozenset[str]) -> str:
    return ", ".join(sorted(found))
