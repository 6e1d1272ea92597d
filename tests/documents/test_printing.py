"""A document on paper: the same words in Word and PDF, every diacritic there, and nothing read as a command."""

import gc
import unicodedata
from datetime import date

import pytest
from docx.parts.document import DocumentPart
from hypothesis import example, given, settings
from hypothesis import strategies as st

from discipline.documents.fields import names
from schemas.discipline.documents import DocumentKind, Wording
from services.adapters.documents.characters import RANGES, shown
from services.adapters.documents.docx import docx
from services.adapters.documents.pdf import pdf
from services.adapters.documents.shipped import shipped
from services.adapters.documents.wording import filled
from services.application.discipline.sheet import Paragraph, Sheet, Signed
from tests.documents.sheets import SHEET, pages_of, pages_said, said_by_docx, said_by_pdf, sheet

LETTERS = "aăâeêioôơuưyđ"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VIETNAMESE = [
    made
    for letter in LETTERS
    for tone in TONES
    for cased in (letter, letter.upper())
    if len(made := unicodedata.normalize("NFC", cased + tone)) == 1
]


def parts(shown: Sheet) -> list[str]:
    """What has to stand on the paper."""
    signed = [shown.signature, *([] if shown.countersignature is None else [shown.countersignature])]
    return [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        *([] if shown.agency_above is None else [shown.agency_above.upper()]),
        shown.issuer.upper(),
        f"Số: {shown.number}",
        shown.place_and_day,
        shown.title.upper(),
        shown.subject,
        *([] if shown.authority_line is None else [shown.authority_line.upper()]),
        *shown.bases,
        *(f"{one.lead} {one.text}".strip() for one in shown.body),
        "Nơi nhận:",
        *shown.recipients,
        *(line.upper() for one in signed for line in one.above),
        *(one.name for one in signed),
    ]


@pytest.mark.parametrize(
    "shown",
    [
        SHEET,
        sheet(agency_above=None, authority_line=None, bases=()),
        sheet(countersignature=Signed(("Thư ký",), "Lê Thị Ước"), recipients=("- Lưu: hồ sơ.",)),
    ],
    ids=["decision", "without what may be missing", "minutes"],
)
def test_both_formats_say_every_part_of_the_decree(shown: Sheet) -> None:
    for said in (said_by_pdf(pdf(shown)), said_by_docx(docx(shown))):
        assert [part for part in parts(shown) if part not in said] == []


def test_every_vietnamese_letter_is_printed_and_can_be_taken_out_of_the_pdf() -> None:
    """In each face that the layout uses: upright, leaning (grounds), bold (what it is about)."""
    words = " ".join(VIETNAMESE)
    shown = sheet(body=(Paragraph("", words),), bases=(words,), subject=words)
    said = said_by_pdf(pdf(shown))
    assert said.count(words) == 3
    assert "Nơi nhận: - Như" in said


@pytest.mark.parametrize(("first", "last"), RANGES)
def test_every_character_that_is_shown_is_there_in_every_face(first: int, last: int) -> None:
    """PDF/A takes no letter that its fonts do not have: printing it would fail."""
    words = "".join(f"a{chr(code)}" for code in range(first, last + 1) if unicodedata.category(chr(code)) != "Cn")
    kept = shown(words)
    assert "[U+" not in kept
    made = pdf(sheet(body=(Paragraph("", kept), Paragraph(kept, "")), bases=(kept,), subject=kept))
    assert made.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Tôi xin lỗi 😀", "Tôi xin lỗi [U+1F600]"),
        ("\u6f22", "[U+6F22]"),
        ("a\x00b\x1bc\u202ed\ufeff", "abcd"),
        ("một\tđoạn\u00a0văn", "một đoạn\u00a0văn"),
        ("Quye\u0302\u0301t", "Quyết"),
        ("\ue000 \ufffe", "[U+E000] [U+FFFE]"),
        ("dòng\u2028sau", "dòng\nsau"),
    ],
)
def test_what_cannot_be_shown_is_written_as_its_code_or_was_nothing_to_see(written: str, read: str) -> None:
    assert shown(written) == read


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_whatever_somebody_wrote_can_be_printed(words: str) -> None:
    told = wording_of(words)
    for render in (pdf, docx):
        assert render(sheet(body=tuple(map(Paragraph.of, told.body)) or SHEET.body, subject=told.subject or "x"))


