# kycuong erase, rewrap, person-changes, token

erase-one-of = Name one thing to erase: --person ID, --document ID or --file ID.
erase-erased = Erased for good: { $id }. Backups from before lose it when the wrapping key is rotated (kycuong rewrap).
erase-erased-before = { $id } had been erased before.
erase-kept = { $id } is not erased: files of discipline are kept, by the row { $rule }.
erase-kept-by-suite = { $id } is not erased: no active row of the law says what becomes of files of discipline, and what is erased cannot be had back, so the suite keeps them by a rule of its own ({ $rule }), which is no law (docs/documents.md). Whoever has the article in hand has its row activated; it then names what is written from that day on.
erase-unknown = The registry knows no { $id } of that kind.
rewrap-done = { $count } data keys now stand under the current wrapping key. Remove the file wrapping-key-previous, restart the registry, and destroy every copy of the old key.
suite-not-running = No suite runs on { $folder }. Start it with kycuong up, or name its folder with --data.
secret-missing = The secret file { $file } is missing.
registry-not-reached = The registry does not answer. Is the suite running?
registry-refused = The registry refused ({ $reason }). Is the secret file registry-operator the registry's own?
token-embedded-only = Tokens are printed only where the local issuer runs. Ask your identity provider.
token-sample-only = This suite was started without --sample and signs no tokens. Start it again with --sample (make run).
token-no-account = There is no account with the role { $role }. Start the suite with --sample to get accounts for every role.
token-database = The database does not answer. Is the suite running?
person-changes-none = No change is recorded.
person-change = { $number }. { $at }: { $actor } changed { $fields } of { $person }{ $told }
person-change-told = { $told ->
    [nobody] { "" }
    [waiting] { "; " }letter to the address before: waits
    [accepted] { "; " }letter to the address before: sent
    [no_address] { "; " }letter: no address before any more
    [not_configured] { "; " }letter: no mail is sent here
   *[other] { "; " }letter to the address before: not sent ({ $told })
}
