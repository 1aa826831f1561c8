"""The timeline as SVG: two pictures side by side on the page, so that the names stay while time is moved; alone, one image.

No colour and no font stands here: classes do, and the stylesheet gives them their looks. What is put together here is plain
text, many small pieces of it: every word from outside goes through `escape`, by `_text`, `_link` or at its place.
"""

from __future__ import annotations

from typing import Iterable, Iterator, Optional

from markupsafe import Markup, escape

from ..i18n import Catalogue
from ..page.case import CasePage
from ..page.timeline import ACT, AUTHORITY, BOARDS, COMPLAINANTS, DECISION, FILING, RESPONDENTS, STATEMENT, Lane, Mark, Timeline
from . import locale, spoken, xml
from .layout import AXIS, LETTER, LINE, NAMES, PLOT, SMALL, STEP, Drawing, Fold, Line, Placed, Row, layout, looks
from .scale import number
from .text import fitted, measured, width

COUNTRY = 44
"""Width of the column with the country. A narrow screen leaves it out and moves the other names to the right by it."""
EDGE, TITLE, FOOT = 12, 34, 18
"""Of the image that stands alone: the margin, the heights of title and foot."""


def plot(drawing: Drawing, texts: Catalogue, page_address: str = "") -> Markup:
    """What happened over time. `page_address`: of the page the marks lead to; empty for the page they stand on."""
    return Markup(_svg(PLOT, drawing.height, "plot", texts.gettext("Timeline"), _plot(drawing, texts, page_address)))


def names(drawing: Drawing, texts: Catalogue, page_address: str = "") -> Markup:
    """Whose lanes these are."""
    return Markup(_svg(NAMES, drawing.height, "names", texts.gettext("Whose lanes"), _names(drawing, texts, page_address)))


def out_of_frame(drawn: Markup) -> Markup:
    """The same in a frame: what it links opens in the whole window. In texts `<` is escaped, so that each `<a ` begins a link."""
    return Markup(str(drawn).replace("<a ", '<a target="_top" '))


def document(page: CasePage, timeline: Timeline, texts: Catalogue, css: str, page_address: str) -> str:
    """The timeline as an image that stands alone, with its looks, a title, what the signs mean, and where it comes from."""
    drawing = layout(timeline, texts)
    legend, below = _legend(timeline, texts, TITLE + drawing.height + 8)
    wide, high = NAMES + PLOT + 2 * EDGE, round(below + FOOT) + 2 * EDGE
    title = f"{page.case.title} – {texts.gettext('as of %(day)s') % {'day': locale.day(page.as_of, texts.language)}}"
    if page.known:
        title += f", {texts.gettext('as known on %(day)s') % {'day': locale.day(page.known.day, texts.language)}}"
    released = texts.gettext("Release of %(day)s") % {"day": locale.day(page.case.released, texts.language)} if page.case.released else None
    parts = [
        f"<title>{escape(title)}</title>",
        f"<style>\n{css}</style>",
        f'<rect class="paper" x="{-EDGE}" y="{-EDGE}" width="{wide}" height="{high}"/>',
        _text(0, 16, title, 16, NAMES + PLOT, "title"),
        _part(0, NAMES, drawing, _names(drawing, texts, page_address)),
        _part(NAMES, PLOT, drawing, _plot(drawing, texts, page_address)),
        *legend,
        _text(0, below + FOOT - 4, " · ".join(filter(None, [released, page_address])), SMALL, NAMES + PLOT, "soft"),
    ]
    box = f'width="{wide}" height="{high}" viewBox="{-EDGE} {-EDGE} {wide} {high}"'
    root = f'<svg xmlns="http://www.w3.org/2000/svg" class="timeline" role="group" lang="{texts.language}" {box}>'
    return xml.held("\n".join([root, *parts, "</svg>\n"]))


def _part(x: float, wide: float, drawing: Drawing, parts: Iterable[str]) -> str:
    inner = "\n".join(parts)
    return f'<svg x="{x}" y="{TITLE}" width="{wide}" height="{round(drawing.height)}">\n{inner}\n</svg>'


# --- over time --------------------------------------------------------------------------------------------------------


def _plot(drawing: Drawing, texts: Catalogue, page_address: str) -> Iterator[str]:
    top, bottom = _n(drawing.top), _n(drawing.height)
    for fold in drawing.folds:
        yield _fold(fold, drawing, texts)
    for tick in drawing.ticks:
        x = _n(tick.x)
        yield f'<path class="tick" d="M{x} {AXIS - 12}V{AXIS}M{x} {top}V{bottom}"/>'
        if tick.text:
            yield _text(tick.x + 3, AXIS - 4, tick.text, SMALL, None, "soft")
    yield from _dividers(drawing, PLOT)
    for line in drawing.lines:
        yield _line(line, drawing, texts, page_address)
    for row in drawing.rows:
        yield _lane(row, drawing, texts, page_address)


