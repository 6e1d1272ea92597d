"""What an agency's template of a kind is after its events."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.discipline.documents import Wording


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the words."""

    number: int
    wording: Wording
    sha256: str


@dataclass(frozen=True, slots=True)
class Template:
    """Its versions, and which one documents use."""

    versions: tuple[Version, ...] = ()
    active: int | None = None
    """None while the words that ship with the suite are used."""

    def version(self, number: int) -> Version | None:
        """A version, if there is one of that number."""
        return self.versions[number - 1] if 1 <= number <= len(self.versions) else None

    @property
    def in_use(self) -> Version | None:
        """The version that documents use; none: the shipped words."""
        return None if self.active is None else self.version(self.active)


initial = Template()
