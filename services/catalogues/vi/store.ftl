## Người vận hành đọc: kycuong clock, verify, projections.

store-database = Không kết nối được cơ sở dữ liệu. Hãy kiểm tra xem nó có đang chạy không.

# kycuong clock
clock-stands-still = Hệ thống này được khởi động không có đồng hồ thử nghiệm, nên không thể chỉnh thời gian. Hãy khởi động bằng kycuong up --demo-clock.
clock-goes-forward = Thời gian chỉ tiến, không lùi: bây giờ đã là { $now }, sau { $moment }.
clock-not-settled = Tại { $moment } hệ thống chưa xử lý xong: { $unsettled }. Hãy xem kycuong deadletter list và nhật ký của các tiến trình.
