"""What tells who asked is taken out of a question, and nothing else."""

import pytest

from ocop.masking import masked


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("gọi 0912 345 678 giúp", "gọi [số] giúp"),
        ("số +84 912.345.678", "số [số]"),
        ("CCCD 019088001234 thì sao", "CCCD [số] thì sao"),
        ("gửi vào hoa@mail.vn nhé", "gửi vào [email] nhé"),
        ("nhà ông Nông Văn Bình ở đâu", "nhà ông [tên] ở đâu"),
        ("Tôi tên là Hoàng Thị Hoa", "Tôi tên là [tên]"),
        ("chị Hoa hỏi hộ", "chị [tên] hỏi hộ"),
        ("QĐ 26/2026 có từ 22/5/2026", "QĐ 26/2026 có từ 22/5/2026"),
        ("bà con ở xã Côn Minh bán 50.000 đồng", "bà con ở xã Côn Minh bán 50.000 đồng"),
        ("anh em trong hợp tác xã", "anh em trong hợp tác xã"),
    ],
)
def test_numbers_addresses_and_names_are_masked_and_the_question_stays(text: str, left: str):
    assert masked(text) == left
