"""`kycuong backup`: what a backup holds besides the database's dump. `deploy/kycuong backup` does the whole."""

import sys

import typer
from kafka.errors import KafkaError

from services.adapters.kafka import salvage
from services.adapters.kafka.published import TopicUnreadable
from services.entrypoints.console import failed
from services.entrypoints.settings import Settings

app = typer.Typer(name="backup", help="Parts of a backup.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep the command's name even while it is alone."""


@app.command()
def checkpoints() -> None:
    """Write the published checkpoints to standard output, one a line."""
    settings = Settings()
    try:
        for line in salvage.saved(settings.brokers, settings.topic_prefix):
            sys.stdout.buffer.write(line + b"\n")
    except (KafkaError, TopicUnreadable) as failure:
        failed("backup-topics", reason=str(failure))
