"""`kycuong token`: a token of the local issuer, for trying things out."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import asyncpg
import typer

from services.adapters.identity.accounts import Accounts
from services.adapters.identity.issuer import LocalIssuer
from services.adapters.postgres.pool import LOST, connect
from services.application.identity import Role
from services.entrypoints.console import failed, out
from services.entrypoints.running_suite import SuiteNotRunning, settings_here

if TYPE_CHECKING:
    from services.adapters.identity.accounts import Account

app = typer.Typer()


@app.command()
def token(
    role: Annotated[Role, typer.Option("--as", help="The role.")],
    data: Annotated[Path | None, typer.Option(envvar="KYCUONG_DATA", help="Data folder of `kycuong up`.")] = None,
    user: Annotated[str | None, typer.Option(help="Name of the account; without it, one that has the role.")] = None,
) -> None:
    """Print a token for a sample account of a role. On one machine or in a trial: elsewhere an OIDC provider signs."""
    try:
        settings = settings_here(data)
    except SuiteNotRunning as absent:
        failed("suite-not-running", folder=str(absent))
    if settings.environment != "development":
        failed("token-embedded-only")
    if not settings.local_accounts:
        failed("token-sample-only")
    try:
        account = asyncio.run(_account(settings.dsn("identity"), role, user))
    except (*LOST, asyncpg.PostgresError):
        failed("token-database")
    if account is None:
        failed("token-no-account", role=role.value)
    issuer = LocalIssuer(settings.issuer, settings.audience, settings.secret("signing-key"))
    out.print(issuer.token(account), markup=False, soft_wrap=True)


async def _account(dsn: str, role: Role, user: str | None) -> Account | None:
    async with await connect(dsn, "identity", size=1) as pool:
        return await Accounts(pool).of_role(role, username=user)
