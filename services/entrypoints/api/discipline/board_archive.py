"""The bundle of a sitting as one ZIP, made while it is sent: every paper, and a manifest with the hash of each."""

from __future__ import annotations

import asyncio
import hashlib
import zipfile
from typing import TYPE_CHECKING, Any

import orjson

from services.entrypoints.api.discipline.board_papers import content_of, name_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from services.application.registry import Document
    from services.entrypoints.api.call import Call
    from services.entrypoints.api.discipline.board_papers import Paper

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
"""As `sha256sum --check` reads it."""
AGENDA = "000-agenda.txt"


class Outgoing:
    """What a ZIP is written to while it is sent: nobody can go back in it."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        """Take what is to be sent next."""
        self._waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Whoever sends has the rest."""

    def take(self) -> bytes:
        """What has come since the last time."""
        taken, self._waiting = b"".join(self._waiting), []
        return taken


async def archive(
    call: Call,
    told: Mapping[str, Any],
    agenda: str | None,
    papers: Sequence[Paper],
    texts: dict[UUID, Document],
    at: datetime,
) -> AsyncIterator[bytes]:
    """The ZIP in parts.

    What the registry no longer has is named in the manifest as absent. Cut off in the middle, a ZIP lacks its
    directory at the end, so nobody takes half of it for the whole.

    Args:
        call: who reads.
        told: about the sitting, for the manifest.
        agenda: its text; None once it was erased.
        papers: which.
        texts: read before anything is sent.
        at: when it is made; the time of each file.
    """
    outgoing, sums, listed = Outgoing(), list[str](), list[dict[str, Any]]()
    with zipfile.ZipFile(outgoing, "w", zipfile.ZIP_DEFLATED) as made:

        async def put(name: str, data: bytes) -> bytes:
            when = zipfile.ZipInfo(name, at.timetuple()[:6])
            await asyncio.to_thread(made.writestr, when, data, zipfile.ZIP_DEFLATED)
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
            return outgoing.take()

        if agenda is not None:
            yield await put(AGENDA, agenda.encode())
        for paper in papers:
            content = await content_of(call, paper, texts)
            listed.append(_listed(call, paper, None if content is None else (content.sha256, content.salt)))
            if content is not None:
                yield await put(paper.file_name, content.data)
        manifest = {**told, "made_at": at.isoformat(), "papers": listed}
        yield await put(MANIFEST, orjson.dumps(manifest, default=str, option=orjson.OPT_INDENT_2))
        yield await put(SUMS, "".join(sums).encode())
    yield outgoing.take()


def _listed(call: Call, paper: Paper, had: tuple[str, bytes | None] | None) -> dict[str, Any]:
    """A paper in the manifest: the hash of its file, and for a text the proof that the event states."""
    sha256, salt = had or (None, None)
    return {
        "number": paper.number,
        "kind": paper.kind,
        "name": name_of(call, paper),
        "file": paper.file_name if had else None,
        "sha256": sha256,
        "document_id": paper.ref.document_id,
        "stated_sha256": paper.ref.sha256,
        "salt": None if salt is None else salt.hex(),
        "review_id": paper.review_id,
        "finding_id": paper.finding_id,
        "type": paper.type,
        "version": paper.version,
        "recorded_at": paper.recorded_at,
    }
