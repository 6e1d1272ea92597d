"""The registry's client. Puts that happen at the same time share one request, as appends share a transaction."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Self, TypeVar

import aiohttp
from pydantic import BaseModel

from schemas.values import DocumentRef
from services.adapters.registry import wire
from services.application.registry import (
    Document,
    DocumentErased,
    Person,
    RegistryUnavailable,
    StateSecretRefused,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from services.application.registry import Reading

Answer = TypeVar("Answer", bound=BaseModel)

SECONDS = 15.0
"""Longer than the registry itself waits for a database that starts again."""
PATIENCE = 5.0
"""Seconds for which a call outlasts a restart of the registry before its caller is told. Everything that is asked may
be asked again: a put finds what it put, an erasure what it erased."""


class RegistryRefused(RuntimeError):
    """The registry does not accept this caller or its request: a defect of the deployment or of the client."""


class RegistryClient:
    """Implements `services.application.registry.Registry`.

    aiohttp, which Faust brings along, costs a fifth of httpx's processor time for each request, and a finding's
    submission waits for one.

    Args:
        address: where the registry listens.
        secret: this caller's own.
        patience: seconds for which a call outlasts a restart of the registry.
    """

    def __init__(self, address: str, secret: str, *, patience: float = PATIENCE) -> None:
        self._address = address
        self._headers = {"authorization": f"Bearer {secret}", "content-type": "application/json"}
        self._patience = patience
        self._session: aiohttp.ClientSession | None = None
        self._waiting: dict[UUID, _Put] = {}
        self._sender: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Finish what is on its way."""
        if self._sender is not None:
            await self._sender
        if self._session is not None:
            await self._session.close()

    async def put_document(self, document_id: UUID, text: str, kept_by: str | None = None) -> DocumentRef:
        """See `Registry`. Raises `StateSecretRefused`, `DocumentErased`, `RegistryUnavailable`, ValueError."""
        while (ahead := self._waiting.get(document_id)) is not None and ahead.item.text != text:
            await asyncio.wait([ahead.kept])  # another text of the same document: its turn comes after
        put = self._waiting.get(document_id)
        if put is None:
            put = self._waiting[document_id] = _Put(wire.PutDocument(id=document_id, text=text, kept_by=kept_by))
            if self._sender is None:
                self._sender = asyncio.create_task(self._send())
        item = await asyncio.shield(put.kept)
        if item.marking is not None:
            raise StateSecretRefused(item.marking)
        if item.erased or item.sha256 is None:
            raise DocumentErased(document_id)
        return DocumentRef(document_id=document_id, sha256=item.sha256)

    async def documents(self, refs: Sequence[DocumentRef], reading: Reading) -> Mapping[UUID, Document]:
        """See `Registry`. Raises `RegistryUnavailable`."""
        found: dict[UUID, Document] = {}
        for part in _parts(refs):
            asked = wire.ReadDocuments(
                refs=[wire.Ref(id=ref.document_id, sha256=ref.sha256) for ref in part],
                reader=reading.reader,
                purpose=reading.purpose,
                correlation_id=reading.correlation_id,
            )
            answer = await self._ask("POST", "/documents/read", asked, wire.Documents)
            for item in answer.items:
                found[item.id] = Document(item.id, item.version, item.text, bytes.fromhex(item.salt))
        return found

    async def put_file(self, file_id: UUID, content: bytes, kept_by: str) -> str:
        """See `Registry`. Raises `DocumentErased`, `RegistryUnavailable`."""
        put = wire.PutFile.model_construct(id=file_id, content=content, kept_by=kept_by)
        kept = await self._ask("PUT", "/files", wire.PutFiles.model_construct(items=[put]), wire.Kept)
        [item] = kept.items
        if item.erased or item.sha256 is None:
            raise DocumentErased(file_id)
        return item.sha256

    async def file(self, file_id: UUID, sha256: str, reading: Reading) -> bytes | None:
        """See `Registry`. Raises `RegistryUnavailable`."""
        asked = wire.ReadDocuments(
            refs=[wire.Ref(id=file_id, sha256=sha256)],
            reader=reading.reader,
            purpose=reading.purpose,
            correlation_id=reading.correlation_id,
        )
        answer = await self._ask("POST", "/files/read", asked, wire.Files)
        return answer.items[0].content if answer.items else None

    async def check_files(self, refs: Sequence[tuple[UUID, str]]) -> list[str]:
        """How each file is kept: whole, differs, missing. Raises `RegistryUnavailable`."""
        states: list[str] = []
        for part in _parts(refs):
            asked = wire.CheckFiles(refs=[wire.Ref(id=id_, sha256=sha256) for id_, sha256 in part])
            states += (await self._ask("POST", "/files/check", asked, wire.Checked)).states
        return states

    async def put_person(self, person_id: UUID, person: Person, actor: str) -> int:
        """See `Registry`. Raises `DocumentErased`, `RegistryUnavailable`."""
        return (await self.put_persons({person_id: person}, actor))[person_id]

    async def put_persons(self, persons: Mapping[UUID, Person], actor: str) -> Mapping[UUID, int]:
        """Many at once, for loading; the version of each. Raises `DocumentErased`, `RegistryUnavailable`."""
        versions: dict[UUID, int] = {}
        for part in _parts(list(persons.items())):
            items = [wire.PutPerson(id=id_, person=_data(person)) for id_, person in part]
            kept = await self._ask("PUT", "/persons", wire.PutPersons(items=items, actor=actor), wire.Kept)
            for item in kept.items:
                if item.erased:
                    raise DocumentErased(item.id)
                versions[item.id] = item.version
        return versions

    async def persons(self, person_ids: Sequence[UUID]) -> Mapping[UUID, Person]:
        """See `Registry`. Raises `RegistryUnavailable`."""
        found: dict[UUID, Person] = {}
        for part in _parts(person_ids):
            answer = await self._ask("POST", "/persons/read", wire.ReadPersons(ids=list(part)), wire.Persons)
            for item in answer.items:
                data = item.person
                found[item.id] = Person(data.name, data.email, data.phone, data.webhook)
        return found

    async def changes(self, person_id: UUID | None = None, before: int | None = None) -> Sequence[wire.ChangeItem]:
        """Who changed whose entry, the newest first. Raises `RegistryUnavailable`."""
        asked = wire.ReadChanges(person_id=person_id, before=before)
        return (await self._ask("POST", "/changes/read", asked, wire.Changes)).items

    async def lease_notices(self, limit: int, seconds: float) -> Sequence[wire.NoticeItem]:
        """Letters about changed addresses that are due, held for so long. Raises `RegistryUnavailable`."""
        asked = wire.LeaseNotices(limit=limit, seconds=seconds)
        return (await self._ask("POST", "/notices/lease", asked, wire.Notices)).items

    async def record_notice(self, notice: wire.NoticeItem, what: str, again_in: float | None) -> None:
        """What became of one, and after how many seconds it is tried again. Raises `RegistryUnavailable`."""
        asked = wire.RecordNotice(id=notice.id, attempt=notice.attempt, what=what, again_in=again_in)
        await self._ask("POST", "/notices/record", asked, wire.Message)

    async def erase(self, asked: wire.Erase) -> wire.Erased:
        """Destroy a data key; what came of it. Raises `RegistryUnavailable`."""
        return await self._ask("POST", "/erase", asked, wire.Erased)

    async def rewrap(self) -> int:
        """Take every data key over to the current wrapping key; how many were. Raises `RegistryUnavailable`."""
        return (await self._ask("POST", "/rewrap", wire.Message(), wire.Rewrapped)).keys

    async def _send(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(0)  # whoever is ready to put now, comes along
                batch = dict(list(self._waiting.items())[: wire.MOST])
                await self._send_batch(batch)
                for document_id in batch:
                    del self._waiting[document_id]
        finally:
            self._sender = None

    async def _send_batch(self, batch: Mapping[UUID, _Put]) -> None:
        asked = wire.PutDocuments(items=[put.item for put in batch.values()])
        try:
            kept = await self._ask("PUT", "/documents", asked, wire.Kept)
        except (RegistryUnavailable, RegistryRefused) as failure:
            for put in batch.values():
                put.kept.set_exception(failure)
                put.kept.exception()  # seen: whoever waited may have gone
            return
        for item in kept.items:
            batch[item.id].kept.set_result(item)

    async def _ask(self, method: str, path: str, asked: BaseModel, answers: type[Answer]) -> Answer:
        status, body = await self._patiently(method, path, asked.__pydantic_serializer__.to_json(asked))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise RegistryUnavailable
        if status != HTTPStatus.OK:
            raise RegistryRefused(f"{method} {path}: {status}")
        return answers.model_validate_json(body)

    async def _patiently(self, method: str, path: str, content: bytes) -> tuple[int, bytes]:
        loop = asyncio.get_running_loop()
        until = loop.time() + self._patience
        pause = 0.05
        while True:
            try:
                return await self._exchange(method, path, content)
            except (aiohttp.ClientError, TimeoutError):
                if loop.time() + pause > until:
                    raise RegistryUnavailable from None
            await asyncio.sleep(pause)
            pause = min(2 * pause, 0.5)

    async def _exchange(self, method: str, path: str, content: bytes) -> tuple[int, bytes]:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(SECONDS)
            self._session = aiohttp.ClientSession(self._address, headers=self._headers, timeout=timeout)
        async with self._session.request(method, path, data=content) as response:
            return response.status, await response.read()


class _Put:
    """A text on its way, and what becomes of it."""

    __slots__ = ("item", "kept")

    def __init__(self, item: wire.PutDocument) -> None:
        self.item = item
        self.kept: asyncio.Future[wire.KeptItem] = asyncio.get_running_loop().create_future()


def _data(person: Person) -> wire.PersonData:
    return wire.PersonData(name=person.name, email=person.email, phone=person.phone, webhook=person.webhook)


Part = TypeVar("Part")


def _parts(items: Sequence[Part]) -> list[Sequence[Part]]:
    return [items[start : start + wire.MOST] for start in range(0, len(items), wire.MOST)]
