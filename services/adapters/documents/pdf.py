"""A sheet as PDF/A-2a, by Typst: compiler and fonts come in its wheel, so every machine prints the same bytes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson
import typst

if TYPE_CHECKING:
    from services.application.discipline.sheet import Sheet

LAYOUT = Path(__file__).with_name("decree30.typ")
STANDARD: Final = "a-2a"
"""PDF/A-2a (ISO 19005-2): what an archive keeps; tagged, and every letter can be taken out as Unicode."""


def pdf(sheet: Sheet) -> bytes:
    """Return the document. The same sheet gives the same bytes."""
    day = (sheet.day.year, sheet.day.month, sheet.day.day)
    told = orjson.dumps({**asdict(sheet), "day": day, "place_and_day": sheet.place_and_day}).decode()
    return typst.compile(
        LAYOUT, format="pdf", ignore_system_fonts=True, pdf_standards=STANDARD, sys_inputs={"sheet": told}
    )
