## Follow-ups and accountability reviews: refusals, names of events, statuses, data of the law.

# Follow-ups: why a command is refused
follow-up-unknown = There is no follow-up of this finding.
    .mend = Check the id; a follow-up opens when its finding is submitted.
follow-up-already-closed = It was verified and closed.
    .mend = Nothing is left to do.
follow-up-already-cancelled = The follow-up was cancelled, because the finding fell away: { $ground ->
        [finding_withdrawn] it was withdrawn
        [finding_dismissed] it was dismissed
       *[duplicate] it was a duplicate of another
    }.
    .mend = Nothing is left to do.
not-the-owner = Only whoever holds the post { $owner_post }, which owns it, may do this.
    .mend = Ask the holder of that post, or ask the head to assign it anew.
not-head-of-agency = Only the head of { $agency_id }, or of an agency above it, assigns.
    .mend = Ask the head to assign it.
owner-outside-agency = The post { $post_id } does not belong to { $agency_id }.
    .mend = Choose a post of the agency that has to mend; work is not passed sideways.
post-not-in-directory = There is no post { $post_id } in the directory on this day.
    .mend = Look the post up in the organisation.
already-owner = The post { $post_id } owns it already.
    .mend = Choose another post, or leave it.
already-acknowledged = The owner has acknowledged it as it stands.
    .mend = Nothing has to be acknowledged now.
not-acknowledged = The owner { $owner_post } has not acknowledged it as it stands.
    .mend = Acknowledge it first; that admits nothing.
measure-repeated = Two measures have the id { $measure_id }.
    .mend = Give each measure an id of its own.
plan-already-submitted = Plan { $plan_number } waits for its answer.
    .mend = Wait until it is accepted or sent back.
plan-already-accepted = Plan { $plan_number } was accepted, and the finding has not been amended since.
    .mend = Carry it out; if you need more time, ask for an extension.
no-plan-submitted = No plan waits for an answer.
    .mend = Look at where it stands now.
no-plan-accepted = No plan has been accepted.
    .mend = Submit a plan and wait until it is accepted before you report.
completion-already-claimed = Completion was claimed and waits to be verified.
    .mend = Wait for the verification.
no-completion-claimed = There is no claimed completion to verify.
    .mend = Look at where it stands now.
remediation-already-verified = It was verified; it closes once the finding is confirmed.
    .mend = Nothing more has to be done.
evidence-missing = A claimed completion needs evidence.
    .mend = Attach at least one document that proves it.
extension-already-asked = Extension request { $request_number } waits for a decision.
    .mend = Wait for it; the clock goes on meanwhile.
no-extension-asked = No extension waits for a decision.
    .mend = Look at where it stands now.
extensions-used-up = { $directive_id } allows { $max_extensions ->
        [0] no extension
        [one] one extension
       *[other] { $max_extensions } extensions
    }.
    .mend = Finish within the present deadline, or report to the agency above.
extension-asked-too-late = The deadline ended on { $due_day }; more time can only be asked for before.
    .mend = Finish now, and answer for the delay.
extension-not-later = { $until } is not later than the present last day, { $due_day }; an extension never shortens.
    .mend = Choose a later day.
owner-cannot-judge = Whoever holds { $owner_post } cannot verify or decide on what he owns himself.
    .mend = Leave it to somebody who is not concerned.
subordinate-cannot-judge = Subordinates of { $owner_post } cannot verify or decide on it.
    .mend = Leave it to the inspectorate or to the agency above.
unit-cannot-judge = Nobody of { $agency_id } can verify or decide on what his own agency has to mend.
    .mend = Leave it to the inspectorate or to the agency above.
not-internal-inspection-nor-superior = What an internal check of { $agency_id } found is verified by its internal-inspection unit or by the agency above.
    .mend = Leave it to one of these.
urging-not-theirs = Only the inspectorate, the office, home affairs or an agency above urges { $agency_id }.
    .mend = Tell one of these.

# Reviews: why a command is refused
review-unknown = There is nothing here.
    .mend = Check the address and the id.
not-the-competent-authority = Only whoever holds { $authority_post }, the competent authority, decides on this.
    .mend = Submit it to the competent authority.
own-matter = Nobody decides on his own matter, or on that of a collective that he belongs to or belonged to at the fact.
    .mend = The head above takes it over; where nobody is above, a deputy does; where all are kept from it, whoever the superior authority names.
authority-may-decide = { $authority_post }, the competent authority, is not kept from deciding on this, so nobody takes it over.
    .mend = Leave it to the competent authority. If the post is vacant, have somebody appointed to it or act in it.
not-the-stand-in = Only a head above takes this over from { $authority_post }; where nobody is above, a deputy does.
    .mend = Let the head above, or the deputy, take it over.
nobody-may-take-over = All who could take this over from { $authority_post } are kept from deciding on it too.
    .mend = Ask the superior authority to name somebody. The administrator records him in a deputy's post of the topmost agency; then he takes it over.
nothing-left-to-decide = The review is over (it stands at { $status }), so there is nothing to take over.
    .mend = Look at its timeline.
