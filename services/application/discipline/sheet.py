"""A document as it is printed: the parts that Decree 30/2020/NĐ-CP names, each with its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

_ARTICLE: Final = re.compile(r"^(Điều \d+\.)\s*")


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature: what stands above the name, and the name."""

    above: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body."""

    lead: str
    """What stands out at its beginning: `Điều 1.`; often nothing."""
    text: str
    alone: bool = False
    """In the middle of its line, and bold: `QUYẾT ĐỊNH:`."""

    @classmethod
    def of(cls, words: str) -> Paragraph:
        """A paragraph by its words."""
        if words.isupper() and words.endswith(":"):
            return cls("", words, alone=True)
        article = _ARTICLE.match(words)
        return cls("", words) if article is None else cls(article[1], words[article.end() :])


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is on the paper; Word and PDF say the same, for both are made of it."""

    agency_above: str | None
    """Cơ quan, tổ chức chủ quản trực tiếp; none at the top."""
    issuer: str
    number: str
    """Số, ký hiệu: `12/QĐ-UBND`; only the symbol while it is looked at beforehand."""
    place: str
    day: date
    title: str
    subject: str
    authority_line: str | None
    bases: tuple[str, ...]
    body: tuple[Paragraph, ...]
    recipients: tuple[str, ...]
    signature: Signed
    countersignature: Signed | None
    """On the left: whoever kept the minutes."""
    draft: str | None
    """The word that every page of a document bears that is only looked at beforehand."""

    @property
    def place_and_day(self) -> str:
        """Địa danh, ngày tháng; days below ten and the months one and two with a nought before them."""
        month = f"{self.day.month:02d}" if self.day.month < 3 else str(self.day.month)  # noqa: PLR2004 -- the decree's
        return f"{self.place}, ngày {self.day.day:02d} tháng {month} năm {self.day.year}"
