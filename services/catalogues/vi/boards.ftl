## Hội đồng kỷ luật và bỏ phiếu kín: từ chối, tên sự kiện, vai trò, tình trạng.

# Thành lập, thành phần
board-unknown = Không có gì ở đây.
    .mend = Kiểm tra lại địa chỉ và mã.
board-already-established = Hội đồng { $board_id } đã được thành lập cho vụ việc này.
    .mend = Đưa thêm việc kiểm điểm vào hội đồng đó, hoặc thay thành viên của hội đồng đó.
board-has-ended = Hội đồng đã hết nhiệm vụ vì mọi việc của hội đồng đều đã xong.
    .mend = Nếu vụ việc có việc mới, người có thẩm quyền ra quyết định thành lập lại.
review-of-another-matter = Việc { $review_id } thuộc vụ việc khác hoặc thuộc thẩm quyền của cơ quan khác.
    .mend = Một hội đồng chỉ xem xét các việc của cùng một vụ việc, cùng một cấp có thẩm quyền.
review-not-going-on = Việc { $review_id } hiện không trong quá trình xem xét.
    .mend = Người có thẩm quyền mở việc xem xét trước, rồi mới thành lập hội đồng.
review-not-of-board = Việc { $review_id } không thuộc hội đồng này hoặc không có trong chương trình của phiên họp.
    .mend = Chọn một việc có trong chương trình, hoặc triệu tập phiên khác.
review-already-of-board = Hội đồng đã được giao việc { $review_id }.
    .mend = Không phải làm gì thêm.
no-board-for-collective = Việc { $review_id } không phải của một cá nhân: trách nhiệm tập thể kết thúc ở cuộc họp kiểm điểm.
    .mend = Bỏ việc này khỏi quyết định thành lập hội đồng.
seat-repeated = Người { $person_id } được nêu hai lần trong hội đồng.
    .mend = Mỗi người chỉ giữ một vị trí trong hội đồng.
seat-role-not-once = Hội đồng phải có đúng một { $role ->
        [chair] chủ tịch có quyền biểu quyết
       *[secretary] thư ký
    }; danh sách có { $seats }.
    .mend = Sửa lại danh sách thành viên.
seat-without-post = Người { $person_id } không giữ vị trí { $post_id } vào ngày này.
    .mend = Ghi vị trí mà người đó đang giữ.
board-size-not-by-rule = Hội đồng có { $seats } người biểu quyết, trong khi phải có { $size } người { $stated_by ->
        [row] theo { $instrument } (dòng quy định { $rule_id })
       *[decision] theo quyết định thành lập
    }.
    .mend = Sửa lại danh sách cho đủ và đúng số người biểu quyết.
quorum-not-stated = Chưa có quy định nào đang áp dụng về số người phải dự họp.
    .mend = Ghi số đó trong quyết định thành lập hội đồng.
quorum-not-by-rule = Quyết định ghi phải có { $quorum } người dự họp, nhưng { $instrument } (dòng quy định { $rule_id }) quy định { $stated }.
    .mend = Bỏ số đó khỏi quyết định, hoặc ghi đúng như quy định đó.
quorum-above-size = Phải có { $quorum } người dự họp mà hội đồng chỉ có { $size } người biểu quyết.
    .mend = Ghi một số không lớn hơn số người biểu quyết.
member-is-subject = Người { $person_id } là người được xem xét, không được tham gia hội đồng.
    .mend = Chọn người khác; không có ngoại lệ nào.
member-conflicted = Người { $person_id } { $ground ->
        [same_unit] cùng đơn vị với người được xem xét
        [superior] là cấp trên của người được xem xét
        [subordinate] là cấp dưới của người được xem xét
       *[other] có quan hệ với người được xem xét
    }.
    .mend = Chọn người khác, hoặc ghi rõ trong quyết định lý do người đó vẫn được tham gia.

# Từ chối tham gia, thay đổi thành viên
not-on-board = Người { $person_id } không phải là thành viên hội đồng.
    .mend = Kiểm tra lại danh sách thành viên.
member-may-not-take-part = Người { $person_id } không được tham gia: đã rút khỏi hội đồng, đã khai có quan hệ, theo tổ chức bộ máy thì có xung đột lợi ích, hoặc không còn giữ vị trí công tác mà vì đó được cử vào hội đồng.
    .mend = Đề nghị người có thẩm quyền thay người khác.
not-chair-nor-secretary = Chỉ chủ tịch và thư ký hội đồng điều hành phiên họp.
    .mend = Đề nghị chủ tịch hoặc thư ký làm việc này.
