# Problems of the HTTP edge. Each refusal has a text (what is wrong) and .mend (what to do about it).

status-400 = The request cannot be read
status-401 = Not signed in
status-403 = Not allowed
status-404 = Not found
status-405 = Method not allowed
status-409 = Conflicts with the state of things
status-412 = Changed meanwhile
status-413 = Too large
status-415 = Media type not supported
status-422 = Input does not keep its rules
status-428 = A required header is missing
status-429 = Too many requests
status-500 = Internal error
status-503 = Not available just now

not-found = There is nothing here.
    .mend = Check the address and the id.
method-not-allowed = This address does not take that method.
    .mend = Use one of: { $allowed }.
token-missing = The request carries no bearer token.
    .mend = Get a token from the identity provider and send it as "Authorization: Bearer …".
token-invalid = The token was not accepted.
    .mend = Get a new token from the identity provider of this suite.
token-expired = The token has expired.
    .mend = Get a new token from the identity provider.
issuer-unreachable = The identity provider cannot be reached just now, so the token could not be checked.
    .mend = Try again in a few seconds.
role-not-allowed = None of your roles may do this.
    .mend = Ask somebody whose role allows it, or your administrator for the role.
outside-scope = The agency { $agency_id } lies outside what you are in charge of.
    .mend = Choose an agency within your charge.
idempotency-key-missing = A command needs the header Idempotency-Key.
    .mend = Send a new random key (a UUID, say) with each new command, and the same one when you repeat it.
idempotency-key-unreadable = The Idempotency-Key is not 8 to 200 visible ASCII characters.
    .mend = Send a UUID, for example.
idempotency-key-reused = The Idempotency-Key was used before with another content.
    .mend = Send a new key for a new command.
if-match-missing = This command rests on what you have seen, so it needs the header If-Match.
    .mend = Read it again and send the ETag of that answer as If-Match.
if-match-unreadable = If-Match is not an ETag of this API.
    .mend = Send the one ETag that the last answer carried, with its quotation marks.
version-not-current = It has been changed since you read it: you saw version { $expected_version }, current is { $current_version }.
    .mend = Read it again and decide anew.
concurrent-change = Somebody else changed it at the same moment; current is version { $current_version }.
    .mend = Read it again and decide anew.
body-not-json = The body is not JSON; it breaks off at byte { $offset }.
    .mend = Send well-formed JSON in UTF-8.
media-type-not-supported = The body is not declared as JSON.
    .mend = Send "Content-Type: application/json".
body-too-large = The body is larger than this address reads.
    .mend = Shorten the text; send evidence as documents.
input-invalid = Some fields do not keep their rules.
    .mend = Correct each field of the list of errors that comes with this.
cursor-unreadable = The cursor was not made by this list with these filters.
    .mend = Begin again without a cursor.
last-event-id-unreadable = Last-Event-ID is not a position of this stream.
    .mend = Send the id of the last event that you received, or none.
too-many-requests = Too many attempts in a short time.
    .mend = Wait { $retry_after } seconds.
unavailable = A part of the suite does not answer just now. Nothing was done that a repetition would double.
    .mend = Try again with the same Idempotency-Key.
internal-error = Something went wrong on our side.
    .mend = Try again with the same Idempotency-Key; if it stays, tell your administrator the correlation id.

rule-other = The value is not allowed here.

status-410 = Gone

state-secret-refused = The text bears the marking of a state secret ({ $marking }).
    .mend = State secrets must not be entered here. Handle them under the law on the protection of state secrets.
document-erased = What was kept as { $document_id } was erased for good.
    .mend = Send a new command with a new Idempotency-Key.
person-unknown = The registry knows nobody by the id { $person_id }.
    .mend = Check the id, or enter the person first by PUT /inspection/people/{ $person_id }.
registry-unavailable = The registry of persons and documents does not answer just now.
    .mend = Try again with the same Idempotency-Key.

grant-refused = Name and password do not belong together.
    .mend = Check both; after several failures the account waits before it may be tried again.
grant-not-supported = This issuer knows the grant type "password" only.
    .mend = Send grant_type=password.

# What a field's rule demands. The ids are pydantic's error types.

rule-missing = This field is required.
rule-extra-forbidden = There is no such field here.
rule-string-type = A text is expected.
rule-string-too-short = At least { $min_length } characters.
rule-string-too-long = At most { $max_length } characters.
rule-string-pattern-mismatch = Must match { $pattern }.
rule-int-type = A whole number is expected.
rule-int-parsing = A whole number is expected.
rule-int-from-float = A whole number is expected.
rule-bool-type = true or false is expected.
rule-bool-parsing = true or false is expected.
rule-greater-than-equal = At least { $ge }.
rule-greater-than = More than { $gt }.
rule-less-than-equal = At most { $le }.
rule-less-than = Less than { $lt }.
rule-list-type = A list is expected.
rule-tuple-type = A list is expected.
rule-dict-type = An object is expected.
rule-model-type = An object is expected.
rule-model-attributes-type = An object is expected.
rule-too-short = At least { $min_length } entries.
rule-too-long = At most { $max_length } entries.
rule-uuid-type = An id (UUID) is expected.
rule-uuid-parsing = An id (UUID) is expected.
rule-date-type = A day is expected, as YYYY-MM-DD.
rule-date-parsing = A day is expected, as YYYY-MM-DD.
rule-date-from-datetime-parsing = A day is expected, as YYYY-MM-DD.
rule-date-from-datetime-inexact = A day without a time is expected, as YYYY-MM-DD.
rule-datetime-type = A moment is expected, as 2026-01-31T08:00:00+07:00.
rule-datetime-parsing = A moment is expected, as 2026-01-31T08:00:00+07:00.
rule-datetime-from-date-parsing = A moment is expected, as 2026-01-31T08:00:00+07:00.
rule-timezone-aware = The moment needs its time zone, as in 2026-01-31T08:00:00+07:00.
rule-enum = One of: { $expected }.
rule-literal-error = One of: { $expected }.
rule-none-required = null is expected.
rule-value-error = The value is not allowed here.

# Answers, as the documentation pages show them
answer-made = Success.
answer-file = A file; its headers name what it is.
answer-events = Server-Sent Events; the id of each is the store's position.
answer-refused = A rule of the domain (RFC 9457): `code` names it, `mend` says what to do; docs/refusals.md lists them all.

# Groups of operations, as the documentation pages show them
tag-alerts = Alerts about what has stalled.
tag-ballots = Secret ballots of boards.
tag-boards = Disciplinary boards.
tag-calendar = The calendar of working days.
tag-channels = How one is told, and webhooks.
tag-consultations = Consultations between agencies.
tag-directives = Directives and their packs.
tag-documents = Documents that are issued, and their templates.
tag-findings = Findings of violations.
tag-follow-ups = Remediation after inspections.
tag-identity = Signing in, and tokens.
tag-inbox = The caller's inbox.
tag-inspections = Inspections (thanh tra) and checks (kiểm tra).
tag-law = Rows of the law.
tag-operation = How the notifier itself runs.
tag-organisation = The organisation, its posts and people.
tag-responsibilities = What heads answer for.
tag-reviews = Accountability reviews.
tag-successions = What is taken over when agencies end.
