"""The sample province, from the file that is shipped."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from services.application.province import Province


@cache
def sample_province() -> Province:
    """Return the sample province.

    Raises:
        pydantic.ValidationError: the file does not describe a province.
    """
    text = (files("deploy") / "sample" / "province.yaml").read_text(encoding="utf-8")
    return Province.model_validate(yaml.safe_load(text))
