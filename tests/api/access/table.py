"""The table of permissions: who may call which route, stated a second time, apart from the code.

A context's module (`tests/api/access/<context>.py`) has `API`, `ROWS` and `prepare`, and its name stands in
`tests/api/test_access.py`. Every route of the context needs a row.
The organisation of the table: the province `tinh` with its inspectorate `thanh-tra` and the departments `so-y-te` and
`so-giao-duc`; below it the district `huyen` with an inspectorate of its own, `thanh-tra-huyen`. Cases are at `so-y-te`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from services.application.identity import Role
from services.entrypoints.api.context import Context

PERSONS = UUID("7c4d5b52-4d61-4a54-8d2a-0c5f8f4b6a10")
CASE_AGENCY = "so-y-te"

INSIDE: Mapping[Role, str | None] = {
    Role.INSPECTOR: "thanh-tra",
    Role.TEAM_LEADER: "thanh-tra",
    Role.INSPECTORATE_OFFICER: "thanh-tra",
    Role.AGENCY_USER: "so-y-te",
    Role.HEAD: "so-y-te",
    Role.AUTHORITY: "tinh",
    Role.BOARD_MEMBER: "so-y-te",
    Role.BOARD_SECRETARY: "so-y-te",
    Role.AUDITOR: None,
    Role.ADMINISTRATOR: "tinh",
    Role.CITIZEN: None,
}
"""An agency from which a role reaches the cases, by the tree alone."""

OUTSIDE: Mapping[Role, str | None] = {
    Role.INSPECTOR: "thanh-tra-huyen",
    Role.TEAM_LEADER: "thanh-tra-huyen",
    Role.INSPECTORATE_OFFICER: "thanh-tra-huyen",
    Role.AGENCY_USER: "so-giao-duc",
    Role.HEAD: "so-giao-duc",
    Role.AUTHORITY: "huyen",
    Role.BOARD_MEMBER: "so-giao-duc",
    Role.BOARD_SECRETARY: "so-giao-duc",
}
"""One from which it does not. Roles that are missing here reach everything that they may see, or nothing at all."""


@dataclass(frozen=True)
class Caller:
    """Who calls, as the token says."""

    role: Role
    agency_id: str | None
    person_id: UUID


def insider(role: Role) -> Caller:
    """Somebody with the role who reaches the cases; the same person each time."""
    return Caller(role, INSIDE[role], uuid5(PERSONS, f"{role} inside"))


def outsider(role: Role) -> Caller | None:
    """Somebody with the role who does not; None where there is no such place."""
    return None if role not in OUTSIDE else Caller(role, OUTSIDE[role], uuid5(PERSONS, f"{role} outside"))


Ids = Mapping[str, str]
"""What `prepare` made: names of path parameters (and others) → ids."""


@dataclass(frozen=True)
class Row:
    """One route."""

    method: str
    path: str
    """Below the context's mount, with its parameters in braces; filled in from the ids."""
    roles: frozenset[Role]
    """Who may call it."""
    outside: int | None
    """What somebody with the role, who does not reach the case, is answered: 404 where it is confidential, 403 where
    that gives nothing away; None where the route shows no case or filters its list (then say so in a test)."""
    body: Callable[[Ids], Mapping[str, Any]] | None = None
    query: str = ""
    if_match: bool = False
    stream: bool = False
    public: bool = False
    """Nobody is asked who he is."""
    insiders: Mapping[Role, Callable[[Ids], Caller]] = field(default_factory=dict)
    """Where assignment and not the tree lets somebody in."""
    outsiders: Mapping[Role, Callable[[Ids], Caller]] = field(default_factory=dict)
    """Where others stand outside than the tree says (an auditor never does)."""

    @property
    def name(self) -> str:
        """How the test is called."""
        return f"{self.method} {self.path}"


def row(method: str, path: str, *roles: Role, outside: int | None, **more: Any) -> Row:
    """A row, its roles one after the other."""
    return Row(method, path, frozenset(roles), outside, **more)


Prepare = Callable[[Context], Awaitable[Ids]]
"""Makes organisation and cases in the context's own store and views."""
