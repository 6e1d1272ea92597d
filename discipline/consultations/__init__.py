"""One agency asks another for its opinion (lấy ý kiến), and what no answer by the due moment means."""
