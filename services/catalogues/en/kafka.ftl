## What operators read: kycuong replay, kycuong partitions, kycuong deadletter.

kafka-suite-not-running = No suite runs on { $folder }. Start it with kycuong up.

# kycuong replay
replay-topic = The topic { $topic } cannot be rebuilt from the store. Those that can: { $topics }
replay-relay-in-place = The relay of { $context } did not stand aside; nothing was sent. Look at the relay process and run the command again.
replay-failed = The topic { $topic } was not rebuilt completely: { $reason }. Running the command again does no harm.
replay-done = The topic { $topic } was rebuilt: { $count } events.

# kycuong partitions
partitions-waiting = Waiting for those who have not read everything: { $readers }
partitions-fewer = The topic { $topic } has { $count } partitions already, and Kafka takes none away. Ask for as many or more.
partitions-unread = Nothing was changed: these consumer groups have not read everything: { $readers }. Start or mend their readers and run the command again; one that is gone for good is left out with --but GROUP.
partitions-relay-in-place = Nothing was changed: the relay of { $context } did not stand aside. Look at the relay process and run the command again.
partitions-place-lost = No partition was made: the connection that kept the relay of { $context } aside was lost. Look at the database and run the command again.
partitions-not-shown = The brokers took the new partitions and do not show them. Look at the brokers and run the command again with the same number.
partitions-done = Every topic with keys has { $count } partitions.

# kycuong deadletter
deadletter-none = No message is parked.
deadletter-unknown = No message has this number.
deadletter-context = Name one of the contexts: { $contexts }
deadletter-no-reason = Discarding a message needs a reason.
deadletter-not-failed = Message { $number } has not failed; there is nothing to try again.
deadletter-not-its-turn = Message { $first } of the same key stands before this one. Decide about that one first.
deadletter-predecessor-missing = This message waits for one that has not come. Rebuild its topic with kycuong replay.
deadletter-database = The database cannot be reached: { $reason }
deadletter-retried = { $count ->
    [one] { $count } message is tried again now.
   *[other] { $count } messages are tried again now.
}
deadletter-discarded = Message { $number } was discarded; what waited behind it goes on.
deadletter-column = { $column ->
    [id] number
    [parked] parked at
    [parked_at] parked at
    [next_try_at] next try at
    [event_id] event id
    [discarded_at] discarded at
    [discard_reason] reason
   *[other] { $column }
}