review-not-proposed = The review is not a proposal that waits (it stands at: { $status }).
    .mend = Look at «missing» in the case; only a proposal that waits is opened or refused.
review-not-open = The review is not open (it stands at: { $status }).
    .mend = Look at «missing» in the case: it names the next step and who owes it.
subject-unknown = Nobody held the post { $post_id } at the fact, so there is no person to review.
    .mend = Refuse it for that reason; the collective's responsibility is a proposal of its own. Where the organisation is corrected since, raise the question again: it asks whoever headed the agency then.
basis-not-lost = The basis of the review is whole.
    .mend = An answer is due only when part of the basis has fallen away.
nothing-to-rebase-on = Nothing of the basis is left.
    .mend = Terminate the review, with reasons.

# Names of events
event-discipline-follow-up-opened = Follow-up opened
event-discipline-follow-up-finding-confirmed = Finding confirmed
event-discipline-follow-up-finding-amended = Finding amended
event-discipline-follow-up-assigned = Assigned to an owner
event-discipline-follow-up-handed-over = Handed over
event-discipline-follow-up-acknowledged = Acknowledged
event-discipline-plan-submitted = Plan submitted
event-discipline-plan-accepted = Plan accepted
event-discipline-plan-sent-back = Plan sent back
event-discipline-progress-reported = Progress reported
event-discipline-extension-requested = Extension asked for
event-discipline-extension-granted = Extension granted
event-discipline-extension-refused = Extension refused
event-discipline-completion-claimed = Completion claimed
event-discipline-remediation-verified = Remediation verified
event-discipline-remediation-rejected = Remediation rejected
event-discipline-follow-up-closed = Follow-up closed
event-discipline-follow-up-cancelled = Follow-up cancelled
event-discipline-follow-up-urged = Urged
event-discipline-follow-up-ladder-exhausted = Ladder of alerts exhausted
event-discipline-review-demanded = Review demanded
event-discipline-confirmed-finding-counted = Confirmed finding counted
event-discipline-count-undone = Count undone
event-discipline-threshold-reached = Threshold of findings reached
event-discipline-threshold-undone = Threshold of findings undone
event-discipline-review-proposed = Review proposed
event-discipline-review-basis-added = Basis added
event-discipline-review-basis-reduced = Basis reduced
event-discipline-review-basis-lost = Basis lost
event-discipline-review-proposal-lapsed = Proposal lapsed
event-discipline-review-opened = Review opened
event-discipline-review-refused = Review refused
event-discipline-review-rebased = Review rebased
event-discipline-review-terminated = Review terminated
event-discipline-later-finding-referred = Found after the decision, reviewed as a matter of its own
event-discipline-review-taken-over = Review taken over by another authority

# Statuses
follow-up-status-opened = Opened, not acknowledged
follow-up-status-acknowledged = Acknowledged, no plan yet
follow-up-status-plan_submitted = Plan waits for its answer
follow-up-status-plan_sent_back = Plan sent back
follow-up-status-in_progress = In progress
follow-up-status-claimed = Completion claimed, waits to be verified
follow-up-status-verified = Verified, waits for the finding's confirmation
follow-up-status-closed = Closed
follow-up-status-cancelled = Cancelled
review-status-proposed = Proposed
review-status-open = Open
review-status-refused = Refused
review-status-lapsed = Lapsed
review-status-terminated = Terminated
review-ground-violation_type = A violation type that demands it
review-ground-last_step_passed = The ladder's last step passed
review-ground-threshold = Confirmed findings reached the threshold
review-ground-person = Proposed by a person
review-ground-deemed_consent = A consultation left unanswered, deemed consent
subject-kind-cadre = Cadre
subject-kind-civil_servant = Civil servant
subject-kind-public_employee = Public employee
subject-kind-collective = Collective

# Conditions of terms
law-condition-form-reprimand = if the form is a reprimand
law-condition-form-warning = if the form is a warning
law-condition-form-pay-grade-reduction = if the form is a pay-grade reduction
law-condition-form-demotion = if the form is a demotion
law-condition-form-removal = if the form is removal from office
law-condition-form-other = if it is another form
law-condition-extended = when extended

# The law's data: what is wrong, and the mend
law-unverified-active = An unverified row cannot ship active.
    .mend = Write active: false; an administrator activates it later, with a note and a source.
law-value-missing = An active row needs a value.
    .mend = Add value, or write active: false.
law-value-of-other-unit = The value does not fit the unit.
    .mend = A number for days, months, years, points, per cent; a word for code; a list of words for codes.
law-ends-before-it-begins = The row ends before it begins.
    .mend = Mend effective_from or effective_to; effective_to is the first day on which it no longer holds.
law-day-kind-missing = It does not say whether working days or calendar days are meant.
    .mend = Add day_kind: working or day_kind: calendar.
law-term-incomplete = It does not say what starts the term, or whether a last day that is off rolls on.
    .mend = Add starts_on and rolls.
law-row-twice = The id { $id } stands in the table already.
    .mend = Choose another; an id stands once in the whole table.
