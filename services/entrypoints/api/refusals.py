"""What the edge itself refuses; like every refusal a typed fact, its HTTP status stands in `problems.STATUS`."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.refusal import Refusal


@dataclass(unsafe_hash=True)
class NotFound(Refusal):
    """It does not exist, or it does not exist for this caller: the two are told apart by nobody."""


@dataclass(unsafe_hash=True)
class MethodNotAllowed(Refusal):
    """The resource exists, but not with this method."""

    allowed: str


@dataclass(unsafe_hash=True)
class RoleNotAllowed(Refusal):
    """None of the caller's roles may do this."""


@dataclass(unsafe_hash=True)
class OutsideScope(Refusal):
    """The agency lies outside what the caller is in charge of."""

    agency_id: str


@dataclass(unsafe_hash=True)
class IdempotencyKeyMissing(Refusal):
    """A command needs a key, so that sending it twice does it once."""

    field = "Idempotency-Key"


@dataclass(unsafe_hash=True)
class IdempotencyKeyUnreadable(Refusal):
    """The key is not 8 to 200 visible ASCII characters."""

    field = "Idempotency-Key"


@dataclass(unsafe_hash=True)
class IfMatchMissing(Refusal):
    """This command rests on what the caller has seen, so it names that version."""

    field = "If-Match"


@dataclass(unsafe_hash=True)
class IfMatchUnreadable(Refusal):
    """If-Match is not one strong ETag of this API."""

    field = "If-Match"


@dataclass(unsafe_hash=True)
class BodyNotJson(Refusal):
    """The body is not JSON, at this place."""

    offset: int


@dataclass(unsafe_hash=True)
class MediaTypeNotSupported(Refusal):
    """The body is not said to be JSON."""

    field = "Content-Type"


@dataclass(unsafe_hash=True)
class BodyTooLarge(Refusal):
    """The body is larger than this API reads."""


@dataclass(unsafe_hash=True)
class InputInvalid(Refusal):
    """Fields do not keep the contract; `errors` of the problem names each with its rule."""


@dataclass(unsafe_hash=True)
class CursorUnreadable(Refusal):
    """The cursor was not made by this list."""

    field = "cursor"


@dataclass(unsafe_hash=True)
class LastEventIdUnreadable(Refusal):
    """Last-Event-ID is not a position of this stream."""

    field = "Last-Event-ID"


@dataclass(unsafe_hash=True)
class GrantRefused(Refusal):
    """Name and password do not belong together; which of them is wrong is told to nobody."""


@dataclass(unsafe_hash=True)
class GrantNotSupported(Refusal):
    """The local issuer knows the password grant only."""

    field = "grant_type"


@dataclass(unsafe_hash=True)
class TooManyRequests(Refusal):
    """Too often in too short a time."""

    retry_after: int


@dataclass(unsafe_hash=True)
class Unavailable(Refusal):
    """A part that this needs does not answer just now; nothing was done that a retry would double."""


@dataclass(unsafe_hash=True)
class InternalError(Refusal):
    """Something broke; the correlation id leads the operator to what."""
