"""Who may take part, and why they come, in words that people use."""

from ocop.kinds import APPLICATION_CASES, NOT_YET, OFFERED_KINDS, UNREGISTERED, application_case, producer_kind


def test_the_three_cases_are_offered_in_plain_words():
    assert [case.label for case in APPLICATION_CASES] == [
        "Xin chấm lần đầu",
        "Xin lên sao",
        "Giấy sắp hết hạn, xin chấm lại",
    ]
    assert application_case("upgrade").official == "Nâng hạng"


def test_a_household_without_registration_is_told_kindly_what_is_missing():
    assert [kind for kind in OFFERED_KINDS if not kind.may_apply] == [UNREGISTERED]
    assert "đăng ký kinh doanh" in NOT_YET
    assert len(NOT_YET) < 250


def test_every_label_fits_a_button_and_ids_are_unique():
    assert all(len(choice.label) <= 60 for choice in (*OFFERED_KINDS, *APPLICATION_CASES))
    assert len({kind.id for kind in OFFERED_KINDS}) == len(OFFERED_KINDS)
    assert producer_kind("cooperative").label == "Hợp tác xã"
