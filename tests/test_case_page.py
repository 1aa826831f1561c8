"""The case page as readers use it: sorted, as of a day, quoted, cited, on any width, with whatever is written in the files."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any, Optional
from urllib.parse import parse_qs, urlsplit

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup, Tag
from datasette.app import Datasette

from datasette_cases.page.facts import Fact, nothing_found
from datasette_cases.page.parts import Moment
from datasette_cases.plugin import pages
from datasette_cases.render import cite

from .made import AUTHORITY, folder, write
from .site import built, serve

CASE = "meta-ai-training-2024"
ADDRESS = f"/-/cases/{CASE}"
COLUMNS = ("country", "authority", "lawful", "competent", "urgent", "draft", "status", "since", "last_word")
STATIC = Path(pages.__file__).parent / "static"


@pytest_asyncio.fixture
async def real(real_db: Path) -> Datasette:
    return await serve(real_db, configuration={"title": "Cases {of} 100% & more"})


async def read(datasette: Datasette, address: str) -> BeautifulSoup:
    response = await datasette.client.get(address, headers={"accept-language": "en"})
    assert response.status_code == 200, response.text
    return BeautifulSoup(response.text, "html5lib")


def words(node: Optional[Tag]) -> str:
    """What a reader sees of a part of a page, in one line."""
    assert node is not None
    return " ".join(node.get_text().split())


def asked(link: Any) -> dict[str, str]:
    """The parameters of a link."""
    return {name: values[0] for name, values in parse_qs(urlsplit(str(link["href"])).query).items()}


# --- the order of the board -------------------------------------------------------------------------------------------


async def board(datasette: Datasette, order: str = "") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (await datasette.client.get(f"{ADDRESS}.json?{order}")).json()["authorities"]
    return rows


def of_row(row: dict[str, Any], column: str) -> Any:
    """What a row has in a column."""
    if column in ("lawful", "competent", "urgent", "draft"):
        return row["stance"][column] and row["stance"][column]["answer"]
    if column == "country":
        return row["authority"]["country"] or ""
    if column == "authority":
        return row["authority"]["short_name"] and row["authority"]["short_name"].casefold()
    if column == "last_word":
        return row["last_word"] and row["last_word"]["date_end"]
    return row["status"] and row["status"]["since" if column == "since" else "status"]


def places(db: Path, column: str) -> Any:
    """How values of a column compare: words by their place in the vocabulary, all else by itself."""
    with sqlite3.connect(db) as connection:
        found = connection.execute("select value, sort from vocabulary where field = ? and language = 'en'", (column,)).fetchall()
    return dict(found).__getitem__ if found else lambda value: value


@pytest.mark.asyncio
@pytest.mark.parametrize("column", COLUMNS)
async def test_each_group_is_sorted_by_the_column(real: Datasette, real_db: Path, column: str) -> None:
    place, usual = places(real_db, column), await board(real)
    for name in ("_sort", "_sort_desc"):
        rows = await board(real, f"{name}={column}")
        groups = [row["group"] for row in rows]
        assert groups == [row["group"] for row in usual] == sorted(groups, key=["lead", "asked", "spoke"].index)
        assert sorted(map(json.dumps, rows)) == sorted(map(json.dumps, usual)), "the same rows"
        for group in ("lead", "asked", "spoke"):
            values = [of_row(row, column) for row in rows if row["group"] == group]
            known = [place(value) for value in values if value is not None]
            assert values[: len(known)] == [value for value in values if value is not None], "without a value: last"
            assert known == sorted(known, reverse=name == "_sort_desc")


@pytest.mark.asyncio
async def test_the_usual_order_is_by_country(real: Datasette) -> None:
    usual = await board(real)
    assert usual == await board(real, "_sort=country") == await board(real, "_sort=") == await board(real, "_sort=&_sort_desc=")
    assert [row["authority"]["id"] for row in await board(real, "_sort_desc=last_word")] != [row["authority"]["id"] for row in usual]


@pytest.mark.asyncio
async def test_headings_sort_and_turn_round(real: Datasette) -> None:
    page = await read(real, ADDRESS)
    links = {words(link).strip("▲▼"): link for link in page.select("table.board thead a")}
    assert set(links) == {"Country", "Authority", "Is the processing lawful?", "Competent?", "Urgent?", "Status", "since", "Last word"}
    assert all(str(link["href"]).endswith("#board") for link in links.values())
    assert asked(links["Country"]) == {"_sort_desc": "country"}, "the usual order is turned round"
    assert asked(links["Last word"]) == {"_sort": "last_word"}
    assert [words(one) for one in page.select("th[aria-sort]")] == ["Sort by: Country▲"]
    page = await read(real, f"{ADDRESS}?_sort=since")
    links = {words(link).strip("▲▼"): link for link in page.select("table.board thead a")}
    assert (
        asked(links["since"]) == {"_sort_desc": "since"} and asked(links["Country"]) == {} and asked(links["Status"]) == {"_sort": "status"}
    )
    assert [(one["aria-sort"], words(one)) for one in page.select("th[aria-sort]")] == [("ascending", "Status since▲")]
    page = await read(real, f"{ADDRESS}?_sort_desc=since")
    assert [(one["aria-sort"], words(one)) for one in page.select("th[aria-sort]")] == [("descending", "Status since▼")]
    assert asked(page.select("th[aria-sort] a")[1]) == {"_sort": "since"}


@pytest.mark.asyncio
async def test_every_link_on_the_page_keeps_what_was_asked_for(real: Datasette) -> None:
    given = {"_lang": "en", "as_of": "2025-05-27", "from": "2024-06-01", "to": "2025-06-30", "_sort_desc": "last_word"}
    page = await read(real, f"{ADDRESS}?" + "&".join(f"{name}={value}" for name, value in given.items()))
    rest = {name: value for name, value in given.items() if name != "_sort_desc"}
    for link in page.select("table.board thead a"):
        assert {name: value for name, value in asked(link).items() if not name.startswith("_sort")} == rest
    for link in page.select("nav.languages a"):
        assert asked(link) == {**given, "_lang": link["hreflang"]}
    days = page.select("#content > section:first-of-type nav.days a")
    assert asked(days[0]) == {name: value for name, value in given.items() if name != "as_of"}
    assert len(days) > 2 and all({**asked(link), "as_of": given["as_of"]} == given and "as_of" in asked(link) for link in days[1:])
    assert [words(link) for link in page.select('nav.days a[aria-current="date"]')] == ["27 May 2025 · training starts"]
    for form in page.select("nav.days form"):
        assert {str(field["name"]): str(field["value"]) for field in form.select("input")} == given
    assert str(page.select("nav.days form")[0]["action"]).endswith("#board")


# --- the sentence -----------------------------------------------------------------------------------------------------


def found(asked: int, number: int, complete: bool = True, checked: Optional[str] = "2026-01-05", last: str = "2024-09-02") -> Any:
    facts = [Fact("asked", asked, ""), Fact("nothing_found", number, "")]
    act = Moment(last, last, "day")
    return lambda unnamed=False: nothing_found(facts, "acme", "2026-11-24", complete, unnamed, checked, act)


@pytest.mark.parametrize(
    ("rule", "day", "searched"),
    [
        (found(3, 1), "2026-01-05", True),
        (found(3, 1, last="2026-01-05"), "2026-01-05", True),
        (found(3, 1, last="2026-01-06"), "2026-11-24", False),
        (found(3, 1, complete=False), "2026-11-24", False),
        (found(3, 1, checked=None), "2026-11-24", False),
    ],
)
def test_the_day_of_the_sentence_is_the_most_that_is_true(rule: Any, day: str, searched: bool) -> None:
    numbers = rule()
    assert (numbers.day, numbers.searched, numbers.number, numbers.asked) == (day, searched, 1, 3)


def test_where_there_is_nothing_true_to_say_there_is_no_sentence() -> None:
    assert found(0, 0)() is None
    assert found(3, 0)(unnamed=True) is None, "of the one that is not named something may or may not be known"
    assert found(3, 1)(unnamed=True) is not None and found(3, 0)() is not None


ONE = """id: one
title: One complaint
summary: A complaint.
regime: gdpr
respondents: [acme]
searches:
  - {date: 2026-01-05, places: [press], languages: [en]}
