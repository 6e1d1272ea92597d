# kycuong erase, rewrap, person-changes, token

erase-one-of = Nêu đúng một đối tượng cần xóa: --person MÃ, --document MÃ hoặc --file MÃ.
erase-erased = Đã xóa vĩnh viễn: { $id }. Các bản sao lưu trước đó mất nội dung này khi thay khóa bọc (kycuong rewrap).
erase-erased-before = { $id } đã được xóa từ trước.
erase-kept = Không xóa được { $id }: hồ sơ kỷ luật phải lưu giữ, theo dòng { $rule }.
erase-kept-by-suite = Không xóa được { $id }: chưa có dòng nào của pháp luật đang áp dụng quy định về lưu giữ hồ sơ kỷ luật, mà xóa rồi thì không lấy lại được, nên hệ thống giữ lại theo quy tắc riêng ({ $rule }); quy tắc này không phải là quy định pháp luật (docs/documents.md). Ai có điều luật trong tay thì đề nghị kích hoạt dòng đó; từ ngày ấy tài liệu viết ra được giữ theo dòng đó.
erase-unknown = Kho dữ liệu không có { $id } thuộc loại đó.
rewrap-done = { $count } khóa dữ liệu đã chuyển sang khóa bọc hiện hành. Hãy bỏ tệp wrapping-key-previous, khởi động lại kho dữ liệu và hủy mọi bản sao của khóa cũ.
suite-not-running = Không có hệ thống nào đang chạy trên { $folder }. Hãy chạy kycuong up, hoặc chỉ thư mục bằng --data.
secret-missing = Thiếu tệp bí mật { $file }.
registry-not-reached = Kho dữ liệu không trả lời. Hệ thống có đang chạy không?
registry-refused = Kho dữ liệu từ chối ({ $reason }). Tệp bí mật registry-operator có đúng là của kho này không?
token-embedded-only = Chỉ in mã truy cập ở nơi có hệ thống định danh cục bộ. Hãy dùng hệ thống định danh của đơn vị.
token-sample-only = Hệ thống này khởi động không có --sample nên không ký mã truy cập cho ai. Hãy khởi động lại với --sample (make run).
token-no-account = Không có tài khoản nào mang vai trò { $role }. Hãy khởi động với --sample để có tài khoản cho mọi vai trò.
token-database = Cơ sở dữ liệu không trả lời. Hệ thống có đang chạy không?
person-changes-none = Không có thay đổi nào được ghi nhận.
person-change = { $number }. { $at }: { $actor } thay đổi { $fields } của { $person }{ $told }
person-change-told = { $told ->
    [nobody] { "" }
    [waiting] { "; " }thư báo đến địa chỉ cũ: chờ gửi
    [accepted] { "; " }thư báo đến địa chỉ cũ: đã gửi
    [no_address] { "; " }thư báo: không còn địa chỉ cũ
    [not_configured] { "; " }thư báo: nơi này không gửi thư
   *[other] { "; " }thư báo đến địa chỉ cũ: chưa gửi được ({ $told })
}
