"""`kycuong replay`: rebuild a lost topic from the store."""

from pathlib import Path
from typing import Annotated, cast

import psycopg
import typer
from kafka.errors import KafkaError
from rich.progress import Progress

from services.adapters.kafka.replay import REPLAYABLE, RelayInPlace
from services.adapters.kafka.replay import replay as replay_topic
from services.adapters.kafka.sender import NotSent
from services.adapters.kafka.topics import TopicForgets, create_topics
from services.entrypoints.console import err, say, words
from services.entrypoints.running_suite import SuiteNotRunning, settings_of
from services.entrypoints.settings import Context

app = typer.Typer()


@app.command()
def replay(
    topic: Annotated[str, typer.Option(help="The topic, without prefix.")],
    data: Annotated[Path | None, typer.Option(envvar="KYCUONG_DATA", help="Data folder of `kycuong up`.")] = None,
) -> None:
    """Rebuild a lost topic: every event of the store again, under the same keys, in the same order."""
    if topic not in REPLAYABLE:
        _fail("replay-topic", topic=topic, topics=", ".join(sorted(REPLAYABLE)))
    context = cast("Context", REPLAYABLE[topic])
    try:
        settings = settings_of(data)
        create_topics(
            settings.brokers,
            prefix=settings.topic_prefix,
            partitions=settings.partitions,
            replication=settings.replication,
            names=[topic],
        )
        with Progress() as bar:
            task = bar.add_task(topic, total=None)
            sent = replay_topic(
                settings.dsn(context),
                brokers=settings.brokers,
                prefix=settings.topic_prefix,
                topic=topic,
                progress=lambda reached, last: bar.update(task, completed=reached, total=last),
            )
    except SuiteNotRunning as absent:
        _fail("kafka-suite-not-running", folder=str(absent))
    except RelayInPlace:
        _fail("replay-relay-in-place", context=context)
    except (NotSent, KafkaError, TopicForgets, psycopg.OperationalError) as failure:
        _fail("replay-failed", topic=topic, reason=str(failure))
    else:
        say("replay-done", topic=topic, count=sent)


def _fail(text_id: str, **facts: object) -> None:
    err.print(words(text_id, **facts), style="red", markup=False)
    raise typer.Exit(1)
