"""What the timeline of a case draws, in days: lanes of actors, with where they stood and what they did and said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Iterator, Optional

from .case import CasePage
from .frozen import dataclass
from .parts import ActorRef, Deadline, Item, Period

FILING, STATEMENT, ACT, DECISION = "filing", "statement", "act", "decision"
"""What a mark can stand for: a complaint lodged, words, an act without words, an act that decides."""

DECIDING = ("decision", "binding-decision", "judgment")

COMPLAINANTS, RESPONDENTS, OTHERS, BOARDS, AUTHORITY = "complainants", "respondents", "others", "boards", "authority"
SHARED = {"complainant": COMPLAINANTS, "respondent": RESPONDENTS, "other": OTHERS, "board": BOARDS, "court": BOARDS}
"""Kind of an actor → the lane that all of its kind share; every authority has a lane of its own."""


@dataclass(frozen=True)
class Window:
    """Days from the first to the last, ISO, both within."""

    first: str
    last: str


@dataclass(frozen=True)
class Mark:
    """One thing in a lane. Somewhere from `first` to `last`, ISO days. `answer`: to the regime's coloured question."""

    item: Item
    shape: str
    answer: Optional[str]
    first: str
    last: str


@dataclass(frozen=True)
class Lane:
    """`kind`: one of the lanes that actors share, or `authority`. `actors`: whose lane it is. `on_board`: whether an authority has a row there."""

    kind: str
    actors: list[ActorRef]
    history: list[Period]
    marks: list[Mark]
    on_board: bool = False


@dataclass(frozen=True)
class Due:
    """A deadline or milestone, with the days its last day can be."""

    deadline: Deadline
    first: str
    last: str


@dataclass(frozen=True)
class Timeline:
    """`whole`: all days there is anything to draw of. `window`: the days that are drawn, all of them unless some were asked for.
    `laws`: changes in the law, which stand in a lane and are drawn across all of them."""

    as_of: str
    current: bool
    window: Window
    whole: Window
    lanes: list[Lane]
    dues: list[Due]
    laws: list[Mark]

    @property
    def asked(self) -> bool:
        return self.window != self.whole

    @property
    def empty(self) -> bool:
        """Whether nothing happened and nothing is due in the window."""
        return not self.dues and not any(lane.marks for lane in self.lanes)

    def marks(self) -> list[Mark]:
        """Every mark once, even if it stands in several lanes, in the order of the chronicle."""
        found = {mark.item.id: mark for lane in self.lanes for mark in lane.marks}
        return sorted(found.values(), key=lambda mark: (mark.item.date_end, mark.item.id))


def build(page: CasePage, first: Optional[str] = None, last: Optional[str] = None) -> Timeline:
    """The drawing of a case page. `first`, `last`: ISO days of a window; what lies outside is left out.

    Days that only follow from the law are not drawn: they would be one a complaint. The list of deadlines has them.
    """
    coloured = [question.id for question in page.questions if question.coloured]
    marks = [_mark(item, coloured) for item in page.timeline]
    dues = [_due(deadline) for deadline in page.deadlines if deadline.last_day]
    whole = _whole(marks, dues, page)
    window = Window(first or whole.first, last or whole.last)
    lanes = [_within(lane, window) for lane in _lanes(page, marks)]
    laws = [mark for mark in marks if mark.item in page.law_changes and overlaps(mark.first, mark.last, window)]
    return Timeline(page.as_of, page.current, window, whole, lanes, [due for due in dues if overlaps(due.first, due.last, window)], laws)


def overlaps(first: str, last: str, window: Window) -> bool:
    return first <= window.last and last >= window.first


def first_day(text: str) -> str:
    """The first day of a date as its source gives it: 2024 and 2024-06 begin on the first of a month."""
    return (text + "-01-01")[:10]


def _whole(marks: list[Mark], dues: list[Due], page: CasePage) -> Window:
    since = [period.since for row in page.authorities for period in row.history]
    days = [mark.first for mark in marks] + [due.first for due in dues] + since
    return Window(min([*days, page.as_of]), max([due.last for due in dues] + [page.as_of]))


