"""What may not change in a contract that was released, because somebody reads or has stored it.

Two readers are in question: today's program, which has to read what any released version wrote (the
store keeps it for ever), and other programs, which were written against the released schema. A
version of a contract may therefore only gain fields with a default, values of an enumeration, and
wider limits; everything else is a new version, with an upcaster from the old one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from schemas.publishing.json_schema import Schema

_NEW_VERSION = "give the contract its next version, with an upcaster from this one and a golden sample of this one"
_TIGHTER = {"minimum": 1, "minLength": 1, "minItems": 1, "maximum": -1, "maxLength": -1, "maxItems": -1}
"""Limits, and the direction in which they get tighter."""


@dataclass(frozen=True, slots=True)
class Break:
    """A change that a reader of the released contract would not survive."""

    contract: str
    field: str
    """Path of the field; empty for the contract as a whole."""
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.contract}: {self.field or 'the contract'}: {self.what}. Mend: {self.mend}."


def breaks(released: Mapping[str, Schema], current: Mapping[str, Schema], upcast: Collection[str]) -> Iterator[Break]:
    """Return every break.

    Args:
        released: by type, what was written (`json_schema.written`) by the last release.
        current: by type, what is read today (`json_schema.read`).
        upcast: old types for which there is an upcaster.
    """
    for type_, old in released.items():
        if type_ in current:
            yield from _Comparison(type_, old, current[type_]).differences()
        elif type_ not in upcast:
            yield Break(type_, "", "it is gone", "keep it, or add an upcaster from it and a golden sample of it")


def moves(released: Mapping[str, Schema], current: Mapping[str, Schema]) -> Iterator[Break]:
    """Return what changed its topic or key: a case would be torn apart."""
    for type_, old in released.items():
        for name in ("topic", "key"):
            if type_ in current and current[type_][name] != old[name]:
                what = f"its {name} was {old[name]} and is {current[type_][name]}"
                yield Break(type_, "", what, f"keep the {name}: events of one case stay together for life")


class _Comparison:
    """The released and the current schema of one contract, side by side."""

    def __init__(self, contract: str, old: Schema, new: Schema) -> None:
        self._contract, self._old, self._new = contract, old, new

    def differences(self) -> Iterator[Break]:
        return self._compare("", self._old, self._new)

    def _compare(self, path: str, old: Schema, new: Schema) -> Iterator[Break]:
        (old, old_null), (new, new_null) = _whole(old, self._old), _whole(new, self._new)
        if old_null != new_null:
            what = "it may no longer be null" if old_null else "it may be null now"
            yield Break(self._contract, path, what, _NEW_VERSION)
        if _kind(old) != _kind(new):
            yield Break(self._contract, path, f"it was {_kind(old)} and is {_kind(new)}", _NEW_VERSION)
            return
        yield from self._limits(path, old, new)
        if "properties" in old:
            yield from self._fields(path, old, new)
        if "items" in old:
            yield from self._compare(f"{path}[]", old["items"], new["items"])

    def _fields(self, path: str, old: Schema, new: Schema) -> Iterator[Break]:
        added = [name for name in new["properties"] if name not in old["properties"]]
        for name, field in old["properties"].items():
            at = f"{path}.{name}".removeprefix(".")
            if name in new["properties"]:
                yield from self._compare(at, field, new["properties"][name])
            else:
                renamed = f" (renamed to {' or '.join(added)}?)" if added else ""
                yield Break(self._contract, at, f"the field is gone{renamed}", _NEW_VERSION)
        for name in added:
            if name in new.get("required", ()):
                what = "a new field is required, and what was written before has none"
                at = f"{path}.{name}".removeprefix(".")
                yield Break(self._contract, at, what, f"give it a default, or {_NEW_VERSION}")
        for name in old["properties"]:
            if name in new["properties"] and name in new.get("required", ()) and name not in old.get("required", ()):
                what = "it has lost its default, and what was written before may lack it"
                at = f"{path}.{name}".removeprefix(".")
                yield Break(self._contract, at, what, f"give the default back, or {_NEW_VERSION}")

    def _limits(self, path: str, old: Schema, new: Schema) -> Iterator[Break]:
        for name in ("const", "pattern", "format"):
            if old.get(name) != new.get(name):
                what = f"its {name} was {old.get(name)} and is {new.get(name)}"
                yield Break(self._contract, path, what, _NEW_VERSION)
        if gone := [value for value in old.get("enum", ()) if value not in new.get("enum", ())]:
            yield Break(self._contract, path, f"the value {' and '.join(gone)} is gone", _NEW_VERSION)
        for name, direction in _TIGHTER.items():
            was, now = old.get(name), new.get(name)
            if now is not None and (was is None or (now - was) * direction > 0):
                yield Break(self._contract, path, f"{name} was {was} and is {now}, which is tighter", _NEW_VERSION)


def _whole(schema: Schema, document: Schema) -> tuple[Schema, bool]:
    """Return a schema without reference or null, and whether it may be null."""
    options = [option for option in schema.get("anyOf", [schema]) if option.get("type") != "null"]
    chosen = options[0]
    if "$ref" in chosen:
        chosen = document["$defs"][chosen["$ref"].rpartition("/")[2]]
    return chosen, len(options) < len(schema.get("anyOf", [schema]))


def _kind(schema: Schema) -> str:
    return f"one of several {schema['type']}s" if "enum" in schema else str(schema["type"])
