"""`kycuong clock`: the suite's time, and moving it where the deployment was started with the demo clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import psycopg
import typer

from services.adapters.postgres.advance import ClockGoesForward, ClockStandsStill, DemoClock, NotSettled
from services.entrypoints.console import failed, out
from services.entrypoints.running_suite import SuiteNotRunning, settings_of

app = typer.Typer(name="clock", help="The suite's time.", no_args_is_help=True)

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
"""A day and an hour without a zone are meant here."""

Data = Annotated[Path | None, typer.Option(envvar="KYCUONG_DATA", help="Data folder of `kycuong up`.")]


@app.command()
def show(data: Data = None) -> None:
    """Print the suite's time, with its zone."""
    with _clock(data) as clock:
        out.print(_written(clock.now()))


@app.command()
def advance(
    data: Data = None,
    to: Annotated[datetime | None, typer.Option(help="A moment, or a day at 0:00, in Vietnam.")] = None,
    days: Annotated[float, typer.Option(min=0, help="So many days further.")] = 0,
    hours: Annotated[float, typer.Option(min=0, help="So many hours further.")] = 0,
) -> None:
    """Move the time forward, from due time to due time; ends when the suite has done what fell due."""
    with _clock(data) as clock:
        target = to.replace(tzinfo=HERE) if to else clock.now() + timedelta(days=days, hours=hours)
        try:
            clock.advance(target, reached=lambda moment: out.print(_written(moment)))
        except ClockStandsStill:
            failed("clock-stands-still")
        except ClockGoesForward:
            failed("clock-goes-forward", moment=_written(target), now=_written(clock.now()))
        except NotSettled as busy:
            failed("clock-not-settled", moment=_written(busy.moment), unsettled="; ".join(busy.unsettled))


@contextmanager
def _clock(data: Path | None) -> Iterator[DemoClock]:
    try:
        clock = DemoClock(settings_of(data).admin_dsn)
    except SuiteNotRunning as absent:
        failed("suite-not-running", folder=str(absent))
    except psycopg.OperationalError:
        failed("store-database")
    try:
        yield clock
    finally:
        clock.close()


def _written(moment: datetime) -> str:
    return moment.astimezone(HERE).isoformat(timespec="seconds")
