"""The registry's internal HTTP interface: batches in, batches out; for the suite's own processes only.

Plain Starlette: it has a dozen addresses and no readers but our client, and a finding's submission waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

import structlog
from asyncpg import PostgresError
from pydantic import BaseModel, ValidationError
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from services.adapters.postgres.pool import LOST
from services.adapters.registry import wire
from services.adapters.registry.changes import By
from services.adapters.registry.store import Put
from services.application.ports import StoreUnavailable
from services.application.registry import Person, Reading, StateSecretRefused, refuse_state_secret
from services.entrypoints.registry.callers import CALLERS, Callers, Right

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from services.adapters.registry.store import RegistryStore

log = structlog.get_logger(__name__)

Asked = TypeVar("Asked", bound=BaseModel)


class Desk:
    """Answers what callers ask."""

    def __init__(self, store: RegistryStore, callers: Callers) -> None:
        self._store = store
        self._callers = callers

    def app(self) -> Starlette:
        """The application."""
        return Starlette(
            routes=[
                self._route("PUT", "/documents", wire.PutDocuments, Right.PUT_DOCUMENTS, self._put_documents),
                self._route("POST", "/documents/read", wire.ReadDocuments, Right.READ_DOCUMENTS, self._read_documents),
                self._route("PUT", "/files", wire.PutFiles, Right.PUT_DOCUMENTS, self._put_files),
                self._route("POST", "/files/read", wire.ReadDocuments, Right.READ_DOCUMENTS, self._read_files),
                self._route("POST", "/files/check", wire.CheckFiles, Right.CHECK_FILES, self._check_files),
                self._route("PUT", "/persons", wire.PutPersons, Right.PUT_PERSONS, self._put_persons),
                self._route("POST", "/persons/read", wire.ReadPersons, Right.READ_NAMES, self._read_persons),
                self._route("POST", "/changes/read", wire.ReadChanges, Right.READ_CHANGES, self._read_changes),
                self._route("POST", "/notices/lease", wire.LeaseNotices, Right.TELL_CHANGES, self._lease_notices),
                self._route("POST", "/notices/record", wire.RecordNotice, Right.TELL_CHANGES, self._record_notice),
                self._route("POST", "/erase", wire.Erase, Right.ERASE, self._erase),
                self._route("POST", "/rewrap", wire.Message, Right.REWRAP, self._rewrap),
            ],
        )

    def _route(
        self,
        method: str,
        path: str,
        asks: type[Asked],
        right: Right,
        answer: Callable[[Asked, str], Awaitable[BaseModel]],
    ) -> Route:
        async def endpoint(request: Request) -> Response:
            caller = self._callers.of(request.headers.get("authorization"))
            if caller is None:
                return Response(status_code=401)
            if right not in CALLERS[caller]:
                log.warning("registry_right_missing", caller=caller, right=right)
                return Response(status_code=403)
            try:
                asked = asks.model_validate_json(await request.body())
            except ValidationError as error:
                log.warning("registry_request_invalid", caller=caller, path=path, errors=error.error_count())
                return Response(status_code=422)
            try:
                answered = await answer(asked, caller)
            except (PostgresError, StoreUnavailable, *LOST) as failure:
                # The class alone: a database error's text may quote a row.
                log.error("registry_database_failed", path=path, failure=type(failure).__name__)  # noqa: TRY400
                return Response(status_code=503)
            return Response(answered.__pydantic_serializer__.to_json(answered), media_type="application/json")

        return Route(path, endpoint, methods=[method])

    async def _put_documents(self, asked: wire.PutDocuments, _caller: str) -> wire.Kept:
        secret = {item.id: marking for item in asked.items if (marking := _marking(item.text))}
        texts = {item.id: Put(item.text.encode(), item.kept_by) for item in asked.items if item.id not in secret}
        kept = await self._store.put_documents(texts)
        items = [
            wire.KeptItem(id=item.id, version=0, marking=secret[item.id])
            if item.id in secret
            else _item(item.id, kept[item.id].version, kept[item.id].sha256, erased=kept[item.id].erased)
            for item in asked.items
        ]
        return wire.Kept(items=items)

    async def _read_documents(self, asked: wire.ReadDocuments, caller: str) -> wire.Documents:
        reading = Reading(asked.reader, asked.purpose, asked.correlation_id)
        read = await self._store.read_documents([(ref.id, ref.sha256) for ref in asked.refs], reading, caller)
        log.info(
            "documents_read",
            caller=caller,
            purpose=asked.purpose,  # and for whom, the record of readings tells those who may ask for it
            correlation_id=str(asked.correlation_id),
            documents=[str(document.document_id) for document in read],
        )
        items = [wire.DocumentItem(id=d.document_id, version=d.version, text=d.text, salt=d.salt.hex()) for d in read]
        return wire.Documents(items=items)

    async def _put_files(self, asked: wire.PutFiles, _caller: str) -> wire.Kept:
        files = {item.id: Put(item.content, item.kept_by) for item in asked.items}
        kept = await self._store.put_files(files)
        return wire.Kept(
            items=[_item(id_, state.version, state.sha256, erased=state.erased) for id_, state in kept.items()]
        )

    async def _read_files(self, asked: wire.ReadDocuments, caller: str) -> wire.Files:
        reading = Reading(asked.reader, asked.purpose, asked.correlation_id)
        read = await self._store.read_files([(ref.id, ref.sha256) for ref in asked.refs], reading, caller)
        log.info(
            "files_read",
            caller=caller,
            purpose=asked.purpose,  # and for whom, the record of readings tells those who may ask for it
            correlation_id=str(asked.correlation_id),
            files=[str(file.file_id) for file in read],
        )
        return wire.Files.model_construct(
            items=[wire.FileItem.model_construct(id=file.file_id, content=file.content) for file in read]
        )

    async def _check_files(self, asked: wire.CheckFiles, caller: str) -> wire.Checked:
        states = await self._store.check_files([(ref.id, ref.sha256) for ref in asked.refs])
        log.info("files_checked", caller=caller, files=len(states))
        return wire.Checked(states=[state.value for state in states])

    async def _put_persons(self, asked: wire.PutPersons, caller: str) -> wire.Kept:
        persons = {item.id: Person(**item.person.model_dump()) for item in asked.items}
        kept = await self._store.put_persons(persons, By(caller, asked.actor or caller))
        return wire.Kept(items=[_item(id_, state.version, None, erased=state.erased) for id_, state in kept.items()])

    async def _read_persons(self, asked: wire.ReadPersons, caller: str) -> wire.Persons:
        contacts = Right.READ_CONTACTS in CALLERS[caller]
        read = await self._store.read_persons(asked.ids)
        items = [
            wire.PersonItem(id=id_, person=wire.PersonData(**(person if contacts else {"name": person["name"]})))
            for id_, person in read.items()
        ]
        return wire.Persons(items=items)

    async def _read_changes(self, asked: wire.ReadChanges, _caller: str) -> wire.Changes:
        read = await self._store.changes.read(asked.person_id, asked.before, wire.MOST)
        return wire.Changes(items=[wire.ChangeItem.model_validate(one, from_attributes=True) for one in read])

    async def _lease_notices(self, asked: wire.LeaseNotices, _caller: str) -> wire.Notices:
        taken = await self._store.changes.lease(asked.limit, asked.seconds)
        return wire.Notices(items=[wire.NoticeItem.model_validate(one, from_attributes=True) for one in taken])

    async def _record_notice(self, asked: wire.RecordNotice, caller: str) -> wire.Message:
        await self._store.changes.record(asked.id, asked.attempt, asked.what, asked.again_in)
        log.info("address_notice_recorded", caller=caller, notice_id=str(asked.id), what=asked.what)
        return wire.Message()

    async def _erase(self, asked: wire.Erase, caller: str) -> wire.Erased:
        outcome, rule = await self._store.erase(asked.kind, asked.id, actor=asked.actor, reason=asked.reason)
        log.info("erasure_asked", caller=caller, kind=asked.kind, id=str(asked.id), outcome=outcome)
        return wire.Erased(outcome=outcome.value, kept_by=rule)

    async def _rewrap(self, _asked: wire.Message, caller: str) -> wire.Rewrapped:
        keys = await self._store.rewrap()
        log.info("keys_rewrapped", caller=caller, keys=keys)
        return wire.Rewrapped(keys=keys)


def _item(id_: UUID, version: int, sha256: str | None, *, erased: bool) -> wire.KeptItem:
    return wire.KeptItem(id=id_, version=version, sha256=sha256, erased=erased)


def _marking(text: str) -> str | None:
    try:
        refuse_state_secret(text)
    except StateSecretRefused as refused:
        return refused.marking
    return None
