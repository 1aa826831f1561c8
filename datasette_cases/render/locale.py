"""Days, sums and names as a reader of a language writes them; days never more exact than they are known."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Optional

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_currency
from babel.units import format_unit

LOCALES = {"en": "en_GB"}
"""Language → locale, where the language's main locale writes days otherwise than readers in Europe expect."""


def locale_of(language: str) -> str:
    return LOCALES.get(language, language)


@lru_cache(maxsize=10_000)
def day(iso: Optional[str], language: str) -> str:
    """A day, month or year in words: 2024-06-06, 2024-06, 2024; or one day of an interval: 2024-06-06/2024-06-14."""
    if not iso:
        return ""
    first, slash, last = iso.partition("/")
    if slash:
        return when(first, "interval", last, language)
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 1:
        return str(parts[0])
    value = date(parts[0], parts[1], parts[2] if len(parts) == 3 else 1)
    if len(parts) == 2:
        return str(format_skeleton("yMMM", value, locale=locale_of(language)))
    return str(format_date(value, "medium", locale=locale_of(language)))


@lru_cache(maxsize=10_000)
def whole_day(iso: str, language: str) -> str:
    """A day with the whole name of its month, for sentences."""
    return str(format_date(date.fromisoformat(iso), "long", locale=locale_of(language)))


@lru_cache(maxsize=10_000)
def when(start: str, precision: str, end: str, language: str) -> str:
    """A date as its source gives it; an interval as "6 – 14 June": one day in it."""
    if precision != "interval":
        return day(start, language)
    return str(format_interval(date.fromisoformat(start), date.fromisoformat(end), "yMMMd", locale=locale_of(language)))


def amount(value: float, currency: str, language: str) -> str:
    """A sum of money without needless cents."""
    return str(format_currency(value, currency, locale=locale_of(language), format="¤ #,##0.##", currency_digits=False))


@lru_cache(maxsize=10_000)
def country(code: Optional[str], language: str) -> str:
    """The name of a country; the code where there is none."""
    return str(Locale.parse(language).territories.get(code, code)) if code else ""


@lru_cache(maxsize=10_000)
def language_name(code: Optional[str], language: str) -> str:
    """The name of a language; the code where there is none."""
    return str(Locale.parse(language).languages.get(code, code)) if code else ""


def size(count: int, language: str) -> str:
    """How large a file is, in the largest unit of which there is at least one."""
    for unit, bytes in (("gigabyte", 10**9), ("megabyte", 10**6), ("kilobyte", 10**3)):
        if count >= bytes:
            return str(format_unit(round(count / bytes, 1), f"digital-{unit}", "short", locale=locale_of(language)))
    return str(format_unit(count, "digital-byte", "long", locale=locale_of(language)))
