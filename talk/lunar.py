"""The Vietnamese lunar calendar: which âm lịch day a date is, and how people say it.

Hồ Ngọc Đức's method (short form, "Thuật toán tính âm lịch"): a month begins on the day of the new moon, month eleven
holds the winter solstice, and in a year of thirteen moons the first month without a principal term is the leap one,
all at the hour of Hà Nội (UTC+7, which at times differs from China's by a day). Good from 1900 to 2199.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import floor, pi, radians, sin

HANOI = 7 / 24
_MONTHS = ("Giêng", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Chạp")
_MOON_MONTH = 29.530588853
_FIRST_NEW_MOON = 2415021.076998695  # 1900-01-01, a Julian day; new moons are counted from it
_JULIAN_BEFORE_ORDINALS = 1721425  # the Julian day of date.fromordinal(1), less 1


@dataclass(frozen=True, slots=True, order=True)
class LunarDate:
    """A day of the lunar calendar; the second of two months of one name is the leap one."""

    year: int
    month: int
    is_leap: bool
    day: int


def lunar_date(day: date) -> LunarDate:
    """The lunar day that a date is."""
    number = day.toordinal() + _JULIAN_BEFORE_ORDINALS
    # The mean month finds the moon to within a day or two; the true new moon decides.
    k = floor((number - _FIRST_NEW_MOON) / _MOON_MONTH) + 1
    while (start := _new_moon(k)) > number:
        k -= 1
    eleventh = _eleventh_month(day.year)
    if eleventh >= start:
        year, eleventh, next_eleventh = day.year, _eleventh_month(day.year - 1), eleventh
    else:
        year, next_eleventh = day.year + 1, _eleventh_month(day.year + 1)
    since = round((start - eleventh) / _MOON_MONTH)
    month, is_leap = since + 11, False
    if next_eleventh - eleventh > 365:
        leap = _leap_month_offset(eleventh)
        if since >= leap:
            month, is_leap = since + 10, since == leap
    if month > 12:
        month -= 12
    if month >= 11 and since < 4:
        year -= 1
    return LunarDate(year, month, is_leap, number - start + 1)


def solar_date(lunar: LunarDate) -> date:
    """The date of a lunar day; ValueError when that year has no such month or day."""
    if 1900 <= lunar.year < 2200 and 1 <= lunar.month <= 12:
        # Tết falls between 20/01 and 21/02, and a leap month may come before: the day is within the next 110.
        earliest = date(lunar.year, 1, 20).toordinal() + (lunar.month - 1) * 29
        for ordinal in range(earliest, earliest + 110):
            if lunar_date(date.fromordinal(ordinal)) == lunar:
                return date.fromordinal(ordinal)
    raise ValueError(f"no such lunar day: {lunar}")


def lunar_words(day: date) -> str:
    """The lunar day as people say it: "mùng 1 tháng Ba ÂL", "rằm tháng Giêng", "13 tháng Chạp".

    tháng Giêng and tháng Chạp can only be lunar, so they go without "ÂL"; the eleventh is never "tháng Một".
    """
    lunar = lunar_date(day)
    name = "rằm" if lunar.day == 15 else f"mùng {lunar.day}" if lunar.day <= 10 else str(lunar.day)
    leap = " nhuận" if lunar.is_leap else ""
    sign = "" if lunar.month in (1, 12) else " ÂL"
    return f"{name} tháng {_MONTHS[lunar.month - 1]}{leap}{sign}"


@lru_cache(maxsize=256)
def _new_moon(k: int) -> int:
    """The Julian day on which the k-th new moon after 1900 falls in Hà Nội."""
    t = k / 1236.85
    time = 2415020.75933 + 29.53058868 * k + 0.0001178 * t**2 - 0.000000155 * t**3
    time += 0.00033 * sin(radians(166.56 + 132.87 * t - 0.009173 * t**2))
    sun = radians(359.2242 + 29.10535608 * k - 0.0000333 * t**2 - 0.00000347 * t**3)
    moon = radians(306.0253 + 385.81691806 * k + 0.0107306 * t**2 + 0.00001236 * t**3)
    node = radians(21.2964 + 390.67050646 * k - 0.0016528 * t**2 - 0.00000239 * t**3)
    time += (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun) - 0.4068 * sin(moon) + 0.0161 * sin(2 * moon)
    time += -0.0004 * sin(3 * moon) + 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
    time += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + moon)
    time += 0.0010 * sin(2 * node - moon) + 0.0005 * sin(2 * moon + sun)
    # What the turning of the earth has lost since 1900 (ΔT), for years from 1800 on.
    time -= -0.000278 + 0.000265 * t + 0.000262 * t**2
    return floor(time + 0.5 + HANOI)


def _sun_sector(julian: int) -> int:
    """Which twelfth of its yearly path (0 from the spring equinox) the sun is in as this day begins in Hà Nội."""
    t = (julian - 2451545.5 - HANOI) / 36525
    mean = radians(357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3)
    longitude = radians(280.46645 + 36000.76983 * t + 0.0003032 * t**2)
    longitude += radians((1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(mean))
    longitude += radians((0.019993 - 0.000101 * t) * sin(2 * mean) + 0.000290 * sin(3 * mean))
    return floor(longitude % (2 * pi) / pi * 6)


@lru_cache(maxsize=64)
def _eleventh_month(year: int) -> int:
    """The Julian day on which lunar month eleven of a year begins, the month with the winter solstice."""
    end = date(year, 12, 31).toordinal() + _JULIAN_BEFORE_ORDINALS
    k = floor((end - 2415021) / _MOON_MONTH)
    start = _new_moon(k)
    return start if _sun_sector(start) < 9 else _new_moon(k - 1)


@lru_cache(maxsize=64)
def _leap_month_offset(eleventh: int) -> int:
    """How many months after this month eleven the leap month stands, in a year of thirteen moons."""
    k = floor(0.5 + (eleventh - _FIRST_NEW_MOON) / _MOON_MONTH)
    offset = 1
    sector = _sun_sector(_new_moon(k + offset))
    while offset < 14:
        offset += 1
        following = _sun_sector(_new_moon(k + offset))
        if following == sector:
            break
        sector = following
    return offset - 1
