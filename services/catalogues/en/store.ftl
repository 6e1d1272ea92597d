## What operators read: kycuong clock, verify, projections.

store-database = The database cannot be reached. Check whether it is running.

# kycuong clock
clock-stands-still = This suite was started without the demo clock, so its time cannot be moved. Start it with kycuong up --demo-clock.
clock-goes-forward = Time goes forward only: it is { $now } already, later than { $moment }.
clock-not-settled = At { $moment } the suite did not get done: { $unsettled }. See kycuong deadletter list and the processes' logs.

# kycuong verify
verify-counted = { $context }: { $events } events in { $streams } streams were checked.
verify-altered = { $context }: stream { $stream }, version { $version }: this event, or the one before it, was changed.
verify-missing = { $context }: stream { $stream }, version { $version }: the event was deleted, later ones are there.
verify-removed = { $context }: stream { $stream }, version { $version }: it was published and is no longer in the store.
verify-replaced = { $context }: stream { $stream }, version { $version }: what is in the store is not what was published.
verify-added = { $context }: stream { $stream }, version { $version }: it stands among what was published, and never was.
verify-file-missing = { $context }: stream { $stream }, version { $version }: the file of the issued document is gone.
verify-file-differs = { $context }: stream { $stream }, version { $version }: the file that is kept is not the one that was issued.
verify-files-counted = { $context }: compared { $files } files of issued documents.
verify-files-unchecked = The files of issued documents could not be compared: the registry does not answer, or the secret file registry-operator is missing. Start the registry and run it again.
verify-topics = The topics could not be read to their end: { $reason }. The store was not compared with them; --store-only checks the store alone.
verify-found = The history is not what it was: { $count } places.
verify-whole = The history is whole, and as it was published.
verify-store-only = The chains in the store are whole; the topics were not compared.

# kycuong projections
projections-unknown = There is no view { $name }. The views: { $names }
projections-in-use = The view { $name } was in use all the time and could not be replaced; the new one was thrown away. Run the command again at a quieter hour.
projections-rebuilt = The view { $name } was built anew from { $events } events.
