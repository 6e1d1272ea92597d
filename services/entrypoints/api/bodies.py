"""What every body of a request keeps to, whichever context takes it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Input(BaseModel):
    """A body; a field that it does not know is refused."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Input):
    """A command that its address says whole."""
