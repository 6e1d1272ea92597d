"""What a text gives away that is not published: found by the words and numbers with which people write it down.

The names of others in the case are looked for when the document is made, where the registry knows them. Nothing here
proves that a text is clean: whoever publishes still reads it, and says what he left out.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from schemas.discipline.review_decision import Unpublishable

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = {
    Unpublishable.DENOUNCER: (
        r"người (?:đã )?(?:tố cáo|tố giác|khiếu nại|phản ánh|báo tin|cung cấp thông tin)",
        r"theo đơn (?:tố cáo|khiếu nại|phản ánh|kiến nghị) của",
    ),
    Unpublishable.PERSONAL_DATA: (
        r"căn cước(?: công dân)?|chứng minh nhân dân|cccd|cmnd|hộ chiếu số",
        r"ngày sinh|sinh ngày|sinh năm",
        r"nơi (?:ở|cư trú|sinh)|thường trú|tạm trú|số điện thoại|tài khoản ngân hàng",
        r"tình trạng sức (?:khỏe|khoẻ)|sức (?:khỏe|khoẻ) của|bệnh án|chẩn đoán|điều trị bệnh",
        r"hoàn cảnh gia đình|vợ|chồng (?:của|ông|bà)|con (?:trai|gái|ruột)",
    ),
    Unpublishable.PARTY_DISCIPLINE: (
        r"kỷ luật (?:của )?đảng|kỷ luật về đảng|đảng viên|khai trừ|chi bộ|đảng [uủ][yỷ]|cấp [uủ][yỷ]",
        r"[uủ][yỷ] ban kiểm tra",
    ),
}
"""Vietnamese, for that is what is published; a space is any, also the end of a line."""

_SHAPES = {Unpublishable.PERSONAL_DATA: (r"[\w.+-]+@[\w-]+\.\w+", r"\+?\d(?:[ .-]?\d){8,11}")}
"""Addresses, and numbers: identity and telephone numbers have nine to twelve digits."""

_SUM = r"\d{1,3}(?:\.\d{3})+"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d"
_TO = r"\s*(?:-|–|đến)\s*"
_HARMLESS = re.compile(
    rf"(?<![\w.+-])(?:{_SUM}(?:{_TO}{_SUM})?\s*(?:đồng|vnđ|vnd|đ)|{_DAY}(?:{_TO}{_DAY})?)(?![\w@]|[.+-]\w)",
    re.IGNORECASE,
)
"""Sums of money with their currency, without which an identity number may look the same; and days."""


def _pattern(what: Unpublishable) -> re.Pattern[str]:
    parts = (*(one.replace(" ", r"\s+") for one in _WORDS[what]), *_SHAPES.get(what, ()))
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


_FOUND = {what: _pattern(what) for what in _WORDS}


def unpublishable(text: str) -> Iterator[tuple[Unpublishable, str]]:
    """What a text has that is not published, each as it stands there, on one line."""
    composed = _HARMLESS.sub("…", unicodedata.normalize("NFC", text))
    for what, pattern in _FOUND.items():
        for found in pattern.finditer(composed):
            yield what, " ".join(found.group().split())
