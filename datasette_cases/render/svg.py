"""The timeline as SVG: two pictures side by side on the page, so that the names stay while time is moved; alone, one image.

No colour and no font stands here: classes do, and the stylesheet gives them their looks.
"""

from __future__ import annotations

from typing import Iterable, Iterator, Optional

from markupsafe import Markup

from ..i18n import Catalogue
from ..page.case import CasePage
from ..page.timeline import ACT, AUTHORITY, BOARDS, COMPLAINANTS, DECISION, FILING, RESPONDENTS, STATEMENT, Lane, Timeline
from . import locale, spoken
from .layout import AXIS, LETTER, LINE, NAMES, PLOT, SMALL, Drawing, Fold, Line, Placed, Row, layout, looks
from .scale import number
from .text import fitted, measured, width

COUNTRY = 46
"""Width of the column with the country."""
EDGE, TITLE, FOOT = 12, 34, 18
"""Of the image that stands alone: the margin, the heights of title and foot."""


def plot(drawing: Drawing, texts: Catalogue, page_address: str = "") -> Markup:
    """What happened over time. `page_address`: of the page the marks lead to; empty for the page they stand on."""
    return _svg(PLOT, drawing.height, "plot", texts.gettext("Timeline"), _plot(drawing, texts, page_address))


def names(drawing: Drawing, texts: Catalogue, page_address: str = "") -> Markup:
    """Whose lanes these are."""
    return _svg(NAMES, drawing.height, "names", texts.gettext("Whose lanes"), _names(drawing, texts, page_address))


def document(page: CasePage, timeline: Timeline, texts: Catalogue, css: str, page_address: str) -> str:
    """The timeline as an image that stands alone, with its looks, a title, what the signs mean, and where it comes from."""
    drawing = layout(timeline, texts)
    legend, below = _legend(timeline, texts, TITLE + drawing.height + 8)
    wide, high = NAMES + PLOT + 2 * EDGE, round(below + FOOT) + 2 * EDGE
    title = f"{page.case.title} – {texts.gettext('as of %(day)s') % {'day': locale.day(page.as_of, texts.language)}}"
    released = texts.gettext("Release of %(day)s") % {"day": locale.day(page.case.released, texts.language)} if page.case.released else None
    parts = [
        _text(0, 16, title, 16, NAMES + PLOT, "title"),
        _part(0, NAMES, drawing, _names(drawing, texts, page_address)),
        _part(NAMES, PLOT, drawing, _plot(drawing, texts, page_address)),
        *legend,
        _text(0, below + FOOT - 4, " · ".join(filter(None, [released, page_address])), SMALL, NAMES + PLOT, "soft"),
    ]
    return str(
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" class="timeline" role="group" lang="{0}" width="{1}" height="{2}" viewBox="{3} {3} {1} {2}">'
            '<title>{4}</title>\n<style>\n{5}</style>\n<rect class="paper" x="{3}" y="{3}" width="{1}" height="{2}"/>\n{6}\n</svg>\n'
        ).format(texts.language, wide, high, -EDGE, title, Markup(css), Markup("\n").join(parts))
    )


def _part(x: float, wide: float, drawing: Drawing, parts: Iterable[Markup]) -> Markup:
    return Markup('<svg x="{}" y="{}" width="{}" height="{}">\n{}\n</svg>').format(
        x, TITLE, wide, round(drawing.height), Markup("\n").join(parts)
    )


# --- over time --------------------------------------------------------------------------------------------------------


def _plot(drawing: Drawing, texts: Catalogue, page_address: str) -> Iterator[Markup]:
    bottom = drawing.height
    for fold in drawing.folds:
        yield _fold(fold, bottom, texts)
    for tick in drawing.ticks:
        yield Markup('<path class="tick" d="M{0} {1}V{2}M{0} {3}V{4}"/>').format(_n(tick.x), AXIS - 12, AXIS, _n(drawing.top), _n(bottom))
        if tick.text:
            yield _text(tick.x + 3, AXIS - 4, tick.text, SMALL, None, "soft")
    yield from _dividers(drawing, PLOT)
    for line in drawing.lines:
        yield _line(line, drawing, texts, page_address)
    for row in drawing.rows:
        yield _lane(row, drawing, texts, page_address)


def _fold(fold: Fold, bottom: float, texts: Catalogue) -> Markup:
    said = texts.gettext("Folded: %(first)s to %(last)s") % {
        "first": locale.day(fold.first, texts.language), "last": locale.day(fold.last, texts.language)
    }  # fmt: skip
    return Markup('<g class="fold"><title>{}</title><rect x="{}" y="{}" width="{}" height="{}"/>{}</g>').format(
        said, _n(fold.x), AXIS - 18, _n(fold.width), _n(bottom - AXIS + 18), _text(fold.x + 4, 12, fold.text, SMALL, None, "soft")
    )


