"""Faust as the workers use it: it takes messages and acknowledges them, and keeps nothing (docs/decisions/0003)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import faust
from faust.auth import SASLCredentials
from faust.exceptions import ConsumerNotStarted
from mode.supervisors import CrashingSupervisor

from services.adapters.kafka.brokers import MECHANISM, Login
from services.adapters.kafka.group import consumer_of

if TYPE_CHECKING:
    from services.adapters.kafka.brokers import Brokers
    from services.adapters.kafka.group import WorkerSettings


class _App(faust.App):
    logger = logging.getLogger("faust.app")  # not this module's: what it says while it starts and stops is Faust's own

    def _create_directories(self) -> None:
        """There are no tables, and so nothing on disk."""


def application(settings: WorkerSettings, context: str) -> faust.App:
    """Return the application of a context's worker, without agents."""
    return _App(
        settings.prefix + consumer_of(context),
        broker=[f"kafka://{address}" for address in settings.brokers.addresses],
        broker_commit_interval=0.2,
        broker_credentials=_credentials(settings.brokers),
        broker_heartbeat_interval=min(2.0, settings.session_seconds / 3),
        broker_max_poll_interval=600.0,
        broker_session_timeout=settings.session_seconds,
        agent_supervisor=CrashingSupervisor,
        consumer_auto_offset_reset="earliest",
        consumer_group_instance_id=settings.instance,
        key_serializer="raw",
        processing_guarantee="at_least_once",
        store="memory://",
        stream_buffer_maxsize=1_024,
        stream_wait_empty=False,  # what is not acknowledged is read again; waiting for it hung on SIGTERM
        topic_allow_declare=False,
        topic_disable_leader=True,
        value_serializer="raw",
        web_enabled=False,
        web_router_enabled=False,
        web_tables_enabled=False,
    )


def kept_out(app: faust.App) -> BaseException | None:
    """What keeps the consumer out of its group for good, if anything does.

    aiokafka raises it to whoever polls, but Faust takes messages by another way: it would wait for ever, for instance
    after a broker that had just begun and told of no brokers yet. Only looked at: it belongs to the consumer's thread.
    """
    driver: Any = app.consumer
    try:
        coordinator = driver._thread._ensure_consumer()._coordinator  # noqa: SLF001 - Faust has no other way to it
    except ConsumerNotStarted:
        return None
    if coordinator is None:
        return None
    pending: BaseException | None = coordinator._pending_exception  # noqa: SLF001 - as `check_errors` does
    routine = coordinator._coordination_task  # noqa: SLF001 - as above
    return pending or (routine.exception() if routine.done() and not routine.cancelled() else None)


def _credentials(brokers: Brokers) -> SASLCredentials | None:
    login = brokers.proof
    if login is None:
        return None
    assert isinstance(login, Login)  # noqa: S101 - no worker has a certificate
    return SASLCredentials(
        username=login.name, password=login.password, mechanism=MECHANISM, ssl_context=login.context()
    )
