"""A request to one of our routes: who calls, for which command, and how to answer."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import orjson
from pydantic import BaseModel
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from schemas.base import canonical
from services.application.handler import Request
from services.application.ports import IdempotencyKey
from services.application.reach import reach
from services.application.registry import Reading
from services.entrypoints.api.conditions import etag, expected_version, idempotency_key
from services.entrypoints.api.refusals import BodyNotJson, BodyTooLarge, MediaTypeNotSupported, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from inspection.organisation.state import Organisation
    from notifier.calendar import Calendar
    from schemas.values import DocumentRef
    from services.application.aggregate import Aggregate
    from services.application.grounds import Gather
    from services.application.handler import Done
    from services.application.identity import Principal
    from services.application.reach import Reach
    from services.application.registry import Document
    from services.entrypoints.api.context import Context, KeptBy
    from services.entrypoints.api.exchange import Exchange

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_COMMANDS = UUID("6ec2bd2e-6f0c-5d0a-9a43-0d6f1a3d5b7e")
"""Namespace of command ids: UUIDv5 of principal, route and idempotency key."""
JSON = "application/json"
MAX_BODY_BYTES = 1_000_000
"""Narratives are texts; evidence files do not pass through these routes."""


_READ = {"cache-control": "private, no-cache"}
"""A browser may keep an answer, and asks each time whether it still holds."""


class Call(HttpRequest):
    """What an endpoint asks for as `call: Call`; FastAPI hands it in without any dependency to solve."""

    principal: Principal
    """Set by the guard, except on public routes."""
    _parsed: Any = None
    _now: datetime | None = None
    _organisation: Organisation | None = None
    _reach: Reach | None = None
    _command_id: UUID | None = None

    @property
    def context(self) -> Context:
        """The context's store, handler, clock, directory, registry."""
        return cast("Context", self.app.state.context)

    @property
    def exchange(self) -> Exchange:
        """The ids of this request."""
        return cast("Exchange", self.scope["kycuong.exchange"])

    # -- input ---------------------------------------------------------------------------------------------------

    async def body(self) -> bytes:
        """The body, up to `MAX_BODY_BYTES`. Raises `BodyTooLarge`."""
        if not hasattr(self, "_body"):
            if int(self.headers.get("content-length", "0")) > MAX_BODY_BYTES:
                raise BodyTooLarge
            chunks: list[bytes] = []
            size = 0
            async for chunk in self.stream():
                size += len(chunk)
                if size > MAX_BODY_BYTES:
                    raise BodyTooLarge
                chunks.append(chunk)
            self._body = b"".join(chunks)
        return self._body

    async def json(self) -> Any:  # noqa: ANN401 -- any JSON value
        """The body's JSON value, parsed once. Raises `MediaTypeNotSupported`, `BodyNotJson`."""
        if self._parsed is None:
            if self.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
                raise MediaTypeNotSupported
            try:
                self._parsed = orjson.loads(await self.body())
            except orjson.JSONDecodeError as error:
                raise BodyNotJson(error.pos) from None
        return self._parsed

    def path_id(self, name: str) -> UUID:
        """An id in the path; what is no id does not exist."""
        try:
            return UUID(self.path_params[name])
        except ValueError:
            raise NotFound from None

    # -- time and reach ------------------------------------------------------------------------------------------

    async def now(self) -> datetime:
        """The suite's time when this request first asked for it."""
        if self._now is None:
            self._now = await self.context.clock.now()
        return self._now

    async def today(self) -> date:
        """The suite's day in Asia/Ho_Chi_Minh."""
        return (await self.now()).astimezone(ZONE).date()

    async def organisation(self) -> Organisation:
        """The organisation when this request first asked for it; `inspection.organisation.queries` asks it."""
        if self._organisation is None:
            self._organisation = await self.context.directory.current()
        return self._organisation

    async def calendar(self) -> Calendar:
        """The working-day calendar that holds now."""
        return await self.context.calendars.current()

    async def reach(self) -> Reach:
        """How far the caller's roles reach in the agency tree today."""
        if self._reach is None:
            self._reach = reach(self.principal, await self.organisation(), await self.today())
        return self._reach

    async def reaches(self, agency_id: str) -> bool:
        """Whether the agency lies within the caller's reach today."""
        return (await self.reach()).covers(agency_id)

    async def agencies(self) -> frozenset[str] | None:
        """The agencies within the caller's reach, for a list's filter; None means no limit."""
        return (await self.reach()).agencies()

    # -- commands ------------------------------------------------------------------------------------------------

    @property
    def command_id(self) -> UUID:
        """The command's id: the same for the same principal, route and key."""
        if self._command_id is None:
            key = idempotency_key(self.headers)
            self._command_id = uuid5(_COMMANDS, f"{self.principal.actor}\n{self.exchange.template}\n{key}")
        return self._command_id

    def new_id(self, kind: str) -> UUID:
        """The id of what this command creates; the same when it is sent again."""
        return uuid5(self.command_id, kind)

    async def request(self, *, retry_on_conflict: bool = False, occurred_at: datetime | None = None) -> Request:
        """What the handler needs to know of this request."""
        body = await self.json() if await self.body() else None
        named = {"path": {name: str(value) for name, value in self.path_params.items()}, "body": body}
        key = IdempotencyKey(
            principal=self.principal.actor,
            route=self.exchange.template,
            key=idempotency_key(self.headers),
            body_sha256=hmac.digest(self.context.request_key, canonical(named), "sha256"),
        )
        return Request(
            command_id=self.command_id,
            actor=self.principal.actor,
            correlation_id=self.exchange.correlation_id,
            causation_id=self.command_id,
            traceparent=self.exchange.traceparent,
            idempotency=key,
            expected_version=expected_version(self.headers),
            retry_on_conflict=retry_on_conflict,
            occurred_at=occurred_at,
        )

    async def carry_out(
        self,
        aggregate: Aggregate[Any, Any, Any],
        id_: object,
        command: object | Gather,
        *,
        retry_on_conflict: bool = False,
        occurred_at: datetime | None = None,
    ) -> Done:
        """Hand a command, or the function that gathers one, to the context's handler. Raises what that refuses."""
        request = await self.request(retry_on_conflict=retry_on_conflict, occurred_at=occurred_at)
        return await self.context.handler.handle(aggregate, id_, command, request)

    # -- the registry --------------------------------------------------------------------------------------------

    async def put_document(self, name: str, text: str) -> DocumentRef:
        """Encrypt a narrative in the registry before the event that refers to it; `name` tells several apart."""
        path = self.exchange.template.partition(" ")[2]
        kept: Mapping[str, KeptBy] = self.app.state.kept
        rule = next((rule for beginning, rule in kept.items() if path.startswith(beginning)), None)
        kept_by = None if rule is None else await rule(self)
        return await self.context.registry.put_document(self.new_id(f"document {name}"), text, kept_by)

    async def documents(self, refs: Sequence[DocumentRef]) -> Mapping[UUID, Document]:
        """Read confidential documents for the caller; the reading is recorded. What was erased is absent."""
        reading = Reading(self.principal.actor, self.exchange.template, self.exchange.correlation_id)
        return await self.context.registry.documents(refs, reading)

    # -- answers -------------------------------------------------------------------------------------------------

    def created(self, id_: object, done: Done, location: str) -> Response:
        """201 for a command that began something; `location` is relative to the context (`/findings/…`)."""
        place = f"{self.scope.get('root_path', '')}{location}"
        return self._done(201, id_, done, {"location": place})

    def changed(self, id_: object, done: Done) -> Response:
        """200 for a command on something that was there."""
        return self._done(200, id_, done, {})

    def answer(
        self,
        value: BaseModel | Mapping[str, Any] | bytes,
        *,
        version: int | None = None,
        beside: bool = False,
        headers: Mapping[str, str] = _READ,
    ) -> Response:
        """200 with a model (or JSON already encoded), and its version as ETag; 304 where the caller has it.

        `beside` says that it shows more than the stream of that version tells, and so may change without it.
        """
        sent = dict(headers)
        match value:
            case bytes():
                encoded = value
            case BaseModel():
                encoded = value.__pydantic_serializer__.to_json(value)
            case _:
                encoded = orjson.dumps(value)
        if version is not None:
            sent["etag"] = etag(version, encoded if beside else None)
            if self.headers.get("if-none-match") == sent["etag"]:
                return Response(status_code=304, headers=sent)
        return Response(encoded, headers=sent, media_type=JSON)

    @staticmethod
    def file(content: bytes, media_type: str, name: str) -> Response:
        """200 with the bytes of a file, to be saved under a name of ASCII letters; no cache keeps it."""
        headers = {
            "cache-control": "no-store",
            "content-disposition": f'attachment; filename="{name}"',
            "x-content-type-options": "nosniff",
        }
        return Response(content, headers=headers, media_type=media_type)

    def _done(self, status: int, id_: object, done: Done, headers: dict[str, str]) -> Response:
        headers["etag"] = etag(done.version)
        if done.replayed:
            headers["idempotent-replayed"] = "true"
        return Response(orjson.dumps({"id": str(id_), "version": done.version}), status, headers, JSON)
