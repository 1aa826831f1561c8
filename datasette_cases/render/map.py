"""The map of the authorities' countries as SVG. Like the timeline it names no colour: classes do, and the stylesheet gives them their looks."""

from __future__ import annotations

from typing import Any, Callable, Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from ..i18n import Catalogue
from ..page.authorities import PHASE, AuthoritiesPage, Country, Line
from . import locale

STRIPE = 14
"""Width of a stripe, in units of the map."""
HATCH = "hatch"


def draw(shapes: Mapping[str, Any], page: AuthoritiesPage, texts: Catalogue, address: Callable[[Country], str]) -> Markup:
    """`shapes`: the file that `scripts/map` makes. `address`: where a country leads."""
    countries = {country.country: country for country in page.countries if country.country in shapes["countries"]}
    ordered = sorted(countries, key=lambda code: (shapes["countries"][code]["ring"], locale.country(code, texts.language)))
    drawn = [_country(shapes, countries[code], page, texts, address(countries[code])) for code in ordered]
    parts = [*_patterns(countries.values()), f'<path class="around" d="{shapes["around"]}"/>', *drawn]
    box = f'viewBox="0 0 {shapes["width"]} {shapes["height"]}" width="{shapes["width"]}" height="{shapes["height"]}"'
    inner = "\n".join(parts)
    return Markup(f'<svg class="map" {box} role="group" aria-label="{escape(texts.gettext("Map"))}">\n{inner}\n</svg>')


def _patterns(countries: Any) -> Iterator[str]:
    """What fills a country that is not of one colour: lines where nothing is known, stripes where its authorities differ."""
    yield f'<defs><pattern id="{HATCH}" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    yield '<rect class="ground" width="9" height="9"/><path class="line" d="M4.5 0V9"/></pattern>'
    for several in dict.fromkeys(tuple(country.holds) for country in countries if len(country.holds) > 1):
        wide = STRIPE * len(several)
        stripes = "".join(
            f'<rect class="holds-{escape(word)}" x="{STRIPE * place}" width="{STRIPE}" height="{wide}"/>'
            for place, word in enumerate(several)
        )
        pattern = f'width="{wide}" height="{wide}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
        yield f'<pattern id="{_stripes(several)}" {pattern}>{stripes}</pattern>'
    yield "</defs>"


def _stripes(words: Sequence[str]) -> str:
    return escape(f"stripes-{'-'.join(words)}")


def _country(shapes: Mapping[str, Any], country: Country, page: AuthoritiesPage, texts: Catalogue, address: str) -> str:
    shape = shapes["countries"][country.country]
    kind, fill = "", ""
    if len(country.holds) == 1:
        kind = f' class="holds-{escape(country.holds[0])}"'
    elif country.holds:
        fill = f' fill="url(#{_stripes(country.holds)})"'
    elif country.concerned:
        fill = f' fill="url(#{HATCH})"'
    else:
        kind = ' class="hollow"'
    x, y = shape["x"], shape["y"]
    if shape["ring"]:
        drawn = f'<circle{kind}{fill} cx="{x}" cy="{y}" r="{shapes["radius"]}"/>'
    else:
        drawn = f'<path{kind}{fill} d="{shape["path"]}"/>'
    if country.nothing_found:
        drawn += nothing_found(x, y)
    said = escape(sentence(country, page.lines(country), page, texts))
    ring = " ring" if shape["ring"] else ""
    return f'<a class="country{ring}" href="{escape(address)}"><title>{said}</title>{drawn}</a>'


def nothing_found(x: float, y: float) -> str:
    """The sign ∅, drawn, so that no font has to have it."""
    return f'<g class="nothing"><circle cx="{x}" cy="{y}" r="9"/><path d="M{x - 9} {y + 9}L{x + 9} {y - 9}"/></g>'


def sentence(country: Country, lines: Sequence[Line], page: AuthoritiesPage, texts: Catalogue) -> str:
    """A country and what is known of each of its authorities that has a place in what is shown."""
    found = [f"{line.authority.short_name}: {words}" for line in lines if (words := holds(line, page, texts))]
    return f"{locale.country(country.country, texts.language)} – {'; '.join(found) or texts.gettext('nothing recorded')}"


def holds(line: Line, page: AuthoritiesPage, texts: Catalogue) -> str:
    """What is known of an authority, in the words of the map; empty where it has no part in it."""
    if shown := line.shown(page.by):
        return shown[1]
    if line.nothing_found:
        return texts.gettext("nothing found")
    if page.by != PHASE and line.stance and line.stance.decision_state:
        return f"{line.stance.label} ({line.stance.decision_state.label})"
    if not line.concerned:
        return ""
    return texts.gettext("no proceeding known") if page.by == PHASE else texts.gettext("no answer known")


def signs(shapes: Mapping[str, Any], page: AuthoritiesPage, texts: Catalogue) -> list[tuple[Markup, str]]:
    """Each sign that is drawn, with its meaning."""
    countries = [country for country in page.countries if country.country in shapes["countries"]]
    found = [(f'<rect class="holds-{escape(held.value)}" width="26" height="18"/>', held.label or held.value) for held in page.holds]
    several = next((country.holds for country in countries if len(country.holds) > 1), None)
    if several:
        text = texts.gettext("its authorities differ")
        found.append((f'<rect fill="url(#{_stripes(several)})" width="26" height="18"/>', text))
    if any(country.concerned and not country.holds for country in countries):
        text = texts.gettext("no proceeding known") if page.by == PHASE else texts.gettext("no answer known")
        found.append((f'<rect fill="url(#{HATCH})" width="26" height="18"/>', text))
    if any(country.nothing_found for country in countries):
        found.append((nothing_found(13, 9), texts.gettext("asked, nothing public found")))
    if any(not country.concerned and not country.holds for country in countries):
        text = texts.gettext("no part in this case is known") if page.case else texts.gettext("no proceeding known")
        found.append(('<rect class="hollow" width="26" height="18"/>', text))
    return [(Markup(sign), meaning) for sign, meaning in found]
