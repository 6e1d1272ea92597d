"""`kycuong erase`, `rewrap` and `person-changes`: what an operator does with the registry."""

from __future__ import annotations

import asyncio
import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

import typer

from services.adapters import law, law_words
from services.adapters.registry import wire
from services.adapters.registry.client import RegistryClient, RegistryRefused
from services.application.registry import RegistryUnavailable
from services.entrypoints.console import failed, language, say, words
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
    file: Annotated[UUID | None, typer.Option(help="Id of the file.")] = None,
    data: Data = None,
) -> None:
    """Destroy the data key of a person, document or file: unreadable for ever, history and proofs stay.

    Files of discipline are kept: they are refused, with the row that says so, or the suite's own rule.
    """
    kind: Literal["person", "document", "file"]
    match person, document, file:
        case UUID() as id_, None, None:
            kind = "person"
        case None, UUID() as id_, None:
            kind = "document"
        case None, None, UUID() as id_:
            kind = "file"
        case _:
            failed("erase-one-of")
    asked = wire.Erase(kind=kind, id=id_, actor=getpass.getuser(), reason=reason)
    done = _registry(data, lambda client: client.erase(asked))
    if done.outcome == "unknown":
        failed("erase-unknown", id=asked.id)
    if done.outcome == "kept":
        if done.kept_by == law.OWN_RULE.rule_id:
            failed("erase-kept-by-suite", id=asked.id, rule=law.OWN_RULE.rule_id)
        failed("erase-kept", id=asked.id, rule=_rule(done.kept_by))
    say(f"erase-{done.outcome}", id=asked.id)


@app.command()
def rewrap(data: Data = None) -> None:
    """Take every data key over to the new wrapping key; with the old one destroyed, backups lose what was erased."""
    say("rewrap-done", count=_registry(data, lambda client: client.rewrap()))


@app.command()
def person_changes(
    person: Annotated[UUID | None, typer.Option(help="Id of the person; all, without it.")] = None,
    before: Annotated[int | None, typer.Option(help="Only changes from before this number.")] = None,
    data: Data = None,
) -> None:
    """Show who changed which fields of whose entry, the newest first, and whether the person was told by mail."""
    changes = _registry(data, lambda client: client.changes(person, before))
    if not changes:
        say("person-changes-none")
    for one in changes:  # a line each: a table would break the ids
        facts = {"number": str(one.number), "at": one.at.astimezone().isoformat(sep=" ", timespec="seconds")}
        facts |= {"actor": one.actor, "person": str(one.person_id), "fields": ", ".join(one.fields)}
        say("person-change", **facts, told=words("person-change-told", told=one.told or "nobody"))


def _rule(row_id: str | None) -> str:
    """The rule row with what it quotes, as it is named to people."""
    row = next((row for row in law.shipped().rows if row.row_id == row_id), None)
    return f"{row_id}" if row is None else f"{row_id} ({law_words.source(language(), row)})"


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
