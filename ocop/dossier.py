"""What a dossier has to hold. Source: Điều 6 and Mẫu số 02 of QĐ 26/2026/QĐ-TTg."""

from dataclasses import dataclass

from ocop.product_sets import Group, product_set

NOT_EATEN: frozenset[Group] = frozenset({"handicraft", "ornamental"})
"""Groups whose products need no paper on food safety."""

TOURISM_SET = "set26"
SAMPLES = 5


def samples_needed(set_id: str) -> int:
    """How many samples are handed in with the dossier: none for tourism (Điều 6 khoản 2)."""
    return 0 if set_id == TOURISM_SET else SAMPLES


@dataclass(frozen=True, slots=True)
class Paper:
    """Something handed in beside the registration form (Mẫu 01), in the words people know it by."""

    id: str
    title: str
    on_hand: bool = True  # whether it is a sheet of its own, of which a photo can be sent
    may_expire: bool = False


PAPERS = (
    Paper("signature", "Chữ ký, con dấu trên tờ đăng ký", on_hand=False),
    Paper("report", "Bản tự chấm (Mẫu 02)", on_hand=False),
    Paper("electronic", "Bộ điện tử", on_hand=False),
    Paper("samples", "Hàng gửi để chấm", on_hand=False),
    Paper("business", "Giấy đăng ký kinh doanh"),
    Paper("safety", "Giấy an toàn thực phẩm", may_expire=True),
    Paper("test", "Phiếu thử mẫu (kiểm nghiệm)", may_expire=True),
    Paper("quality", "Giấy công bố chất lượng", may_expire=True),
    Paper("origin", "Giấy tờ về nơi lấy nguyên liệu"),
    Paper("label", "Nhãn dán trên gói"),
    Paper("other", "Giấy tờ khác"),
)
"""What goes with Mẫu 01 (Điều 6 khoản 1, Điều 7 khoản 1), and of the evidence of Mẫu 02 what is asked for most."""


def papers_for(set_id: str) -> tuple[Paper, ...]:
    """The papers that a dossier of a product of this set may have to hold."""
    left_out = {"samples"} if samples_needed(set_id) == 0 else set()
    known = product_set(set_id)
    if known and known.group in NOT_EATEN:
        left_out.add("safety")
    return tuple(paper for paper in PAPERS if paper.id not in left_out)
