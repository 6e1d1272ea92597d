"""Why a directive cannot be changed so, or does not carry a finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schemas.refusal import Refusal


@dataclass(unsafe_hash=True)
class DirectiveAlreadyAdopted(Refusal):
    """It is adopted once; what changes is amended."""

    directive_id: str
    field = "directive_id"


@dataclass(unsafe_hash=True)
class DirectiveNotAdopted(Refusal):
    """The authority has not adopted it."""

    directive_id: str
    field = "directive_id"


@dataclass(unsafe_hash=True)
class PackOfAnotherDirective(Refusal):
    """The pack says that it belongs to another directive."""

    directive_id: str
    pack_directive_id: str
    field = "pack"


@dataclass(unsafe_hash=True)
class PackDiffers(Refusal):
    """The pack's content is not the one that was agreed to."""

    agreed_sha256: str
    actual_sha256: str
    field = "pack_sha256"


@dataclass(unsafe_hash=True)
class PackVersionNotNewer(Refusal):
    """An amendment carries a newer version of the pack."""

    version: int
    current_version: int
    field = "pack"


@dataclass(unsafe_hash=True)
class NotAfterTheLastVersion(Refusal):
    """Versions follow one another: what is in force already is not put aside."""

    last_effective_from: date
    field = "effective_from"


@dataclass(unsafe_hash=True)
class DirectiveNoLongerInForce(Refusal):
    """It was repealed before that day."""

    directive_id: str
    repealed_on: date
    field = "directive_id"


@dataclass(unsafe_hash=True)
class ViolationTypeUnknown(Refusal):
    """The pack in force on that day does not know the type."""

    violation_type: str
    directive_id: str
    pack_version: int
    field = "violation_type"
