"""Parts of a page as HTML: what is in them is text, and each is written once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from datasette_cases.i18n import catalogue
from datasette_cases.page.parts import ActorRef, Citation
from datasette_cases.plugin.html import quick
from datasette_cases.render.parts import Parts

pytestmark = pytest.mark.once

HOSTILE = "<b>\"'&{0.id}%s</b>"


def actor(name: str, **more: Any) -> ActorRef:
    return ActorRef(**{"id": name, "name": name, "short_name": name, "kind": "other", "country": "NL", "region": None, **more})


def citation(text: str, archived: str | None = None) -> Citation:
    return Citation(text, text, archived, text, text, text, text, text, None, None)


def test_text_stays_text() -> None:
    parts, shown = Parts(catalogue("en")), escape(HOSTILE)
    assert parts.who(actor(HOSTILE)) == f'<abbr title="{shown}" dir="auto">{shown}</abbr>'
    for address, leads in ((HOSTILE, "#"), (f"https://example.org/{HOSTILE}", f"https://example.org/{shown}")):
        cited = replace(citation(HOSTILE, address), id=address, url=address)
        link = f'<a href="{leads}" rel="external" title="{shown} ({shown})">{shown}</a> (<a href="{leads}" rel="external">archive</a>)'
        assert parts.cite(cited) == link
    assert parts.who(actor("", id=None, country=HOSTILE)) == f"an authority in {shown}, not known which"


@pytest.mark.parametrize("number", [0, 1, 3])
def test_lists_have_commas(number: int) -> None:
    parts = Parts(catalogue("nl"))
    assert parts.names([actor(f"a{one}") for one in range(number)]).count(", ") == max(number - 1, 0)
    assert parts.cites([citation(f"c{one}") for one in range(number)]).startswith('<span class="cites">')
    assert isinstance(parts.names([actor("a")]), Markup) and isinstance(parts.cites([]), Markup)


def test_what_is_the_same_is_written_once() -> None:
    parts = Parts(catalogue("en"))
    assert parts.who(actor("a")) is parts.who(actor("a"))
    assert parts.cite(citation("c")) is parts.cite(citation("c"))


@given(st.one_of(st.text(), st.text().map(Markup), st.none(), st.booleans(), st.integers(), st.floats(), st.lists(st.text())))
def test_escaping_quickly_is_escaping(value: Any) -> None:
    for _ in range(2):
        assert quick(value) == escape(value)


def test_markup_and_text_of_the_same_letters_are_told_apart() -> None:
    for _ in range(2):
        assert quick("<i>") == "&lt;i&gt;" and quick(Markup("<i>")) == "<i>"
