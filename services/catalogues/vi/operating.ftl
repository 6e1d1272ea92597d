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
embedded-process-not-forked = Không khởi động được tiến trình { $process }: { $reason }
embedded-process-failed = Bước { $process } thất bại, xem { $log }: { $reason }

# kycuong up
up-fetching = Đang tải Kafka (chỉ lần đầu)
up-starting = Đang khởi động Kỷ Cương, dữ liệu tại { $folder }
up-ready = Kỷ Cương đã sẵn sàng sau { $seconds } giây: { $url }
up-docs = Tài liệu API: { $url }/{ $context }/docs
up-token = Lấy mã truy cập cho từng vai trò: kycuong token --as VAI_TRÒ --data { $folder }
up-empty = Khởi động không có --sample: hệ thống không ký mã truy cập cho ai, nên chưa ai đăng nhập được. Để dùng thử, hãy khởi động với --sample; để dùng thật, xem docs/deploy.md.
up-stop = Nhấn Ctrl-C để dừng.
up-stopped = Đã dừng. Lần sau sẽ tiếp tục với dữ liệu này.

# kycuong jars
jars-fetched = Đủ { $count } tệp jar tại { $folder }.

# kycuong doctor: mỗi dòng một việc; .mend là cách sửa
doctor-python = Python { $version }
    .mend = Python { $version } quá cũ: cần 3.11 trở lên. Hãy chạy make run PYTHON=/đường/dẫn/python3.11
doctor-database-program = { $what }
    .mend = Chương trình PostgreSQL không chạy được: { $what }. Hãy chạy lại make run để cài đặt lại.
doctor-java = { $what }
    .mend = Java không chạy được: { $what }. Hãy chạy lại make run để cài đặt lại.
doctor-jars = Đủ { $count } tệp jar đúng bản đã ghim tại { $folder }
    .mend = Tệp jar của Kafka tại { $folder } thiếu hoặc không đúng: { $what }. Hãy xóa tệp sai rồi chạy kycuong jars fetch.
doctor-folder = Thư mục dữ liệu { $folder } dùng được, còn trống { $free } MiB
    .mend = Ổ đĩa của { $folder } chỉ còn { $free } MiB, cần { $needed } MiB. Hãy dọn ổ đĩa, hoặc chọn thư mục khác bằng --data.
doctor-folder-closed =
    .mend = Không ghi được vào { $blocked }, nơi đặt thư mục dữ liệu { $folder }. Hãy chọn thư mục khác bằng --data.
doctor-folder-unreachable =
    .mend = Người dùng hệ thống { $user } của cơ sở dữ liệu không đi qua được { $blocked } để tới { $folder }. Hãy chọn thư mục khác bằng --data (ví dụ /var/lib/kycuong), hoặc đừng chạy bằng root.
doctor-memory = Bộ nhớ còn { $available } MiB
    .mend = Bộ nhớ chỉ còn { $available } MiB, cần { $needed } MiB. Hãy đóng bớt chương trình.
doctor-port = Cổng { $port } còn trống
    .mend = Cổng { $port } đã có chương trình khác dùng. Hãy dừng chương trình đó, hoặc chọn cổng khác bằng --port.
doctor-database-version = Dữ liệu thuộc PostgreSQL { $found }
    .mend = Dữ liệu thuộc PostgreSQL { $found }, cần PostgreSQL { $expected }. Hãy xuất bằng phiên bản cũ (pg_dumpall) rồi nhập lại.
doctor-secrets = Đủ các tệp bí mật tại { $folder }
    .mend = Thiếu tệp bí mật tại { $folder }: { $names }. Hãy phục hồi từ bản sao lưu; nếu chưa từng có, kycuong up sẽ tạo.
doctor-secrets-private = Chỉ chủ sở hữu đọc được các tệp bí mật
    .mend = Người khác đọc được tệp bí mật tại { $folder }: { $names }. Hãy chạy chmod 600 cho các tệp đó và thay bí mật đã lộ.
doctor-supervisor = Kỷ Cương đang chạy trên { $folder }
    .mend = Tiến trình giám sát của { $folder } không trả lời. Hãy chạy lại kycuong up; những gì còn sót sẽ được dừng.
doctor-part = { $part } sẵn sàng
    .mend = { $part } chưa sẵn sàng, xem { $log }. Nó được khởi động lại tự động; nếu vẫn vậy, hãy sửa theo nhật ký.

# kycuong init
init-issuer = Hãy chọn một trong hai: --issuer (địa chỉ máy chủ định danh OIDC), hoặc --trial để dùng thử với tỉnh mẫu.
init-demo-clock = --demo-clock chỉ dùng được cùng --trial: đồng hồ của hệ thống thật không được dịch chuyển.
init-not-root = Cần quyền root để trao các tệp bí mật cho nhóm mà các container đọc. Hãy chạy deploy/kycuong init, hoặc dùng sudo.
init-made = Đã tạo { $count } tệp: { $names }.
init-kept = Mọi tệp đã có sẵn, không thay đổi gì.
init-next = Hãy cất một bản sao của thư mục secrets ở nơi khác (nhất là wrapping-key: mất khóa này là mất mọi tên người và nội dung), thay secrets/proxy-certificate bằng chứng thư của cơ quan, rồi khởi động bằng deploy/kycuong start.

# kycuong backup, restore, status
backup-topics = Không đọc hoặc không ghi được các chủ đề Kafka: { $reason }. Hãy kiểm tra broker rồi chạy lại.
restore-not-empty = Ở đây đã có dữ liệu. Chỉ phục hồi vào một hệ thống trống: hãy giữ dữ liệu cũ ở nơi khác, rồi xóa các volume bằng deploy/kycuong compose down --volumes.
restore-checkpoints = Đã phát lại { $count } điểm kiểm chứng.
status-context = Ngữ cảnh
status-events = Sự kiện
status-unpublished = Chưa phát
status-unapplied = Chưa nhận
status-parked = Đang chờ xử lý lại
status-dead = Không xử lý được
status-due = Thời hạn đã đến mà chưa báo: { $count }
status-undelivered = Thông báo chưa gửi: { $count }
status-notices = Cảnh báo của bộ canh gác: { $names }
status-no-notices = Bộ canh gác không thấy gì đứng yên.
status-disk = Cơ sở dữ liệu { $database }; ổ đĩa sao lưu còn trống { $free }
status-backup = Bản sao lưu gần nhất: { $name }, { $hours } giờ trước
status-no-backup = Chưa có bản sao lưu nào. Hãy chạy deploy/kycuong backup.
