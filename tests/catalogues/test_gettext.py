"""Texts that the code says in English and a catalogue in Vietnamese, by that English (gettext)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from services.adapters.catalogues import COMMANDS, FIELDS
from tests.catalogues.test_catalogues import untoned

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Message

FOLDERS = pytest.mark.parametrize("folder", [FIELDS, COMMANDS], ids=lambda folder: folder.name)
CODE = re.compile(r"`[^`]*`|\([a-z_]+\)|--[a-z-]+|[a-z.-]+/[a-z./-]+")
"""Names and values as programs write them."""
WRITTEN_FOR_MACHINES = {"Whose worker: inspection, discipline or notifier."}
"""Mostly names of contexts."""


def read(folder: Path) -> Iterator[Message]:
    """Every text of a folder's catalogues."""
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            yield from (entry for entry in read_po(file, locale="vi", abort_invalid=True) if entry.id)


@FOLDERS
def test_each_text_stands_once_in_one_file(folder: Path) -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.po"))
    counted = Counter(re.findall(r'^msgid "(.+)"$', written, re.MULTILINE))

    assert counted.keys() == {str(entry.id).replace('"', r"\"") for entry in read(folder)}
    assert [said for said, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("entry", [*read(FIELDS), *read(COMMANDS)], ids=lambda entry: entry.id[:40])
def test_it_is_vietnamese_with_its_diacritics(entry: Message) -> None:
    said = str(entry.string)

    assert said
    assert said != entry.id
    assert untoned(CODE.sub("", said)) == [] or entry.id in WRITTEN_FOR_MACHINES
    assert unicodedata.is_normalized("NFC", said)
    assert said[-1].isalpha() == str(entry.id)[-1].isalpha()
    assert set(re.findall(r"`[^`]*`", str(entry.id))) <= set(re.findall(r"`[^`]*`", said))
