"""`kycuong erase` and `kycuong rewrap`: what an operator does with the registry."""

from __future__ import annotations

import asyncio
import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from services.adapters.registry import wire
from services.adapters.registry.client import RegistryClient, RegistryRefused
from services.application.registry import RegistryUnavailable
from services.entrypoints.console import failed, say
from services.entrypoints.registry.callers import secret_name
from services.entrypoints.running_suite import SuiteNotRunning, settings_of
from services.entrypoints.settings import SecretMissing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import TypeVar

    T = TypeVar("T")

app = typer.Typer()

Data = Annotated[Path | None, typer.Option(envvar="KYCUONG_DATA", help="Data folder of `kycuong up`.")]


@app.command()
def erase(
    reason: Annotated[str, typer.Option(help="Why, for the record; name no person.")],
    person: Annotated[UUID | None, typer.Option(help="Id of the person.")] = None,
    document: Annotated[UUID | None, typer.Option(help="Id of the document.")] = None,
    data: Data = None,
) -> None:
    """Destroy the data key of a person or document: its content is unreadable for ever, history and proofs stay."""
    match person, document:
        case UUID() as id_, None:
            asked = wire.Erase(kind="person", id=id_, actor=getpass.getuser(), reason=reason)
        case None, UUID() as id_:
            asked = wire.Erase(kind="document", id=id_, actor=getpass.getuser(), reason=reason)
        case _:
            failed("erase-one-of")
    outcome = _registry(data, lambda client: client.erase(asked))
    if outcome == "unknown":
        failed("erase-unknown", id=asked.id)
    say(f"erase-{outcome}", id=asked.id)


@app.command()
def rewrap(data: Data = None) -> None:
    """Take every data key over to the new wrapping key; with the old one destroyed, backups lose what was erased."""
    say("rewrap-done", count=_registry(data, lambda client: client.rewrap()))


def _registry(data: Path | None, ask: Callable[[RegistryClient], Awaitable[T]]) -> T:
    async def asked(address: str, secret: str) -> T:
        async with RegistryClient(address, secret) as client:
            return await ask(client)

    try:
        settings = settings_of(data)
        return asyncio.run(asked(settings.registry, settings.secret(secret_name("operator"))))
    except SuiteNotRunning as absent:
        failed("suite-not-running", folder=str(absent))
    except SecretMissing as missing:
        failed("secret-missing", file=str(missing))
    except RegistryUnavailable:
        failed("registry-not-reached")
    except RegistryRefused as refused:
        failed("registry-refused", reason=str(refused))
