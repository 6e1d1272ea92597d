"""Texts for people: Fluent catalogues in Vietnamese and English, looked up by id."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from fluent.runtime import FluentBundle, FluentResource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fluent.runtime.resolver import Pattern

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
"""In the order of preference where a caller names none."""

FOLDER = Path(__file__).parents[1] / "catalogues"


class TextMissing(KeyError):
    """No catalogue of the language has the text."""


class TextBroken(ValueError):
    """A text could not be put together: an argument is missing or the pattern is wrong."""


@cache
def bundle(language: Language) -> FluentBundle:
    """All texts of a language, read once."""
    texts = FluentBundle([language], use_isolating=False)
    for path in sorted((FOLDER / language).glob("*.ftl")):
        texts.add_resource(FluentResource(path.read_text(encoding="utf-8")), allow_overrides=False)
    return texts


def has(language: Language, text_id: str) -> bool:
    """Whether the language has the text (`id` or `id.attribute`)."""
    return _pattern(bundle(language), text_id) is not None


def text(language: Language, text_id: str, facts: Mapping[str, object] | None = None) -> str:
    """Return the text `id` (or `id.attribute`) with the facts filled in.

    Raises:
        TextMissing: there is no such text.
        TextBroken: a fact that the text names was not given.
    """
    texts = bundle(language)
    pattern = _pattern(texts, text_id)
    arguments = {name: _argument(value) for name, value in (facts or {}).items()}
    if pattern is None:
        raise TextMissing(f"{language}: {text_id}")
    written, errors = texts.format_pattern(pattern, arguments)
    if errors:
        raise TextBroken(f"{language}: {text_id}: {errors}")
    return str(written)


def _pattern(texts: FluentBundle, text_id: str) -> Pattern | None:
    message_id, _, attribute = text_id.partition(".")
    if not texts.has_message(message_id):
        return None
    message = texts.get_message(message_id)
    return message.attributes.get(attribute) if attribute else message.value


def _argument(value: object) -> object:
    """Numbers stay numbers, so that plurals work; everything else is shown as its text."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    return value
