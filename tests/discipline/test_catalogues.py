"""Whatever of this context people read is there in both languages."""

import pytest

from discipline.follow_ups.view import FollowUpStatus
from discipline.law.rows import Rule
from discipline.reviews.state import ReviewStatus
from schemas.discipline.reviews import ReviewGround
from schemas.registry import CONTRACTS
from schemas.values import SubjectKind
from services.adapters import law
from services.adapters.catalogues import LANGUAGES, text

EVENTS = [
    "event-" + type_.rpartition(".v")[0].replace(".", "-").replace("_", "-")
    for type_ in CONTRACTS
    if type_.startswith("discipline.")
]
CLOCKS = {Rule.LIMITATION, Rule.PROCESSING, Rule.PROCESSING_EXTENDED}
CONDITIONS = {row.condition for row in law.shipped().rows if row.rule in CLOCKS and row.condition is not None}


@pytest.mark.parametrize(
    "text_id",
    [
        *EVENTS,
        *(f"follow-up-status-{status}" for status in FollowUpStatus),
        *(f"review-status-{status}" for status in ReviewStatus),
        *(f"review-ground-{ground}" for ground in ReviewGround),
        *(f"subject-kind-{kind}" for kind in SubjectKind),
        *(f"law-condition-{condition}" for condition in sorted(CONDITIONS)),
    ],
)
def test_every_name_has_its_words(text_id: str) -> None:
    words = [text(language, text_id) for language in LANGUAGES]

    assert all(words)
    assert len(set(words)) == len(LANGUAGES)
