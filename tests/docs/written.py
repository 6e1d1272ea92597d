"""What the documents for people show: shell blocks, and words in code style."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
"""Decisions are left out: they tell of their day."""
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Shown:
    """Something in a document, and where."""

    document: str
    text: str

    def __str__(self) -> str:
        return f"{self.document}: {self.text}"


def shell_blocks() -> list[Shown]:
    """Every block of shell commands, in order."""
    return [Shown(name, block) for name, text in _texts() for kind, block in _BLOCK.findall(text) if kind == "sh"]


def commands() -> list[Shown]:
    """Every command of those blocks, without its comment; what continues on the next line is one command."""
    return [Shown(block.document, command) for block in shell_blocks() for command in _split(block.text)]


def _split(block: str) -> Iterator[str]:
    held = ""
    for line in block.splitlines():
        held = f"{held} {line.strip()}".strip()
        if held.endswith("\\"):
            held = held.removesuffix("\\").rstrip()
        elif held.count("'") % 2 == 0:
            yield from filter(None, [held.partition("  #")[0].strip()])
            held = ""


def spans() -> list[Shown]:
    """Everything in code style within prose and tables."""
    return [Shown(name, span) for name, text in _texts() for span in _SPAN.findall(_BLOCK.sub("", text))]


def links() -> list[Shown]:
    """Every link that does not lead out of the repository."""
    found = [(name, link) for name, text in _texts() for link in re.findall(r"\]\(([^)#\s]+)", text)]
    return [Shown(name, link) for name, link in found if "://" not in link]


def _texts() -> list[tuple[str, str]]:
    return [(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in DOCUMENTS]
