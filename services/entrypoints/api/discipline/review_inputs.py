"""What the routes of a review take."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from schemas.base import Moment, Slug
from schemas.discipline.law import RegimeSide
from schemas.discipline.review_complaints import ComplaintOutcome, Instance
from schemas.discipline.review_decision import Measure, RevocationGround, Unpublishable
from schemas.discipline.review_incidents import ClosingGround, CourseOfViolation, ProtectionEffect, SkippedStep, Weight
from schemas.discipline.review_procedure import MeetingOutcome, MeetingVotes
from schemas.values import Answerable
from services.entrypoints.api.bodies import Input
from services.entrypoints.api.discipline.inputs import Evidence, Narrative, Reasons

Someone = Annotated[UUID, Field(examples=["8f14e45f-ceea-467f-a9d4-6a1f2b3c4d5e"])]
People = Annotated[list[Someone], Field(max_length=100)]
At = Annotated[Moment, Field(examples=["2026-03-10T08:00:00+07:00"])]
Ground = Annotated[Slug, Field(description="The row's word, or the ground's number in its article.", examples=["1"])]
Left = Annotated[bool, Field(description="He has left the service or retired.")]


class ProposalIn(Reasons):
    """Whose review is proposed."""

    about: Annotated[Answerable, Field(examples=["head"])]
    person_id: Annotated[UUID | None, Field(description="Which official of the finding; none for the others.")] = None


class SecretaryIn(Input):
    """Who keeps the file."""

    person_id: Someone


class NoticeIn(Input):
    """The subject received the decision to review."""

    received_at: Annotated[At, Field(description="When he received it.")]
    notice: Annotated[Narrative, Field(examples=["Quyết định số 12/QĐ-UBND về việc xem xét trách nhiệm."])]
    proof: Annotated[Narrative, Field(examples=["Giấy nhận có chữ ký ngày 02/3/2026."])]
    self_review_until: Annotated[
        date | None, Field(description="Last day for the self-review, where no row sets it.", examples=["2026-03-09"])
    ] = None


class SelfReviewIn(Input):
    """The subject's self-review."""

    statement: Annotated[Narrative, Field(examples=["Tôi tự kiểm điểm về việc để hồ sơ trễ hẹn."])]


class MeetingIn(Input):
    """A review meeting is called."""

    held_at: Annotated[At, Field(description="When it is to be held.")]
    chair: Annotated[Someone, Field(description="Who presides.")]
    must_attend: Annotated[People, Field(description="Who has to attend besides.")]
    agenda: Annotated[Narrative, Field(examples=["1. Bản tự kiểm điểm. 2. Ý kiến góp ý. 3. Biểu quyết."])]


class MinutesIn(Input):
    """The meeting was held."""

    attended: Annotated[People, Field(min_length=1, description="Who had to attend and did.")]
    subject_present: Annotated[bool, Field(description="Whether the subject was there.")]
    votes: Annotated[list[MeetingVotes], Field(min_length=1, max_length=10, description="The count.")]
    minutes: Annotated[Narrative, Field(examples=["Biên bản họp kiểm điểm ngày 10/3/2026."])]


class OutcomeIn(Reasons):
    """How it ends at the meeting."""

    outcome: Annotated[MeetingOutcome, Field(description="Not discipline.", examples=["criticism"])]


class CircumstanceIn(Reasons):
    """A circumstance that weighs."""

    weight: Weight
    evidence: Evidence = Field(default_factory=list)


class CourseIn(Reasons):
    """How the violation went."""

    course: Annotated[CourseOfViolation, Field(examples=["ongoing"])]
    day: Annotated[
        date | None,
        Field(description="Of discovery, or of the conclusion about its end, if not ended.", examples=["2026-02-10"]),
    ] = None
    matters: Annotated[
        list[Slug], Field(max_length=10, description="The rows' words for what never lapses.", examples=[[]])
    ] = Field(default_factory=list)
    evidence: Evidence = Field(default_factory=list)


class OpinionIn(Input):
    """Which of two regimes is applied."""

    side: Annotated[RegimeSide, Field(description="That of the fact, or of the step.")]
    opinion: Annotated[Narrative, Field(examples=["Áp dụng quy định tại thời điểm xảy ra vi phạm."])]
    left: Left = False


class GroundIn(Reasons):
    """One of a row's grounds."""

    ground: Ground
    evidence: Evidence = Field(default_factory=list)


class ProvenGroundIn(Reasons):
    """One of a row's grounds, shown."""

    ground: Ground
    evidence: Annotated[Evidence, Field(min_length=1, examples=[["Kết luận giám định."]])]


class ReferralIn(Input):
    """The file goes to the investigating bodies."""

    since: Annotated[date, Field(examples=["2026-03-02"])]
    document: Annotated[Narrative, Field(examples=["Công văn chuyển hồ sơ số 45."])]


class ReturnIn(Input):
    """It comes back."""

    returned_on: Annotated[date, Field(examples=["2026-03-02"])]
    document: Annotated[Narrative, Field(examples=["Quyết định không khởi tố vụ án."])]


class WorkSuspensionIn(Input):
    """The subject is suspended from work."""

    first: Annotated[date, Field(examples=["2026-03-03"])]
    last: Annotated[date | None, Field(examples=["2026-03-18"])] = None
    decision: Annotated[Narrative, Field(examples=["Quyết định tạm đình chỉ công tác."])]


