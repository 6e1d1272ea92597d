## What operators read: kycuong replay, kycuong deadletter.

kafka-suite-not-running = No suite runs on { $folder }. Start it with kycuong up.

# kycuong replay
replay-topic = The topic { $topic } cannot be rebuilt from the store. Those that can: { $topics }
replay-relay-in-place = The relay of { $context } did not stand aside; nothing was sent. Look at the relay process and run the command again.
replay-failed = The topic { $topic } was not rebuilt completely: { $reason }. Running the command again does no harm.
replay-done = The topic { $topic } was rebuilt: { $count } events.
