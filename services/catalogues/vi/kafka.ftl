## Người vận hành đọc: kycuong replay, kycuong partitions, kycuong deadletter.

kafka-suite-not-running = Không có Kỷ Cương nào đang chạy trên { $folder }. Hãy khởi động bằng kycuong up.

# kycuong replay
replay-topic = Không thể dựng lại chủ đề { $topic } từ kho sự kiện. Các chủ đề dựng lại được: { $topics }
replay-relay-in-place = Tiến trình chuyển tiếp của { $context } chưa nhường chỗ, chưa gửi gì. Hãy kiểm tra tiến trình relay rồi chạy lại lệnh.
replay-failed = Chủ đề { $topic } chưa được dựng lại đầy đủ: { $reason }. Chạy lại lệnh này không gây hại.
replay-done = Đã dựng lại chủ đề { $topic }: { $count } sự kiện.

# kycuong partitions
partitions-waiting = Đang chờ các bên chưa đọc hết: { $readers }
partitions-fewer = Chủ đề { $topic } đã có { $count } phân vùng và Kafka không bớt đi được. Hãy yêu cầu số bằng hoặc lớn hơn.
partitions-unread = Chưa thay đổi gì: các nhóm tiêu thụ sau chưa đọc hết: { $readers }. Hãy khởi động hoặc sửa bên đọc rồi chạy lại lệnh; nhóm không còn dùng nữa thì bỏ qua bằng --but NHÓM.
partitions-relay-in-place = Chưa thay đổi gì: tiến trình chuyển tiếp của { $context } chưa nhường chỗ. Hãy kiểm tra tiến trình relay rồi chạy lại lệnh.
partitions-place-lost = Chưa tạo phân vùng nào: mất kết nối đang giữ cho tiến trình chuyển tiếp của { $context } nhường chỗ. Hãy kiểm tra cơ sở dữ liệu rồi chạy lại lệnh.
partitions-not-shown = Máy chủ Kafka đã nhận các phân vùng mới nhưng chưa hiển thị. Hãy kiểm tra các máy chủ Kafka rồi chạy lại lệnh với cùng số đó.
partitions-done = Mọi chủ đề có khóa nay có { $count } phân vùng.

# kycuong deadletter
deadletter-none = Không có thông điệp nào bị giữ lại.
deadletter-unknown = Không có thông điệp nào mang số này.
deadletter-context = Hãy nêu một trong các phân hệ: { $contexts }
deadletter-no-reason = Muốn bỏ một thông điệp phải nêu lý do.
deadletter-not-failed = Thông điệp số { $number } không ở trạng thái lỗi, không có gì để thử lại.
deadletter-not-its-turn = Trước thông điệp này còn thông điệp số { $first } cùng khóa. Hãy xử lý thông điệp đó trước.
deadletter-predecessor-missing = Thông điệp này đang chờ một thông điệp chưa đến. Hãy dựng lại chủ đề của nó bằng kycuong replay.
deadletter-database = Không kết nối được cơ sở dữ liệu: { $reason }
deadletter-retried = Sẽ thử lại ngay { $count } thông điệp.
deadletter-discarded = Đã bỏ thông điệp số { $number }; các thông điệp chờ phía sau được xử lý tiếp.
deadletter-column = { $column ->
    [number] số
    [id] số
    [context] phân hệ
    [state] trạng thái
    [type] loại sự kiện
    [stream] dòng sự kiện
    [version] phiên bản
    [tries] số lần thử
    [behind] đang chờ sau
    [parked] giữ lại lúc
    [parked_at] giữ lại lúc
    [next_try_at] thử lại lúc
    [error] lỗi
    [topic] chủ đề
    [partition] phân vùng
    [offset] vị trí
    [event_id] mã sự kiện
    [discarded_at] bỏ lúc
    [discard_reason] lý do bỏ
   *[other] { $column }
}
