"""`kycuong restore`: what comes before and after the dump. `deploy/kycuong restore` does the whole."""

import sys

import psycopg
import typer
from kafka.errors import KafkaError

from services.adapters.kafka import salvage
from services.adapters.kafka.replay import REPLAYABLE, RelayInPlace, replay
from services.adapters.kafka.salvage import TopicsHoldHistory
from services.adapters.kafka.sender import NotSent
from services.entrypoints.console import failed, say
from services.entrypoints.migrate import EVENT_SOURCED, HoldsHistory, make_logins
from services.entrypoints.settings import CONTEXTS, Settings

app = typer.Typer(name="restore", help="Steps of a restore.", no_args_is_help=True)


@app.command()
def begin() -> None:
    """Refuse where there is history already; make the logins that the dump grants to."""
    settings = Settings()
    try:
        salvage.refuse_history(settings.brokers, settings.topic_prefix)
        for context in CONTEXTS:
            make_logins(settings.admin_dsn_of(context), {context: settings.secret(f"database-{context}")})
    except (HoldsHistory, TopicsHoldHistory):
        failed("restore-not-empty")
    except KafkaError as failure:
        failed("backup-topics", reason=str(failure))
    except psycopg.OperationalError:
        failed("store-database")


@app.command()
def publish() -> None:
    """Publish the history of the restored store again; checkpoints are read from standard input."""
    settings = Settings()
    dsns: dict[str, str] = {context: settings.dsn(context) for context in EVENT_SOURCED}
    try:
        for topic, context in REPLAYABLE.items():
            sent = replay(
                dsns[context],
                brokers=settings.brokers,
                prefix=settings.topic_prefix,
                topic=topic,
                progress=lambda _reached, _last: None,
            )
            say("replay-done", topic=topic, count=sent)
        sent = salvage.publish(settings.brokers, settings.topic_prefix, dsns, sys.stdin.buffer)
        say("restore-checkpoints", count=sent)
    except RelayInPlace as relay:
        failed("replay-relay-in-place", context=str(relay))
    except (NotSent, KafkaError) as failure:
        failed("backup-topics", reason=str(failure))
    except psycopg.OperationalError:
        failed("store-database")
