"""The row that lists of directives show."""

from __future__ import annotations

from collections.abc import Mapping

from inspection.directives.state import Directive


def row(state: Directive) -> Mapping[str, object]:
    """The row of a directive that was adopted."""
    adopted_from, _ = state.packs[0]
    last_from, pack = state.packs[-1]
    return {
        "id": state.directive_id,
        "number": pack.number,
        "name_vi": pack.name.vi,
        "name_en": pack.name.en,
        "pack_version": pack.version,
        "adopted_from": adopted_from,
        "pack_from": last_from,
        "repealed_on": state.repealed_on,
    }
