## Người vận hành đọc: kycuong replay, kycuong deadletter.

kafka-suite-not-running = Không có Kỷ Cương nào đang chạy trên { $folder }. Hãy khởi động bằng kycuong up.

# kycuong replay
replay-topic = Không thể dựng lại chủ đề { $topic } từ kho sự kiện. Các chủ đề dựng lại được: { $topics }
replay-relay-in-place = Tiến trình chuyển tiếp của { $context } chưa nhường chỗ, chưa gửi gì. Hãy kiểm tra tiến trình relay rồi chạy lại lệnh.
replay-failed = Chủ đề { $topic } chưa được dựng lại đầy đủ: { $reason }. Chạy lại lệnh này không gây hại.
replay-done = Đã dựng lại chủ đề { $topic }: { $count } sự kiện.
