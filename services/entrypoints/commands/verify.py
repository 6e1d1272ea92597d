"""`kycuong verify`: whether the history is what it was."""

import asyncio
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Annotated

import psycopg
import typer
from kafka.errors import KafkaError

from services.adapters.kafka import published
from services.adapters.postgres.verify import Defect, Fault, Issued, Verification
from services.adapters.registry.client import RegistryClient, RegistryRefused
from services.application.registry import RegistryUnavailable
from services.entrypoints.console import err, failed, say, words
from services.entrypoints.migrate import EVENT_SOURCED
from services.entrypoints.registry.callers import secret_name
from services.entrypoints.running_suite import SuiteNotRunning, settings_of
from services.entrypoints.settings import Context, SecretMissing, Settings

app = typer.Typer()

FAULTS = {"missing": Fault.FILE_MISSING, "differs": Fault.FILE_DIFFERS}


@app.command()
def verify(
    data: Annotated[Path | None, typer.Option(envvar="KYCUONG_DATA", help="Data folder of `kycuong up`.")] = None,
    store_only: Annotated[bool, typer.Option("--store-only", help="Leave the topics out.")] = False,
) -> None:
    """Check every chain, the store against topics and checkpoints, and every issued document against its kept bytes.

    Names the stream and version of each defect. No document is made anew: what is kept is hashed where it lies.
    """
    try:
        settings = settings_of(data)
        found = sum(_verified(settings, context, topics=not store_only) for context in EVENT_SOURCED)
    except SuiteNotRunning as absent:
        failed("suite-not-running", folder=str(absent))
    except psycopg.OperationalError:
        failed("store-database")
    except (KafkaError, published.TopicUnreadable) as failure:
        failed("verify-topics", reason=str(failure))
    except (RegistryUnavailable, RegistryRefused, SecretMissing):
        failed("verify-files-unchecked")
    if found:
        failed("verify-found", count=found)
    say("verify-store-only" if store_only else "verify-whole")


def _verified(settings: Settings, context: Context, *, topics: bool) -> int:
    with Verification(settings.dsn(context), context) as verification:
        found = set()
        for defect in _defects(verification, settings, context, topics=topics):
            if defect not in found:
                found.add(defect)
                facts = {"context": context, "stream": defect.stream, "version": str(defect.version)}
                err.print(words(f"verify-{defect.fault}", **facts), style="red", markup=False)
        say("verify-counted", context=context, events=verification.events, streams=verification.streams)
        if files := verification.issued():
            say("verify-files-counted", context=context, files=len(files))
        return len(found)


def _defects(verification: Verification, settings: Settings, context: Context, *, topics: bool) -> Iterator[Defect]:
    yield from verification.chains()
    if issued := verification.issued():
        yield from _files(settings, issued)
    if topics:
        where = (settings.brokers, settings.topic_prefix, context)
        yield from chain(
            verification.published(published.events(*where)), verification.checkpoints(published.checkpoints(*where))
        )


def _files(settings: Settings, issued: Sequence[Issued]) -> Iterator[Defect]:
    """Have the registry hash what it keeps of the files; it alone can open them."""

    async def asked() -> list[str]:
        async with RegistryClient(settings.registry, settings.secret(secret_name("operator"))) as client:
            return await client.check_files([(one.file_id, one.sha256) for one in issued])

    for one, state in zip(issued, asyncio.run(asked()), strict=True):
        if state in FAULTS:
            yield Defect(one.stream, one.version, FAULTS[state])