may-not-ask-recusal = Chỉ thành viên đó, thành viên khác, người được xem xét hoặc người có thẩm quyền mới được đề nghị.
    .mend = Gửi ý kiến đến thư ký hội đồng.
recusal-already-asked = Đề nghị về người { $person_id } đang chờ quyết định.
    .mend = Chờ quyết định.
recusal-refused-before = Đề nghị trước của cùng một người về người { $person_id } đã bị từ chối.
    .mend = Chỉ đề nghị lại khi có tình tiết mới, và nêu rõ tình tiết đó.
already-recused = Người { $person_id } đã rút khỏi hội đồng trong vụ việc này và không trở lại.
    .mend = Chọn người khác.
recusal-not-asked = Không có đề nghị nào về người { $person_id } chờ quyết định.
    .mend = Xem lại tình trạng hiện tại.
recusal-not-yours-to-decide = Về chủ tịch hội đồng, hoặc khi chủ tịch không được tham gia, người giữ vị trí { $authority_post } quyết định; về thành viên khác, chủ tịch hội đồng quyết định; không ai quyết định về chính mình.
    .mend = Chuyển cho người có quyền quyết định.
recusal-pending = Đề nghị về người { $person_id } chưa được quyết định.
    .mend = Quyết định đề nghị đó trước khi bỏ phiếu.
vote-under-way = Cuộc bỏ phiếu { $ballot_id } đang tiến hành hoặc vừa xong, nên thành phần hội đồng chưa thay đổi được.
    .mend = Chờ kiểm phiếu; nếu không chờ được, chủ tịch hoặc thư ký hủy cuộc bỏ phiếu, nêu lý do, rồi xem lại tình trạng và làm lại.
declaration-missing = Người { $person_id } chưa khai có hay không có quan hệ với người được xem xét.
    .mend = Người đó khai trước khi dự họp.

# Phiên họp
review-not-heard = Hội đồng chưa họp xem xét việc { $review_id }, nên chưa bỏ phiếu được.
    .mend = Đưa việc đó ra hội đồng và ghi nhận phiên họp xem xét trước, rồi bỏ phiếu.
sitting-not-yet = Phiên họp được triệu tập vào { $held_at }, nên chưa khai mạc được.
    .mend = Đợi đến giờ đã triệu tập rồi khai mạc.
sitting-in-past = Phiên họp phải được triệu tập cho một thời điểm sắp tới.
    .mend = Chọn một thời điểm muộn hơn hiện tại.
sitting-not-over = Phiên họp thứ { $sitting } chưa kết thúc.
    .mend = Kết thúc phiên đó, kèm biên bản, rồi mới triệu tập phiên sau.
sitting-not-convened = Không có phiên họp nào chờ khai mạc.
    .mend = Triệu tập phiên họp trước.
sitting-not-open = Hội đồng chưa khai mạc phiên họp, hoặc phiên họp đã kết thúc.
    .mend = Khai mạc phiên họp trước.
choices-repeated = Phương án { $choice } xuất hiện hai lần.
    .mend = Mỗi phương án chỉ ghi một lần.
heard-by-too-few = Đủ số người họp, nhưng chỉ có { $present } người biểu quyết đã dự phiên họp xem xét việc { $review_id }, trong khi phải có { $quorum } người { $stated_by ->
        [row] theo { $instrument } (dòng quy định { $rule_id })
       *[decision] theo quyết định thành lập hội đồng
    }. Người không dự phiên họp xem xét thì không bỏ phiếu về việc đó.
    .mend = Bỏ phiếu với những người đã dự phiên họp xem xét; nếu hội đồng không còn đủ những người đó, triệu tập người được xem xét đến phiên họp khác.
quorum-missing = Chỉ có { $present } người biểu quyết được tham gia, trong khi phải có { $quorum } người { $stated_by ->
        [row] theo { $instrument } (dòng quy định { $rule_id })
       *[decision] theo quyết định thành lập hội đồng
    }: hội đồng không họp và không bỏ phiếu được.
    .mend = Chờ đủ người; nếu thành viên đã rút, đề nghị người có thẩm quyền cử người thay.

# Bỏ phiếu kín
ballot-unknown = Không có gì ở đây.
    .mend = Kiểm tra lại địa chỉ và mã.
not-presiding = Chỉ người chủ trì và thư ký của cuộc bỏ phiếu làm việc này.
    .mend = Đề nghị một trong hai người đó.
