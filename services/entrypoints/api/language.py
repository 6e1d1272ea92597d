"""Which language a caller asked for: RFC 9110, section 12.5.4, for the two that the suite speaks."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from services.adapters.catalogues import LANGUAGES, Language

if TYPE_CHECKING:
    from starlette.types import Scope


def of_scope(scope: Scope) -> Language:
    """The language of a request."""
    for name, value in scope["headers"]:
        if name == b"accept-language":
            return preferred(value.decode("latin-1"))
    return LANGUAGES[0]


@lru_cache(maxsize=256)
def preferred(accept_language: str) -> Language:
    """The one of our languages that the header weighs most; Vietnamese where it names neither."""
    best: Language = LANGUAGES[0]
    best_weight = 0.0
    for part in accept_language.split(","):
        tag, _, parameters = part.strip().partition(";")
        primary = tag.strip().lower().partition("-")[0]
        weight = _weight(parameters)
        for language in LANGUAGES:
            if primary == language and weight > best_weight:
                best, best_weight = language, weight
    return best


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
