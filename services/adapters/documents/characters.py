"""Which characters a document can show. The rest are written as their code, so that nothing is lost and nothing fails.

An emoji in somebody's statement must not keep the minutes from being issued, and PDF/A takes no letter that its fonts
do not have.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

RANGES: Final = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x24F), (0x300, 0x33F), (0x3B1, 0x3C9), (0x410, 0x44F), (0x1E00, 0x1EFF),
    (0x2010, 0x2027), (0x2030, 0x203A), (0x20A0, 0x20BF), (0x2190, 0x21FF), (0x2200, 0x22FF),
)  # fmt: skip
"""What the fonts of the PDF have in every face: Latin with Vietnamese, Greek and Cyrillic letters, marks, currencies,
arrows, mathematics. A test prints each of them."""

_SHOWN = "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in RANGES)
_OTHERS = re.compile(rf"[^\n{_SHOWN}]")


def shown(text: str) -> str:
    """The text in composed form, as far as it can be shown; marks of control and direction show nothing and go."""
    return _OTHERS.sub(_written, unicodedata.normalize("NFC", text.replace("\t", " ").replace("\r\n", "\n")))


def _written(found: re.Match[str]) -> str:
    character = found[0]
    match unicodedata.category(character):
        case "Cc" | "Cf":
            return ""
        case "Zs":
            return " "
        case "Zl" | "Zp":
            return "\n"
        case _:
            return f"[U+{ord(character):04X}]"