complaints:
"""
FILED = """  - id: {id}-noyb
    authority: {id}
    by: [noyb]
    filed: 2024-06-06
    sources: [https://example.org/{id}]
"""
SPOKE = """entries:
  - id: words
    date: 2024-07-01
    by: fr-cnil
    summary: Says something.
    says:
      quote: Des mots
      language: fr
      form: press-statement
    sources: [https://example.org/words]
"""


async def site(path: Path, **cases: str) -> Datasette:
    """A small site with these case files beside the usual one."""
    data = folder(path / "data", 1)
    for name, text in cases.items():
        write(data / "cases" / f"{name}.yml", text)
    return await serve(built(data, path / "cases.db"))


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("text", "day", "english", "dutch"),
    [
        (
            FILED.format(id="fr-cnil"),
            "",
            "As of 5 January 2026 nothing public was found of the one authority asked.",
            "Van de ene gevraagde toezichthouder is niets openbaars gevonden (stand 5 januari 2026).",
        ),
        (
            FILED.format(id="fr-cnil"),
            "2024-06-10",
            "As of 10 June 2024 nothing public is known of the one authority asked.",
            "Van de ene gevraagde toezichthouder is niets openbaars bekend (stand 10 juni 2024).",
        ),
        (
            FILED.format(id="fr-cnil") + SPOKE,
            "",
            "As of 5 January 2026 something public is known of the one authority asked.",
            "Van de ene gevraagde toezichthouder is iets openbaars bekend (stand 5 januari 2026).",
        ),
        (
            FILED.format(id="fr-cnil") + FILED.format(id="nl-ap") + SPOKE,
            "",
            "As of 5 January 2026 nothing public was found of 1 of the 2 authorities asked.",
            "Van 1 van de 2 gevraagde toezichthouders is niets openbaars gevonden (stand 5 januari 2026).",
        ),
        (
            FILED.format(id="fr-cnil") + FILED.format(id="nl-ap") + SPOKE,
            "2024-06-30",
            "As of 30 June 2024 nothing public is known of 2 of the 2 authorities asked.",
            "Van 2 van de 2 gevraagde toezichthouders is niets openbaars bekend (stand 30 juni 2024).",
        ),
        (
            FILED.format(id="fr-cnil") + FILED.format(id="nl-ap") + SPOKE.replace("by: fr-cnil", "by: [fr-cnil, nl-ap]"),
            "",
            "As of 5 January 2026 something public is known of each of the 2 authorities asked.",
            "Van elk van de 2 gevraagde toezichthouders is iets openbaars bekend (stand 5 januari 2026).",
        ),
        (FILED.format(id="fr-cnil") + SPOKE, "2024-06-01", "", ""),
    ],
)
async def test_the_sentence(tmp_path: Path, text: str, day: str, english: str, dutch: str) -> None:
    datasette = await site(tmp_path, one=ONE + text)
    for language, sentence in (("en", english), ("nl", dutch)):
        page = await read(datasette, f"/-/cases/one?_lang={language}&as_of={day}")
        assert (words(page.find(id="sentence")) if sentence else page.find(id="sentence")) == (sentence or None)  # type: ignore[arg-type]


@pytest.mark.asyncio
@pytest.mark.parametrize("day", ["", "2024-06-14", "2025-05-27"])
async def test_both_numbers_of_the_sentence_come_from_one_query(real: Datasette, real_db: Path, day: str) -> None:
    numbers = (await real.client.get(f"{ADDRESS}.json?as_of={day}")).json()["nothing_found"]
    with sqlite3.connect(real_db) as connection:
        assert connection.execute(numbers["sql"]).fetchall() == [(numbers["asked"], numbers["number"])]
    page = await read(real, f"{ADDRESS}?as_of={day}")
    link = page.select(".sentence a")[0]
    assert asked(link)["sql"] == numbers["sql"]
    rows = await real.client.get(str(link["href"]), follow_redirects=True)
    assert rows.status_code == 200 and "authorities_asked" in rows.text
    assert f"{numbers['number']} of the {numbers['asked']} authorities" in words(page.find(id="sentence"))


@pytest.mark.asyncio
async def test_buttons_that_copy_are_hidden_until_the_script_runs(real: Datasette) -> None:
    page = await read(real, ADDRESS)
    scripts = page.select("script[src]")
    assert scripts and all(script.get("type") == "module" and not script.get_text() for script in scripts)
    for script in scripts:
        assert (await real.client.get(str(script["src"]))).status_code == 200
    buttons = page.select("button[data-copies]")
    assert [button["data-copies"] for button in buttons] == [
        "sentence",
        "cite-plain",
        "cite-markdown",
        "cite-bibtex",
        "embed",
    ]
    for button in buttons:
        assert button.has_attr("hidden") and button["type"] == "button" and button["data-done"] == "Copied"
        assert page.find(id=str(button["data-copies"]))
    assert page.select('#told[role="status"]')


# --- decisions --------------------------------------------------------------------------------------------------------

DECIDED = (
    ONE
    + FILED.format(id="fr-cnil")
    + """entries:
  - id: order
    date: 2024-07-01
    by: fr-cnil
    act: decision
    summary: Orders a stop, and fines.
    outcome: infringement
    scope: the plan, not what was done
    measures:
      - {kind: 58-2-f, provisional: yes, until: 2024-12-31}
    fine: {amount: 1200000, currency: EUR, per: day}
    sources: [https://example.org/order]
  - id: quiet
    date: 2024-08-01
    by: fr-cnil
    act: decision
    summary: Closes the rest.
    outcome: dismissed
    sources: [https://example.org/quiet]
  - id: wrong
    date: 2024-08-02
    by: fr-cnil
    act: decision
    summary: Never was.
    outcome: dismissed
    retracted: It was of another case.
    sources: [https://example.org/quiet]
"""
)
APPEAL = """  - id: appeal
    date: 2024-09-01
    by: acme
    act: appeal
    summary: Appeals.
    decision: order
    decision_state: under-appeal
    sources: [https://example.org/appeal]
"""


LIFTED = """  - id: lifts
    date: 2024-09-05
    by: fr-cnil
    act: closure
    summary: Lifts its order.
    ends: [order]
    sources: [https://example.org/lifts]
"""


@pytest.mark.asyncio
async def test_a_decision_that_was_ended_says_so_from_that_day_on(tmp_path: Path) -> None:
    datasette = await site(tmp_path, one=DECIDED + LIFTED)
    order = (await read(datasette, "/-/cases/one")).select("ul.decisions > li")[0]
    assert "ended 5 Sept 2024" in words(order) and "an appeal" not in words(order)
    assert "#lifts" in [str(link["href"]) for link in order.select(".state a")]
    before = (await read(datasette, "/-/cases/one?as_of=2024-09-04")).select("ul.decisions > li")[0]
    assert not before.select(".state") and "ended 5" not in words(before)


@pytest.mark.asyncio
async def test_decisions_stand_in_a_section_with_what_became_of_them(tmp_path: Path) -> None:
    datasette = await site(tmp_path, one=DECIDED + APPEAL)
    page = await read(datasette, "/-/cases/one")
    assert [str(one["id"]) for one in page.select("main h2")][:3] == ["board", "timeline-heading", "decisions"]
    order, quiet = page.select("ul.decisions > li")
    assert [str(link["href"]) for link in order.select(".when a")] == ["#order"]
    text = words(order)
    for part in (
        "1 Jul 2024",
        "fr-cnil",
        "Infringement",
        "Decides only: the plan, not what was done",
        "€ 1,200,000 / day",
        "Under appeal since 1 Sept 2024",
    ):
        assert part in text, part
    assert "Limitation or ban (provisional) (up to and including 31 Dec 2024) · ended" in text
    assert words(order.select(".state a")[0]) == "Appeal, 1 Sept 2024" and order.select(".state a")[0]["href"] == "#appeal"
    assert "Acme" in words(order.select(".state")[0])
    assert "appeal" not in words(quiet).lower(), "of which decision an appeal is may be unknown"


@pytest.mark.asyncio
async def test_where_no_appeal_is_recorded_decisions_say_so(tmp_path: Path) -> None:
    datasette = await site(tmp_path, one=DECIDED + APPEAL)
    page = await read(datasette, "/-/cases/one?as_of=2024-08-15")
    assert [words(one).count("Nothing recorded of an appeal") for one in page.select("ul.decisions > li")] == [1, 1]
    assert "ended" not in words(page.select("ul.decisions")[0])
    page = await read(datasette, "/-/cases/one?as_of=2024-06-15")
    assert not page.find(id="decisions")


# --- citing -----------------------------------------------------------------------------------------------------------


class Page:
    """As much of a page as a citation needs."""

    def __init__(self, title: str) -> None:
        self.as_of = "2026-11-24"
        self.case = type("Head", (), {"id": "acme-1", "title": title})


@pytest.mark.asyncio
async def test_an_uncertain_day_may_stand_wherever_a_day_stands(tmp_path: Path) -> None:
    """Of publication, and of who handles a complaint since when."""
    data = folder(tmp_path / "data")
    text = (data / "cases" / "acme-0.yml").read_text(encoding="utf-8")
    for old, new in (
        ("    count: 2\n", "    count: 2\n    handled_by: {authority: ie-dpc, since: 2024-06-16/2024-06-19}\n"),
        ("    act: forwarding\n", "    published: 2024-09-10/2024-09-12\n    act: forwarding\n"),
    ):
        assert old in text
        text = text.replace(old, new)
    (data / "cases" / "acme-0.yml").write_text(text, encoding="utf-8")
    datasette = await serve(built(data, tmp_path / "cases.db"))
    response = await datasette.client.get("/-/cases/acme-0?_lang=en")
    assert response.status_code == 200
    shown = re.sub(r"\s", "", response.text)
    assert "since19Jun2024" in shown and "published10–12Sept2024" in shown


def cited(title: str, site: str = "Cases", address: str = "https://example.org/-/cases/acme-1?as_of=2026-11-24") -> cite.Cited:
    return cite.cite(Page(title), address, site, "As of 24 November 2026, release of 23 November 2026")  # type: ignore[arg-type]


def test_a_page_is_cited_in_three_forms() -> None:
    found = cited("Acme: training")
    state = "As of 24 November 2026, release of 23 November 2026"
    assert found.plain == f"Acme: training. Cases. {state}. https://example.org/-/cases/acme-1?as_of=2026-11-24"
    assert found.markdown == f"[Acme: training](https://example.org/-/cases/acme-1?as_of=2026-11-24). Cases. {state}."
    assert found.bibtex == (
        "@misc{acme-1-2026-11-24,\n"
        "  author = {{Cases}},\n"
        "  title = {{Acme: training}},\n"
        "  year = {2026},\n"
        "  month = {11},\n"
        f"  note = {{{state}}},\n"
        "  url = {https://example.org/-/cases/acme-1?as_of=2026-11-24},\n"
        "}"
    )


def test_a_title_that_ends_a_sentence_gets_no_second_stop() -> None:
    assert cited("May they?").plain.startswith("May they? Cases.")


@pytest.mark.parametrize(
    ("title", "markdown", "bibtex"),
    [
        ("100% & more_$ #1", r"100% \& more\_\$ \#1", r"100\% \& more\_\$ \#1"),
        ("a {b} c}", "a {b} c}", r"a {\textbraceleft}b{\textbraceright} c{\textbraceright}"),
        (r"C:\new ^ ~", r"C:\\new ^ \~", r"C:{\textbackslash}new {\textasciicircum} {\textasciitilde}"),
        (
            '[x](javascript:alert(1)) "q"',
            r"\[x\](javascript:alert(1)) " + '"q"',
            r"[x](javascript:alert(1)) {\textquotedbl}q{\textquotedbl}",
        ),
        ("<b>*two*</b>\n`lines`", r"\<b\>\*two\*\</b\> \`lines\`", r"{\textless}b{\textgreater}*two*{\textless}/b{\textgreater} `lines`"),
        (
            "@misc{x, title = {y}}",
            "@misc{x, title = {y}}",
            r"@misc{\textbraceleft}x, title = {\textbraceleft}y{\textbraceright}{\textbraceright}",
        ),
        ("שלום été 好", "שלום été 好", "שלום été 好"),
    ],
)
def test_hostile_titles_stay_titles(title: str, markdown: str, bibtex: str) -> None:
    found = cited(title)
    assert found.plain.startswith(" ".join(title.split()))
    assert found.markdown.startswith(f"[{markdown}](https://example.org/")
    assert f"  title = {{{{{bibtex}}}}},\n" in found.bibtex
    assert found.bibtex.count("{") == found.bibtex.count("}")
    depth = 0
    for one in found.bibtex[:-1]:
        depth += (one == "{") - (one == "}")
        assert depth > 0 or one in "@misc", "the entry ends only at its end"


def test_an_address_ends_neither_link_nor_field() -> None:
    found = cited("Acme", address="https://example.org/a(b)} c>?as_of=2026-11-24&_lang=nl")
    assert "](https://example.org/a%28b%29%7D%20c%3E?as_of=2026-11-24&_lang=nl)" in found.markdown
    assert found.plain.endswith("https://example.org/a%28b%29%7D%20c%3E?as_of=2026-11-24&_lang=nl")


@pytest.mark.asyncio
async def test_the_page_says_how_it_is_cited(real: Datasette) -> None:
    page = await read(real, f"{ADDRESS}?_lang=nl&as_of=2025-05-27&_sort=since")
    text = page.find(id="cite-plain").get_text()  # type: ignore[union-attr]
    assert text == (
        "Meta: AI trainen met berichten van Facebook en Instagram. Cases {of} 100% & more. Stand van 27 mei 2025, uitgave van "
        f"24 november 2026. http://localhost{ADDRESS}?as_of=2025-05-27&as_known=2026-11-24&_lang=nl"
    )
    assert r"Cases {\textbraceleft}of{\textbraceright} 100\% \& more" in page.find(id="cite-bibtex").get_text()  # type: ignore[union-attr]
    for field in page.select("details.cite textarea"):
        assert field.has_attr("readonly") and page.select(f'label[for="{field["id"]}"]')
    today = (await read(real, ADDRESS)).find(id="cite-plain").get_text()  # type: ignore[union-attr]
    assert re.search(
        r"As of \d+ \w+ \d{4}, release of 24 November 2026\. http://localhost/-/cases/[a-z0-9-]+\?as_of=\d{4}-\d\d-\d\d&as_known=2026-11-24$",
        today,
    )


# --- extremes ---------------------------------------------------------------------------------------------------------

BARE = "title: {title}\nsummary: Of {title}.\nregime: gdpr\nrespondents: [acme]\n"
LONG = ("Supercalifragilistic" * 15)[:300]
RIGHT_TO_LEFT = "מטא מאמנת בינה מלאכותית"


@pytest.mark.asyncio
async def test_a_case_with_no_entry_and_one_with_a_single_one(tmp_path: Path) -> None:
    none = "id: none\n" + BARE.format(title="Nothing yet")
    single = "id: single\n" + BARE.format(title="A word") + SPOKE
    datasette = await site(tmp_path, none=none, single=single)
    page = await read(datasette, "/-/cases/none")
    assert "Nothing is recorded of any authority up to this day." in words(page.main)
    assert not page.select("table.board, .sentence, ul.decisions") and page.select("details.cite")
    page = await read(datasette, "/-/cases/single?_sort_desc=status")
    rows = page.select("table.board tbody tr[id]")
    assert [row["id"] for row in rows] == ["authority-fr-cnil"] and "Des mots" in words(rows[0])
    assert "as reported by" not in words(rows[0]), "its own words stand there"


@pytest.mark.asyncio
async def test_titles_and_words_of_any_length_and_direction(tmp_path: Path) -> None:
    said = SPOKE.replace("Des mots", RIGHT_TO_LEFT).replace("language: fr", "language: he").replace("Says something.", LONG)
    texts = {"long": LONG, "right": RIGHT_TO_LEFT}
    datasette = await site(tmp_path, **{name: f"id: {name}\n" + BARE.format(title=title) + said for name, title in texts.items()})
    for name, title in texts.items():
        page = await read(datasette, f"/-/cases/{name}")
        assert words(page.h1) == title and page.h1["dir"] == "auto"  # type: ignore[index]
        for quote in page.select("q"):
            assert quote["dir"] == "auto" and quote["lang"] == "he" and words(quote) == RIGHT_TO_LEFT
        assert page.find(id="words").select('span[dir="auto"]')  # type: ignore[union-attr]
    listed = await read(datasette, "/-/cases")
    assert all(link["dir"] == "auto" for link in listed.select(".case-list h2 a"))


@pytest.mark.asyncio
async def test_sixty_authorities_and_an_unknown_one(tmp_path: Path) -> None:
    data = folder(tmp_path / "data", 1)
    names = [f"{country.lower()}-a{number}" for country in ("AT", "BE", "DE") for number in range(20)]
    more = "".join(AUTHORITY.format(id=name, language="en", country=name[:2].upper()) for name in names)
    authorities = data / "authorities.yml"
    authorities.write_text(authorities.read_text(encoding="utf-8") + more, encoding="utf-8")
    unknown = FILED.format(id="xx").replace("authority: xx", "country: DE")
    write(data / "cases" / "one.yml", ONE + "".join(FILED.format(id=name) for name in names) + unknown)
    datasette = await serve(built(data, tmp_path / "cases.db"))
    page = await read(datasette, "/-/cases/one?_sort_desc=country")
    rows = page.select("table.board tbody tr[id]")
    assert [words(row.select(".country")[0]) for row in rows] == ["DE"] * 21 + ["BE"] * 20 + ["AT"] * 20
    assert "not known which" in words(page.find(id="authority-unknown-de"))
    assert words(page.find(id="sentence")) == "As of 5 January 2026 nothing public was found of 60 of the 61 authorities asked."
    page = await read(datasette, "/-/cases/one?_sort=authority")
    assert [str(row["id"]) for row in page.select("table.board tbody tr[id]")][-1] == "authority-unknown-de", "without a name: last"


# --- colours ----------------------------------------------------------------------------------------------------------

TEXTS = [
    *((ink, paper) for ink in ("ink", "soft", "link", "alarm") for paper in ("paper", "panel")),
    ("paper", "ink"),
    *((f"on-{answer}", answer) for answer in ("yes", "leaning-yes", "mixed", "undecided", "leaning-no", "no")),
]
"""Tokens of text on tokens of what is behind it."""


def schemes() -> dict[str, dict[str, str]]:
    """The tokens that are colours, of each scheme; a scheme names only what differs from light."""
    css = "".join((STATIC / name).read_text(encoding="utf-8") for name in ("tokens.css", "cases.css"))
    blocks = {"light": r"^:root \{(.*?)^\}", "dark": r"scheme: dark\) \{\s*:root[^{]*\{(.*?)\}", "print": r"print \{\s*:root \{(.*?)\}"}
    found: dict[str, dict[str, str]] = {}
    for name, block in blocks.items():
        match = re.search(block, css, re.DOTALL | re.MULTILINE)
        assert match
        found[name] = {**found.get("light", {}), **dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", match[1]))}
    return found


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize(("ink", "paper"), TEXTS)
def test_text_can_be_read_on_what_is_behind_it(scheme: str, ink: str, paper: str) -> None:
    tokens = schemes()[scheme]
    assert contrast(tokens[ink], tokens[paper]) >= 4.5


def test_below_the_tokens_no_colour_is_named() -> None:
    css = "".join((STATIC / name).read_text(encoding="utf-8") for name in ("tokens.css", "cases.css", "timeline.css"))
    rest = re.sub(r":root[^{]*\{.*?\}", "", css, flags=re.DOTALL)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|\brgb|\bhsl", rest)


def test_contrast_is_reckoned_as_defined() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21 and round(contrast("#777777", "#ffffff"), 2) == 4.48


# --- replies ----------------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_a_reply_stands_with_what_it_answers(real: Datasette, real_db: Path) -> None:
    sql = "select id, replies_to, date_end, summary from statements where case_id = ? and replies_to is not null and retracted is null"
    with sqlite3.connect(real_db) as db:
        replies = db.execute(sql, (CASE,)).fetchall()
    page = await read(real, ADDRESS)
    for reply, answered, _, summary in replies:
        shown = page.select_one(f"#{answered.partition('/')[2]} .reply:has(a[href='#{reply.partition('/')[2]}'])")
        assert summary in words(shown)
    assert len(page.select(".reply")) == len(replies) > 0


@pytest.mark.asyncio
async def test_no_reply_is_shown_before_it_was_given(real: Datasette) -> None:
    reply = "[href='#meta-pauses']"
    assert (await read(real, f"{ADDRESS}?as_of=2024-06-14")).select(f"#dpc-asks-to-delay .reply {reply}")
    assert not (await read(real, f"{ADDRESS}?as_of=2024-06-13")).select(f".reply {reply}")
