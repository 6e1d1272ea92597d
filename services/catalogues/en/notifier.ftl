## Alerts, mail and inbox of the notifier.

# What has stalled: its name, and what makes the alert end by itself.
stall-not-acknowledged = Remediation not acknowledged
    .ends = the owner acknowledges it
stall-no-plan = No remediation plan
    .ends = the owner submits a plan
stall-plan-not-answered = Remediation plan unanswered
    .ends = the plan is accepted or sent back
stall-no-progress = No progress reported
    .ends = the owner reports progress or completion
stall-due-soon-first = Remediation due soon (first call)
    .ends = the owner reports completion
stall-due-soon-last = Remediation due soon (last call)
    .ends = the owner reports completion
stall-overdue = Remediation overdue
    .ends = the owner reports completion
stall-verification-pending = Reported completion not verified
    .ends = it is verified or rejected
stall-extension-unanswered = Extension request unanswered
    .ends = the extension is granted or refused
stall-finding-not-decided = Finding not decided
    .ends = the finding is confirmed, dismissed or withdrawn
stall-review-not-opened = Proposed review not decided
    .ends = the competent authority opens or refuses it
stall-review-no-meeting = Review meeting not held
    .ends = the meeting is on record or the review is terminated
stall-review-basis-unanswered = Changed basis of a review unanswered
    .ends = the competent authority goes on or terminates it
stall-limitation-nearing = Limitation period ends soon
    .ends = there is a decision or the review is terminated
stall-processing-nearing = Processing time ends soon
    .ends = there is a decision or the review is terminated
stall-processing-passed = Processing time has ended
    .ends = there is a decision or the review is terminated
stall-inspection-not-opened = Planned inspection not opened
    .ends = the inspection is opened or cancelled
stall-inspection-open-too-long = Inspection open too long
    .ends = it is concluded or cancelled

# Mail
mail-until = the end of { $day }
mail-alert =
    Dear { $name },

    { $rule } – { $agency }.

    Waiting since: { $since }
    Due: { $until }
    To act: { $owner }
    Basis: { $provision }

    This goes to { $recipient }, step { $step } of { $steps }. The alert ends by itself when { $ends }. You may acknowledge it in the inbox of the system; that only puts the next step off for a while.

    Alert: { $alert }
    .subject = [Kỷ Cương] { $rule } – { $agency }
mail-confidential =
    Dear { $name },

    Something waits for you. For confidentiality it can only be read in the system, after signing in.

    Alert: { $alert }
    .subject = [Kỷ Cương] Something waits for you
mail-notice =
    The suite's watchdog says: { $subject }.

    Since: { $since } (UTC). Until it is mended, alerts may not be sent. Afterwards they will be those of a calm run.

    For the state of each process: kycuong doctor
    .subject = [Kỷ Cương] { $subject }
mail-address-changed =
    Dear { $name },

    On { $day } at { $time } (Vietnam time) an administrator of Kỷ Cương changed the mail address that is kept for you. From then on the suite writes to this address no more.

    If you did not ask for it, tell whoever operates the suite at once, with the record's number { $number }: it says who did it.
    .subject = [Kỷ Cương] Your mail address was changed
watched-clock = the clock that fires alerts has stopped
watched-deadlines = deadlines are due and not dealt with
watched-sources = the notifier receives no new events

# Refusals
alert-unknown = There is no alert { $alert_id }.
    .mend = Check the alert's id.
alert-already-ended = Alert { $alert_id } has ended.
    .mend = Nothing more is needed.
not-told = None of your posts has been told of alert { $alert_id }.
    .mend = Only who was told can acknowledge it.
already-acknowledged-on-this-step = Post { $post_id } has acknowledged alert { $alert_id } since its last step.
    .mend = Act; another acknowledgement does not put off the next step.
webhook-origin-not-allowed = This deployment may not send to { $origin }.
    .mend = Ask its operator to add the address to KYCUONG_WEBHOOK_ORIGINS.
post-not-held = You do not hold the post { $post_id } today.
    .mend = Choose a post that you hold.
too-many-webhooks = You have { $most } webhooks already.
    .mend = Remove one of them first.
day-outside-calendar = The calendar does not know { $day }.
    .mend = Choose a day from { $first } to { $last }.
day-already-past = { $day } has passed, and terms counted by it were told to people.
    .mend = Change today or a later day.

# What happens to an alert
event-notifier-alert-opened = Alert opened
event-notifier-alert-escalated = Next step told
event-notifier-alert-acknowledged = Acknowledged
event-notifier-alert-acknowledgement-expired = Acknowledgement expired
event-notifier-alert-ladder-exhausted = Every step told, and nothing done
event-notifier-alert-ended = Alert ended
