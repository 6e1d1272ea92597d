"""Upcasters: pure steps from one version of an event's data to the next, applied on read.

An event that was written stays as it was written (its hash covers it). When a contract gets a
new version, the old model is deleted and a step from the old data to the new is added here, with
a golden sample of the old version in `schemas/golden/`. Aggregates, projections, workers and
rebuilds all decode through `schemas.registry.decode`, so none of them knows old versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Data: TypeAlias = dict[str, Any]

Step: TypeAlias = "Callable[[Data], Data]"

UPCASTERS: dict[str, Step] = {}
"""The step that takes data of the named type to the next version; it sets the new `type`."""


class StepStandsStill(ValueError):
    """An upcaster left the type as it was: reading would never end."""


def upcast(type_: str, data: Data, steps: Mapping[str, Step] = UPCASTERS) -> Data:
    """Return the data in the current version of its contract.

    Raises:
        StepStandsStill: a step does not lead to another type.
    """
    while (step := steps.get(type_)) is not None:
        data = step(data)
        if data["type"] == type_:
            raise StepStandsStill(type_)
        type_ = data["type"]
    return data
