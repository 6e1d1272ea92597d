## Documents of reviews: registers, templates, what is printed.

event-discipline-document-issued = Document issued
event-discipline-template-stored = Template stored
event-discipline-template-activated = Template put to use

# Kinds of document
document-kind-review-opening = decision to review
document-kind-summons = summons
document-kind-minutes = minutes
document-kind-recommendation = recommendation
document-kind-decision = decision
document-kind-complaint-answer = answer to a complaint
document-kind-publication = publication
document-draft = DRAFT

# Refusals
number-not-next = Number { $number } has gone to another document; the register's next one is { $next }.
    .mend = Send it again: the document is made anew with the next number.
step-issued-before = This step has its document { $document_id } already.
    .mend = Use the document that was issued, or issue one in its place and name this one as replaces.
replaces-nothing = The document { $replaces } is not the one that stands for this step.
    .mend = Look at the documents of the case and name the one that stands for exactly this step.
template-unreadable = The template cannot be read in the part "{ $part }", line { $line }: { $problem }.
    .mend = Use names of fields, for, if and the filters upper, lower, first_upper only.
template-field-unknown = A template of the kind { $kind } names fields that there are not: { $unknown }.
    .mend = Use the fields of this kind: { $known }.
template-field-missing = A template of the kind { $kind } leaves out what it must say: { $missing }.
    .mend = Add these fields to the template.
template-stored-before = These words have been stored as version { $version }.
    .mend = Put that version to use.
template-version-unknown = The template has no version { $version }; the last one is { $last }.
    .mend = Look at the list of versions and choose one that was stored.
template-in-use = Version { $version } is in use.
    .mend = Nothing is to be done; to change the words, put another version to use.
