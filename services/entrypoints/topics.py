"""Makes the topics that are missing, and refuses to go on with one that forgets. Run once before the others."""

import sys

import structlog
from kafka.errors import KafkaError

from services.adapters.kafka.topics import TopicForgets, create_topics
from services.entrypoints import logging
from services.entrypoints.settings import Settings

log = structlog.get_logger(__name__)


def main() -> int:
    """Make the topics; 0 when they are all there and keep everything."""
    settings = Settings()
    logging.configure(settings)
    try:
        create_topics(
            settings.kafka,
            prefix=settings.topic_prefix,
            partitions=settings.partitions,
            replication=settings.replication,
        )
    except TopicForgets as forgets:
        log.error("topic_forgets", topic=forgets.topic, settings=forgets.settings)  # noqa: TRY400 - no bug of ours
        return 1
    except KafkaError as failure:
        log.error("topics_not_created", reason=str(failure))  # noqa: TRY400 - no bug of ours
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
