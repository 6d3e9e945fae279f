"""What the operator can measure at /metrics."""

from prometheus_client import Counter, Gauge, Histogram

UPDATES = Counter("ocop_updates_total", "Tin đến đã giữ", ["channel"])
REPEATS = Counter("ocop_repeated_updates_total", "Tin đến lặp lại, đã bỏ qua", ["channel"])
TURNS = Counter("ocop_turns_total", "Lượt đã xử lý", ["channel", "result"])
TURN_SECONDS = Histogram(
    "ocop_turn_seconds",
    "Từ lúc giữ tin đến lúc trả lời vào hộp thư đi",
    ["channel"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30),
)
SENDS = Counter("ocop_sends_total", "Lần gửi, theo kết quả", ["channel", "outcome"])
WAITING = Gauge("ocop_outbox_open", "Tin nhắn còn trong hộp thư đi", ["channel", "lane", "state"])
