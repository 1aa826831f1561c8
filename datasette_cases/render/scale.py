"""A scale of days on which long quiet times are folded to a narrow band."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Callable, Iterable, Sequence

QUIET = 60
"""Days without anything after which a time may be folded."""
MARGIN = 12
"""Days that stay open on either side of what happened."""
FOLDS_AT_MOST = 0.4
"""The share of the width that folds may take; else only longer times are folded."""


@dataclass(frozen=True)
class Stretch:
    """Days from `first` up to but without `end`, as day numbers, over a width from `x`."""

    first: int
    end: int
    x: float
    width: float
    folded: bool


class Scale:
    """Day numbers (`date.toordinal()`) → x. A day is as wide as its stretch gives it; 0.5 is the middle of day 0."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.stretches = stretches
        self._starts = [stretch.first for stretch in stretches]

    @property
    def width(self) -> float:
        return self.stretches[-1].x + self.stretches[-1].width

    def __call__(self, day: float) -> float:
        """x of a moment; what lies outside is drawn at the edge."""
        stretch = self.stretches[max(0, bisect_right(self._starts, day) - 1)]
        share = (day - stretch.first) / (stretch.end - stretch.first)
        return stretch.x + stretch.width * min(1.0, max(0.0, share))


def number(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def fold(first: int, last: int, busy: Iterable[int], width: float, band: Callable[[int], float], least: float) -> Scale:
    """The scale of the days from `first` to `last` over a width.

    busy: days on which something is. band: number of folded days → how wide their band is. least: how wide a stretch that
    is not folded is at least, so that its label finds room.
    """
    days = sorted({day for day in busy if first <= day <= last} | {first, last})
    quiet = QUIET
    while True:
        stretches = _split(first, last, days, quiet)
        bands = sum(band(end - start) for start, end, folded in stretches if folded)
        open_ones = sum(not folded for *_, folded in stretches)
        if len(stretches) == 1 or (bands <= FOLDS_AT_MOST * width and bands + open_ones * least <= width):
            return Scale(_place(stretches, width, band, least))
        quiet *= 2


def _split(first: int, last: int, days: list[int], quiet: int) -> list[tuple[int, int, bool]]:
    """Open and folded stretches by turns, as (first, end, folded)."""
    stretches: list[tuple[int, int, bool]] = []
    start = first
    for before, after in zip(days, days[1:]):  # noqa: B905 - pairs of neighbours
        if after - before > quiet:
            stretches += [(start, before + MARGIN + 1, False), (before + MARGIN + 1, after - MARGIN, True)]
            start = after - MARGIN
    return [*stretches, (start, last + 1, False)]


def _place(stretches: list[tuple[int, int, bool]], width: float, band: Callable[[int], float], least: float) -> list[Stretch]:
    """Folded stretches get their band; the others share the rest by their days, but none gets less than `least`."""
    left = width - sum(band(end - start) for start, end, folded in stretches if folded)
    open_ones = sorted((end - start for start, end, folded in stretches if not folded))
    days, a_day = sum(open_ones), 0.0
    for length in open_ones:  # the shortest first: who gets the least takes more than its share
        a_day = left / days
        if length * a_day >= least:
            break
        left, days = left - least, days - length
    placed, x = [], 0.0
    for start, end, folded in stretches:
        wide = band(end - start) if folded else max(least, (end - start) * a_day)
        placed.append(Stretch(start, end, x, wide, folded))
        x += wide
    return placed


def months(first: int, end: int, step: int) -> list[int]:
    """Day numbers of the first days of every `step`-th month of the years, within some days."""
    start = date.fromordinal(first)
    count = start.year * 12 + start.month - 1
    if start.day > 1:
        count += 1
    count += -count % step
    found = []
    while count // 12 <= date.max.year:
        day = date(count // 12, count % 12 + 1, 1).toordinal()
        if day >= end:
            break
        found.append(day)
        count += step
    return found


def weeks(first: int, end: int) -> list[int]:
    """Day numbers of the Mondays within some days."""
    start = date.fromordinal(first)
    return list(range(first + (-start.weekday()) % timedelta(weeks=1).days, end, timedelta(weeks=1).days))
