"""`kycuong up`: the whole suite on this machine."""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from services.entrypoints import logging
from services.entrypoints.commands.jars import fetch_missing
from services.entrypoints.console import failures_said, say
from services.entrypoints.processes import SAMPLE
from services.entrypoints.running_suite import data_folder
from services.entrypoints.settings import Settings
from services.entrypoints.suite import Plan, Suite
from services.entrypoints.up import run

app = typer.Typer()

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


Data = Annotated[
    Path, typer.Option("--data", envvar="KYCUONG_DATA", default_factory=data_folder, help="Folder that holds all data.")
]


@app.command()
def up(
    data: Data,
    port: Annotated[int, typer.Option(help="Port of the API; 0 chooses one.")] = 8000,
    demo_clock: Annotated[bool, typer.Option("--demo-clock", help="Let the suite's time be moved.")] = False,
    demo_begins: Annotated[
        datetime | None, typer.Option(help="When the suite's time begins on an empty store; with --demo-clock only.")
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Adopt the five directives in a sample province.")] = False,
    ready_file: Annotated[Path | None, typer.Option(help="Written when everything is ready.")] = None,
) -> None:
    """Start database, broker and every process; Ctrl-C stops them in order."""
    logging.configure(Settings(environment="development", process="supervisor", log_level="info"))
    with failures_said():
        fetch_missing()
        say("up-starting", folder=str(data))
        plan = Plan(
            data=data,
            port=port,
            demo_clock=demo_clock,
            settings={} if demo_begins is None else {"demo_begins": demo_begins.replace(tzinfo=HERE).isoformat()},
            ready_file=ready_file,
            errands=(SAMPLE,) if sample else (),
        )
        run(plan, on_ready=_welcome)
        say("up-stopped")


def _welcome(suite: Suite, seconds: float) -> None:
    say("up-ready", url=suite.url, seconds=f"{seconds:.1f}")
    for context in ("inspection", "discipline", "notifier"):
        say("up-docs", url=suite.url, context=context)
    say("up-token", folder=str(suite.data))
    say("up-stop")
