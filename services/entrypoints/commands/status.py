"""`kycuong status`: how the deployment stands, on one screen."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import psycopg
import typer
from kafka.errors import KafkaError
from rich.table import Table

from services.entrypoints.console import failed, out, say, words
from services.entrypoints.running_suite import SuiteNotRunning, settings_of
from services.entrypoints.standing import Standing, last_backup, standing

app = typer.Typer()

UNITS = ("B", "KiB", "MiB", "GiB", "TiB")
COLUMNS = ("context", "events", "unpublished", "unapplied", "parked", "dead")


@app.command()
def status(
    data: Annotated[Path | None, typer.Option(envvar="KYCUONG_DATA", help="Data folder of `kycuong up`.")] = None,
    backups: Annotated[Path | None, typer.Option(help="Folder of the backups.")] = None,
) -> None:
    """Show lag, dead letters, what is due, what is not delivered, disk, and the last backup."""
    try:
        now = standing(settings_of(data))
    except SuiteNotRunning as absent:
        failed("suite-not-running", folder=str(absent))
    except psycopg.OperationalError:
        failed("store-database")
    except KafkaError as failure:
        failed("backup-topics", reason=str(failure))
    _show(now)
    if backups is not None:
        free = shutil.disk_usage(backups).free
        say("status-disk", database=_size(now.database_bytes), free=_size(free))
        _show_backup(backups)


def _show(now: Standing) -> None:
    table = Table(*(words(f"status-{column}") for column in COLUMNS))
    for context, one in now.contexts.items():
        table.add_row(context, *map(str, (one.events, one.unpublished, one.unapplied, one.parked, one.dead)))
    out.print(table)
    say("status-due", count=now.due)
    say("status-undelivered", count=now.undelivered)
    say("status-notices", names=", ".join(now.notices)) if now.notices else say("status-no-notices")


def _show_backup(folder: Path) -> None:
    last = last_backup(folder, datetime.now(UTC))
    if last is None:
        say("status-no-backup")
    else:
        name, age = last
        say("status-backup", name=name, hours=age // timedelta(hours=1))


def _size(count: float) -> str:
    for unit in UNITS:
        if count < 1024 or unit == UNITS[-1]:  # noqa: PLR2004 - the step between these units
            return f"{count:.0f} {unit}"
        count /= 1024
    raise AssertionError
