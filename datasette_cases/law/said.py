"""Days, hours and provisions as a working names them. English: a working is checked against the law's text, word by word."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from .calendar import Calendar

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
R1182 = "Regulation 1182/71"


def long(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def clock(moment: datetime) -> str:
    """Midnight as the end of a day: that is how periods end."""
    if moment.hour == moment.minute == moment.second == 0:
        return f"24:00 on {long(moment.date() - timedelta(days=1))}"
    return f"{moment:%H:%M} on {long(moment.date())}"


def why_not_working(day: date, calendar: Calendar) -> str:
    return f"a public holiday (calendar {calendar.key})" if day in calendar.holidays else "no working day"


def article(number: str) -> str:
    return f"{R1182} Art. {number}"