def _fold(fold: Fold, drawing: Drawing, texts: Catalogue) -> str:
    first, last = locale.day(fold.first, texts.language), locale.day(fold.last, texts.language)
    said = escape(texts.gettext("Folded: %(first)s to %(last)s") % {"first": first, "last": last})
    y, high = AXIS - 18, drawing.height - AXIS + 18
    band = f'<rect x="{_n(fold.x)}" y="{y}" width="{_n(fold.width)}" height="{_n(high)}"/>'
    return f'<g class="fold"><title>{said}</title>{band}{_text(fold.x + 4, 12, fold.text, SMALL, None, "soft")}</g>'


def _line(line: Line, drawing: Drawing, texts: Catalogue, page_address: str) -> str:
    x, start = _n(line.x), line.y if line.text else drawing.top - 4
    drawn = f'<line x1="{x}" x2="{x}" y1="{_n(start)}" y2="{_n(drawing.height)}"/>'
    if line.text:
        drawn += _text(line.left + 4, line.y + LINE - 5, line.text, SMALL, None, "label")
    if not line.of:
        return f'<g class="now">{drawn}</g>'
    if isinstance(line.of, Mark):
        return f'<g class="law"><title>{escape(spoken.sentence(line.of.item, texts))}</title>{drawn}</g>'
    deadline = line.of.deadline
    kind = "passed" if deadline.passed else deadline.kind
    return _link(f"due {kind}", f"{page_address}#{deadline.anchor}", spoken.due(deadline, texts), drawn)


def _dividers(drawing: Drawing, wide: float) -> Iterator[str]:
    """A line below each lane; a strong one above the first authority."""
    shared = drawing.shared()
    lines = [f"M0 {_n(row.y + row.height)}H{wide}" for row in drawing.rows if not shared or row is not shared[-1]]
    if lines:
        yield f'<path class="rows" d="{"".join(lines)}"/>'
    if shared and len(shared) < len(drawing.rows):
        yield f'<path class="divide" d="M0 {_n(shared[-1].y + shared[-1].height)}H{wide}"/>'


def _lane(row: Row, drawing: Drawing, texts: Catalogue, page_address: str) -> str:
    """A lane: where a proceeding stood, then the days that are uncertain, then the marks."""
    bars, said = [], []
    for period in row.lane.history:
        left, right = drawing.scale(number(period.since)), drawing.scale(number(period.until) if period.until else drawing.known)
        said.append(f"{period.label} {texts.gettext('since %(day)s') % {'day': locale.day(period.since, texts.language)}}")
        if right > left:
            place = f'x="{_n(left)}" y="{_n(row.middle - 4.5)}" width="{_n(right - left)}" height="9"'
            bars.append(f'<rect class="bar phase-{escape(period.phase)}" {place}><title>{escape(said[-1])}</title></rect>')
    marks = [_mark(placed, row, texts, page_address) for placed in row.placed]
    name = lane_name(row.lane, texts)
    label = escape(f"{name}: {'; '.join(said)}" if said else name)
    return f'<g role="group" aria-label="{label}">{"".join([*bars, *_spans(row), *marks])}</g>'


def _spans(row: Row) -> Iterator[str]:
    for placed in row.placed:
        y = _y(placed, row)
        for span in placed.spans:
            if span.right - span.left > placed.width:
                ends = [x for x, shown in ((span.left, span.begins), (span.right, span.ends)) if shown]
                caps = "".join(f"M{_n(x)} {_n(y - 3)}v6" for x in ends)
                yield f'<path class="span" d="M{_n(span.left)} {_n(y)}H{_n(span.right)}{caps}"/>'


def _y(placed: Placed, row: Row) -> float:
    levels = 1 + max(one.level for one in row.placed)
    return row.middle + (placed.level - (levels - 1) / 2) * STEP


def _mark(placed: Placed, row: Row, texts: Catalogue, page_address: str) -> str:
    y, first, many = _y(placed, row), placed.marks[0], len(placed.marks)
    shape, answer, context, retracted = looks(first)
    kinds = {"mark": True, f"answer-{answer}": bool(answer), "context": context, "retracted": retracted}
    drawn = _shape(shape, placed.x, y, placed.width if many > 1 else 0)
    if many > 1:
        drawn += f'<text class="count" x="{_n(placed.x)}" y="{_n(y + 3.7)}" font-size="{SMALL}">{many}</text>'
    said = "; ".join(spoken.sentence(mark.item, texts) for mark in placed.marks)
    return _link(" ".join(kind for kind, applies in kinds.items() if applies), f"{page_address}#{first.item.anchor}", said, drawn)


def _shape(shape: str, x: float, y: float, wide: float = 0) -> str:
    """A circle for words, a square for what decides, a triangle for a filing, a diamond for any other act; a box for several."""
    if wide:
        corner = {STATEMENT: 6.5, DECISION: 0, FILING: 2}.get(shape, 3)
        return f'<rect x="{_n(x - wide / 2)}" y="{_n(y - 6.5)}" width="{_n(wide)}" height="13" rx="{corner}"/>'
    if shape == STATEMENT:
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="5"/>'
    if shape == DECISION:
        return f'<rect x="{_n(x - 4.5)}" y="{_n(y - 4.5)}" width="9" height="9"/>'
    if shape == FILING:
        return f'<path d="M{_n(x)} {_n(y - 5)}l5 9h-10z"/>'
    return f'<path d="M{_n(x)} {_n(y - 5)}l5 5l-5 5l-5 -5z"/>'


