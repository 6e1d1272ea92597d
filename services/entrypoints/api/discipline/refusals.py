"""What the edge of the discipline context itself refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from schemas.refusal import Refusal


@dataclass(unsafe_hash=True)
class BlindedRequestUnreadable(Refusal):
    """It is no blinded message under the ballot's key."""

    field: ClassVar[str | None] = "request"


@dataclass(unsafe_hash=True)
class BallotPaperNotValid(Refusal):
    """No such ballot, or no paper of it: whoever holds no paper learns not even that there is a ballot."""

    field: ClassVar[str | None] = "signature"
