"""A sheet as a Word document, in the layout of Decree 30/2020/NĐ-CP, annex I: for whoever has to work on with it."""

from __future__ import annotations

import gc
import io
import zipfile
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as Paper
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

    from services.application.discipline.sheet import Sheet, Signed

FONT = "Times New Roman"
"""The decree's; on the reader's machine."""
_CENTER, _LEFT, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
_HEAD_WIDTHS: Final = (Mm(64), Mm(102))
_YOUNG = 1
"""The generations of what has come lately; what the process stands on is left alone."""
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
PROPERTY: Final = 255
"""At most so many characters in a property of the file (ISO/IEC 29500-2, as python-docx holds it)."""
NATION: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"


def docx(sheet: Sheet) -> bytes:
    """Return the document. The same sheet gives the same bytes."""
    made = _made(sheet)
    # Its parts refer to each other in rings of some megabytes, and a process that serves collects these rarely.
    gc.collect(_YOUNG)
    return made


def _made(sheet: Sheet) -> bytes:
    paper = _paper(sheet)
    _head(paper, sheet)
    _lines(paper.add_paragraph(), (sheet.title.upper(),), size=14, bold=True, align=_CENTER)
    _lines(paper.add_paragraph(), (sheet.subject,), size=14, bold=True, align=_CENTER)
    _rule(paper.add_paragraph(), "————————")
    if sheet.authority_line:
        _lines(paper.add_paragraph(), (sheet.authority_line.upper(),), size=14, bold=True, align=_CENTER, after=6)
    for base in sheet.bases:
        _running(paper.add_paragraph(), "", base, italic=True)
    for paragraph in sheet.body:
        if paragraph.alone:
            _lines(paper.add_paragraph(), (paragraph.text,), size=14, bold=True, align=_CENTER, before=6, after=6)
        else:
            _running(paper.add_paragraph(), paragraph.lead, paragraph.text)
    _foot(paper, sheet)
    return _bytes(paper)


def _paper(sheet: Sheet) -> Paper:
    paper = Document()
    _page(paper, sheet.draft)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:cs", "w:eastAsia", "w:hAnsi"):
        fonts.set(qn(script), FONT)
    properties = paper.core_properties
    # The file's properties help to find it and take no more; the paper itself has every word.
    title, issuer = f"{sheet.title} {sheet.subject}"[:PROPERTY], sheet.issuer[:PROPERTY]
    properties.title, properties.language, properties.author = title, "vi-VN", issuer
    properties.comments, properties.last_modified_by = "", issuer
    properties.created = properties.modified = datetime.combine(sheet.day, time(), UTC)
    return paper


def _page(paper: Paper, draft: str | None) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    section.different_first_page_header_footer = True
    first, later = section.first_page_header.paragraphs[0], section.header.paragraphs[0]
    _page_number(later)
    if draft is not None:
        _lines(first, (draft,), size=13, bold=True, align=_CENTER)
        later.add_run(f"  {draft}").bold = True


def _head(paper: Paper, sheet: Sheet) -> None:
    table = paper.add_table(rows=2, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    # Some readers go by the columns, some by the cells.
    for column, width in zip(table.columns, _HEAD_WIDTHS, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    (issuer, nation), (number, place) = (row.cells for row in table.rows)
    if sheet.agency_above:
        _lines(_first(issuer), (sheet.agency_above.upper(),), size=13, align=_CENTER)
        _lines(issuer.add_paragraph(), (sheet.issuer.upper(),), size=13, bold=True, align=_CENTER)
    else:
        _lines(_first(issuer), (sheet.issuer.upper(),), size=13, bold=True, align=_CENTER)
    _rule(issuer.add_paragraph(), "———————")
    _lines(_first(nation), (NATION,), size=12, bold=True, align=_CENTER)
    _lines(nation.add_paragraph(), (MOTTO,), size=13, bold=True, align=_CENTER)
    _rule(nation.add_paragraph(), "—" * 20)
    _lines(_first(number), (f"Số: {sheet.number}",), size=13, align=_CENTER)
    _lines(_first(place), (sheet.place_and_day,), size=14, italic=True, align=_CENTER)
    paper.add_paragraph().paragraph_format.space_after = Pt(0)


def _foot(paper: Paper, sheet: Sheet) -> None:
    _lines(paper.add_paragraph(), ("",), size=6, align=_LEFT)
    table = paper.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    left, right = table.rows[0].cells
    _signed(right, sheet.signature)
    if sheet.countersignature is None:
        _received(_first(left), left, sheet.recipients)
    else:
        _signed(left, sheet.countersignature)
        _received(paper.add_paragraph(), paper, sheet.recipients, before=12)


def _signed(cell: _Cell, signature: Signed) -> None:
    above = [line.upper() for line in signature.above]
    _lines(_first(cell), above, size=14, bold=True, align=_CENTER, after=72)
    _lines(cell.add_paragraph(), (signature.name,), size=14, bold=True, align=_CENTER)


def _received(first: Paragraph, place: _Cell | Paper, recipients: Sequence[str], *, before: int = 0) -> None:
    if not recipients:
        return
    _lines(first, ("Nơi nhận:",), size=12, bold=True, italic=True, align=_LEFT, before=before)
    for recipient in recipients:
        _lines(place.add_paragraph(), (recipient,), size=11, align=_LEFT)


def _running(paragraph: Paragraph, lead: str, text: str, *, italic: bool = False) -> None:
    form = paragraph.paragraph_format
    form.alignment, form.first_line_indent, form.space_after = _JUSTIFY, Mm(10), Pt(6)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if lead:
        paragraph.add_run(f"{lead} ").bold = True
    paragraph.add_run(text).italic = italic


def _lines(
    paragraph: Paragraph,
    lines: Sequence[str],
    *,
    size: int,
    align: WD_ALIGN_PARAGRAPH,
    bold: bool = False,
    italic: bool = False,
    before: int = 0,
    after: int = 0,
) -> None:
    form = paragraph.paragraph_format
    form.alignment, form.space_before, form.space_after = align, Pt(before), Pt(after)
    run = paragraph.add_run("\n".join(lines))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _rule(paragraph: Paragraph, dashes: str) -> None:
    """The line below a text."""
    _lines(paragraph, (dashes,), size=8, align=_CENTER, after=4)


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = _CENTER
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, instruction in (("begin", None), (None, "PAGE"), ("end", None)):
        if instruction is None:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), str(kind))
        else:
            part = OxmlElement("w:instrText")
            part.text = instruction
        run._r.append(part)  # noqa: SLF001 -- python-docx has no fields; its element is the way that it names


def _first(cell: _Cell) -> Paragraph:
    found: Paragraph = cell.paragraphs[0]
    return found


def _bytes(paper: Paper) -> bytes:
    """The package, without the moment at which it was packed."""
    packed, same = io.BytesIO(), io.BytesIO()
    paper.save(packed)
    with zipfile.ZipFile(packed) as made, zipfile.ZipFile(same, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            kept.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), made.read(name), zipfile.ZIP_DEFLATED)
    return same.getvalue()
