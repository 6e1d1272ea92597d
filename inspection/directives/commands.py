"""What an authority does with a directive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from schemas.inspection.directives import Pack


@dataclass(frozen=True, slots=True)
class AdoptDirective:
    """Put a pack in force."""

    directive_id: str
    authority_id: str
    effective_from: date
    pack: Pack
    pack_sha256: str
    """Of the content that was read and agreed to."""


@dataclass(frozen=True, slots=True)
class AmendDirective:
    """Put a newer version of the pack in force; older facts keep theirs."""

    directive_id: str
    effective_from: date
    pack: Pack
    pack_sha256: str


@dataclass(frozen=True, slots=True)
class RepealDirective:
    """End it."""

    directive_id: str
    effective_to: date
    """The first day on which it no longer holds."""


Command: TypeAlias = AdoptDirective | AmendDirective | RepealDirective