def _mark(item: Item, coloured: list[str]) -> Mark:
    answers = [answer.answer for answer in item.answers if answer.question in coloured and not answer.about]
    if item.complaint:
        shape = FILING
    elif item.act in DECIDING:
        shape = DECISION
    else:
        shape = STATEMENT if item.form else ACT
    return Mark(item, shape, answers[0] if answers else None, first_day(item.date), item.date_end)


def _due(deadline: Deadline) -> Due:
    return Due(deadline, first_day(deadline.last_day or ""), deadline.last_day_end or "")


def _lanes(page: CasePage, marks: list[Mark]) -> Iterator[Lane]:
    """Parties, others, boards and courts, then authorities in the order of the board; a lane with nothing in it is left out."""
    by_lane: dict[object, list[Mark]] = {}
    actors: dict[object, dict[Optional[str], ActorRef]] = {}
    for mark in marks:
        acting = mark.item.actors or [ActorRef(None, None, None, "complainant", None, None)]
        for key in dict.fromkeys(lane_of(actor) for actor in acting):
            by_lane.setdefault(key, []).append(mark)
        for actor in acting:
            actors.setdefault(lane_of(actor), {})[actor.id] = actor
    for kind in dict.fromkeys(SHARED.values()):
        if kind in by_lane:
            yield Lane(kind, [actor for actor in actors[kind].values() if actor.id], [], by_lane.pop(kind))
    for row in page.authorities:
        if row.authority.kind not in SHARED:
            yield Lane(AUTHORITY, [row.authority], row.history, by_lane.pop(lane_of(row.authority), []), True)
    for key, left in by_lane.items():  # whose only part in the case is in the background
        yield Lane(AUTHORITY, list(actors[key].values()), [], left)


def lane_of(actor: ActorRef) -> object:
    return SHARED.get(actor.kind or "") or (actor.id, None if actor.id else actor.country)


def _within(lane: Lane, window: Window) -> Lane:
    history = [period for period in lane.history if period.since <= window.last and (period.until is None or period.until > window.first)]
    marks = [mark for mark in lane.marks if overlaps(mark.first, mark.last, window)]
    return replace(lane, history=history, marks=marks)


# --- windows a reader may want ----------------------------------------------------------------------------------------

SHORTEST = 7
"""Days of the closest view."""


def moved(window: Window, whole: Window, by: float) -> Window:
    """The window moved by a share of its length: -0.5 is half a window earlier. No day after the whole is named."""
    first, last = _days(window)
    step = timedelta(days=max(1, round(abs(by) * ((last - first).days + 1)))) * (1 if by > 0 else -1)
    found = _window(first, last, step, step)
    return Window(found.first, min(found.last, max(whole.last, found.first)))


def closer(window: Window) -> Optional[Window]:
    """The middle half of the window; None where that is too short to show more."""
    first, last = _days(window)
    length = (last - first).days + 1
    cut = timedelta(days=length // 4)
    return _window(first, last, cut, -cut) if length // 2 >= SHORTEST else None


def wider(window: Window, whole: Window) -> Optional[Window]:
    """Half a window more on either side, within the whole; None where that is the whole or more."""
    first, last = _days(window)
    more = timedelta(days=max(1, ((last - first).days + 1) // 2))
    found = _window(first, last, -more, more)
    if found.first <= whole.first and found.last >= whole.last:
        return None
    return Window(found.first, min(found.last, max(whole.last, found.first)))


def years(whole: Window) -> list[tuple[int, Window]]:
    """Each year that the whole touches, as far as it does."""
    found = []
    for year in range(int(whole.first[:4]), int(whole.last[:4]) + 1):
        found.append((year, Window(max(whole.first, f"{year:04}-01-01"), min(whole.last, f"{year:04}-12-31"))))
    return found


def _days(window: Window) -> tuple[date, date]:
    return date.fromisoformat(window.first), date.fromisoformat(window.last)


def _window(first: date, last: date, start: timedelta, end: timedelta) -> Window:
    """A window with its ends moved, as far as there are days."""

    def move(day: date, by: timedelta) -> str:
        try:
            return (day + by).isoformat()
        except OverflowError:
            return day.isoformat()

    return Window(move(first, start), move(last, end))
