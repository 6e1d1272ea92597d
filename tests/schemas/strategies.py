"""Every contract's data, as Hypothesis makes it: one strategy for each kind of field."""

from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin
from uuid import UUID

from annotated_types import Ge, Le, MaxLen, MinLen
from hypothesis import strategies as st
from pydantic import AwareDatetime, StringConstraints
from pydantic.fields import FieldInfo

from schemas.base import MAX_EXACT_INTEGER, Contract

C = TypeVar("C", bound=Contract)

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
"""Whatever a text may hold: no NUL, and no half of a surrogate pair, which UTF-8 cannot write."""

MANY = 1
"""Items of a list at most, beyond what the contract demands at least; a pack has four lists of rows of texts."""


@cache
def contracts(contract: type[C]) -> st.SearchStrategy[C]:
    """Instances of a contract, over all of each field's range."""
    fields = {
        name: values(field.annotation, tuple(field.metadata))
        for name, field in contract.model_fields.items()
        if get_origin(field.annotation) is not Literal
    }
    return st.builds(contract, **fields)


def values(annotation: Any, metadata: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    """Values of a field."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return values(arguments[0], (*arguments[1:], *metadata))
    if origin in {Union, UnionType}:
        return st.one_of(*(values(option, metadata) for option in arguments))
    if origin is tuple:
        least, most = _least(metadata, MinLen, "min_length"), _most(metadata, MaxLen, "max_length")
        limit = min(least + MANY, most if most is not None else least + MANY)
        return st.lists(values(arguments[0]), min_size=least, max_size=limit).map(tuple)
    if annotation is NoneType:
        return st.none()
    return _plain(annotation, metadata)


def _plain(annotation: type, metadata: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if annotation is AwareDatetime:
        return st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 -- bounds
    if issubclass(annotation, Contract):
        return contracts(annotation)
    if issubclass(annotation, Enum):
        return st.sampled_from(list(annotation))
    if issubclass(annotation, str):
        return _texts(metadata)
    if annotation is int:
        bounds = _flat(metadata)
        least = max((_number(one.ge) for one in bounds if isinstance(one, Ge)), default=0)
        most = min((_number(one.le) for one in bounds if isinstance(one, Le)), default=MAX_EXACT_INTEGER)
        return st.integers(least, most)
    return {bool: st.booleans(), UUID: st.uuids(), date: st.dates()}[annotation]


def _number(bound: object) -> int:
    assert isinstance(bound, int)
    return bound


def _texts(metadata: tuple[Any, ...]) -> st.SearchStrategy[str]:
    constraints = [one for one in _flat(metadata) if isinstance(one, StringConstraints)]
    patterns = [str(one.pattern) for one in constraints if one.pattern]
    patterns += [str(one.pattern) for one in _flat(metadata) if hasattr(one, "pattern") and one not in constraints]
    least, most = _least(metadata, MinLen, "min_length"), _most(metadata, MaxLen, "max_length")
    closed = [pattern for pattern in patterns if r"\x00" not in pattern]
    if closed:
        made = st.from_regex(closed[0], fullmatch=True)
        return made if most is None else made.filter(lambda text: len(text) <= most)
    return st.text(LETTERS, min_size=least, max_size=50)


def _least(metadata: tuple[Any, ...], kind: type, name: str) -> int:
    return max((size for size in _sizes(metadata, kind, name) if size is not None), default=0)


def _most(metadata: tuple[Any, ...], kind: type, name: str) -> int | None:
    return min((size for size in _sizes(metadata, kind, name) if size is not None), default=None)


def _sizes(metadata: tuple[Any, ...], kind: type, name: str) -> list[int | None]:
    return [getattr(one, name, None) for one in _flat(metadata) if isinstance(one, (kind, StringConstraints))]


def _flat(metadata: tuple[Any, ...]) -> list[Any]:
    flat: list[Any] = []
    for one in metadata:
        flat += _flat(tuple(one.metadata)) if isinstance(one, FieldInfo) else [one]
    return flat
