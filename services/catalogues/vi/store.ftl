## Người vận hành đọc: kycuong clock, verify, projections.

store-database = Không kết nối được cơ sở dữ liệu. Hãy kiểm tra xem nó có đang chạy không.

# kycuong clock
clock-stands-still = Hệ thống này được khởi động không có đồng hồ thử nghiệm, nên không thể chỉnh thời gian. Hãy khởi động bằng kycuong up --demo-clock.
clock-goes-forward = Thời gian chỉ tiến, không lùi: bây giờ đã là { $now }, sau { $moment }.
clock-not-settled = Tại { $moment } hệ thống chưa xử lý xong: { $unsettled }. Hãy xem kycuong deadletter list và nhật ký của các tiến trình.

# kycuong verify
verify-counted = { $context }: đã kiểm tra { $events } sự kiện của { $streams } luồng.
verify-altered = { $context }: luồng { $stream }, phiên bản { $version }: sự kiện này, hoặc sự kiện ngay trước nó, đã bị sửa.
verify-missing = { $context }: luồng { $stream }, phiên bản { $version }: sự kiện đã bị xóa, các sự kiện sau vẫn còn.
verify-removed = { $context }: luồng { $stream }, phiên bản { $version }: đã được công bố nhưng không còn trong kho.
verify-replaced = { $context }: luồng { $stream }, phiên bản { $version }: sự kiện trong kho không phải là sự kiện đã công bố.
verify-added = { $context }: luồng { $stream }, phiên bản { $version }: nằm trong phần đã công bố nhưng chưa từng được công bố.
verify-file-missing = { $context }: luồng { $stream }, phiên bản { $version }: không còn tệp của văn bản đã ban hành.
verify-file-differs = { $context }: luồng { $stream }, phiên bản { $version }: tệp đang lưu không phải là tệp đã ban hành.
verify-files-counted = { $context }: đã đối chiếu { $files } tệp của các văn bản đã ban hành.
verify-files-unchecked = Chưa đối chiếu được tệp của các văn bản đã ban hành: kho dữ liệu không trả lời, hoặc thiếu tệp bí mật registry-operator. Hãy khởi động kho dữ liệu rồi chạy lại.
verify-topics = Không đọc được hết các chủ đề: { $reason }. Chưa so sánh được với kho; --store-only chỉ kiểm tra kho.
verify-found = Lịch sử không còn nguyên vẹn: { $count } chỗ.
verify-whole = Lịch sử còn nguyên vẹn, đúng như đã công bố.
verify-store-only = Các chuỗi trong kho còn nguyên vẹn; chưa so sánh với các chủ đề.

# kycuong projections
projections-unknown = Không có khung nhìn { $name }. Các khung nhìn: { $names }
projections-in-use = Khung nhìn { $name } luôn có người đang dùng nên chưa thay được; bản mới đã bị bỏ. Hãy chạy lại lệnh lúc ít người dùng.
projections-rebuilt = Đã dựng lại khung nhìn { $name } từ { $events } sự kiện.
