"""What any version ever wrote is still read: one frozen sample of each version of each contract."""

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.base import canonical, encode
from schemas.registry import CONTRACTS, decode
from schemas.upcasting import UPCASTERS
from services.entrypoints.commands.schemas import GOLDEN

SAMPLES = sorted(GOLDEN.glob("*.json"))


def test_every_version_of_every_contract_has_a_sample() -> None:
    """`make schemas` writes a missing one; a sample that is there is never written again."""
    assert {path.stem for path in SAMPLES} == {*CONTRACTS, *UPCASTERS}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_read_as_the_current_version(path: Path) -> None:
    written = json.loads(path.read_text(encoding="utf-8"))
    event = decode(path.stem, canonical(written))
    assert event.type in CONTRACTS
    if path.stem in CONTRACTS:
        assert kept(written, json.loads(encode(event)))


def kept(written: Any, read: Any) -> bool:
    """Whether all that was written is still there; fields that came later have their defaults besides."""
    if isinstance(written, dict):
        return isinstance(read, dict) and all(
            name in read and kept(value, read[name]) for name, value in written.items()
        )
    if isinstance(written, list):
        return isinstance(read, list) and len(read) == len(written) and all(map(kept, written, read))
    return bool(written == read)


@pytest.mark.parametrize("read", [{}, {"a": [1]}, {"a": [1, {"b": 3}]}, {"a": [1, {"b": 2}, 3]}, {"a": None}])
def test_what_was_lost_or_changed_is_seen(read: Any) -> None:
    written = {"a": [1, {"b": 2}]}

    assert kept(written, {"a": [1, {"b": 2, "later": None}], "later": 1})
    assert not kept(written, read)