def _line(line: Line, drawing: Drawing, texts: Catalogue, page_address: str) -> Markup:
    start = line.y if line.text else drawing.top - 4
    drawn = Markup('<line x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>').format(_n(line.x), _n(start), _n(drawing.height))
    if line.text:
        drawn += _text(line.left + 4, line.y + LINE - 5, line.text, SMALL, None, "label")
    if not line.due:
        return Markup('<g class="now">{}</g>').format(drawn)
    deadline = line.due.deadline
    kind = "due passed" if deadline.passed else f"due {deadline.kind}"
    return Markup('<a class="{}" href="{}#{}"><title>{}</title>{}</a>').format(
        kind, page_address, deadline.anchor, spoken.due(deadline, texts), drawn
    )


def _dividers(drawing: Drawing, wide: float) -> Iterator[Markup]:
    """A line below each lane; a strong one above the first authority."""
    shared = drawing.shared()
    if drawing.rows:
        yield Markup('<path class="rows" d="{}"/>').format(
            "".join(f"M0 {_n(row.y + row.height)}H{_n(wide)}" for row in drawing.rows if not shared or row is not shared[-1])
        )
    if shared and len(shared) < len(drawing.rows):
        yield Markup('<path class="divide" d="M0 {}H{}"/>').format(_n(shared[-1].y + shared[-1].height), _n(wide))


def _lane(row: Row, drawing: Drawing, texts: Catalogue, page_address: str) -> Markup:
    """A lane: where a proceeding stood, then the days that are uncertain, then the marks."""
    bars, said = [], []
    for period in row.lane.history:
        left, right = drawing.scale(number(period.since)), drawing.scale(number(period.until) if period.until else drawing.known)
        said.append(f"{period.label} {texts.gettext('since %(day)s') % {'day': locale.day(period.since, texts.language)}}")
        if right > left:
            bars.append(
                Markup('<rect class="bar phase-{}" x="{}" y="{}" width="{}" height="9"><title>{}</title></rect>').format(
                    period.phase, _n(left), _n(row.middle - 4.5), _n(right - left), said[-1]
                )
            )
    marks = [_mark(placed, row, texts, page_address) for placed in row.placed]
    spoken_name = lane_name(row.lane, texts)
    return Markup('<g role="group" aria-label="{}">{}</g>').format(
        f"{spoken_name}: {'; '.join(said)}" if said else spoken_name, Markup("").join([*bars, *_spans(row), *marks])
    )


def _spans(row: Row) -> Iterator[Markup]:
    for placed in row.placed:
        y = _y(placed, row)
        for span in placed.spans:
            if span.right - span.left > placed.width:
                ends = [x for x, shown in ((span.left, span.begins), (span.right, span.ends)) if shown]
                caps = "".join(f"M{_n(x)} {_n(y - 3)}v6" for x in ends)
                yield Markup('<path class="span" d="M{} {}H{}{}"/>').format(_n(span.left), _n(y), _n(span.right), caps)


def _y(placed: Placed, row: Row) -> float:
    levels = 1 + max(one.level for one in row.placed)
    return row.middle + (placed.level - (levels - 1) / 2) * 14


def _mark(placed: Placed, row: Row, texts: Catalogue, page_address: str) -> Markup:
    y, first, many = _y(placed, row), placed.marks[0], len(placed.marks)
    shape, answer, context, retracted = looks(first)
    said = "; ".join(spoken.sentence(mark.item, texts) for mark in placed.marks)
    kinds = {"mark": True, f"answer-{answer}": bool(answer), "context": context, "retracted": retracted}
    classes = " ".join(kind for kind, applies in kinds.items() if applies)
    drawn = _shape(shape, placed.x, y, placed.width if many > 1 else 0)
    if many > 1:
        drawn += Markup('<text class="count" x="{}" y="{}" font-size="{}">{}</text>').format(_n(placed.x), _n(y + 3.7), SMALL, many)
    return Markup('<a class="{}" href="{}#{}"><title>{}</title>{}</a>').format(classes, page_address, first.item.anchor, said, drawn)


def _shape(shape: str, x: float, y: float, wide: float = 0) -> Markup:
    """A circle for words, a square for what decides, a triangle for a filing, a diamond for any other act; a box for several."""
    if wide:
        corner = {STATEMENT: 6.5, DECISION: 0, FILING: 2}.get(shape, 3)
        return Markup('<rect x="{}" y="{}" width="{}" height="13" rx="{}"/>').format(_n(x - wide / 2), _n(y - 6.5), _n(wide), corner)
    if shape == STATEMENT:
        return Markup('<circle cx="{}" cy="{}" r="5"/>').format(_n(x), _n(y))
    if shape == DECISION:
        return Markup('<rect x="{}" y="{}" width="9" height="9"/>').format(_n(x - 4.5), _n(y - 4.5))
    if shape == FILING:
        return Markup('<path d="M{} {}l5 9h-10z"/>').format(_n(x), _n(y - 5))
    return Markup('<path d="M{} {}l5 5l-5 5l-5 -5z"/>').format(_n(x), _n(y - 5))


# --- names ------------------------------------------------------------------------------------------------------------


