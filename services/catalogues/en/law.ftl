## The law as data: forms, terms, how they are counted, why something is refused.

# Forms of discipline
form-reprimand = reprimand
form-warning = warning
form-pay-grade-reduction = pay-grade reduction
form-demotion = demotion
form-removal = removal from office
form-dismissal-by-electing-body = dismissal by the electing body
form-forced-termination = forced termination
form-removal-of-status-held = removal of the status of the post or title held

# What the law does not allow
extension-without-row = No active row allows the processing time of row { $rule_id } to be extended.
    .mend = Decide within the term, or ask the administrator to activate the row that allows more, with its source.
form-not-in-row = The form { $form } is not among those allowed ({ $allowed }) by row { $rule_ids }.
    .mend = Choose one of the forms allowed, or impose none and give reasons.
form-abolished = The form { $form } no longer exists on the day of the decision, by row { $rule_id }.
    .mend = Choose a form that exists; the case shows both regimes.
form-not-for-leaver = The form { $form } cannot be imposed on whoever has left or retired, by row { $rule_id }.
    .mend = Choose a form that leavers may be given.
no-form-for-collective = A collective is reviewed and given no disciplinary form.
    .mend = End it at the review meeting; each person's responsibility is a review of its own.
no-row-of-forms = No active row names forms of discipline for this kind of subject ({ $subject_kind }) on { $day }.
    .mend = Ask the administrator to activate the row, with a note and its source.
leaver-out-of-scope = No active row brings those who have left or retired into scope on { $day }.
    .mend = Check the day of the fact; where there is a rule, ask the administrator to activate its row with its source.
forms-not-comparable = No active row names both { $form } and { $other }, so the rows do not tell which is the heavier.
    .mend = The competent authority gives a legal opinion and chooses the form.
legal-opinion-missing = The rows leave open which regime holds: that of the day of the fact ({ $fact_rules }) or of the step ({ $step_rules }).
    .mend = The competent authority records a legal opinion that chooses one; then try again.

# Clocks and steps
clock-limitation = Limitation
clock-processing = Processing time
clock-opening = To open or refuse the review
clock-self-review = To hand in the self-review
clock-meeting = To hold the review meeting
clock-board = To set up the board
clock-summons = From the summons to the sitting
clock-decision = To decide
clock-service = To serve the decision
clock-party-form = To take it up after the Party's discipline
clock-complaint-first = First complaint
clock-complaint-second = Second complaint
clock-complaint-acceptance = To accept a complaint
clock-complaint-answer-first = To answer the first complaint
clock-complaint-answer-second = To answer the second complaint
clock-publication = To publish the decision
clock-promotion-bar = How long he is not planned for, appointed or promoted
clock-sanction-expiry = How long the sanction runs

# What starts a term
clock-start-violation = from the day of the violation
clock-start-new-violation = anew from the day of a new violation
clock-start-discovery = from discovery, for the violation went on
clock-start-conclusion = from the conclusion, for the violation's end cannot be determined
clock-start-detection = from detection
clock-start-draft = from the draft
clock-start-receipt = from receipt
clock-start-publication = from publication

# What keeps time from counting
time-not-counted-criminal-proceedings = criminal proceedings
time-not-counted-deferral = the review is deferred
time-not-counted-complaint = a complaint
time-not-counted-litigation = litigation

# Why a day did not count, or did
day-reason-weekly_rest = weekly rest
day-reason-holiday = public holiday
day-reason-off_in_exchange = off in lieu or in exchange
day-reason-worked_in_exchange = worked in exchange