# --- names ------------------------------------------------------------------------------------------------------------


def lane_name(lane: Lane, texts: Catalogue) -> str:
    """The one whose lane it is; else what they have in common."""
    if len(lane.actors) == 1:
        return spoken.name(lane.actors[0], texts)
    return {
        COMPLAINANTS: texts.gettext("Complainants"), RESPONDENTS: texts.gettext("Respondents"), AUTHORITY: texts.gettext("Authorities"),
        BOARDS: texts.gettext("Boards, courts"),
    }.get(lane.kind, texts.gettext("Others"))  # fmt: skip


def _names(drawing: Drawing, texts: Catalogue, page_address: str) -> Iterator[str]:
    yield from _dividers(drawing, NAMES)
    for row in drawing.rows:
        y = row.middle + 4
        if row.lane.kind != AUTHORITY:
            drawn = _text(0, y, lane_name(row.lane, texts), LETTER, NAMES - COUNTRY - 4, "name")
            yield f'<g class="shared"><title>{escape(spoken.names(row.lane.actors, texts))}</title>{drawn}</g>'
            continue
        actor = row.lane.actors[0]
        name = spoken.name(actor, texts) if actor.id else texts.gettext("not known which")
        drawn = _text(0, y, actor.region or actor.country or "", SMALL, COUNTRY - 4, "soft")
        drawn += _text(COUNTRY, y, name, LETTER, NAMES - COUNTRY - 4, "name")
        if not row.lane.on_board:
            yield f"<g><title>{escape(spoken.name(actor, texts))}</title>{drawn}</g>"
            continue
        anchor = actor.id or f"unknown-{(actor.country or '').lower()}"
        yield _link("", f"{page_address}#authority-{anchor}", spoken.name(actor, texts), drawn)


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
    found = [(f'<rect class="bar phase-{escape(phase)}" y="2" width="12" height="9"/>', label) for phase, label in phases.items()]
    found += [(f'<g class="mark answer-{escape(answer)}">{_shape(STATEMENT, 6, 6.5)}</g>', label) for answer, label in answers.items()]
    found += [(f'<g class="mark">{_shape(shape, 6, 6.5)}</g>', meanings[shape]) for shape in meanings if shape in shapes]
    if any(mark.first != mark.last for mark in marks):
        found.append(('<path class="span" d="M0 3.5v6M0 6.5H12M12 3.5v6"/>', texts.gettext("on one day in this time")))
    if timeline.dues:
        found.append(('<g class="due"><line x1="6" x2="6" y2="13"/></g>', texts.gettext("deadline or milestone")))
    if timeline.laws:
        found.append(('<g class="law"><line x1="6" x2="6" y2="13"/></g>', texts.gettext("a change in the law")))
    return [(Markup(sign), meaning) for sign, meaning in found]


def _legend(timeline: Timeline, texts: Catalogue, y: float) -> tuple[list[str], float]:
    """The signs in lines of the image that stands alone, and where they end."""
    drawn, x = [], 0.0
    for sign, meaning in signs(timeline, texts):
        wide = 18 + width(meaning, SMALL) + 16
        if x and x + wide > NAMES + PLOT:
            x, y = 0.0, y + 20
        drawn.append(f'<g transform="translate({_n(x)} {_n(y)})">{sign}{_text(18, 10.5, meaning, SMALL, None, "soft")}</g>')
        x += wide
    return drawn, y + 20


# --- small parts ------------------------------------------------------------------------------------------------------


def _svg(wide: float, high: float, kind: str, label: str, parts: Iterable[str]) -> str:
    box = f'viewBox="0 0 {wide} {round(high)}" width="{wide}" height="{round(high)}"'
    inner = "\n".join(parts)
    return f'<svg class="timeline {kind}" {box} role="group" aria-label="{escape(label)}">\n{inner}\n</svg>'


def _link(kind: str, address: str, said: str, drawn: str) -> str:
    """A link with its spoken name; what is drawn in it is SVG already."""
    classes = f' class="{escape(kind)}"' if kind else ""
    return f'<a{classes} href="{escape(address)}"><title>{escape(said)}</title>{drawn}</a>'


def _text(x: float, y: float, text: str, size: float, room: Optional[float], kind: str) -> str:
    """Words at a place. In scripts whose letters we have not measured they are drawn as wide as was reckoned."""
    shown = text if room is None else fitted(text, room, size)
    if not shown:
        return ""
    exact = "" if measured(shown) else f' textLength="{_n(width(shown, size))}" lengthAdjust="spacingAndGlyphs"'
    return f'<text class="{kind}" x="{_n(x)}" y="{_n(y)}" font-size="{size}"{exact}>{escape(shown)}</text>'


def _n(value: float) -> str:
    """A number as short as it can be: tenths of a pixel."""
    return f"{value:.1f}".removesuffix(".0")
