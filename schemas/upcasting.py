"""Upcasters: pure steps from one version of an event's data to the next, applied on read.

An event that was written stays as it was written (its hash covers it). When a contract gets a
new version, the old model is deleted and a step from the old data to the new is added here, with
a golden sample of the old version in `schemas/golden/`. Aggregates, projections, workers and
rebuilds all decode through `schemas.registry.decode`, so none of them knows old versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Data: TypeAlias = dict[str, Any]

UPCASTERS: dict[str, Callable[[Data], Data]] = {}
"""The step that takes data of the named type to the next version; it sets the new `type`."""


def upcast(type_: str, data: Data) -> Data:
    """Return the data in the current version of its contract."""
    while (step := UPCASTERS.get(type_)) is not None:
        data = step(data)
        type_ = data["type"]
    return data
