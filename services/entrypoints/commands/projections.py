"""`kycuong projections`: the inline views, and building one anew."""

import asyncio
from pathlib import Path
from typing import Annotated, cast

import asyncpg
import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from services.adapters.postgres.pool import LOST
from services.adapters.postgres.projections import Rebuild, ViewInUse
from services.application.projections import VIEWS
from services.entrypoints.console import err, failed, out, say
from services.entrypoints.running_suite import SuiteNotRunning, settings_of
from services.entrypoints.settings import Context

app = typer.Typer(name="projections", help="Views of the state of things.", no_args_is_help=True)

Data = Annotated[Path | None, typer.Option(envvar="KYCUONG_DATA", help="Data folder of `kycuong up`.")]


@app.command(name="list")
def list_() -> None:
    """Print the names of the views, each with its context."""
    for view, aggregate in sorted(VIEWS.items()):
        out.print(f"{view}  {aggregate.context}", markup=False)


@app.command()
def rebuild(name: Annotated[str, typer.Argument(help="The view.")], data: Data = None) -> None:
    """Build a view anew from the events, beside the live one, and put it in its place. The suite goes on meanwhile."""
    if name not in VIEWS:
        failed("projections-unknown", name=name, names=", ".join(sorted(VIEWS)))
    try:
        settings = settings_of(data)
        events = asyncio.run(_rebuilt(settings.admin_dsn_of(cast("Context", VIEWS[name].context)), name))
    except SuiteNotRunning as absent:
        failed("suite-not-running", folder=str(absent))
    except ViewInUse:
        failed("projections-in-use", name=name)
    except (*LOST, asyncpg.InvalidAuthorizationSpecificationError):
        failed("store-database")
    say("projections-rebuilt", name=name, events=events)


async def _rebuilt(admin_dsn: str, name: str) -> int:
    aggregate = VIEWS[name]
    connection = await asyncpg.connect(admin_dsn, server_settings={"search_path": aggregate.context})
    columns = (SpinnerColumn(), TextColumn(name), TextColumn("{task.completed:,}"), TimeElapsedColumn())
    try:
        with Progress(*columns, console=err) as bar:
            task = bar.add_task(name, total=None)
            return await Rebuild(connection, aggregate, name, lambda done: bar.update(task, completed=done)).run()
    finally:
        await connection.close()
