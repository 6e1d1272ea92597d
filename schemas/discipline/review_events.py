"""Every event of an accountability review."""

from schemas.discipline.review_procedure import AnyProcedureEvent
from schemas.discipline.reviews import AnyOpeningEvent

AnyReviewEvent = AnyOpeningEvent | AnyProcedureEvent