def lane_name(lane: Lane, texts: Catalogue) -> str:
    """The one whose lane it is; else what they have in common."""
    if len(lane.actors) == 1:
        return spoken.name(lane.actors[0], texts)
    return {
        COMPLAINANTS: texts.gettext("Complainants"), RESPONDENTS: texts.gettext("Respondents"), AUTHORITY: texts.gettext("Authorities"),
        BOARDS: texts.gettext("Boards and courts"),
    }.get(lane.kind, texts.gettext("Others"))  # fmt: skip


def _names(drawing: Drawing, texts: Catalogue, page_address: str) -> Iterator[Markup]:
    yield from _dividers(drawing, NAMES)
    for row in drawing.rows:
        y = row.middle + 4
        actor = row.lane.actors[0] if row.lane.kind == AUTHORITY else None
        text = (
            spoken.name(actor, texts) if actor and actor.id else texts.gettext("not known which") if actor else lane_name(row.lane, texts)
        )
        left, whole = (COUNTRY, spoken.name(actor, texts)) if actor else (0, spoken.names(row.lane.actors, texts))
        drawn = _text(left, y, text, LETTER, NAMES - left - 6, "name")
        if actor:
            drawn = _text(0, y, actor.region or actor.country or "", SMALL, COUNTRY - 4, "soft") + drawn
            yield Markup('<a href="{}#authority-{}"><title>{}</title>{}</a>').format(
                page_address, actor.id or f"unknown-{(actor.country or '').lower()}", whole, drawn
            )
        else:
            yield Markup('<g class="shared"><title>{}</title>{}</g>').format(whole, drawn)


# --- what the signs mean ----------------------------------------------------------------------------------------------


def signs(timeline: Timeline, texts: Catalogue) -> list[tuple[Markup, str]]:
    """Each sign that is drawn, with its meaning: phases, answers, shapes, lines."""
    phases = {period.phase: period.phase_label or "" for lane in timeline.lanes for period in lane.history}
    marks = [mark for lane in timeline.lanes for mark in lane.marks]
    answers = {
        answer.answer: answer.label or "" for mark in marks for answer in mark.item.answers if answer.answer == mark.answer and mark.answer
    }
    shapes = {mark.shape for mark in marks}
    meanings = {
        FILING: texts.gettext("a complaint lodged"), STATEMENT: texts.gettext("words"), DECISION: texts.gettext("a decision or judgment"),
        ACT: texts.gettext("another act"),
    }  # fmt: skip
    found = [(Markup('<rect class="bar phase-{}" y="2" width="12" height="9"/>').format(phase), label) for phase, label in phases.items()]
    found += [
        (Markup('<g class="mark answer-{}">{}</g>').format(answer, _shape(STATEMENT, 6, 6.5)), label) for answer, label in answers.items()
    ]
    found += [(Markup('<g class="mark">{}</g>').format(_shape(shape, 6, 6.5)), meanings[shape]) for shape in meanings if shape in shapes]
    if any(mark.first != mark.last for mark in marks):
        found.append((Markup('<path class="span" d="M0 3.5v6M0 6.5H12M12 3.5v6"/>'), texts.gettext("on one day in this time")))
    if timeline.dues:
        found.append((Markup('<g class="due"><line x1="6" x2="6" y2="13"/></g>'), texts.gettext("deadline or milestone")))
    return found


def _legend(timeline: Timeline, texts: Catalogue, y: float) -> tuple[list[Markup], float]:
    """The signs in lines of the image that stands alone, and where they end."""
    drawn, x = [], 0.0
    for sign, meaning in signs(timeline, texts):
        wide = 18 + width(meaning, SMALL) + 16
        if x and x + wide > NAMES + PLOT:
            x, y = 0.0, y + 20
        drawn.append(
            Markup('<g transform="translate({} {})">{}{}</g>').format(_n(x), _n(y), sign, _text(18, 10.5, meaning, SMALL, None, "soft"))
        )
        x += wide
    return drawn, y + 20


# --- small parts ------------------------------------------------------------------------------------------------------


def _svg(wide: float, high: float, kind: str, label: str, parts: Iterable[Markup]) -> Markup:
    return Markup('<svg class="timeline {}" viewBox="0 0 {} {}" width="{}" height="{}" role="group" aria-label="{}">\n{}\n</svg>').format(
        kind, wide, round(high), wide, round(high), label, Markup("\n").join(parts)
    )


def _text(x: float, y: float, text: str, size: float, room: Optional[float], kind: str) -> Markup:
    """Words at a place. In scripts whose letters we have not measured they are drawn as wide as was reckoned."""
    shown = text if room is None else fitted(text, room, size)
    exact = "" if measured(shown) else Markup(' textLength="{}" lengthAdjust="spacingAndGlyphs"').format(_n(width(shown, size)))
    return Markup('<text class="{}" x="{}" y="{}" font-size="{}"{}>{}</text>').format(kind, _n(x), _n(y), size, exact, shown)


def _n(value: float) -> str:
    """A number as short as it can be: tenths of a pixel."""
    return f"{value:.1f}".removesuffix(".0")