not-a-voter = Người này không có quyền biểu quyết trong cuộc bỏ phiếu này.
    .mend = Xem danh sách người biểu quyết: gồm những người đã dự phiên họp xem xét và đang dự họp.
roll-not-open = Chỉ nhận phiếu khi danh sách người bỏ phiếu còn mở ({ $status }).
    .mend = Ai đến muộn thì ghi vào biên bản; nếu cần, hủy cuộc bỏ phiếu và làm lại.
paper-already-taken = Người này đã nhận phiếu; mỗi người một phiếu.
    .mend = Dùng phiếu đã nhận, trên máy đã nhận. Nếu mất, đề nghị chủ trì hủy cuộc bỏ phiếu và làm lại.
roll-below-quorum = Mới có { $took_part } người nhận phiếu, trong khi phải có { $quorum } người { $stated_by ->
        [row] theo { $instrument } (dòng quy định { $rule_id })
       *[decision] theo quyết định thành lập
    }.
    .mend = Chờ thêm người nhận phiếu, hoặc hủy cuộc bỏ phiếu.
too-few-to-be-secret = Với { $voters } người bỏ phiếu thì kết quả sẽ cho biết ai chọn gì; phải có ít nhất { $least } người.
    .mend = Chờ thêm người, hoặc biểu quyết công khai ngoài hệ thống và ghi biên bản.
box-until-too-soon = Hòm phiếu phải mở đến một thời điểm sắp tới.
    .mend = Chọn một thời điểm muộn hơn hiện tại.
box-not-open = Hòm phiếu hiện không mở ({ $status }).
    .mend = Bỏ phiếu và kiểm phiếu chỉ sau khi danh sách người bỏ phiếu đã khóa và trước khi có kết quả.
box-still-open = Chưa đủ phiếu trong hòm và hòm còn mở đến { $box_until }.
    .mend = Chờ đủ phiếu hoặc hết giờ; số phiếu trong hòm không được cho biết trước.
more-ballots-than-papers = Trong hòm có { $ballots } phiếu mà chỉ có { $papers } người nhận phiếu: có phiếu giả.
    .mend = Hủy cuộc bỏ phiếu, báo thanh tra và người quản trị, rồi làm lại.
ballot-is-over = Cuộc bỏ phiếu đã xong ({ $status }).
    .mend = Xem kết quả.
choice-not-offered = Phiếu không có phương án này; phiếu chưa được dùng.
    .mend = Chọn một phương án trên phiếu, phiếu trắng hoặc phiếu không hợp lệ.
choice-name-taken = Tên { $choice } dành riêng cho phiếu trắng và phiếu không hợp lệ.
    .mend = Đặt tên khác cho phương án.
nothing-to-dissent-from = Chưa có kết quả để bảo lưu ý kiến.
    .mend = Ghi ý kiến bảo lưu sau khi kiểm phiếu.
dissent-already-recorded = Ý kiến bảo lưu của người { $person_id } đã có trong biên bản.
    .mend = Không phải làm gì thêm.
ballot-paper-not-valid = Đây không phải là phiếu của cuộc bỏ phiếu này.
    .mend = Gửi đúng phiếu đã nhận cho cuộc bỏ phiếu này.
blinded-request-unreadable = Yêu cầu nhận phiếu không đọc được.
    .mend = Tạo yêu cầu bằng khóa công khai của cuộc bỏ phiếu này (RFC 9474), mã hóa base64url.

# Tên sự kiện
event-discipline-board-established = Thành lập hội đồng kỷ luật
event-discipline-board-review-added = Giao thêm việc cho hội đồng
event-discipline-board-taken-over = Cơ quan có thẩm quyền khác tiếp nhận hội đồng
event-discipline-conflict-declared = Thành viên khai về quan hệ
event-discipline-recusal-requested = Đề nghị không tham gia
event-discipline-recusal-granted = Chấp nhận không tham gia
event-discipline-recusal-refused = Không chấp nhận đề nghị
event-discipline-board-member-replaced = Thay thành viên hội đồng
event-discipline-sitting-convened = Triệu tập phiên họp
event-discipline-sitting-opened = Khai mạc phiên họp
event-discipline-sitting-closed = Kết thúc phiên họp
event-discipline-board-vote-called = Tổ chức bỏ phiếu kín
event-discipline-board-vote-ended = Bỏ phiếu xong
event-discipline-board-review-ended = Xong một việc của hội đồng
event-discipline-board-dissolved = Hội đồng hết nhiệm vụ
event-discipline-ballot-called = Mở danh sách người bỏ phiếu
event-discipline-ballot-paper-issued = Nhận phiếu
event-discipline-ballot-roll-closed = Khóa danh sách, mở hòm phiếu
event-discipline-ballot-counted = Kiểm phiếu
event-discipline-ballot-voided = Hủy cuộc bỏ phiếu
event-discipline-dissent-recorded = Ghi ý kiến bảo lưu

