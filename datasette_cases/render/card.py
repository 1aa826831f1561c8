"""A case on a card, as it is shown where somebody shares its address: a title, a sentence with numbers, what each authority holds.

It is drawn for half its size: no letter is smaller than can be read then.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Iterable, Optional

from markupsafe import escape

from ..i18n import Catalogue
from ..page.case import Authority, CasePage
from ..page.cases import ANNULLED, NO_ANSWER, NOTHING_FOUND
from . import spoken, xml
from .text import fitted, width

WIDTH, HEIGHT, EDGE = 1200, 630, 64
ROOM = WIDTH - 2 * EDGE
SMALL, LETTER = 24, 30
BROAD, BOLD = 0.9, 0.95
"""How wide our font draws what `text` reckons for any font: its letters, and its strong ones. A line may end a little in the margin."""
LINE = 1.28
"""The height of a line, in its letters."""
TITLES = 60, 52, 46, 40
"""Sizes of the title: the largest with which all of it finds room, else the smallest."""
GAP, ROW, MOST_ROWS, CELL = 6, 44, 3, 56
CODES = 22, 18, 16
"""Sizes of what stands in a cell: the largest that finds room."""
ORDER = "yes", "leaning-yes", "mixed", "undecided", "leaning-no", "no"
"""The answers as the legend of the list of cases has them."""


@dataclass(frozen=True)
class Held:
    """What an authority holds on the card, in words, the classes it is drawn with, and what stands in its cell."""

    rank: int
    words: str
    look: str
    code: str


def draw(page: CasePage, texts: Catalogue, css: str, site: str, state: str) -> str:
    """`site`: the title of the site. `state`: day and release, in words."""
    cells = sorted((held(row, page, texts) for row in page.authorities), key=lambda one: (one.rank, one.words))
    foot = HEIGHT - 46
    legend = _legend(cells)
    legend_top = foot - 50 - len(legend) * 36
    strip, strip_high = _strip(cells)
    strip_top = legend_top - 14 - strip_high
    top = 46 + SMALL * LINE
    parts = [
        f"<style>\n{css}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<rect class="band" width="{WIDTH}" height="12"/>',
        _text(EDGE, 46 + SMALL, fitted(site, ROOM, SMALL), SMALL, "soft"),
        *_words(page, texts, top, strip_top - 18),
        f'<g transform="translate({EDGE} {_n(strip_top)})">{"".join(strip)}</g>',
        *(f'<g transform="translate({EDGE} {_n(legend_top + 36 * number)})">{line}</g>' for number, line in enumerate(legend)),
        _text(EDGE, foot, fitted(state, ROOM, SMALL), SMALL, "soft"),
    ]
    box = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    root = f'<svg xmlns="http://www.w3.org/2000/svg" class="card" lang="{texts.language}" {box}>'
    return xml.held("\n".join([root, *parts, "</svg>\n"]))


def _words(page: CasePage, texts: Catalogue, top: float, bottom: float) -> Iterable[str]:
    """Title and sentence, in the middle of the room there is; the sentence is whole, the title as far as there is room."""
    said = spoken.nothing_found(page.nothing_found, texts) if page.nothing_found else None
    sentence = lines(said, LETTER, ROOM / BROAD) if said else []
    left = bottom - top - (len(sentence) * LETTER * LINE + 16 if sentence else 0)
    for size in TITLES:
        title = lines(page.case.title, size, ROOM / BOLD)
        if len(title) * size * LINE <= left:
            break
    title = cut(title, max(1, int(left / (size * LINE))), size, ROOM / BOLD)
    y = top + (left - len(title) * size * LINE) / 2
    for line in title:
        yield _text(EDGE, y + size, line, size, "title")
        y += size * LINE
    y += 16
    for line in sentence:
        yield _text(EDGE, y + LETTER, line, LETTER, "said")
        y += LETTER * LINE


def held(row: Authority, page: CasePage, texts: Catalogue) -> Held:
    """Its answer to the coloured question, as the strip of the list of cases has it."""
    coloured = next((question.id for question in page.questions if question.coloured), None)
    stance = row.stance.get(coloured) if coloured else None
    code = row.authority.country or row.authority.short_name or ""
    if stance and stance.decision_state and stance.decision_state.state == ANNULLED:
        return Held(len(ORDER), f"{stance.label} ({stance.decision_state.label})", ANNULLED, code)
    if stance:
        return Held(ORDER.index(stance.answer), stance.label or stance.answer, f"answer-{stance.answer}", code)
    if row.nothing_found:
        return Held(len(ORDER) + 2, texts.gettext("nothing public found"), NOTHING_FOUND, code)
    return Held(len(ORDER) + 1, texts.gettext("no answer known"), NO_ANSWER, code)


def _strip(cells: list[Held]) -> tuple[list[str], float]:
    """A cell for each authority, in at most a few rows; where they are narrow, without words in them."""
    if not cells:
        return [], 0
    rows = min(MOST_ROWS, -(-len(cells) * (CELL + GAP) // (ROOM + GAP)))
    in_row = -(-len(cells) // rows)
    wide = min(72.0, (ROOM + GAP) / max(in_row, 12) - GAP)
    drawn = []
    for number, cell in enumerate(cells):
        x, y = number % in_row * (wide + GAP), number // in_row * (ROW + GAP)
        drawn.append(
            f'<rect class="cell {escape(cell.look)}" x="{_n(x + 1)}" y="{y + 1}" width="{_n(wide - 2)}" height="{ROW - 2}" rx="5"/>'
        )
        size = next((size for size in CODES if width(cell.code, size) * BROAD <= wide - 4), None)
        if size:
            at = f'x="{_n(x + wide / 2)}" y="{_n(y + ROW / 2 + size * 0.36)}"'
            drawn.append(f'<text class="code {escape(cell.look)}" {at} font-size="{size}">{escape(cell.code)}</text>')
    return drawn, rows * (ROW + GAP) - GAP


def _legend(cells: list[Held]) -> list[str]:
    """What the cells mean, with how many there are of each, in lines."""
    drawn, x = [""] if cells else [], 0.0
    for (words, look), found in groupby(cells, lambda cell: (cell.words, cell.look)):
        text = f"{len(list(found))} {words}"
        wide = 34 + width(text, SMALL) * BROAD + 28
        if x and x + wide - 28 > ROOM:
            drawn.append("")
            x = 0.0
        sign = f'<rect class="cell {escape(look)}" x="{_n(x + 1)}" y="3" width="22" height="22" rx="4"/>'
        drawn[-1] += sign + _text(x + 34, 23, fitted(text, ROOM - 34, SMALL), SMALL, "said")
        x += wide
    return drawn


def lines(text: str, size: float, room: float) -> list[str]:
    """A text in lines, broken between words; a word that is wider than a line is cut off."""
    found: list[str] = []
    for word in text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and width(longer, size) <= room:
            found[-1] = longer
        else:
            found.append(fitted(word, room, size))
    return found


def cut(found: list[str], most: int, size: float, room: float) -> list[str]:
    """At most so many lines; the last says by an ellipsis that there is more."""
    return found if len(found) <= most else [*found[: most - 1], fitted(f"{found[most - 1]} {' '.join(found[most:])}", room, size)]


def _text(x: float, y: float, text: str, size: Optional[float], kind: str) -> str:
    return f'<text class="{kind}" x="{_n(x)}" y="{_n(y)}" font-size="{size}">{escape(text)}</text>'


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
