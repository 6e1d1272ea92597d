## Những gì người vận hành đọc: kycuong up, doctor, jars.

# Cơ sở dữ liệu và trình trung chuyển nhúng không dùng được
embedded-program-missing = Không tìm thấy chương trình { $program } của { $child }. Hãy chạy lại make run để cài đặt lại.
embedded-package-missing = Chưa cài gói { $package }. Hãy chạy make run, hoặc cài kycuong[embedded].
embedded-user-not-made = Không tạo được người dùng hệ thống { $user } cho cơ sở dữ liệu: { $reason }. Hãy tự tạo người dùng này, hoặc đừng chạy bằng root.
embedded-folder-unreachable = Người dùng hệ thống { $user } của cơ sở dữ liệu không đi qua được { $folder } để tới { $path }. Hãy chọn thư mục dữ liệu khác bằng --data (ví dụ /var/lib/kycuong), hoặc đừng chạy bằng root.
embedded-folder-in-use = Thư mục dữ liệu { $folder } đang được tiến trình { $pid } sử dụng. Hãy dừng tiến trình đó, hoặc chọn thư mục khác bằng --data.
embedded-port-in-use = Cổng { $port } dành cho { $server } đã có chương trình khác dùng. Hãy dừng chương trình đó, hoặc chọn cổng khác bằng --port.
embedded-jar-missing = Thiếu tệp jar { $coordinate } ({ $path }). Hãy chạy kycuong jars fetch.
embedded-jar-differs = Tệp jar { $coordinate } không đúng bản đã ghim: cần SHA-256 { $expected }, thực tế { $found }. Hãy xóa { $path } rồi chạy kycuong jars fetch; nếu vẫn sai, đừng dùng nguồn tải đó.
embedded-jar-not-fetched = Không tải được { $coordinate }: { $reason }. Hãy kiểm tra mạng, hoặc đặt KYCUONG_MAVEN_REPOSITORY tới kho trong mạng nội bộ.
embedded-initdb-failed = Không khởi tạo được cơ sở dữ liệu tại { $folder }: { $reason }
embedded-database-version = Dữ liệu tại { $folder } thuộc PostgreSQL { $found }, bộ phần mềm này dùng PostgreSQL { $expected }. Hãy xuất dữ liệu bằng phiên bản cũ (pg_dumpall) rồi nhập lại.
embedded-database-not-started = Cơ sở dữ liệu không khởi động được, xem { $log }: { $reason }
embedded-broker-not-formatted = Không chuẩn bị được thư mục Kafka { $folder }: { $reason }
embedded-broker-not-started = Kafka không khởi động được, xem { $log }: { $reason }
embedded-process-failed = Bước { $process } thất bại, xem { $log }: { $reason }

# kycuong up
up-fetching = Đang tải Kafka (chỉ lần đầu)
up-starting = Đang khởi động Kỷ Cương, dữ liệu tại { $folder }
up-ready = Kỷ Cương đã sẵn sàng sau { $seconds } giây: { $url }
up-docs = Tài liệu API: { $url }/{ $context }/docs
up-token = Lấy mã truy cập cho từng vai trò: kycuong token --as VAI_TRÒ --data { $folder }
up-stop = Nhấn Ctrl-C để dừng.
up-stopped = Đã dừng. Lần sau sẽ tiếp tục với dữ liệu này.

# kycuong jars
jars-fetched = Đủ { $count } tệp jar tại { $folder }.
