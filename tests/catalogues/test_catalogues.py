"""What people read: Vietnamese with its diacritics, and both languages saying the same with the same facts."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, Pattern, TextElement, VariableReference
from fluent.syntax.visitor import Visitor

from services.adapters.catalogues import FOLDER, LANGUAGES, Language

WORD = re.compile(r"[^\W\d_]+")
SENTENCE = re.compile(r"[.!?:;\n]+")
TONED_SHARE = 3
"""At least one word in so many carries a diacritic; in Vietnamese prose it is three in four."""
SHORT = 5
"""Fewer words than this may be a command, a name or «thanh tra»."""

WRITTEN_FOR_MACHINES = {"pack-review-of-nobody.mend", "up-token"}
"""Texts that are mostly a command or names of fields."""


def untoned(said: str) -> list[str]:
    """Return the sentences that look like Vietnamese typed without its diacritics."""
    sentences = [(sentence, WORD.findall(sentence)) for sentence in SENTENCE.split(said)]
    return [
        sentence
        for sentence, words in sentences
        if len(words) >= SHORT and sum(not word.isascii() for word in words) * TONED_SHARE < len(words)
    ]


class _Reader(Visitor):
    """Collects what a pattern says and which facts it names."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.facts: set[str] = set()

    def visit_TextElement(self, node: TextElement) -> None:  # noqa: N802 -- fluent's own name
        self.words.append(node.value)

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802 -- fluent's own name
        self.facts.add(node.id.name)


def _read(pattern: Pattern) -> _Reader:
    reader = _Reader()
    reader.visit(pattern)
    return reader


def _patterns(message: Message) -> Iterator[tuple[str, Pattern]]:
    if message.value is not None:
        yield message.id.name, message.value
    for attribute in message.attributes:
        yield f"{message.id.name}.{attribute.id.name}", attribute.value


@cache
def texts(language: Language) -> dict[str, _Reader]:
    """Every text of a language by its id, attributes by `id.attribute`."""
    found = {}
    for path in sorted((FOLDER / language).glob("*.ftl")):
        for entry in FluentParser(with_spans=False).parse(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, Message):
                found.update({name: _read(pattern) for name, pattern in _patterns(entry)})
    return found


def test_both_languages_have_the_same_texts_down_to_their_attributes() -> None:
    assert set(texts("vi")) ^ set(texts("en")) == set()


@pytest.mark.parametrize("name", sorted(texts("vi")))
def test_both_languages_name_the_same_facts(name: str) -> None:
    assert texts("vi")[name].facts == texts("en")[name].facts


@pytest.mark.parametrize("name", sorted(texts("vi").keys() - WRITTEN_FOR_MACHINES))
def test_vietnamese_is_written_with_its_diacritics(name: str) -> None:
    assert untoned(" ".join(texts("vi")[name].words)) == []


def test_a_sentence_without_diacritics_is_found() -> None:
    assert untoned("Đã nhận. Khong duoc phep xem ho so nay.") == [" Khong duoc phep xem ho so nay"]
    assert untoned("Cơ quan thanh tra trong tỉnh; chạy kycuong jars fetch.") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_composed_as_unicode_recommends(language: Language) -> None:
    """A text searched for is found only where both were composed alike (NFC)."""
    for path in (FOLDER / language).glob("*.ftl"):
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path


def test_each_file_has_its_other_language() -> None:
    files = {language: {path.name for path in (FOLDER / language).glob("*.ftl")} for language in LANGUAGES}
    assert files["vi"] == files["en"]
