"""The words of a template: which fields they name, and what they say with values.

The language is a small part of Jinja's: a field, a part of a list's item, `for` over a list, `if`, and three filters.
Everything else is refused where the template is put down, so what an authority writes can reach nothing of the suite.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from schemas.base import canonical
from schemas.discipline.documents import Wording
from schemas.refusal import Coded, Refusal
from services.adapters.documents.characters import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FILTERS: Final = frozenset({"upper", "lower", "first_upper"})
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Not,
    nodes.And, nodes.Or, nodes.Filter,
)  # fmt: skip
_LOOP: Final = frozenset({"index", "first", "last"})


@dataclass(unsafe_hash=True)
class TemplateUnreadable(Refusal):
    """A text of the template cannot be read, or asks for more than fields, `for`, `if` and a few filters."""

    part: str
    line: int
    problem: Coded
    found: str
    """What stands there, in the words of who worded it."""


_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,  # no HTML: both renderers take texts as texts
)
_ENVIRONMENT.filters["first_upper"] = lambda text: f"{text[:1].upper()}{text[1:]}"  # Jinja's own lowers the names


def digest(wording: Wording) -> str:
    """SHA-256 of the words' canonical JSON: what documents and events name."""
    return hashlib.sha256(canonical(wording.model_dump(mode="json"))).hexdigest()


def composed(wording: Wording) -> Wording:
    """The same words in the composed form of Unicode (NFC), in which a text is found by searching."""
    text = unicodedata.normalize("NFC", wording.model_dump_json())
    return Wording.model_validate_json(text)


def used(wording: Wording) -> frozenset[str]:
    """Every field that the words name; a part of a list's item as `list.part`.

    Raises:
        TemplateUnreadable: naming the part and the line.
    """
    found: set[str] = set()
    for part, text in _texts(wording):
        try:
            parsed = _ENVIRONMENT.parse(text)
        except TemplateSyntaxError as error:
            raise TemplateUnreadable(part, error.lineno, _problem("syntax"), _line(text, error.lineno)) from None
        found |= _Reader(part, text).read(parsed)
    return frozenset(found)


def filled(wording: Wording, values: Mapping[str, Any]) -> Wording:
    """The words with the values in the place of the fields, as far as they can be shown (`characters`).

    A field without a value says nothing.

    Raises:
        jinja2.UndefinedError: a field was given no value, not even None; the caller's defect.
    """

    def fill(text: str) -> str:
        return shown(_ENVIRONMENT.from_string(text).render(values)).strip()

    def each(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(line for text in texts for line in map(str.strip, fill(text).splitlines()) if line)

    return Wording.model_construct(
        symbol=fill(wording.symbol),
        title=fill(wording.title),
        subject=fill(wording.subject),
        place=None if wording.place is None else fill(wording.place),
        authority_line=None if wording.authority_line is None else fill(wording.authority_line),
        bases=each(wording.bases),
        body=each(wording.body),
        recipients=each(wording.recipients),
        signature=each(wording.signature),
        countersignature=each(wording.countersignature),
    )


def _texts(wording: Wording) -> Iterator[tuple[str, str]]:
    """Every text with the name of its part, numbered from one where there are several."""
    for name, value in wording:
        match value:
            case str():
                yield name, value
            case tuple():
                yield from ((f"{name} {number}", text) for number, text in enumerate(value, 1))
            case _:
                pass


class _Reader:
    """Collects the fields of one text."""

    def __init__(self, part: str, text: str) -> None:
        self._part = part
        self._text = text
        self._found: set[str] = set()

    def read(self, parsed: nodes.Template) -> set[str]:
        self._visit(parsed, {})
        return self._found

    def _visit(self, node: nodes.Node, items: Mapping[str, str]) -> None:
        """Go through a node; `items` says of which list the names of loops are items."""
        if not isinstance(node, _ALLOWED):
            self._refuse(node, "construct")
        match node:
            case nodes.For():
                self._visit_for(node, items)
                return
            case nodes.Name():
                self._found.add(items.get(node.name, node.name))
                return
            case nodes.Getattr():
                self._found.add(self._part_of(node, items))
                return
            case nodes.Filter() if node.name not in FILTERS or node.args or node.kwargs:
                self._refuse(node, "filter")
            case _:
                pass
        for child in node.iter_child_nodes():
            self._visit(child, items)

    def _visit_for(self, node: nodes.For, items: Mapping[str, str]) -> None:
        if not isinstance(node.target, nodes.Name) or node.test is not None or node.recursive:
            self._refuse(node, "loop")
        over = node.iter
        if isinstance(over, nodes.Getattr):  # a list within an item: the lines of a calculation
            name = self._part_of(over, items)
        elif isinstance(over, nodes.Name):
            name = over.name
        else:
            self._refuse(node, "loop")
        self._found.add(name)
        inner = {**items, node.target.name: name}
        for child in (*node.body, *node.else_):
            self._visit(child, inner)

    def _part_of(self, node: nodes.Getattr, items: Mapping[str, str]) -> str:
        """`list.part` of an item's part; of `loop`, which every loop has, the list itself."""
        if not isinstance(node.node, nodes.Name):
            self._refuse(node, "construct")
        name = node.node.name
        if name == "loop" and items and node.attr in _LOOP:
            return list(items.values())[-1]
        return f"{items.get(name, name)}.{node.attr}"

    def _refuse(self, node: nodes.Node, problem: str) -> NoReturn:
        raise TemplateUnreadable(self._part, node.lineno, _problem(problem), _line(self._text, node.lineno))


def _problem(code: str) -> Coded:
    return Coded("template-problem", code)


def _line(text: str, number: int) -> str:
    lines = text.splitlines()
    return lines[number - 1].strip() if 0 < number <= len(lines) else text.strip()
