"""A row of the law in words, the same wherever it is shown: on a terminal, in an answer, in the documentation."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from discipline.law.codes import followed
from discipline.law.rows import Unit
from services.adapters.catalogues import has, text

if TYPE_CHECKING:
    from discipline.law.rows import LawRow
    from services.adapters.catalogues import Language


_ARTICLE = re.compile(r"(?P<article>\w+)(?:\((?P<clause>\w+)\)(?:\((?P<point>\w+)\))?)?")


def rule(language: Language, row: LawRow) -> str:
    """What it is about, and when it holds, if not always."""
    told = text(language, f"law-rule-{row.rule}")
    return told if row.condition is None else f"{told}, {condition(language, row.condition)}"


def condition(language: Language, code: str) -> str:
    """A condition; one that no shipped row names is shown as it was written."""
    return _known(language, code, f"law-condition-{code}")


def value(language: Language, row: LawRow) -> str:
    """The number with its unit, or the words."""
    if row.value is None:
        return text(language, "law-value-unknown")
    if isinstance(row.value, int) or row.unit is Unit.MONTH_DAY:
        kind = "" if row.day_kind is None else row.day_kind.value
        return text(language, "law-value", {"unit": row.unit.value, "number": str(row.value), "day_kind": kind})
    return ", ".join(_known(language, code, f"form-{code}", f"law-word-{code}") for code in row.codes)


def source(language: Language, row: LawRow) -> str:
    """Instrument and article."""
    return cited(language, row.instrument, row.article)


def cited(language: Language, instrument: str, *articles: str | None) -> str:
    """Articles and instrument, as a document of the language cites them; without an article, the instrument alone."""
    named = called(language, instrument)
    provisions = ", ".join(_provision(language, article) for article in articles if article is not None)
    return text(language, "law-cited", {"provisions": provisions, "instrument": named}) if provisions else named


def ground(language: Language, provision: str) -> str:
    """Where the number of a wait comes from: a row is cited, a directive speaks in its own words.

    The notifier keeps a row as its instrument and article: `Complaints Law, 48`.
    """
    instrument, comma, article = provision.rpartition(", ")
    if comma and has(language, _instrument_id(instrument)):
        return cited(language, instrument, article)
    return called(language, provision)


def _provision(language: Language, article: str) -> str:
    """Article, clause and point (điểm, khoản, Điều) of `2(10)(a)`; what is written otherwise stands as it is."""
    parts = _ARTICLE.fullmatch(article)
    if parts is None:
        return text(language, "law-article", {"article": article})
    told = {name: part for name, part in parts.groupdict().items() if part is not None}
    return text(language, f"law-{('article', 'clause', 'point')[len(told) - 1]}", told)


def called(language: Language, instrument: str) -> str:
    """An instrument by its name in the language; one that no shipped row names is called as it was written."""
    return _known(language, instrument, _instrument_id(instrument))


def _instrument_id(instrument: str) -> str:
    return f"law-instrument-{instrument_slug(instrument)}"


def instrument_slug(instrument: str) -> str:
    """An instrument's name as the end of a text's id."""
    plain = unicodedata.normalize("NFKD", instrument.lower().replace("đ", "d"))
    return "-".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


def period(language: Language, row: LawRow) -> str:
    """From when until when it is in force."""
    first, end = row.effective_from, row.effective_to
    open_end = "none" if first is None else "first"
    closed = "end" if first is None else "both"
    bounds = open_end if end is None else closed
    return text(language, "law-period", {"bounds": bounds, "first": first, "end": end})


def subjects(language: Language, row: LawRow) -> str:
    """For whom it holds."""
    kinds = ", ".join(text(language, f"subject-kind-{kind}") for kind in row.subject_kind)
    told = kinds or text(language, "law-everybody")
    return told if row.post_kind is None else f"{told}; {text(language, f'law-post-{row.post_kind}')}"


def confidence(language: Language, row: LawRow) -> str:
    """How well it is known."""
    return text(language, f"law-confidence-{row.confidence}")


def state(language: Language, row: LawRow) -> str:
    """Whether it is applied, and that it is only shown where nothing follows it."""
    applied = text(language, "law-state-active" if row.active else "law-state-inactive")
    return applied if followed(row) else f"{applied}; {text(language, 'law-state-shown')}"


def _known(language: Language, code: str, *text_ids: str) -> str:
    return next((text(language, text_id) for text_id in text_ids if has(language, text_id)), code)
