"""A sheet with every part, and what a PDF and a Word document say."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
from docx import Document

from services.application.discipline.sheet import Paragraph, Sheet, Signed

SHEET = Sheet(
    agency_above="UBND tỉnh Bình Lâm",
    issuer="Sở Xây dựng",
    number="05/QĐ-SXD",
    place="Bình Lâm",
    day=date(2026, 3, 9),
    title="Quyết định",
    subject="Về việc xử lý kỷ luật đối với ông (bà) Nguyễn Thị Ngọc Ẩn",
    authority_line="Giám đốc Sở Xây dựng",
    bases=("Căn cứ Nghị định số 172/2025/NĐ-CP;", "Xét kiến nghị của hội đồng kỷ luật: khiển trách."),
    body=tuple(
        map(
            Paragraph.of,
            (
                "QUYẾT ĐỊNH:",
                "Điều 1. Khiển trách đối với ông (bà) Nguyễn Thị Ngọc Ẩn, Trưởng phòng Quản lý nhà.",
                "Lý do: để 12 hồ sơ trễ hẹn; không nêu lý do, không xin lỗi.",
                "Điều 2. Quyết định có hiệu lực khi được giao./.",
            ),
        )
    ),
    recipients=("- Như Điều 2;", "- Lưu: VT, hồ sơ vụ việc."),
    signature=Signed(("Giám đốc",), "Trần Thị Hường"),
    countersignature=None,
    draft=None,
)


def sheet(**but: Any) -> Sheet:
    """The sheet, with other parts."""
    return replace(SHEET, **but)


HYPHEN_AT_THE_END = "\ufffe"
"""What pdfium says for a hyphen behind a letter at the end of a line, and the break after it, to have words whole."""


def said_by_pdf(made: bytes) -> str:
    """All that its text layer says, pages and lines one after the other, with single spaces."""
    pages = pypdfium2.PdfDocument(made)
    said = " ".join(page.get_textpage().get_text_range() for page in pages)
    return _squeezed(said.replace(HYPHEN_AT_THE_END, "-\n"))


def pages_said(made: bytes) -> list[str]:
    """What the text layer of each page says, line by line."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]


def pages_of(made: bytes) -> int:
    """How many pages a PDF has."""
    return len(pypdfium2.PdfDocument(made))


def said_by_docx(made: bytes) -> str:
    """All that its paragraphs and tables say, with single spaces."""
    return _squeezed(" ".join(_paragraphs(made)))


def unlike(of_docx: bytes, of_pdf: bytes) -> list[str]:
    """What one of the two says and the other does not: blocks of the Word document, and words of the PDF."""
    in_pdf, in_docx = said_by_pdf(of_pdf), said_by_docx(of_docx)
    run_together = in_pdf.replace(" ", "")
    lines = (_squeezed(line) for text in _paragraphs(of_docx) for line in text.splitlines())
    # A rule under a heading is a line of dashes in Word, and drawn in a PDF.
    blocks = [line for line in lines if any(letter.isalnum() for letter in line)]
    more = Counter(in_pdf.split()) - Counter(in_docx.split())
    # A PDF has its page numbers in its text, a Word document counts them when it is opened.
    words = [word for word in more if not word.isdecimal()]
    return [*(block for block in blocks if block.replace(" ", "") not in run_together), *words]


def _paragraphs(made: bytes) -> Iterator[str]:
    paper = Document(io.BytesIO(made))
    yield paper.sections[0].first_page_header.paragraphs[0].text
    for table in paper.tables:
        yield from (cell.text for row in table.rows for cell in row.cells)
    yield from (paragraph.text for paragraph in paper.paragraphs)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\ufffe", "")).strip()