class WorkAgainIn(Reasons):
    """He works again."""

    ended_on: Annotated[date, Field(examples=["2026-03-10"])]


class PartyIn(Input):
    """The Party decided."""

    decided_on: Annotated[date, Field(examples=["2026-03-02"])]
    changed: Annotated[bool, Field(description="It changes an earlier decision.")] = False
    reference: Annotated[Narrative, Field(description="A reference, not its content.", examples=["QĐ số 9-QĐ/ĐU."])]


class ProtectionIn(Input):
    """Protection of who dares to act (Decree 73/2023)."""

    effect: ProtectionEffect
    proposal: Annotated[Narrative, Field(examples=["Đề xuất đổi mới cách tiếp nhận hồ sơ."])]
    approval: Annotated[Narrative, Field(examples=["Văn bản chấp thuận số 31."])]
    approved_on: Annotated[date, Field(examples=["2026-01-05"])]
    good_faith: Annotated[Evidence, Field(examples=[["Không có lợi ích cá nhân: kết quả xác minh."]])]


class SkipIn(Reasons):
    """A row lets a step fall away."""

    step: SkippedStep
    condition: Annotated[Slug, Field(description="The case that the row is about.", examples=["court-sentence"])]


class ClosingIn(Input):
    """It ends without a judgement."""

    ground: ClosingGround
    document: Annotated[Narrative, Field(examples=["Trích lục khai tử."])]


class ConclusionIn(Input):
    """One violation by itself."""

    finding_id: Someone
    form: Annotated[Slug | None, Field(examples=["warning"])] = None


class BoardReferralIn(Reasons):
    """It goes before a board."""

    board_id: Annotated[UUID, Field(description="The board that was established for it.")]


class SummonsIn(Input):
    """The subject is summoned."""

    hearing_at: Annotated[At, Field(description="When he is to appear.")]
    summons: Annotated[Narrative, Field(examples=["Giấy triệu tập dự họp Hội đồng kỷ luật."])]


class MissedIn(Input):
    """He did not appear."""

    excused: Annotated[bool, Field(description="He had a good reason: it does not count.")]
    circumstances: Annotated[Narrative, Field(examples=["Có giấy nhập viện ngày 09/3/2026."])]


class HearingIn(Input):
    """The board heard the case."""

    statement: Annotated[
        Narrative | None, Field(description="What the subject stated; none where he did not appear.")
    ] = None
    minutes: Annotated[Narrative, Field(examples=["Biên bản phiên nghe của Hội đồng kỷ luật."])]


class RecommendationIn(Input):
    """The board recommends what its ballot counted."""

    ballot_id: Annotated[UUID, Field(description="The ballot; its counts are taken from the box, never from here.")]


class DecisionIn(Input):
    """A form, or no sanction."""

    form: Annotated[Slug | None, Field(description="None for no sanction.", examples=["warning"])] = None
    conclusions: Annotated[list[ConclusionIn], Field(min_length=1, max_length=200, description="Every violation.")]
    by_electing_body: Annotated[bool, Field(description="The body that elected him imposed it.")] = False
    left: Left = False
    decision: Annotated[Narrative, Field(examples=["Quyết định kỷ luật và lý do."])]


class ServiceIn(Input):
    """He received it."""

    received_at: Annotated[At, Field(description="When, as the proof says.")]
    proof: Annotated[Narrative, Field(examples=["Giấy nhận có chữ ký."])]


class DecisionServiceIn(ServiceIn):
    """He received the decision."""

    in_force_from: Annotated[date | None, Field(description="A later day, where it names one.")] = None


class PublicationIn(Input):
    """It is published."""

    text: Annotated[Narrative, Field(description="What is published.", examples=["Thông báo về việc kỷ luật."])]
    left_out: Annotated[list[Unpublishable], Field(min_length=1, description="What it leaves out.")]


class CorrectionIn(Input):
    """A clerical error is corrected."""

    text: Annotated[Narrative, Field(examples=["Đính chính số quyết định: 15 thành 51."])]


class RevocationIn(Reasons):
    """It is taken back."""

    ground: RevocationGround
    fresh: Annotated[bool, Field(description="It is to be decided anew.")] = False


class ReassignmentIn(Input):
    """He is moved or replaced."""

    measure: Measure
    from_post: Annotated[Slug, Field(examples=["so-y-te-head"])]
    to_post: Annotated[Slug | None, Field(examples=["so-giao-duc-head"])] = None
    decision: Annotated[Narrative, Field(examples=["Quyết định điều chuyển."])]


class ComplaintIn(Input):
    """The subject complains."""

    instance: Instance
    complaint: Annotated[Narrative, Field(examples=["Tôi không đồng ý với kết luận về vi phạm thứ hai."])]


class AnswerIn(Input):
    """It is answered."""

    outcome: ComplaintOutcome
    form: Annotated[Slug | None, Field(description="Where it is changed.", examples=["reprimand"])] = None
    fresh: Annotated[bool, Field(description="Where it is revoked: it is decided anew.")] = False
    left: Left = False
    answer: Annotated[Narrative, Field(examples=["Giữ nguyên quyết định vì các chứng cứ đã rõ."])]
