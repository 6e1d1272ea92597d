"""How the suite reaches you: your language, mail or not, and webhooks of your posts."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field
from starlette.responses import Response

from services.adapters.delivery import webhook as webhooks
from services.application.handler import Done
from services.entrypoints.api.access import Access, anywhere
from services.entrypoints.api.bodies import Input
from services.entrypoints.api.call import Call
from services.entrypoints.api.notifier.refusals import PostNotHeld, TooManyWebhooks, WebhookOriginNotAllowed
from services.entrypoints.api.notifier.sight import PEOPLE, held
from services.entrypoints.api.refusals import NotFound
from services.entrypoints.api.routing import Router
from services.entrypoints.settings import Settings

router = Router(tags=["channels"])

MOST = 5
"""Webhooks of a person: each is called for every step that tells one of his posts."""


@cache
def deployment() -> Settings:
    """What this process was told from outside."""
    return Settings()


class Preference(Input):
    """How you are written to."""

    language: Annotated[Literal["vi", "en"], Field(description="Of mail.", examples=["vi"])]
    email: Annotated[bool, Field(description="Whether mail is sent; the inbox has everything in any case.")]


class WebhookIn(Input):
    """An address of a system that hears what one of your posts is told."""

    post_id: Annotated[str, Field(max_length=80, description="A post that you hold.", examples=["so-y-te-giam-doc"])]
    url: Annotated[
        str, Field(max_length=500, description="Where to send.", examples=["https://hooks.soyte.example.vn/ky-cuong"])
    ]


class WebhookShown(BaseModel):
    """A webhook of yours, with what its last call was answered."""

    id: UUID
    post_id: Annotated[str, Field(description="The post whose messages it gets while you hold it.")]
    url: Annotated[str, Field(description="Where to.")]
    created_at: Annotated[datetime, Field(description="Since when.")]
    disabled_at: Annotated[
        datetime | None, Field(description="Since when it is not called: you said so, or it did (410).")
    ]
    last_status: Annotated[int | None, Field(description="HTTP status of the last call.")]
    last_answer: Annotated[str | None, Field(description="The beginning of its answer.")]
    last_at: Annotated[datetime | None, Field(description="When it was last called, in real time.")]


class WebhookList(BaseModel):
    """Your webhooks."""

    items: list[WebhookShown]


class Secret(BaseModel):
    """What a webhook's messages are signed with."""

    secret: Annotated[str, Field(description="For any library of the Standard Webhooks specification.")]


_PREFERENCE = "select language, email, version from preference where person_id = $1"
_PREFER = """
insert into preference as known (person_id, language, email, version) values ($1, $2, $3, 1)
on conflict (person_id) do update set language = excluded.language, email = excluded.email,
    version = known.version + 1
returning version
"""
_MINE = """
select id, post_id, url, created_at, disabled_at, last_status, last_answer, last_at from webhook
where person_id = $1 order by created_at, id
"""
_KEY_VERSION = "select key_version from webhook where id = $1 and person_id = $2"
_CREATE = """
insert into webhook (id, person_id, post_id, url, created_at)
select $1, $2, $3, $4, $5
where (select count(*) from webhook where person_id = $2 and disabled_at is null and id <> $1) < $6
on conflict (id) do nothing
"""
_EXISTS = "select true from webhook where id = $1"
_ROTATE = """
update webhook set key_version = key_version + 1, disabled_at = null where id = $1 and person_id = $2
returning key_version
"""
_DISABLE = """
update webhook set disabled_at = coalesce(disabled_at, clock_timestamp()) where id = $1 and person_id = $2
returning key_version
"""


@router.read("/preferences", access=Access(PEOPLE, anywhere), answers=Preference)
async def preferences(call: Call) -> Response:
    """Show how you are written to."""
    row = await call.context.pool.fetchrow(_PREFERENCE, call.principal.person_id)
    if row is None:
        return call.answer(Preference(language="vi", email=True), version=0)
    return call.answer(Preference(language=row["language"], email=row["email"]), version=row["version"])


@router.command("/preferences", method="PUT", access=Access(PEOPLE, anywhere))
async def prefer(body: Preference, call: Call) -> Response:
    """Choose how you are written to."""
    me = call.principal.person_id
    version = await call.context.pool.fetchval(_PREFER, me, body.language, body.email)
    return call.changed(me, Done(f"preference-{me}", version))


@router.read("/webhooks", access=Access(PEOPLE, anywhere), answers=WebhookList)
async def listed(call: Call) -> Response:
    """List your webhooks."""
    rows = await call.context.pool.fetch(_MINE, call.principal.person_id)
    return call.answer(WebhookList(items=[WebhookShown(**row) for row in rows]))


@router.command("/webhooks", status=201, access=Access(PEOPLE, anywhere))
async def create(body: WebhookIn, call: Call) -> Response:
    """Have a system of your agency hear what one of your posts is told, by signed webhook."""
    if body.post_id not in await held(call):
        raise PostNotHeld(body.post_id)
    origin = webhooks.origin(body.url)
    if origin is None or not webhooks.AllowedOrigins(deployment().webhook_origins).allow(body.url):
        raise WebhookOriginNotAllowed(origin or body.url)
    id_, me = call.new_id("webhook"), call.principal.person_id
    pool = call.context.pool
    await pool.execute(_CREATE, id_, me, body.post_id, body.url, await call.now(), MOST)
    if not await pool.fetchval(_EXISTS, id_):
        raise TooManyWebhooks(MOST)
    return call.created(id_, Done(f"webhook-{id_}", 1), f"/webhooks/{id_}/secret")


async def mine(call: Call) -> None:
    """Scope of one webhook. Raises `NotFound`: others' webhooks do not exist."""
    if await call.context.pool.fetchval(_KEY_VERSION, call.path_id("webhook_id"), call.principal.person_id) is None:
        raise NotFound


@router.read("/webhooks/{webhook_id}/secret", access=Access(PEOPLE, mine), answers=Secret)
async def secret(webhook_id: UUID, call: Call) -> Response:
    """Show what its messages are signed with."""
    version = await call.context.pool.fetchval(_KEY_VERSION, webhook_id, call.principal.person_id)
    return call.answer(Secret(secret=webhooks.secret(call.context.request_key, webhook_id, version)))


@router.command("/webhooks/{webhook_id}/rotate", access=Access(PEOPLE, mine))
async def rotate(webhook_id: UUID, call: Call) -> Response:
    """Give it another secret, from the next message on; one that was disabled is called again."""
    version = await call.context.pool.fetchval(_ROTATE, webhook_id, call.principal.person_id)
    return call.changed(webhook_id, Done(f"webhook-{webhook_id}", version))


@router.command("/webhooks/{webhook_id}", method="DELETE", access=Access(PEOPLE, mine))
async def disable(webhook_id: UUID, call: Call) -> Response:
    """Send nothing more there; another secret takes it up again."""
    version = await call.context.pool.fetchval(_DISABLE, webhook_id, call.principal.person_id)
    return call.changed(webhook_id, Done(f"webhook-{webhook_id}", version))
