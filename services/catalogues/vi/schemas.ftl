## Tài liệu của các hợp đồng sự kiện (kycuong schemas).

schemas-written = Đã ghi { $count } tài liệu vào { $folder }.
schemas-released = Đã chốt { $count } hợp đồng sự kiện làm bản phát hành.
