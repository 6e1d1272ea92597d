"""Every inline view of the suite by its table's name, with the aggregate whose states it shows."""

from __future__ import annotations

from typing import Any

from services.application.aggregate import Aggregate
from services.application.directives import DIRECTIVE
from services.application.directory import ORGANISATION
from services.application.discipline.aggregates import (
    BALLOT,
    BOARD,
    CONSULTATION,
    FOLLOW_UP,
    RECORD,
    RESPONSIBILITY,
    REVIEW,
    SUCCESSION,
)
from services.application.findings import FINDING
from services.application.inspections import INSPECTION
from services.application.notifier import ALERT

AGGREGATES: tuple[Aggregate[Any, Any, Any], ...] = (
    ORGANISATION,
    DIRECTIVE,
    INSPECTION,
    FINDING,
    FOLLOW_UP,
    RECORD,
    RESPONSIBILITY,
    REVIEW,
    BOARD,
    BALLOT,
    CONSULTATION,
    SUCCESSION,
    ALERT,
)

VIEWS: dict[str, Aggregate[Any, Any, Any]] = {view: aggregate for aggregate in AGGREGATES for view in aggregate.views}
