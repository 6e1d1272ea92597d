"""The aggregates of the context, each in its place in the store."""

from __future__ import annotations

from discipline.ballots import commands as ballot_commands
from discipline.ballots import decide as ballot_decide
from discipline.ballots import evolve as ballot_evolve
from discipline.ballots import state as ballot_state
from discipline.ballots import view as ballot_view
from discipline.boards import commands as board_commands
from discipline.boards import decide as board_decide
from discipline.boards import evolve as board_evolve
from discipline.boards import state as board_state
from discipline.boards import view as board_view
from discipline.consultations import commands as consultation_commands
from discipline.consultations import decide as consultation_decide
from discipline.consultations import evolve as consultation_evolve
from discipline.consultations import state as consultation_state
from discipline.consultations import view as consultation_view
from discipline.documents.register import commands as register_commands
from discipline.documents.register import decide as register_decide
from discipline.documents.register import evolve as register_evolve
from discipline.documents.register import state as register_state
from discipline.documents.templates import commands as template_commands
from discipline.documents.templates import decide as template_decide
from discipline.documents.templates import evolve as template_evolve
from discipline.documents.templates import state as template_state
from discipline.follow_ups import commands as follow_up_commands
from discipline.follow_ups import decide as follow_up_decide
from discipline.follow_ups import evolve as follow_up_evolve
from discipline.follow_ups import state as follow_up_state
from discipline.follow_ups import view as follow_up_view
from discipline.law.activation import commands as law_commands
from discipline.law.activation import decide as law_decide
from discipline.law.activation import evolve as law_evolve
from discipline.law.activation import state as law_state
from discipline.records import commands as record_commands
from discipline.records import decide as record_decide
from discipline.records import evolve as record_evolve
from discipline.records import state as record_state
from discipline.responsibility import commands as responsibility_commands
from discipline.responsibility import decide as responsibility_decide
from discipline.responsibility import evolve as responsibility_evolve
from discipline.responsibility import state as responsibility_state
from discipline.responsibility import view as responsibility_view
from discipline.reviews import commands as review_commands
from discipline.reviews import decide as review_decide
from discipline.reviews import evolve as review_evolve
from discipline.reviews import state as review_state
from discipline.reviews import view as review_view
from discipline.successions import commands as succession_commands
from discipline.successions import decide as succession_decide
from discipline.successions import evolve as succession_evolve
from discipline.successions import state as succession_state
from discipline.successions import view as succession_view
from schemas.discipline.ballots import AnyBallotEvent
from schemas.discipline.boards import AnyBoardEvent
from schemas.discipline.consultations import AnyConsultationEvent
from schemas.discipline.documents import AnyRegisterEvent
from schemas.discipline.followups import AnyFollowUpEvent
from schemas.discipline.law_rows import AnyLawRowEvent
from schemas.discipline.records import AnyRecordEvent
from schemas.discipline.responsibility import AnyResponsibilityEvent
from schemas.discipline.review_events import AnyReviewEvent
from schemas.discipline.successions import AnySuccessionEvent
from schemas.discipline.templates import AnyTemplateEvent
from services.application.aggregate import Aggregate

CONTEXT = "discipline"

FOLLOW_UP: Aggregate[follow_up_state.State, follow_up_commands.Command, AnyFollowUpEvent] = Aggregate(
    CONTEXT,
    "follow_up",
    follow_up_state.initial,
    follow_up_decide.decide,
    follow_up_evolve.evolve,
    views={"follow_up_view": follow_up_view.row},
)
RECORD: Aggregate[record_state.Record, record_commands.Command, AnyRecordEvent] = Aggregate(
    CONTEXT, "record", record_state.initial, record_decide.decide, record_evolve.evolve, snapshot_every=100
)
RESPONSIBILITY: Aggregate[responsibility_state.State, responsibility_commands.Command, AnyResponsibilityEvent] = (
    Aggregate(
        CONTEXT,
        "responsibility",
        responsibility_state.initial,
        responsibility_decide.decide,
        responsibility_evolve.evolve,
        views={"responsibility_view": responsibility_view.row},
    )
)
REVIEW: Aggregate[review_state.State, review_commands.Command, AnyReviewEvent] = Aggregate(
    CONTEXT,
    "review",
    review_state.initial,
    review_decide.decide,
    review_evolve.evolve,
    views={"review_view": review_view.row},
)
BOARD: Aggregate[board_state.State, board_commands.Command, AnyBoardEvent] = Aggregate(
    CONTEXT,
    "board",
    board_state.initial,
    board_decide.decide,
    board_evolve.evolve,
    views={"board_view": board_view.row},
)
BALLOT: Aggregate[ballot_state.State, ballot_commands.Command, AnyBallotEvent] = Aggregate(
    CONTEXT,
    "ballot",
    ballot_state.initial,
    ballot_decide.decide,
    ballot_evolve.evolve,
    views={"ballot_view": ballot_view.row},
)
CONSULTATION: Aggregate[consultation_state.State, consultation_commands.Command, AnyConsultationEvent] = Aggregate(
    CONTEXT,
    "consultation",
    consultation_state.initial,
    consultation_decide.decide,
    consultation_evolve.evolve,
    views={"consultation_view": consultation_view.row},
)
SUCCESSION: Aggregate[succession_state.State, succession_commands.Command, AnySuccessionEvent] = Aggregate(
    CONTEXT,
    "succession",
    succession_state.initial,
    succession_decide.decide,
    succession_evolve.evolve,
    views={"succession_view": succession_view.row},
)
LAW: Aggregate[law_state.Activations, law_commands.Command, AnyLawRowEvent] = Aggregate(
    CONTEXT, "law", law_state.INITIAL, law_decide.decide, law_evolve.evolve
)
LAW_ROWS = "rows"
"""The one stream of the table: a deployment has one."""
REGISTER: Aggregate[register_state.Register, register_commands.Command, AnyRegisterEvent] = Aggregate(
    CONTEXT,
    "register",
    register_state.initial,
    register_decide.decide,
    register_evolve.evolve,
    snapshot_every=100,
)
TEMPLATE: Aggregate[template_state.Template, template_commands.Command, AnyTemplateEvent] = Aggregate(
    CONTEXT, "template", template_state.initial, template_decide.decide, template_evolve.evolve
)
