"""`kycuong up`: the whole suite on this machine."""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from services.adapters.delivery.mail import Security
from services.entrypoints import logging
from services.entrypoints.commands.jars import fetch_missing
from services.entrypoints.console import failed, failures_said, say
from services.entrypoints.processes import SAMPLE
from services.entrypoints.running_suite import data_folder
from services.entrypoints.settings import Settings
from services.entrypoints.suite import Plan, Suite
from services.entrypoints.up import run

app = typer.Typer()

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
PASSWORD = "smtp-password"  # noqa: S105 -- a file's name


Data = Annotated[
    Path, typer.Option("--data", envvar="KYCUONG_DATA", default_factory=data_folder, help="Folder that holds all data.")
]


@app.command()
def up(
    data: Data,
    *,
    port: Annotated[int, typer.Option(help="Port of the API; 0 chooses one.")] = 8000,
    demo_clock: Annotated[bool, typer.Option("--demo-clock", help="Let the suite's time be moved.")] = False,
    demo_begins: Annotated[
        datetime | None, typer.Option(help="When the suite's time begins on an empty store; with --demo-clock only.")
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Adopt the five directives in a sample province.")] = False,
    smtp_host: Annotated[str | None, typer.Option(help="Server that takes mail; without one none is sent.")] = None,
    smtp_port: Annotated[int, typer.Option(help="Its port.")] = 587,
    smtp_security: Annotated[Security, typer.Option(help="How the connection to it is secured.")] = "starttls",
    smtp_user: Annotated[
        str | None, typer.Option(help="Login at it; its password is the file secrets/smtp-password of the data folder.")
    ] = None,
    mail_sender: Annotated[str, typer.Option(help="Address that mail comes from.")] = "ky-cuong@localhost",
    ready_file: Annotated[Path | None, typer.Option(help="Written when everything is ready.")] = None,
) -> None:
    """Start database, broker and every process; Ctrl-C stops them in order."""
    password = data / "secrets" / PASSWORD
    if smtp_user is not None and not (password.is_file() and password.read_text(encoding="utf-8").strip()):
        failed("secret-missing", file=str(password))
    mail = {
        "smtp_host": smtp_host,
        "smtp_port": str(smtp_port),
        "smtp_security": smtp_security,
        "smtp_user": smtp_user,
        "mail_sender": mail_sender,
    }
    begins = None if demo_begins is None else demo_begins.replace(tzinfo=HERE).isoformat()
    logging.configure(Settings(environment="development", process="supervisor", log_level="info"))
    with failures_said():
        fetch_missing()
        say("up-starting", folder=str(data))
        plan = Plan(
            data=data,
            port=port,
            demo_clock=demo_clock,
            settings={name: told for name, told in {**mail, "demo_begins": begins}.items() if told is not None},
            ready_file=ready_file,
            errands=(SAMPLE,) if sample else (),
        )
        run(plan, on_ready=_welcome)
        say("up-stopped")


def _welcome(suite: Suite, seconds: float) -> None:
    say("up-ready", url=suite.url, seconds=f"{seconds:.1f}")
    for context in ("inspection", "discipline", "notifier"):
        say("up-docs", url=suite.url, context=context)
    if SAMPLE in suite.plan.errands:
        say("up-token", folder=str(suite.data))
    else:
        say("up-empty")
    say("up-stop")
