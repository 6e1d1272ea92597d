"""The discipline context's API: follow-ups for owners, heads and inspectors, reviews for the competent authority."""

from __future__ import annotations

from http import HTTPStatus

from discipline.follow_ups import refusals as follow_up
from discipline.law import refusals as law
from discipline.reviews import refusals as review
from discipline.reviews.complaints import refusals as complaint
from discipline.reviews.decision import refusals as decision
from discipline.reviews.incidents import refusals as incident
from discipline.reviews.procedure import refusals as procedure
from services.adapters.directory_copy import copied_directory
from services.application.discipline.standing import PostNotInDirectory
from services.entrypoints.api.context import ContextApi
from services.entrypoints.api.discipline import (
    follow_up_views,
    overseeing,
    owning,
    review_complaints,
    review_decision,
    review_incidents,
    review_procedure,
    review_proposing,
    review_views,
    reviews,
)

API = ContextApi(
    name="discipline",
    title="Kỷ Cương – Khắc phục, xử lý trách nhiệm",
    routers=(
        owning.router,
        overseeing.router,
        follow_up_views.router,
        review_proposing.router,
        reviews.router,
        review_procedure.router,
        review_incidents.router,
        review_decision.router,
        review_complaints.router,
        review_views.router,
    ),
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
        procedure.NotKeeperOfFile: HTTPStatus.FORBIDDEN,
        procedure.NotTheSubject: HTTPStatus.FORBIDDEN,
        complaint.DecidedBefore: HTTPStatus.FORBIDDEN,
        complaint.NotTheAuthorityAbove: HTTPStatus.FORBIDDEN,
        decision.NotAbove: HTTPStatus.FORBIDDEN,
        follow_up.OwnerOutsideAgency: HTTPStatus.UNPROCESSABLE_ENTITY,
        follow_up.MeasureRepeated: HTTPStatus.UNPROCESSABLE_ENTITY,
        follow_up.ExtensionNotLater: HTTPStatus.UNPROCESSABLE_ENTITY,
        follow_up.EvidenceMissing: HTTPStatus.UNPROCESSABLE_ENTITY,
        procedure.SelfReviewDayMissing: HTTPStatus.UNPROCESSABLE_ENTITY,
        procedure.SelfReviewByRow: HTTPStatus.UNPROCESSABLE_ENTITY,
        procedure.SummonsTooShort: HTTPStatus.UNPROCESSABLE_ENTITY,
        procedure.SecretaryConcerned: HTTPStatus.UNPROCESSABLE_ENTITY,
        procedure.MomentNotReached: HTTPStatus.UNPROCESSABLE_ENTITY,
        procedure.MomentPassed: HTTPStatus.UNPROCESSABLE_ENTITY,
        procedure.MeetingChairConcerned: HTTPStatus.UNPROCESSABLE_ENTITY,
        procedure.MeetingChairAbsent: HTTPStatus.UNPROCESSABLE_ENTITY,
        procedure.AttendedUncalled: HTTPStatus.UNPROCESSABLE_ENTITY,
        procedure.VotesBeyondAttendance: HTTPStatus.UNPROCESSABLE_ENTITY,
        procedure.VotesTied: HTTPStatus.UNPROCESSABLE_ENTITY,
        procedure.MeetingGivesNoForm: HTTPStatus.UNPROCESSABLE_ENTITY,
        incident.GroundNotInRow: HTTPStatus.UNPROCESSABLE_ENTITY,
        incident.DayBefore: HTTPStatus.UNPROCESSABLE_ENTITY,
        incident.DayAhead: HTTPStatus.UNPROCESSABLE_ENTITY,
        incident.ApprovalNotBeforehand: HTTPStatus.UNPROCESSABLE_ENTITY,
        incident.EvidenceOfGoodFaithMissing: HTTPStatus.UNPROCESSABLE_ENTITY,
        incident.StepNotSkippable: HTTPStatus.UNPROCESSABLE_ENTITY,
        review.NobodyAnswersSo: HTTPStatus.UNPROCESSABLE_ENTITY,
        decision.ViolationsSeparated: HTTPStatus.UNPROCESSABLE_ENTITY,
        decision.FormNotConcluded: HTTPStatus.UNPROCESSABLE_ENTITY,
        decision.FormNotOfRows: HTTPStatus.UNPROCESSABLE_ENTITY,
        decision.FormOfElectingBody: HTTPStatus.UNPROCESSABLE_ENTITY,
        decision.FormNotOfElectingBody: HTTPStatus.UNPROCESSABLE_ENTITY,
        decision.EffectBeforeService: HTTPStatus.UNPROCESSABLE_ENTITY,
        decision.StillInPublication: HTTPStatus.UNPROCESSABLE_ENTITY,
        decision.RevokedOnlyOnGround: HTTPStatus.UNPROCESSABLE_ENTITY,
        decision.NothingToDecideAnew: HTTPStatus.UNPROCESSABLE_ENTITY,
        decision.NotHisPost: HTTPStatus.UNPROCESSABLE_ENTITY,
        decision.PostTaken: HTTPStatus.UNPROCESSABLE_ENTITY,
        decision.MeasureAndPostDiffer: HTTPStatus.UNPROCESSABLE_ENTITY,
        complaint.CourtForTerminationOnly: HTTPStatus.UNPROCESSABLE_ENTITY,
        complaint.ChangedFormMissing: HTTPStatus.UNPROCESSABLE_ENTITY,
        law.FormNotInRow: HTTPStatus.UNPROCESSABLE_ENTITY,
        law.FormAbolished: HTTPStatus.UNPROCESSABLE_ENTITY,
        law.FormNotForLeaver: HTTPStatus.UNPROCESSABLE_ENTITY,
        PostNotInDirectory: HTTPStatus.UNPROCESSABLE_ENTITY,
    },
)
