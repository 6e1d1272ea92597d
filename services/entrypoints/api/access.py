"""Who may call a route: declared with the route, checked before its endpoint runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from schemas.base import Slug
from services.application.identity import Role
from services.entrypoints.api.refusals import NotFound, OutsideScope

if TYPE_CHECKING:
    from services.entrypoints.api.call import Call

_slug: TypeAdapter[str] = TypeAdapter(Slug)

Scope = Callable[["Call"], Awaitable[None]]
"""Returns where the case or agency lies within the caller's reach; raises `NotFound` for a confidential case
outside it (to an outsider it does not exist), `OutsideScope` where that gives nothing away."""


class AccessUndeclared(Exception):
    """A route says not who may call it, or says what can never be allowed: the application is not made."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call a route: any of the roles, and only within the scope.

    `case_content` says that the route shows or changes cases; then no administrator may be among the roles.
    """

    roles: AbstractSet[Role]
    scope: Scope
    case_content: bool = True
    public: bool = False
    """Without any token; for the issuer and the like."""

    def __post_init__(self) -> None:
        if not self.roles and not self.public:
            raise AccessUndeclared("a route that nobody may call")
        if self.case_content and Role.ADMINISTRATOR in self.roles:
            raise AccessUndeclared("an administrator sees no case content")


async def anywhere(_call: Call) -> None:
    """No scope: the route shows nothing of a case, or its list filters by `call.agencies()` itself."""


def agency_in_body(name: str = "agency_id") -> Scope:
    """The agency that the body names lies within the caller's reach; a malformed body is left to validation."""

    async def scope(call: Call) -> None:
        body: Any = await call.json()
        agency_id = body.get(name) if isinstance(body, dict) else None
        try:
            agency_id = _slug.validate_python(agency_id)
        except ValidationError:
            return
        if not await call.reaches(agency_id):
            raise OutsideScope(agency_id)

    return scope


def agency_in_path(name: str = "agency_id") -> Scope:
    """The agency that the path names lies within the caller's reach; else it does not exist."""

    async def scope(call: Call) -> None:
        if not await call.reaches(call.path_params[name]):
            raise NotFound

    return scope


def any_of(*scopes: Scope) -> Scope:
    """One of the scopes is enough (the agency tree, or an assignment); the first one's refusal is told."""

    async def scope(call: Call) -> None:
        first: NotFound | OutsideScope | None = None
        for candidate in scopes:
            try:
                await candidate(call)
            except (NotFound, OutsideScope) as refused:
                first = first or refused
            else:
                return
        raise first or NotFound

    return scope


PUBLIC = Access(frozenset(), anywhere, case_content=False, public=True)
