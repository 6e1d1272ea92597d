"""What others would take: `eventsourcing` with its PostgreSQL recorder, one application on threads."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import IntegrityError

from services.adapters.embedded.postgres import ADMIN, Postgres

DATABASE = "bench_peer"


class Draft(Aggregate):
    """An aggregate of theirs with events of the same content as ours."""

    @event("Begun")
    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        self.count = 1

    @event("Revised")
    def revise(self, content: dict[str, Any]) -> None:
        """Take a new content."""
        self.content = content
        self.count += 1


class Peer:
    """Their application, and how fast it does what ours does."""

    def __init__(self, application: Application[Any], contents: list[dict[str, Any]]) -> None:
        self._application = application
        self._contents = contents
        self._long: list[UUID] = []
        self._live: list[UUID] = []

    def prepare(self, *, long: int, live: int) -> None:
        """Store streams of 100 events to load, and live ones of ten events to command."""
        self._long = [self._stored(100) for _ in range(long)]
        self._live = [self._stored(10) for _ in range(live)]

    def append(self, callers: int, each: int) -> float:
        """Events a second, each saved alone by its caller."""
        return _rate(callers, each, lambda: self._application.save(Draft(random.choice(self._contents))))

    def command(self, callers: int, each: int) -> float:
        """Commands a second: get, decide, save; a lost race is tried again."""

        def once() -> None:
            while True:
                draft: Draft = self._application.repository.get(random.choice(self._live))
                draft.revise(random.choice(self._contents))
                try:
                    self._application.save(draft)
                except (IntegrityError, AggregateNotFoundError):
                    continue
                return

        return _rate(callers, each, once)

    def load(self, count: int) -> float:
        """Streams of 100 events a second."""
        return _rate(1, count, lambda: self._application.repository.get(random.choice(self._long)))

    def read(self, limit: int) -> float:
        """Events a second, read in order and decoded."""
        started, count, start = time.perf_counter(), 0, 1
        while count < limit:
            page = self._application.recorder.select_notifications(start, 1_000)
            for notification in page:
                self._application.mapper.to_domain_event(notification)
            count += len(page)
            start = page[-1].id + 1 if page else 1
        return count / (time.perf_counter() - started)

    def _stored(self, events: int) -> UUID:
        draft = Draft(self._contents[0])
        for number in range(1, events):
            draft.revise(self._contents[number % len(self._contents)])
        self._application.save(draft)
        return draft.id


@contextmanager
def peer(server: Postgres, contents: list[dict[str, Any]]) -> Iterator[Peer]:
    """Their application on a database of its own."""
    with psycopg.connect(server.admin_dsn, autocommit=True) as connection:
        connection.execute(f"create database {DATABASE}")
    application: Application[Any] = Application(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": DATABASE,
            "POSTGRES_HOST": str(server.socket_folder),
            "POSTGRES_PORT": str(server.port),
            "POSTGRES_USER": ADMIN,
            "POSTGRES_PASSWORD": server.password,
            "POSTGRES_POOL_SIZE": "32",
            "POSTGRES_MAX_OVERFLOW": "8",
        }
    )
    try:
        yield Peer(application, contents)
    finally:
        application.close()
        with psycopg.connect(server.admin_dsn, autocommit=True) as connection:
            connection.execute(f"drop database {DATABASE} with (force)")


def _rate(callers: int, each: int, work: Callable[[], object]) -> float:
    def caller() -> None:
        for _ in range(each):
            work()

    threads = [threading.Thread(target=caller) for _ in range(callers)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return callers * each / (time.perf_counter() - started)
