"""The notifier's defaults from their file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

import notifier
from notifier.defaults import Defaults

FILE = Path(notifier.__file__).parent / "defaults.yaml"


@cache
def shipped() -> Defaults:
    """Return the suite's own defaults.

    Raises:
        pydantic.ValidationError: the file does not keep the contract.
    """
    return Defaults.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
