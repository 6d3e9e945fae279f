"""Who may put a product forward, and for which of three reasons. Source: Điều 2 and Điều 6 of QĐ 26/2026/QĐ-TTg."""

import re
from dataclasses import dataclass
from typing import Literal

from talk.vietnamese import fold

KindId = Literal["cooperative", "group", "enterprise", "farm", "household", "tourism_body", "unregistered"]
CaseId = Literal["first", "upgrade", "again"]


@dataclass(frozen=True, slots=True)
class ProducerKind:
    """A kind of producer (chủ thể OCOP)."""

    id: KindId
    label: str  # as we say it, a choice people can type
    official: str  # as the forms want it ("loại hình tổ chức")
    may_apply: bool = True
    tourism_only: bool = False


PRODUCER_KINDS = (
    ProducerKind("cooperative", "Hợp tác xã", "Hợp tác xã"),
    ProducerKind("group", "Tổ hợp tác", "Tổ hợp tác"),
    ProducerKind("enterprise", "Công ty nhỏ và vừa", "Doanh nghiệp nhỏ và vừa"),
    ProducerKind("farm", "Trang trại có đăng ký kinh doanh", "Trang trại"),
    ProducerKind("household", "Hộ có đăng ký kinh doanh", "Hộ sản xuất, hộ gia đình có đăng ký kinh doanh"),
)
"""Điều 2 khoản 3: those who may put forward a product of any group."""

TOURISM_BODY = ProducerKind(
    "tourism_body",
    "Hội, hiệp hội, trung tâm điều hành du lịch",
    "Hội, hiệp hội, trung tâm điều hành hoặc tương đương",
    tourism_only=True,
)
"""Điều 2 khoản 3: may put forward a product of the tourism group only."""

UNREGISTERED = ProducerKind(
    "unregistered",
    "Hộ chưa đăng ký kinh doanh",
    "Hộ gia đình chưa đăng ký kinh doanh",
    may_apply=False,
)
"""May draft, and has to register before handing in; `NOT_YET` says so kindly."""

NOT_YET = (
    "Chưa nộp được ngay: hộ gia đình phải có đăng ký kinh doanh. Có giấy đó là làm được. "
    "Trong lúc chờ vẫn soạn sẵn giấy được. Nơi làm giấy thì hỏi ủy ban xã."
)
"""Điều 2 khoản 3. Where to register is not the programme's to say."""

OFFERED_KINDS = (*PRODUCER_KINDS, TOURISM_BODY, UNREGISTERED)
"""Every kind a person can choose from, the ones most met first."""


@dataclass(frozen=True, slots=True)
class ApplicationCase:
    """Why a product is put forward this time ("lần đăng ký", field 4 of Mẫu 01)."""

    id: CaseId
    label: str
    official: str  # the word the form prints


APPLICATION_CASES = (
    ApplicationCase("first", "Xin chấm lần đầu", "Lần đầu"),
    ApplicationCase("upgrade", "Xin lên sao", "Nâng hạng"),
    ApplicationCase("again", "Giấy sắp hết hạn, xin chấm lại", "Đánh giá lại"),
)
"""Điều 6 khoản 1: all three need Mẫu 01 and Mẫu 02; the last two also what changed since recognition."""


def producer_kind(id: str) -> ProducerKind:
    """The kind with this id; KeyError when there is none."""
    return _KINDS[id]


def kind_named(producer: str) -> ProducerKind | None:
    """The kind that a producer's own name says it is: only a cooperative or a group may call itself so."""
    found = _SAID.match(fold(producer))
    return _KINDS["cooperative" if found["cooperative"] else "group"] if found else None


def application_case(id: str) -> ApplicationCase:
    """The case with this id; KeyError when there is none."""
    return _CASES[id]


_KINDS: dict[str, ProducerKind] = {kind.id: kind for kind in OFFERED_KINDS}
_CASES: dict[str, ApplicationCase] = {case.id: case for case in APPLICATION_CASES}
_SAID = re.compile(r"(?:(?P<cooperative>hop tac xa|htx)|to hop tac|tht)\b")
