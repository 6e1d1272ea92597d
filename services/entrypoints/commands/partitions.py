"""`kycuong partitions`: more of them for the topics that exist. `deploy/kycuong partitions` does the whole."""

from collections.abc import Mapping
from importlib import import_module
from typing import Annotated

import psycopg
import typer
from kafka.errors import KafkaError

from services.adapters.kafka.group import consumer_of
from services.adapters.kafka.raising import FewerPartitions, NotShown, PlaceLost, StillUnread, raise_partitions
from services.adapters.kafka.replay import RelayInPlace
from services.entrypoints.console import failed, say
from services.entrypoints.migrate import EVENT_SOURCED
from services.entrypoints.settings import Settings

app = typer.Typer()


@app.command()
def partitions(
    count: Annotated[int, typer.Argument(min=1, help="How many each topic shall have.")],
    but: Annotated[list[str] | None, typer.Option(help="A consumer group that is not waited for.")] = None,
) -> None:
    """Give every topic more partitions, once everybody has read what stands in those that there are."""
    settings = Settings()
    specs = {context: import_module(f"services.entrypoints.workers.{context}").SPEC for context in EVENT_SOURCED}
    told: dict[str, int] = {}

    def tell(readers: Mapping[str, int]) -> None:
        if readers.keys() != told.keys():
            told.clear()
            told.update(readers)
            say("partitions-waiting", readers=_written(readers))

    try:
        raise_partitions(
            {context: settings.dsn(context) for context in EVENT_SOURCED},
            {context: (consumer_of(context), spec.topics) for context, spec in specs.items()},
            brokers=settings.brokers,
            prefix=settings.topic_prefix,
            partitions=count,
            but=but or (),
            waiting=tell,
        )
    except FewerPartitions as more:
        failed("partitions-fewer", topic=more.topic, count=more.partitions)
    except StillUnread as unread:
        failed("partitions-unread", readers=_written(unread.readers))
    except RelayInPlace as relay:
        failed("partitions-relay-in-place", context=str(relay))
    except PlaceLost as lost:
        failed("partitions-place-lost", context=str(lost))
    except NotShown:
        failed("partitions-not-shown")
    except KafkaError as failure:
        failed("backup-topics", reason=str(failure))
    except psycopg.OperationalError:
        failed("store-database")
    say("partitions-done", count=count)


def _written(readers: Mapping[str, int]) -> str:
    return ", ".join(f"{group} ({count})" for group, count in sorted(readers.items()))
