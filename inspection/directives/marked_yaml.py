"""YAML that remembers on which line everything stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml
from yaml.constructor import SafeConstructor
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError
from yaml.tokens import AnchorToken

from inspection.directives.problems import PackError, PackProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A file's data, and where each part of it stands."""

    file: str
    root: Node
    data: Any

    def place(self, path: Path) -> tuple[int, str]:
        """Return the line of the innermost part of the path that exists, and the path as it is written.

        Steps that the document does not have (an absent field, the tag of a union) are passed over; an
        absent last step is still named.
        """
        node, line, written = self.root, self.root.start_mark.line + 1, ""
        for depth, step in enumerate(path):
            found = _child(node, step)
            if found is not None:
                line, node = found[0].start_mark.line + 1, found[1]
            elif depth < len(path) - 1:
                continue
            written += f"[{step}]" if isinstance(step, int) else f".{step}"
        return line, written.removeprefix(".")

    def problem(self, path: Path, code: str, **facts: str | int) -> PackProblem:
        """Return a problem at a place of this document."""
        line, where = self.place(path)
        return PackProblem(self.file, line, where, code, facts)


def parse(text: str, file: str) -> Document:
    """Read YAML without anchors and without repeated keys.

    Raises:
        PackError: it is no such YAML; names every anchor or every repeated key.
    """
    try:
        if anchors := list(_anchors(text, file)):
            raise PackError(anchors)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        if root is None:
            raise PackError([PackProblem(file, 1, "", "pack-empty")])
        if twice := list(_repeated(root, file)):
            raise PackError(twice)
        _leave_impossible_days(root)
        return Document(file, root, SafeConstructor().construct_document(root))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        detail = {"detail": error.problem or str(error)}
        raise PackError(
            [PackProblem(file, mark.line + 1 if mark else 1, "", "pack-yaml-broken", dict(detail))]
        ) from error
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise PackError([PackProblem(file, line, "", "pack-yaml-broken", {"detail": error.reason})]) from error


def _leave_impossible_days(node: Node) -> None:
    """A day that no calendar has stays text, so that its field is refused, with its line."""
    if isinstance(node, ScalarNode) and node.tag == "tag:yaml.org,2002:timestamp":
        try:
            SafeConstructor().construct_yaml_timestamp(node)
        except ValueError:
            node.tag = "tag:yaml.org,2002:str"
    elif isinstance(node, SequenceNode):
        for item in node.value:
            _leave_impossible_days(item)
    elif isinstance(node, MappingNode):
        for _, value in node.value:
            _leave_impossible_days(value)


def _anchors(text: str, file: str) -> Iterator[PackProblem]:
    """With an alias two rows would share what only one of them shows."""
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if isinstance(token, AnchorToken):
            yield PackProblem(file, token.start_mark.line + 1, "", "pack-yaml-anchor", {"name": token.value})


def _child(node: Node, step: str | int) -> tuple[Node, Node] | None:
    """Return where a step's name stands, and its value."""
    if isinstance(node, MappingNode) and isinstance(step, str):
        for key, value in node.value:
            if key.value == step:
                return key, value
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _repeated(node: Node, file: str) -> Iterator[PackProblem]:
    """YAML lets a later key win silently; a pack may not say a thing twice."""
    if isinstance(node, MappingNode):
        first: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            name = key.value if isinstance(key, ScalarNode) else str(key.tag)
            if name in first:
                yield PackProblem(file, line, name, "pack-key-twice", {"key": name, "first": first[name]})
            first.setdefault(name, line)
            yield from _repeated(value, file)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _repeated(item, file)
