"""What a context's routes stand on, made once at start-up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from http import HTTPStatus

    import asyncpg

    from schemas.refusal import Refusal
    from services.application.calendar import Calendars
    from services.application.directory import Directory
    from services.application.handler import Handler
    from services.application.ports import EventStore, SuiteClock
    from services.application.registry import Registry
    from services.entrypoints.api.call import Call
    from services.entrypoints.api.live import Feed
    from services.entrypoints.api.routing import Router

    KeptBy = Callable[[Call], Awaitable[str]]
    """By which rule a text that is written now is exempt from erasure."""


@dataclass(frozen=True)
class Base:
    """A context's own store, clock and pool, and the registry's client."""

    name: str
    pool: asyncpg.Pool
    store: EventStore
    handler: Handler
    clock: SuiteClock
    registry: Registry
    feed: Feed
    calendars: Calendars
    request_key: bytes
    """Keys the hash by which a repeated request is known, and the seal of cursors. A bare hash of a body would outlive
    the erasure of the narrative in it, and let anybody who reads the table try guesses."""
    ballot_key: str
    """Seals the keys and boxes of secret ballots."""


@dataclass(frozen=True)
class Context(Base):
    """The base with what the context itself adds."""

    directory: Directory


@dataclass(frozen=True)
class ContextApi:
    """What a context's package (`services.entrypoints.api.<context>`) exposes as `API`."""

    name: str
    title: str
    routers: Sequence[Router]
    directory: Callable[[Base], Directory]
    status: Mapping[type[Refusal], HTTPStatus] = field(default_factory=dict)
    """Statuses of refusals that are not conflicts (409)."""
    openapi: Mapping[str, Any] = field(default_factory=dict)
    kept: Mapping[str, KeptBy] = field(default_factory=dict)
    """Beginnings of paths, below the context's mount, whose texts are exempt from erasure, and by which rule."""
    confidential: Sequence[str] = ()
    """Beginnings of paths, below the context's mount, of cases that do not exist for others. No line of the log names
    whoever was refused there, and no metric counts what was answered: more people read those than the records."""
    silent: Sequence[str] = ()
    """Beginnings of paths, below the context's mount, of whose requests nothing is kept."""
