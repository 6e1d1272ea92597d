"""Founds the sample province in an empty store; what is there already is left as it is. Run once, beside the registry.

Killed anywhere, the next run goes on: people come before the posts that name them, and each step looks first.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog

from services.adapters import packs
from services.adapters.identity.accounts import create_account, hash_password
from services.adapters.postgres.clock import PostgresClock
from services.adapters.postgres.pool import connect, patiently
from services.adapters.postgres.store import PostgresStore
from services.adapters.registry.client import RegistryClient
from services.adapters.sample_province import sample_province
from services.application.founding import AnotherOrganisation, found
from services.application.handler import Handler
from services.application.registry import DocumentErased
from services.entrypoints import logging
from services.entrypoints.registry.callers import secret_name
from services.entrypoints.serving import START_SECONDS
from services.entrypoints.settings import Context, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    import asyncpg

    from services.adapters.registry.client import RegistryClient as Client
    from services.application.province import Member

log = structlog.get_logger(__name__)

ACTOR = "sample"
"""As whom the registry records the people's entries."""


async def introduce(members: Iterable[Member], registry: Client) -> None:
    """Put into the registry who is not there; who was erased stays erased."""
    by_id = {member.person_id: member.person for member in members}
    known = await registry.persons(list(by_id))
    missing = {id_: person for id_, person in by_id.items() if id_ not in known}
    if not known:
        await registry.put_persons(missing, ACTOR)
        return
    for id_, person in missing.items():
        with contextlib.suppress(DocumentErased):
            await registry.put_person(id_, person, ACTOR)


async def enrol(members: Iterable[Member], pool: asyncpg.Pool, password: str) -> None:
    """Make the accounts that are missing; a password that somebody has changed stays."""
    known = {row["username"] for row in await pool.fetch("select username from accounts")}
    missing = [member for member in members if member.username not in known]
    if not missing:
        return
    hashed = await asyncio.to_thread(hash_password, password)
    for member in missing:
        await create_account(
            pool,
            username=member.username,
            password=hashed,
            person_id=member.person_id,
            roles=member.roles,
            agency_id=member.agency_id,
            hashed=True,
        )


async def run(settings: Settings) -> None:
    """Found the province of this deployment."""
    province = sample_province()
    async with contextlib.AsyncExitStack() as stack:
        store = PostgresStore(await _pool(settings, "inspection", stack), "inspection")
        stack.push_async_callback(store.close)
        clock = PostgresClock(store.pool)
        members = province.members((await clock.now()).astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date())
        secret = settings.secret(secret_name("api"))
        registry = await stack.enter_async_context(RegistryClient(settings.registry, secret))
        await introduce(members, registry)
        shipped = [packs.read(path) for path in packs.shipped()]
        commands = await found(province, shipped, Handler(store, clock))
        await enrol(members, await _pool(settings, "identity", stack), settings.secret("sample-password"))
    log.info("sample_founded", authority=province.authority.agency_id, commands=commands, accounts=len(members))


async def _pool(settings: Settings, name: Context, stack: contextlib.AsyncExitStack) -> asyncpg.Pool:
    dsn = settings.dsn(name)
    pool = await patiently(lambda: connect(dsn, name), patience=START_SECONDS)
    stack.push_async_callback(pool.close)
    return pool


def main() -> int:
    """Run the process; 0 when the province is there."""
    settings = Settings()
    logging.configure(settings)
    try:
        asyncio.run(run(settings))
    except AnotherOrganisation as other:
        log.error("sample_refused_other_organisation", authority=str(other))  # noqa: TRY400 - no bug of ours
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
