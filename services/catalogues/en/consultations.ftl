## Consultations, and what no answer by the due moment means.

event-discipline-consultation-asked = Opinion asked
event-discipline-consultation-answered = Opinion given
event-discipline-consultation-withdrawn = Consultation withdrawn
event-discipline-consent-deemed = Not answered in time: deemed consent
event-discipline-opinion-reconciled = Opinion that differs worked on
event-discipline-consultation-lapsed = Not answered in time

clock-consultation-answer = Time to answer a consultation
consultation-status-asked = Waiting for an answer
consultation-status-answered = Answered
consultation-status-withdrawn = Withdrawn
consultation-status-consent_deemed = Deemed consent
consultation-status-lapsed = Lapsed, not answered
reconciliation-settled = Settled
reconciliation-left_open = Left open
position-agrees = Agrees
position-agrees_with_changes = Agrees, with changes
position-disagrees = Disagrees
position-outside_functions = Outside its functions
position-no_position = Takes no position

# Refusals
consultation-unknown = There is no such consultation.
    .mend = Check its id.
consultation-already-asked = The same request has asked the agency { $agency_id } already.
    .mend = Look at what was sent; to ask again, make another request.
not-head-of-asking = Only the head of the agency { $agency_id }, or whoever acts as its head, asks for opinions and withdraws.
    .mend = Submit it to the head of the agency that asks.
not-head-of-consulted = Only the head of the agency { $agency_id }, or whoever acts as its head, answers.
    .mend = Submit it to the head of the agency that was asked.
asks-itself = The agency { $agency_id } does not ask itself.
    .mend = Choose another agency that it directly concerns.
agency-not-addressed = The directive { $directive_id } does not address agencies of the kind of { $agency_id }, so its terms of answering do not bind it.
    .mend = Ask under another directive, or outside the suite.
concern-not-stated = { $provision } of { $directive_id } lets only agencies be asked whom it directly concerns; how it concerns this one is not said.
    .mend = Say what of it directly concerns the functions of the agency.
last-day-not-ahead = The day { $last_day } does not lie after the day of asking.
    .mend = Choose a later day, or none, and the directive's term holds.
position-not-clear = { $provision } of { $directive_id } demands a clear position.
    .mend = Say whether the agency agrees, agrees with changes, disagrees, or that it is outside its functions.
consultation-already-answered = This consultation has its answer.
    .mend = Look at the answer that was sent; tell the agency that asked directly what is new.
consultation-already-withdrawn = The agency that asked has withdrawn it.
    .mend = Nothing is left to do.
consultation-past-due = The time to answer is over (24:00 of { $last_day }), so it can no longer be withdrawn.
    .mend = What follows is the directive's; if need be, ask again.
consultation-request-unknown = The agency { $agency_id } has made no such request under this directive.
    .mend = Name none and begin a new request, or check the id of the earlier one.
agency-without-head = On { $day } the agency { $agency_id } has no head's post in the organisation.
    .mend = Check the agency's id, or have the organisation brought up to date.
directive-without-consultation = The directive { $directive_id } has no rules on consultations.
    .mend = Choose a directive that has.
opinion-not-differing = There is no differing opinion to be worked on.
    .mend = Nothing is left to do before submission.
opinion-already-reconciled = That has been recorded.
    .mend = Look at the timeline; what was left open may still be settled.
