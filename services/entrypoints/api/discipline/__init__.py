"""The discipline context's API: follow-ups for owners, heads and inspectors, reviews for the competent authority."""

from __future__ import annotations

from http import HTTPStatus

from discipline.follow_ups import refusals as follow_up
from discipline.reviews import refusals as review
from services.adapters.directory_copy import copied_directory
from services.application.discipline.standing import PostNotInDirectory
from services.entrypoints.api.context import ContextApi
from services.entrypoints.api.discipline import follow_up_views, overseeing, owning, review_views, reviews

API = ContextApi(
    name="discipline",
    title="Kỷ Cương – Khắc phục, xử lý trách nhiệm",
    routers=(owning.router, overseeing.router, follow_up_views.router, reviews.router, review_views.router),
    directory=lambda base: copied_directory(base.pool),
    status={
        follow_up.FollowUpUnknown: HTTPStatus.NOT_FOUND,
        review.ReviewUnknown: HTTPStatus.NOT_FOUND,
        follow_up.NotTheOwner: HTTPStatus.FORBIDDEN,
        follow_up.NotHeadOfAgency: HTTPStatus.FORBIDDEN,
        follow_up.OwnerCannotJudge: HTTPStatus.FORBIDDEN,
        follow_up.SubordinateCannotJudge: HTTPStatus.FORBIDDEN,
        follow_up.UnitCannotJudge: HTTPStatus.FORBIDDEN,
        follow_up.NotInternalInspectionNorSuperior: HTTPStatus.FORBIDDEN,
        follow_up.UrgingNotTheirs: HTTPStatus.FORBIDDEN,
        review.NotTheCompetentAuthority: HTTPStatus.FORBIDDEN,
        review.OwnMatter: HTTPStatus.FORBIDDEN,
        follow_up.OwnerOutsideAgency: HTTPStatus.UNPROCESSABLE_ENTITY,
        follow_up.MeasureRepeated: HTTPStatus.UNPROCESSABLE_ENTITY,
        follow_up.ExtensionNotLater: HTTPStatus.UNPROCESSABLE_ENTITY,
        follow_up.EvidenceMissing: HTTPStatus.UNPROCESSABLE_ENTITY,
        PostNotInDirectory: HTTPStatus.UNPROCESSABLE_ENTITY,
    },
)
