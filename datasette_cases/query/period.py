"""A time that is asked for, of dates that need not be exact, as ranges of an index.

What ends in that time is one range. What ends later and may have begun before its end has no exact date: of each precision it is a short
range, as far as such a date can reach.
"""

from __future__ import annotations

REACH = {
    "interval": "date(:to, '+' || (select number from facets where list = 'statements' and facet = 'days' and value = 'interval') || ' days')",
    "month": "substr(:to, 1, 7) || '-31'",
    "year": "substr(:to, 1, 4) || '-12-31'",
}
"""Precision → the last day on which a date can end that begins on a day or earlier."""
WITHIN = "{by}.date_end >= coalesce(:from, '') and {by}.date_end <= min(:day, :to)"
BEYOND = "s.date_precision = '{precision}' and {{by}}.date_end > :to and {{by}}.date_end <= min(:day, {reach})"
PARTS = (WITHIN, *(BEYOND.format(precision=precision, reach=reach) for precision, reach in REACH.items()))
"""What can lie before the end of a period: a statement meets one of these conditions at most."""
LONGEST = """select 'statements', 'days', 'interval', coalesce(max(cast(julianday(date_end) - julianday(date) as integer)), 0)
  from statements where date_precision = 'interval'"""
"""For the build: how many days later than it begins an interval ends, at most."""
