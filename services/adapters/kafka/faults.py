"""Whose fault a failure is: the message's, the world's, or nobody's; and how to say it without its content."""

from __future__ import annotations

import traceback

import asyncpg
from pydantic import ValidationError

from schemas.cloudevents import NotAnEvent
from schemas.refusal import Refusal

RACES = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError, asyncpg.LockNotAvailableError)
"""Two were in each other's way; the same once more succeeds."""

_WORLD = frozenset({"08", "25", "28", "3D", "3F", "53", "57", "58", "F0", "XX"})
"""SQLSTATE classes that no message can cause: connection, transaction state, login, database, resources, operator,
system, configuration file, internal (PostgreSQL 18, appendix A)."""
_NOT_ALLOWED = "42501"
_LONGEST = 500


def is_world(failure: BaseException) -> bool:
    """Return whether it is the infrastructure's failure: the worker ends, and nothing is parked."""
    if isinstance(failure, asyncpg.PostgresError):
        state = failure.sqlstate or "XX"
        return state[:2] in _WORLD or state == _NOT_ALLOWED
    if isinstance(failure, asyncpg.InterfaceError):
        return not isinstance(failure, ValueError)  # that one is an argument which no column can hold
    return isinstance(failure, (OSError, MemoryError)) or not isinstance(failure, Exception)


def describe(failure: Exception) -> str:
    """Return what went wrong for operators: kinds and places, none of the content."""
    match failure:
        case Refusal():
            said = f"refused: {failure.code}"
        case NotAnEvent():
            said = f"no event: {failure}"
        case ValidationError():
            wrong = [f"{'.'.join(map(str, error['loc']))} {error['type']}" for error in failure.errors()]
            said = f"not its contract: {'; '.join(wrong)}"
        case asyncpg.PostgresError():
            names = (failure.sqlstate, getattr(failure, "table_name", None), getattr(failure, "constraint_name", None))
            said = f"database: {type(failure).__name__} {' '.join(name for name in names if name)}"
        case _:
            said = f"defect: {type(failure).__name__}{_where(failure)}"
    return said[:_LONGEST].replace("\x00", "").encode(errors="replace").decode()


def _where(failure: Exception) -> str:
    frames = traceback.extract_tb(failure.__traceback__)
    return f" in {frames[-1].name}, {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
