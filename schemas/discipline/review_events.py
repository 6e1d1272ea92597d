"""Every event of an accountability review."""

from schemas.discipline.review_complaints import AnyComplaintEvent
from schemas.discipline.review_decision import AnyDecisionEvent
from schemas.discipline.review_incidents import AnyIncidentEvent
from schemas.discipline.review_procedure import AnyProcedureEvent
from schemas.discipline.reviews import AnyOpeningEvent

AnyReviewEvent = AnyOpeningEvent | AnyProcedureEvent | AnyIncidentEvent | AnyDecisionEvent | AnyComplaintEvent