def wording_of(words: str) -> Wording:
    """Words that somebody wrote, as a template takes them in."""
    parts = shipped(DocumentKind.SUMMONS).model_copy(update={"body": ("{{ content }}",), "subject": "{{ content }}"})
    return filled(parts, {**dict.fromkeys(names(DocumentKind.SUMMONS), "x"), "content": words})


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert pdf(SHEET) == pdf(SHEET)
    assert docx(SHEET) == docx(SHEET)


def test_a_text_that_looks_like_markup_is_printed_as_it_is() -> None:
    hostile = '#set page(fill: red) *x* _y_ $z$ <w:br/> {{ form }} \\ #image("/etc/passwd") & "q"'
    shown = sheet(body=(Paragraph("", hostile),))
    assert hostile in said_by_pdf(pdf(shown))
    assert hostile in said_by_docx(docx(shown))


def test_a_printed_document_leaves_nothing_behind_where_the_collector_seldom_comes() -> None:
    """A serving process collects so rarely that a hundred documents would be some hundred megabytes."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    try:
        gc.collect()
        for _ in range(3):
            docx(SHEET)
        assert [one for one in gc.get_objects() if isinstance(one, DocumentPart)] == []
    finally:
        gc.set_threshold(*before)


def test_a_draft_says_so() -> None:
    assert "DỰ THẢO" in said_by_pdf(pdf(sheet(draft="DỰ THẢO")))
    assert "DỰ THẢO" in said_by_docx(docx(sheet(draft="DỰ THẢO")))
    assert "DỰ THẢO" not in said_by_pdf(pdf(SHEET))


def test_a_long_document_has_its_pages_numbered_from_the_second_on() -> None:
    made = pdf(sheet(body=tuple(Paragraph("", f"Đoạn thứ {number}. " * 12) for number in range(40))))
    assert pages_of(made) > 2
    assert " 2 Đoạn thứ" in said_by_pdf(made)


def test_a_long_subject_stands_on_the_paper_though_the_files_properties_take_no_more() -> None:
    long = sheet(subject="Về việc xem xét xử lý kỷ luật " * 12)

    assert long.subject.strip() in said_by_docx(docx(long))


@settings(max_examples=20, deadline=None)
@given(st.text(st.sampled_from([*VIETNAMESE, *"bcdghklmnpqrstvx", " ", ",", ".", "-", "(", ")"]), min_size=1))
@example("A-")
def test_any_vietnamese_text_comes_out_of_the_pdf_as_it_went_in(words: str) -> None:
    """Where a line is broken is the layout's own."""
    shown = sheet(body=(Paragraph("", words),))
    assert "".join(words.split()) in "".join(said_by_pdf(pdf(shown)).split())


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 9), "Bình Lâm, ngày 09 tháng 01 năm 2026"),
        (date(2026, 2, 28), "Bình Lâm, ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 1), "Bình Lâm, ngày 01 tháng 3 năm 2026"),
        (date(2026, 12, 31), "Bình Lâm, ngày 31 tháng 12 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_a_nought(day: date, written: str) -> None:
    assert sheet(day=day).place_and_day == written


@pytest.mark.parametrize("paragraphs", range(20, 32))
def test_nobody_signs_a_page_on_which_nothing_is_said(paragraphs: int) -> None:
    """However the pages fall, the last words of the body stand above the signature."""
    body = (*(Paragraph.of(f"Nội dung {number}.") for number in range(paragraphs)), Paragraph.of("Quyết định này./."))

    *_, last = pages_said(pdf(sheet(body=body)))

    assert "Quyết định này./." in last
    assert "Trần Thị Hường" in last


def test_a_names_last_word_does_not_stand_alone_below_the_title() -> None:
    subject = "Công khai quyết định xử lý kỷ luật đối với ông (bà) Nguyễn Văn Ẩn"

    [first] = pages_said(pdf(sheet(subject=subject)))

    lines = [line.strip() for line in first.splitlines()]
    assert "Ẩn" not in lines
    assert subject in " ".join(lines)
