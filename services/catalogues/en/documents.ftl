## Documents of reviews: registers, templates, what is printed.

event-discipline-document-issued = Document issued

# Refusals
number-not-next = Number { $number } has gone to another document; the register's next one is { $next }.
    .mend = Send it again: the document is made anew with the next number.
step-issued-before = This step has its document { $document_id } already.
    .mend = Use the document that was issued, or issue one in its place and name this one as replaces.
replaces-nothing = The document { $replaces } is not the one that stands for this step.
    .mend = Look at the documents of the case and name the one that stands for exactly this step.
