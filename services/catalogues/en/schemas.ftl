## Documents of the event contracts (kycuong schemas).

schemas-written = { $count } documents were written to { $folder }.
schemas-released = { $count } event contracts are the released ones now.
