"""The inspection context's API: organisation, directives, inspections, findings."""

from __future__ import annotations

from http import HTTPStatus

from inspection.directives.refusals import DirectiveNotAdopted
from inspection.findings.refusals import FindingUnknown
from inspection.inspections.refusals import InspectionUnknown, NotInCharge
from inspection.organisation.refusals import AgencyUnknown, PostUnknown, RestructuringUnknown
from services.application.directory import own_directory
from services.entrypoints.api.context import ContextApi
from services.entrypoints.api.inspection import (
    directives,
    finding_views,
    findings,
    inspection_views,
    inspections,
    organisation,
    organisation_views,
    people,
    restructurings,
)

API = ContextApi(
    name="inspection",
    title="Kỷ Cương – Thanh tra, kiểm tra",
    routers=(
        organisation.router,
        restructurings.router,
        organisation_views.router,
        people.router,
        directives.router,
        inspections.router,
        inspection_views.router,
        findings.router,
        finding_views.router,
    ),
    directory=lambda base: own_directory(base.handler),
    status={
        AgencyUnknown: HTTPStatus.NOT_FOUND,
        PostUnknown: HTTPStatus.NOT_FOUND,
        RestructuringUnknown: HTTPStatus.NOT_FOUND,
        DirectiveNotAdopted: HTTPStatus.NOT_FOUND,
        FindingUnknown: HTTPStatus.NOT_FOUND,
        InspectionUnknown: HTTPStatus.NOT_FOUND,
        NotInCharge: HTTPStatus.FORBIDDEN,
    },
)
