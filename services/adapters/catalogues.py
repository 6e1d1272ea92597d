"""Texts for people: Fluent catalogues in Vietnamese and English, looked up by id."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from babel.messages.pofile import read_po
from fluent.runtime import FluentBundle, FluentResource

from notifier.calendar import ZONE
from schemas.refusal import Coded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fluent.runtime.resolver import Pattern

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
"""In the order of preference where a caller names none."""

FOLDER = Path(__file__).parents[1] / "catalogues"
FIELDS, COMMANDS = FOLDER / "vi" / "fields", FOLDER / "vi" / "commands"
"""What fields, models and commands are, which the code says in English: each text by the English one (gettext)."""

_FORM = "form"


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
    arguments = {name: _argument(value, language) for name, value in (facts or {}).items()}
    if pattern is None:
        raise TextMissing(f"{language}: {text_id}")
    written, errors = texts.format_pattern(pattern, arguments)
    if errors:
        raise TextBroken(f"{language}: {text_id}: {errors}")
    return str(written)


def in_both(text_id: str) -> str:
    """The text in Vietnamese, then in English, as the documentation pages show it. Raises `TextMissing`."""
    return "\n\n".join(text(language, text_id) for language in LANGUAGES)


@cache
def vietnamese(folder: Path) -> dict[str, str]:
    """The texts of a folder by those of the code, read once."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            entries = read_po(file, locale="vi", abort_invalid=True)
        found |= {entry.id: str(entry.string) for entry in entries if isinstance(entry.id, str) and entry.id}
    return found


def described(english: str) -> str:
    """What a field or model is, in Vietnamese, then in the code's own English.

    Raises:
        TextMissing: nobody has said it in Vietnamese.
    """
    said = " ".join(english.split())
    if said not in vietnamese(FIELDS):
        raise TextMissing(f"vi: {said}")
    return f"{vietnamese(FIELDS)[said]}\n\n{said}"


def written(language: Language, value: object) -> object:
    """A value as it is shown within a text: a day, a moment, words of a code."""
    return _argument(value, language)


def _pattern(texts: FluentBundle, text_id: str) -> Pattern | None:
    message_id, _, attribute = text_id.partition(".")
    if not texts.has_message(message_id):
        return None
    message = texts.get_message(message_id)
    return message.attributes.get(attribute) if attribute else message.value


def _argument(value: object, language: Language) -> object:
    """Numbers stay numbers, so that plurals work; everything else is shown as its text."""
    match value:
        case None:
            return ""
        case Coded():
            return ", ".join(_word(language, value.kind, code) for code in value.codes)
        case datetime():
            return _moment(value, language)
        case date():
            return _day(value, language)
        case int() | float() if not isinstance(value, bool):
            return value
        case _:
            return str(value)


def _word(language: Language, kind: str, code: str) -> str:
    """Its word; a form of discipline that no law knows is shown as whoever asked for it wrote it."""
    text_id = f"{kind}-{code}"
    return code if kind == _FORM and not has(language, text_id) else text(language, text_id)


def _moment(moment: datetime, language: Language) -> str:
    """In Asia/Ho_Chi_Minh. Midnight ends a day: terms end at 24:00 (Civil Code art. 148, clause 6)."""
    local = moment.astimezone(ZONE)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        ended = _day(local.date() - timedelta(days=1), language)
        return f"24:00 ngày {ended}" if language == "vi" else f"24:00 on {ended}"
    day = _day(local.date(), language)
    return f"{local:%H:%M} ngày {day}" if language == "vi" else f"{local:%H:%M} on {day}"


def _day(day: date, language: Language) -> str:
    return f"{day:%d/%m/%Y}" if language == "vi" else day.isoformat()
