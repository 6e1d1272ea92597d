"""A voter's ballot paper as a file on his own computer, readable by him alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, ValidationError

from services.adapters.ballots import blind_signature
from services.adapters.ballots.blind_signature import Unreadable


class Paper(BaseModel):
    """Written before it is asked for, so that an answer that got lost can be asked for again."""

    ballot_id: Annotated[UUID, Field(description="The ballot.")]
    url: Annotated[str, Field(description="Where the box stands.")]
    key: Annotated[str, Field(description="The ballot's public key.")]
    token: Annotated[str, Field(description="The prepared message, base64url.")]
    blinded: Annotated[str | None, Field(description="The request; gone once it is signed.")] = None
    inverse: Annotated[str | None, Field(description="Undoes the blinding; gone once it is signed.")] = None
    signature: Annotated[str | None, Field(description="The signature, once there is one.")] = None

    @property
    def fingerprint(self) -> str:
        """Of the key, for voters to compare: a key of one's own would tell whose ballot it signed."""
        return blind_signature.fingerprint(self.key)

    @property
    def shown(self) -> dict[str, str]:
        """What is put into the box."""
        return {"token": self.token, "signature": self.signature or ""}

    def signed(self, blind: str) -> Paper:
        """The paper with its signature, and without what could join it to the roll. Raises `Unreadable`."""
        if self.blinded is None or self.inverse is None:
            return self
        decoded = blind_signature.decoded
        asked = blind_signature.Request(
            decoded(self.token), decoded(self.blinded), int.from_bytes(decoded(self.inverse))
        )
        signature = blind_signature.finalize(blind_signature.read(self.key), asked, decoded(blind))
        made = {"signature": blind_signature.encoded(signature), "blinded": None, "inverse": None}
        return self.model_copy(update=made)

    def keep(self, path: Path) -> None:
        """Write it whole or not at all, for the owner's eyes."""
        unfinished = path.with_name(f".{path.name}.new")
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(self.model_dump_json(indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)


def new(ballot_id: UUID, url: str, key: str) -> Paper:
    """A token that nobody else knows. Raises `Unreadable` for a key that is none."""
    asked = blind_signature.request(blind_signature.read(key))
    return Paper(
        ballot_id=ballot_id,
        url=url,
        key=key,
        token=blind_signature.encoded(asked.prepared),
        blinded=blind_signature.encoded(asked.blinded),
        inverse=blind_signature.encoded(asked.inverse.to_bytes(len(asked.blinded))),
    )


def kept(path: Path) -> Paper | None:
    """The paper in a file; none where there is no file. Raises `Unreadable`."""
    if not path.exists():
        return None
    try:
        return Paper.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError:
        raise Unreadable("no ballot paper") from None
