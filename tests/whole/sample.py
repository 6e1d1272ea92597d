"""Who and what of the sample province stories, chaos and benchmarks use."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID, uuid5

from services.application.identity import Role
from tests.whole.running import RunningSuite

PEOPLE = UUID("0a4c6dd4-1f6a-5a2e-9b53-6b0c7c1de111")
"""Namespace of callers who hold no post, for load alone."""


@dataclass
class Sample:
    """The sample province of a running suite."""

    suite: RunningSuite
    _tokens: dict[str, str] = field(default_factory=dict)

    def inspector(self, name: str = "inspector") -> str:
        """The token of an inspector of the province's inspectorate; the same name is the same person."""
        return self._token(name, Role.INSPECTOR, self.inspectorate)

    def reader(self) -> str:
        """The token of an auditor, who reads all and changes nothing."""
        return self._token("auditor", Role.AUDITOR, None)

    @cached_property
    def organisation(self) -> dict[str, Any]:
        """The organisation today."""
        shown: dict[str, Any] = self.suite.get("/inspection/organisation", self.reader())
        return shown

    @cached_property
    def inspectorate(self) -> str:
        """The province's own inspectorate."""
        found = (agency for agency in self.organisation["agencies"] if agency["kind"] == "inspectorate")
        return str(next(agency["agency_id"] for agency in found))

    @cached_property
    def departments(self) -> list[str]:
        """The province's departments."""
        return [agency["agency_id"] for agency in self.organisation["agencies"] if agency["kind"] == "department"]

    def finding(self, number: int = 0) -> dict[str, Any]:
        """A finding that the province's inspectors may submit; the number chooses the agency."""
        pack = self._pack
        return {
            "agency_id": self.departments[number % len(self.departments)],
            "violation_type": pack["violation_types"][number % len(pack["violation_types"])]["violation_type"],
            "directive_id": pack["directive_id"],
            "fact_date": str(self.organisation["as_of"]),
            "source": "feedback",
            "narrative": "Hồ sơ trễ hẹn, không có thư xin lỗi và không nêu lý do.",
        }

    @cached_property
    def _pack(self) -> dict[str, Any]:
        listed = self.suite.get("/inspection/directives", self.reader())["items"]
        shown = self.suite.get(f"/inspection/directives/{listed[0]['id']}", self.reader())
        newest: dict[str, Any] = shown["packs"][-1]["pack"]
        return newest

    def _token(self, name: str, role: Role, agency_id: str | None) -> str:
        if name not in self._tokens:
            self._tokens[name] = self.suite.token(uuid5(PEOPLE, name), role, agency_id=agency_id)
        return self._tokens[name]
