"""Makes the topics that are missing, and refuses to go on with one that forgets. Run once before the others.

Where the brokers ask who comes, it first gives the others their access.
"""

import sys
from importlib import import_module

import structlog
from kafka.errors import KafkaError

from schemas.topics import RESTRICTED
from services.adapters.kafka import access
from services.adapters.kafka.access import AccessNotGranted
from services.adapters.kafka.group import consumer_of
from services.adapters.kafka.topics import TopicForgets, create_topics
from services.entrypoints import logging
from services.entrypoints.settings import Settings

log = structlog.get_logger(__name__)


def give_access(settings: Settings) -> None:
    """Let each process at the brokers by a login of its own."""
    specs = [import_module(f"services.entrypoints.workers.{context}").SPEC for context in RESTRICTED]
    reads = {spec.context: (*spec.topics, *(lesson.topic for lesson in spec.lessons)) for spec in specs}
    given = access.grants(settings.topic_prefix, reads, {context: consumer_of(context) for context in reads})
    passwords = {login: settings.secret(f"kafka-{login.removeprefix(settings.topic_prefix)}") for login in given}
    access.give(settings.brokers, given, passwords)


def main() -> int:
    """Make the topics; 0 when they are all there and keep everything."""
    settings = Settings()
    logging.configure(settings)
    try:
        if settings.kafka_access:
            give_access(settings)
        create_topics(
            settings.brokers,
            prefix=settings.topic_prefix,
            partitions=settings.partitions,
            replication=settings.replication,
        )
    except TopicForgets as forgets:
        log.error("topic_forgets", topic=forgets.topic, settings=forgets.settings)  # noqa: TRY400 - no bug of ours
        return 1
    except AccessNotGranted as refused:
        log.error("access_not_granted", reason=str(refused))  # noqa: TRY400 - no bug of ours
        return 1
    except KafkaError as failure:
        log.error("topics_not_created", reason=str(failure))  # noqa: TRY400 - no bug of ours
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
