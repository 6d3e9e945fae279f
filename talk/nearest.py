"""The nearest day of a name, to come or gone by: the next 30/4, the last rằm tháng Tám."""

from dataclasses import dataclass
from datetime import date, timedelta

from talk.lunar import LunarDate, lunar_date, solar_date

ONE_DAY = timedelta(days=1)
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class NoSuchDay(Exception):
    """The words name a day there is not. The text says why, for the person."""

    @property
    def text(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Nearest:
    """Where one stands in time: today, looking ahead or back (`past`)."""

    today: date
    past: bool

    def solar(self, day: int, month: int, year: int | None = None) -> date:
        """This day of the calendar. Without a year the nearest one, today included."""
        if not 1 <= month <= 12:
            raise NoSuchDay(f"Một năm chỉ có 12 tháng, không có tháng {month}.")
        if not 1 <= day <= _MONTH_DAYS[month - 1]:
            raise NoSuchDay(f"Ngày {day}/{month} không có, tháng {month} chỉ có {_MONTH_DAYS[month - 1]} ngày.")
        if year is not None:
            return _exact(day, month, year)
        step = -1 if self.past else 1
        # 29/2 may lie up to eight years away.
        for number in range(self.today.year, self.today.year + 9 * step, step):
            if (day, month) == (29, 2) and not _is_leap(number):
                continue
            if self._is_ahead(found := date(number, month, day)):
                return found
        raise AssertionError("a leap year lies within nine years")

    def day_of_month(self, day: int) -> date:
        """The nearest day of this number, in whichever month has it."""
        if not 1 <= day <= 31:
            raise NoSuchDay(f"Không tháng nào có ngày {day}.")
        found = self.today
        while found.day != day:
            found += -ONE_DAY if self.past else ONE_DAY
        return found

    def lunar(self, day: int, month: int, year: int | None = None) -> list[date]:
        """The date of this lunar day, or two where the month comes twice (tháng nhuận)."""
        if not 1 <= month <= 12:
            raise NoSuchDay(f"Một năm chỉ có 12 tháng, không có tháng {month}.")
        if not 1 <= day <= 30:
            raise NoSuchDay(f"Tháng âm lịch không có ngày {day}.")
        this_year = lunar_date(self.today).year
        ahead = range(this_year + 1, this_year - 3, -1) if self.past else range(this_year - 1, this_year + 3)
        for number in ahead if year is None else [year]:
            found, is_short = [], False
            for is_leap in (False, True):
                try:
                    first = solar_date(LunarDate(number, month, is_leap, 1))
                except ValueError:
                    continue
                that_day = first + (day - 1) * ONE_DAY
                if year is not None or self._is_ahead(that_day):
                    if lunar_date(that_day).day == day:
                        found.append(that_day)
                    else:
                        is_short = True
            if found:
                return found
            if is_short:
                raise NoSuchDay(f"Tháng {month} âm lịch đó chỉ có 29 ngày.")
        return []

    def lunar_day_of_month(self, day: int) -> date:
        """The nearest lunar day of this number."""
        if not 1 <= day <= 30:
            raise NoSuchDay(f"Tháng âm lịch không có ngày {day}.")
        found = self.today
        while lunar_date(found).day != day:
            found += -ONE_DAY if self.past else ONE_DAY
        return found

    def weekday(self, number: int) -> date:
        """The nearest day of this weekday (0 is Monday), today not counted."""
        found = self.today
        while True:
            found += -ONE_DAY if self.past else ONE_DAY
            if found.weekday() == number:
                return found

    def _is_ahead(self, day: date) -> bool:
        """Whether the day lies where one looks."""
        return day <= self.today if self.past else day >= self.today

    def year(self, figures: str) -> int:
        """The year; 98 is 1998 where a day has been, 2098 where it is to come."""
        number = int(figures)
        if len(figures) > 2:
            return number
        return 1900 + number if self.past and 2000 + number > self.today.year else 2000 + number


def _exact(day: int, month: int, year: int) -> date:
    if not 1900 <= year <= 2200:
        raise NoSuchDay(f"Năm {year} chắc không phải.")
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDay(f"Năm {year}, tháng {month} chỉ có {day - 1} ngày.") from None


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
