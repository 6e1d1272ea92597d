"""The notifier context's API: alerts, the inbox of whoever is told, and how to reach people."""

from __future__ import annotations

from http import HTTPStatus

from notifier.alerts.refusals import AlertUnknown, NotTold
from services.adapters.directory_copy import copied_directory
from services.entrypoints.api.context import ContextApi
from services.entrypoints.api.notifier import alerts, calendar, channels, inbox, notices, reads
from services.entrypoints.api.notifier.refusals import DayOutsideCalendar, PostNotHeld, WebhookOriginNotAllowed

API = ContextApi(
    name="notifier",
    title="Kỷ Cương – Cảnh báo",
    routers=(alerts.router, reads.router, inbox.router, channels.router, calendar.router, notices.router),
    directory=lambda base: copied_directory(base.pool),
    status={
        AlertUnknown: HTTPStatus.NOT_FOUND,
        NotTold: HTTPStatus.FORBIDDEN,
        PostNotHeld: HTTPStatus.UNPROCESSABLE_ENTITY,
        WebhookOriginNotAllowed: HTTPStatus.UNPROCESSABLE_ENTITY,
        DayOutsideCalendar: HTTPStatus.UNPROCESSABLE_ENTITY,
    },
)