# Vai trò, căn cứ, tình trạng
seat-role-chair = Chủ tịch hội đồng
seat-role-member = Ủy viên
seat-role-secretary = Thư ký
conflict-ground-subject = Là người được xem xét
conflict-ground-same_unit = Cùng đơn vị
conflict-ground-superior = Là cấp trên
conflict-ground-subordinate = Là cấp dưới
conflict-ground-declared = Tự khai có quan hệ
ballot-status-roll = Đang nhận phiếu
ballot-status-box = Hòm phiếu đang mở
ballot-status-counted = Đã kiểm phiếu
ballot-status-closed = Hòm phiếu đã đóng
ballot-status-void = Đã hủy
void-ground-declared = Chủ trì hoặc thư ký hủy
void-ground-too_few_ballots = Quá ít phiếu để giữ kín
ballot-gives-away-unanimous = Mọi phiếu giống nhau: kết quả tự cho biết phiếu của từng người.
ballot-gives-away-all_but_one = Chỉ một phiếu khác: người bỏ phiếu đó biết phiếu của những người còn lại.

# kycuong ballot: người bỏ phiếu, trên máy của mình
ballot-key-shown = Khóa của cuộc bỏ phiếu: { $fingerprint }. Đọc to và so với người khác: khóa phải giống nhau.
ballot-paper-taken = Đã nhận phiếu, cất ở { $file }. Đừng đưa tệp này cho ai và đừng làm mất.
ballot-waits = Hòm phiếu chưa mở; chờ chủ trì khóa danh sách.
ballot-delay = Phiếu sẽ được bỏ vào một lúc ngẫu nhiên trong vòng { $seconds } giây, để thời điểm không cho biết là phiếu của ai.
ballot-put-in = Phiếu đã ở trong hòm.
ballot-put-in-before = Phiếu này đã được bỏ từ trước; lần này không thay đổi gì.
ballot-not-in = Phiếu chưa ở trong hòm.
ballot-paper-missing = Không có phiếu ở { $file }. Nhận phiếu trước: kycuong ballot take.
ballot-paper-unreadable = Tệp { $file } không phải là phiếu. Chọn tệp khác.
ballot-paper-of-another = Tệp { $file } là phiếu của cuộc bỏ phiếu khác. Chọn tệp khác.
ballot-paper-not-signed = Phiếu ở { $file } chưa được ký. Chạy lại kycuong ballot take với tệp này.
ballot-signature-wrong = Máy chủ trả lời một chữ ký không đúng; phiếu chưa dùng được. Báo cho chủ trì.
ballot-box-never-opened = Hòm phiếu không mở trong thời gian chờ. Hỏi chủ trì, rồi chạy lại.
ballot-server-said = { $detail } { $mend }
ballot-server-unreachable = Không kết nối được với { $url }. Kiểm tra địa chỉ và mạng, rồi chạy lại; chạy lại không tính hai lần.

# Việc còn thiếu của hội đồng
board-owed-declarations = Khai có hay không có quan hệ với người được xem xét
board-owed-recusals = Quyết định đề nghị từ chối tham gia
board-owed-vacancy = Cử người vào chỗ khuyết: thành viên không còn giữ vị trí công tác mà vì đó được cử vào hội đồng
board-owed-replacement = Thay thế thành viên: hội đồng không còn đủ số người
board-owed-convocation = Triệu tập phiên họp
board-owed-opening = Khai mạc phiên họp
board-owed-vote = Bỏ phiếu kín
board-owed-count = Kiểm phiếu
board-owed-minutes = Biên bản phiên họp
board-owed-further-hearing = Triệu tập đến phiên họp xem xét khác: không còn đủ người đã dự phiên họp trước để bỏ phiếu
board-owed-by-authority = Cấp có thẩm quyền
board-owed-by-chair = Chủ tịch hội đồng
board-owed-by-secretary = Thư ký hội đồng
board-owed-by-members = Thành viên hội đồng
paper-finding = Nội dung phát hiện
paper-evidence = Chứng cứ của phát hiện
