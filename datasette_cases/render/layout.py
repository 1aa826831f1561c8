"""Where everything of a timeline stands, in pixels: the scale, the lanes, the marks in them, the labels above.

Nothing covers anything that has to be read: marks that are alike and close become one with their number, others of one
lane go one above the other, and labels that find no room are left to the table beneath.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Iterable, NamedTuple, Optional, Union

from babel.dates import format_timedelta

from ..i18n import Catalogue
from ..page.timeline import AUTHORITY, Due, Lane, Mark, Timeline
from . import locale, spoken
from .scale import Scale, fold, months, number, weeks
from .text import fitted, width

PLOT, NAMES = 956, 172
"""Width of what is drawn over time, and of the names beside it."""
SMALL, LETTER = 10.5, 12
"""Sizes of letters."""
AXIS = 34
"""Height of the two lines of the axis: folded times, and days."""
LINE = 16
"""Height of a line of labels of deadlines."""
LEVELS = 8
"""Lines of such labels at most."""
STEP, SINGLE = 14.0, 12.0
"""Height and width of a mark."""
CLOSE = 10.0
"""Marks that are alike and no further apart than this become one."""
SPAN = 31
"""Days that something uncertain may have happened on, for its days not to be quiet."""
LONGEST, SHORTEST = 300, 120
"""Width of a label of a deadline at most; where less than the shortest is left to the edge, it goes to the other side."""
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 120000)
"""Months between two days of the axis."""


class Span(NamedTuple):
    """Days on one of which something happened. `begins`, `ends`: whether the first and the last are within the drawing."""

    left: float
    right: float
    begins: bool
    ends: bool


@dataclass(frozen=True)
class Placed:
    """One mark, or several that are alike; `level` counts from the top of the lane. `spans`: where days are uncertain."""

    marks: list[Mark]
    x: float
    width: float
    level: int
    spans: list[Span]

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Row:
    lane: Lane
    y: float
    height: float
    placed: list[Placed]

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class Tick:
    """A day of the axis; without text where there is no room for one."""

    x: float
    text: Optional[str]


@dataclass(frozen=True)
class Fold:
    x: float
    width: float
    text: str
    first: str
    last: str


@dataclass(frozen=True)
class Line:
    """A deadline's or milestone's day, a change in the law, or the day of the page (null). `left` is where its label begins, if any."""

    of: Union[Due, Mark, None]
    x: float
    text: Optional[str]
    left: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """`known`: the day number after the last day that the page knows of."""

    scale: Scale
    known: int
    ticks: list[Tick]
    folds: list[Fold]
    lines: list[Line]
    rows: list[Row]
    top: float
    height: float

    def shared(self) -> list[Row]:
        return [row for row in self.rows if row.lane.kind != AUTHORITY]


def layout(timeline: Timeline, texts: Catalogue) -> Drawing:
    scale = scaled(timeline, texts.language)
    lines = list(_lines(timeline, scale, texts))
    top = AXIS + LINE * (1 + max((round((line.y - AXIS) / LINE) for line in lines if line.text), default=-1)) + 4
    rows: list[Row] = []
    y: float = top
    for lane in timeline.lanes:
        placed = _placed(lane, timeline, scale)
        height = max(24.0, STEP * (1 + max((one.level for one in placed), default=0)) + 8)
        rows.append(Row(lane, y, height, placed))
        y += height
    return Drawing(
        scale, number(timeline.as_of) + 1, list(_ticks(scale, texts.language)), list(_folds(scale, texts.language)), lines, rows, top, y + 2
    )


# --- the scale --------------------------------------------------------------------------------------------------------


def scaled(timeline: Timeline, language: str) -> Scale:
    """The scale of the window, folded where nothing that is known to the month happened."""
    found = [(mark.first, mark.last) for lane in timeline.lanes for mark in lane.marks]
    found += [(due.first, due.last) for due in timeline.dues]
    spans = [(number(first), number(last)) for first, last in found]
    busy = {day for first, last in spans if last - first < SPAN for day in (first, last)}
    return fold(
        number(timeline.window.first), number(timeline.window.last), busy, PLOT,
        band=lambda days: width(_length(days, language), SMALL) + 8, least=_label_width(language) + 6,
    )  # fmt: skip


@cache
def _length(days: int, language: str) -> str:
    return str(format_timedelta(timedelta(days=days), threshold=2, format="short", locale=locale.locale_of(language)))


@cache
def _label_width(language: str) -> float:
    """The width of the widest month of the axis."""
    return max(width(locale.day(f"2024-{month:02}", language), SMALL) for month in range(1, 13))


def _folds(scale: Scale, language: str) -> Iterable[Fold]:
    for stretch in scale.stretches:
        if stretch.folded:
            first, last = date.fromordinal(stretch.first), date.fromordinal(stretch.end - 1)
            text = _length(stretch.end - stretch.first, language)
            yield Fold(stretch.x, stretch.width, text, first.isoformat(), last.isoformat())


def _ticks(scale: Scale, language: str) -> Iterable[Tick]:
    """Days of the axis: in each stretch that is open at least one has its text, so that every time can be read."""
    room = _label_width(language) + 8
    for stretch in scale.stretches:
        if stretch.folded:
            continue
        a_day = stretch.width / (stretch.end - stretch.first)
        days, form = _days(stretch.first, stretch.end, a_day, room)
        end, free, some = stretch.x + stretch.width, stretch.x, False
        for day in days:
            x = scale(day)
            text = locale.day(date.fromordinal(day).isoformat()[:form], language)
            fits = x >= free and x + 3 + width(text, SMALL) <= end
            yield Tick(x, text if fits else None)
            if fits:
                free, some = x + width(text, SMALL) + 8, True
        if not some:
            yield Tick(stretch.x, locale.day(date.fromordinal(stretch.first).isoformat()[:7], language))


def _days(first: int, end: int, a_day: float, room: float) -> tuple[list[int], int]:
    """Days of the axis as close as there is room for, and how much of an ISO day their text tells."""
    if a_day >= room + 24:
        return list(range(first, end)), 10
    if a_day * 7 >= room + 24:
        return weeks(first, end), 10
    step = next((step for step in STEPS if step * 30 * a_day >= room), STEPS[-1])
    return months(first, end, step), 4 if step >= 12 else 7


# --- marks ------------------------------------------------------------------------------------------------------------


def looks(mark: Mark) -> tuple[str, Optional[str], bool, bool]:
    """What a mark looks like: marks that look alike may become one."""
    return mark.shape, mark.answer, mark.item.context, bool(mark.item.retracted)


def _placed(lane: Lane, timeline: Timeline, scale: Scale) -> list[Placed]:
    """The marks of a lane: alike and close become one; what would cover another goes below it."""
    alike: dict[object, list[tuple[float, Mark]]] = {}
    for mark in lane.marks:
        alike.setdefault(looks(mark), []).append((_x(mark, timeline, scale), mark))
    groups: list[list[tuple[float, Mark]]] = []
    for found in alike.values():
        groups.append([])
        for x, mark in sorted(found, key=lambda one: one[0]):
            if groups[-1] and x - groups[-1][0][0] > CLOSE:
                groups.append([])
            groups[-1].append((x, mark))
    placed: list[Placed] = []
    ends: list[float] = []
    for group in sorted(groups, key=lambda group: group[0][0]):
        wide = SINGLE if len(group) == 1 else max(16.0, 9 + width(str(len(group)), SMALL))
        x = min(max((group[0][0] + group[-1][0]) / 2, wide / 2), PLOT - wide / 2)
        level = next((level for level, end in enumerate(ends) if end <= x - wide / 2), len(ends))
        ends[level : level + 1] = [x + wide / 2]
        spans = [_span(mark, timeline, scale) for _, mark in group if mark.first != mark.last]
        placed.append(Placed([mark for _, mark in group], x, wide, level, list(dict.fromkeys(spans))))
    return placed


def _span(mark: Mark, timeline: Timeline, scale: Scale) -> Span:
    begins, ends = mark.first >= timeline.window.first, mark.last <= timeline.window.last
    return Span(scale(number(mark.first)), scale(number(mark.last) + 1), begins, ends)


def _x(mark: Mark, timeline: Timeline, scale: Scale) -> float:
    """The middle of what is seen of the days that it can have happened on."""
    first, last = max(mark.first, timeline.window.first), min(mark.last, timeline.window.last)
    return (scale(number(first)) + scale(number(last) + 1)) / 2


# --- lines with labels above the lanes --------------------------------------------------------------------------------


def _lines(timeline: Timeline, scale: Scale, texts: Catalogue) -> Iterable[Line]:
    """Deadlines and milestones, changes in the law, and the day of the page where later days are drawn.

    A label begins at its line and goes to the right, at the right edge to the left. No line crosses a label: a line runs down
    from its label, so that what stands below must not reach over it.
    """
    wanted: list[tuple[float, Union[Due, Mark, None], str]] = [
        (scale(min(number(due.last), number(timeline.window.last)) + 0.5), due, f"{spoken.last_day(due.deadline, texts)} · {due.deadline.title}")
        for due in timeline.dues
    ]  # fmt: skip
    wanted += [(_x(law, timeline, scale), law, f"{spoken.when(law.item, texts)} · {law.item.act_label}") for law in timeline.laws]
    if timeline.window.first <= timeline.as_of < timeline.window.last:
        today = texts.gettext("today") if timeline.current else locale.day(timeline.as_of, texts.language)
        wanted.append((scale(number(timeline.as_of) + 0.5), None, today))
    taken: list[tuple[float, float, float, int]] = []
    for x, of, whole in sorted(wanted, key=lambda one: one[0]):
        room = PLOT - x - 8
        text = fitted(whole, min(LONGEST, room) if room >= SHORTEST else LONGEST, SMALL)
        wide = width(text, SMALL) + 8
        left = x if x + wide <= PLOT else max(0.0, x - wide)
        level = next((level for level in range(LEVELS) if _free(x, left, left + wide, level, taken)), None)
        if level is None:
            yield Line(of, x, None, 0.0, AXIS)
        else:
            taken.append((x, left, left + wide, level))
            yield Line(of, x, text, left, AXIS + level * LINE)


def _free(x: float, left: float, right: float, level: int, taken: list[tuple[float, float, float, int]]) -> bool:
    for other_x, other_left, other_right, other_level in taken:
        if level == other_level and left < other_right and other_left < right:
            return False
        if level < other_level and other_left < x < other_right:
            return False
        if level > other_level and left < other_x < right:
            return False
    return True
