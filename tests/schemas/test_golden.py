"""What any version ever wrote is still read: one frozen sample of each version of each contract."""

import json
from pathlib import Path

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
        assert json.loads(encode(event)) == written
