"""Search in what was said: which statements are found, how they are shown, as a page, as JSON and as a table."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any, Iterator, Optional
from urllib.parse import quote, urlencode

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from datasette_cases.page import case as case_page
from datasette_cases.page import statements as page
from datasette_cases.page.words import Words
from datasette_cases.query import case as case_query
from datasette_cases.query import search
from datasette_cases.query import statements as query
from datasette_cases.query import words as words_query
from datasette_cases.query.statements import Asked
from datasette_cases.render import statements as render
from datasette_cases.render.hits import hits

from . import made
from .browser import random_cases
from .site import built, serve

ADDRESS = "/-/statements"
ENGLISH = {"accept-language": "en"}
DAY = "2026-11-24"
CASE = """id: spoken
title: "=Été, spoken"
summary: Words of every kind.
regime: gdpr
respondents: [acme]
translations:
  nl:
    title: Zomer, gesproken
subjects:
  - {id: plan, since: 2024-01-01, title: the plan}
entries:
  - id: taken-back
    date: 2024-01-05
    by: fr-cnil
    summary: Said by mistake.
    says: {form: interview, answers: {lawful: yes}}
    retracted: The paper took it back.
    sources: [https://example.org/a]
  - id: elsewhere
    date: 2024-01-06
    by: noyb
    summary: In another matter.
    says: {form: guidance}
    context: yes
    sources: [https://example.org/a]
  - id: decides
    date: 2024-02-01
    by: ie-dpc
    act: decision
    summary: Finds an infringement.
    says:
      quote: The processing was <b>unlawful</b> & unfair
      language: en
      form: decision
      subject: plan
      answers: {lawful: no}
    outcome: infringement
    sources: [https://example.org/a, https://example.org/b]
  - id: doubts
    date: 2024-03
    by: nl-ap
    to: [ie-dpc]
    replies_to: decides
    summary: "@doubts it; naïve Überwachung."
    says:
      quote: "=Twijfel over de coëfficiënt"
      language: nl
      translation: Doubts about the coefficient
      form: letter
      subject: plan
      answers: {lawful: leaning-no, urgent: undecided}
    confidence: uncertain
    note: Only the month is known.
    sources: [https://example.org/a]
  - id: together
    date: 2024-04-02/2024-04-09
    by: [fr-cnil, nl-ap]
    summary: Both call for urgent action.
    says: {form: press-statement, answers: {urgent: yes}}
    sources: [https://example.org/a]
  - id: somebody
    date: 2024-05-01
    by: {country: DE}
    summary: An authority of Hessen or Bremen looks into it.
    says: {form: reported}
    sources: [https://example.org/a]
  - id: annuls
    date: 2024-09-01
    by: noyb
    act: judgment
    summary: The decision is annulled.
    says: {form: judgment}
    decision: decides
    decision_state: annulled
    sources: [https://example.org/a]
"""


@pytest.fixture(scope="module")
def spoken_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made.folder(tmp_path_factory.mktemp("spoken") / "data", 2)
    made.write(folder / "cases" / "spoken.yml", CASE)
    return built(folder, folder.parent / "cases.db")


@pytest_asyncio.fixture
async def site(spoken_db: Path) -> Datasette:
    return await serve(spoken_db)


@pytest.fixture(scope="module")
def db(real_db: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(real_db)
    yield connection
    connection.close()


def listed(db: sqlite3.Connection, asked: Optional[Asked] = None, language: str = "en", size: Optional[int] = None) -> page.StatementsPage:
    words, asked = Words(words_query.read(db, language)), asked or Asked()
    found = query.read(db, DAY, language, asked, -1 if size is None else size + 1)
    return page.build(found, words, language, asked.filters.get("question"), size)


async def data_of(site: Datasette, **asked: str) -> Any:
    answer = await site.client.get(f"{ADDRESS}.json?{urlencode(asked)}", headers=ENGLISH)
    assert answer.status_code == 200, (asked, answer.text)
    return answer.json()


async def names(site: Datasette, **asked: str) -> list[str]:
    return [line["anchor"] for line in (await data_of(site, **asked))["statements"]]


async def html_of(site: Datasette, accepted: str = "en", /, **asked: str) -> BeautifulSoup:
    answer = await site.client.get(f"{ADDRESS}?{urlencode(asked)}", headers={"accept-language": accepted})
    assert answer.status_code == 200, (asked, answer.text)
    return BeautifulSoup(answer.text, "html5lib")


# --- words ------------------------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """A text without accents and capitals."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(letter))


def tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", plain(text))


def stands_in(term: str, text: str, whole: bool) -> bool:
    """Whether the words of a term stand in a text one after another, the last of them whole."""
    wanted, there = tokens(term), tokens(text)
    places = [there[at : at + len(wanted)] for at in range(len(there) - len(wanted) + 1)]
    return any(
        place[:-1] == wanted[:-1] and (place[-1] == wanted[-1] if whole else place[-1].startswith(wanted[-1])) for place in places if place
    )


LETTERS = st.text(alphabet='abeimnorstuvéèïüßçñøABEM012 \'""*-+:^()[]{}.,;%_\\/&<>|~=?!@#', max_size=20)
WORDS = st.sampled_from(
    [
        "meta",
        "Irish",
        "legitimate",
        "inter",
        "données",
        "donnees",
        "persoonsgegevens",
        '"legitimate interest"',
        "NOT",
        "OR",
        "NEAR(a b)",
        "a*",
        "x:",
    ]
)

ROWS = "select id, summary, quote, translation from statements where retracted is null and date_end <= ?"


@given(st.one_of(LETTERS, st.lists(WORDS, min_size=1, max_size=3).map(" ".join)))
def test_what_is_found_has_all_words(db: sqlite3.Connection, text: str) -> None:
    """With or without accents, each as a whole word but the last; and nothing else has them."""
    terms, closed = search.terms(text), text.rstrip().endswith('"')
    found = {line.id for line in listed(db, Asked({"q": search.match(text)})).statements}
    for row in db.execute(ROWS, [DAY]).fetchall():
        has = bool(terms) and all(
            any(stands_in(term, part, place < len(terms) - 1 or closed) for part in row[1:] if part) for place, term in enumerate(terms)
        )
        assert (row[0] in found) == has, (text, row)


@given(st.text())
def test_no_text_is_a_mistake_to_full_text_search(db: sqlite3.Connection, text: str) -> None:
    match = search.match(text.encode("utf-8", "replace").decode())
    db.execute("select count(*) from statements_fts where statements_fts match ?", [match]).fetchone()
    assert "\0" not in match and match.count('"') % 2 == 0


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "text",
    ["", " ", '"', '""', "'", "*", "-", "a*b", "NEAR(", "quote:meta", "^meta", "a AND", "\0", "meta\0irish", "%00", "🎈", "ŭ̈", "\ue000", "</mark>", "x" * 200, '"meta', "«meta»", "meta AND NOT irish", "{{7*7}}"],
)  # fmt: skip
async def test_any_text_can_be_looked_for(site: Datasette, text: str) -> None:
    for suffix in ("", ".json", ".csv"):
        assert (await site.client.get(f"{ADDRESS}{suffix}?q={quote(text)}")).status_code == 200


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("coefficient", ["doubts"]),
        ("COËFFICIËNT", ["doubts"]),
        ("naive uberw", ["doubts"]),
        ("uberw naive", []),
        ('"naive uberwachung"', ["doubts"]),
        ('"uberwachung naive"', []),
        ('"naive uberw"', []),
        ('"naive uberw', ["doubts"]),
        ("„naive Überwachung“", ["doubts"]),
        ("twijfel doubts", ["doubts"]),
        ("uberwachung nai", ["doubts"]),
        ("overwach naive", []),
        ("urgent acti", ["together"]),
        ("unlawful", ["decides"]),
        ("mistake", []),
        ("---", []),
        ("unlawful -", ["decides"]),
    ],
)
async def test_words_are_found(site: Datasette, text: str, expected: list[str]) -> None:
    assert await names(site, q=text, case="spoken") == expected


@pytest.mark.asyncio
async def test_what_was_looked_for_is_marked(site: Datasette) -> None:
    """In each text it stands in, and nothing of the text is taken for HTML."""
    html = await html_of(site, q="processing unlaw", case="spoken")
    assert [mark.get_text() for mark in html.select("mark")] == ["processing", "unlawful"]
    assert html.select("q")[0].get_text() == "The processing was <b>unlawful</b> & unfair" and not html.select("q b")
    (line,) = (await data_of(site, q="processing unlaw", case="spoken"))["statements"]
    assert line["hits"] == {"quote": [[4, 14], [22, 30]]} and line["quote"][22:30] == "unlawful"
    assert not (await html_of(site, case="spoken")).select("mark")


@given(st.text(alphabet="ab<>&\"' \ue000\ue001é", max_size=30), st.data())
def test_a_marked_text_is_the_same_text(text: str, data: Any) -> None:
    """Whatever signs are in it, also those that marks are made of: only places that do not meet, and safe to show."""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    places = list(zip(cuts[::2], cuts[1::2]))  # noqa: B905
    marked, at = "", 0
    for start, end in places:
        marked += text[at:start] + query.START + text[start:end] + query.END
        at = end
    found = page.places(text, marked + text[at:])
    if query.START not in text and query.END not in text:
        assert found == places
    ends = [0, *(edge for place in found for edge in place)]
    assert ends == sorted(ends) and ends[-1] <= len(text) and all(start < end for start, end in found)
    shown = str(hits(text, found))
    assert shown.count("<mark>") == shown.count("</mark>") == len(found)
    assert shown.replace("<mark>", "").replace("</mark>", "") == "".join(str(escape(letter)) for letter in text)


def test_every_mark_of_the_data_is_a_word_that_was_looked_for(db: sqlite3.Connection) -> None:
    lines = listed(db, Asked({"q": search.match("meta leg")})).statements
    found = [getattr(line, name)[start:end] for line in lines for name, places in line.hits.items() for start, end in places]
    assert len(found) > 5 and {word for text in found for word in tokens(text)} >= {"meta", "legitimate"}
    assert all(word == "meta" or word.startswith("leg") for text in found for word in tokens(text))


# --- filters, order, pages --------------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["annuls", "somebody", "together", "doubts", "decides", "elsewhere"]),
        ({"_sort_desc": "date"}, ["annuls", "somebody", "together", "doubts", "decides", "elsewhere"]),
        ({"_sort": "date"}, ["elsewhere", "decides", "doubts", "together", "somebody", "annuls"]),
        ({"retracted": "1", "_sort": "date", "to": "2024-01-31"}, ["taken-back", "elsewhere"]),
        ({"actor": "nl-ap"}, ["together", "doubts"]),
        ({"actor": "fr-cnil"}, ["together"]),
        ({"kind": "complainant"}, ["annuls", "elsewhere"]),
        ({"kind": "authority", "actor": ""}, ["together", "doubts", "decides"]),
        ({"question": "lawful"}, ["doubts", "decides"]),
        ({"answer": "no"}, ["decides"]),
        ({"answer": "undecided"}, ["doubts"]),
        ({"question": "lawful", "answer": "undecided"}, []),
        ({"question": "urgent", "answer": "undecided"}, ["doubts"]),
        ({"form": "letter"}, ["doubts"]),
        ({"language": "en"}, ["decides"]),
        ({"language": "fr"}, []),
        ({"confidence": "uncertain"}, ["doubts"]),
        ({"from": "2024-03-15", "to": "2024-03-20"}, ["doubts"]),
        ({"from": "2024-04-05", "to": "2024-04-05"}, ["together"]),
        ({"from": "2024-04-10"}, ["annuls", "somebody"]),
        ({"to": "2024-02-29"}, ["decides", "elsewhere"]),
        ({"q": "the", "_sort_desc": "relevance", "question": "lawful"}, ["doubts", "decides"]),
    ],
)
async def test_filters(site: Datasette, asked: dict[str, str], expected: list[str]) -> None:
    asked = {"case": "spoken", **asked}
    data = await data_of(site, **asked)
    assert sorted(line["anchor"] for line in data["statements"]) == sorted(expected) and data["total"] == len(expected)
    if "relevance" not in asked.values():
        assert [line["anchor"] for line in data["statements"]] == expected
    html = await html_of(site, **asked)
    assert [str(item["id"]) for item in html.select("ol.said > li")] == [line["id"] for line in data["statements"]]
    table = list(csv.DictReader(io.StringIO((await site.client.get(f"{ADDRESS}.csv?{urlencode(asked)}")).text)))
    assert [row["id"] for row in table] == [line["id"] for line in data["statements"]]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "asked",
    [{}, {"actor": "nl-ap"}, {"question": "lawful"}, {"question": "urgent", "answer": "undecided"}, {"q": "een"}, {"retracted": "1"}],
)
async def test_each_number_is_what_its_link_shows(site: Datasette, asked: dict[str, str]) -> None:
    data = await data_of(site, **asked)
    assert set(data["facets"]) == set(query.FILTERS) - {"q", "from", "to"} and any(data["facets"].values())
    for name, values in data["facets"].items():
        for value in values:
            found = await data_of(site, **{**asked, name: value["value"]})
            assert len(found["statements"]) == found["total"] == value["number"], (name, value)


def test_no_number_is_another_in_the_real_data(db: sqlite3.Connection) -> None:
    for asked in (Asked(), Asked({"actor": "ie-dpc"}), Asked({"question": "lawful", "q": search.match("meta")})):
        for name, values in listed(db, asked, size=1).facets.items():
            for value in values[:10]:
                found = listed(db, replace(asked, filters={**asked.filters, name: value.value}))
                assert len(found.statements) == found.total == value.number, (name, value)


@pytest.mark.parametrize(
    "asked",
    [
        Asked(),
        Asked(descending=False),
        Asked({"q": search.match("the")}, sort=query.RELEVANCE),
        Asked({"q": search.match("the")}, sort=query.RELEVANCE, descending=False),
        Asked({"kind": "authority"}),
    ],
)
def test_pages_make_the_whole(db: sqlite3.Connection, asked: Asked) -> None:
    whole = [line.id for line in listed(db, asked).statements]
    seen: list[str] = []
    last: Optional[str] = None
    while last or not seen:
        shown = listed(db, replace(asked, last=last), size=7)
        assert 1 <= len(shown.statements) <= 7 and shown.total == len(whole)
        seen, last = [*seen, *(line.id for line in shown.statements)], shown.next
    assert seen == whole and len(set(whole)) == len(whole) > 20


@pytest.mark.asyncio
async def test_the_next_page_keeps_what_was_asked(site: Datasette) -> None:
    for path in (f"{ADDRESS}.json", f"{ADDRESS}.csv"):
        seen: list[str] = []
        address: Optional[str] = f"{path}?_size=2&case=spoken&_lang=nl&_sort=date&retracted=1"
        while address:
            answer = await site.client.get(address)
            if path.endswith("json"):
                found, address = [one["anchor"] for one in answer.json()["statements"]], answer.json()["next_url"]
            else:
                found = [row["id"].partition("/")[2] for row in csv.DictReader(io.StringIO(answer.text))]
                link = re.fullmatch(r'<(.+)>; rel="next"', answer.headers.get("link", ""))
                address = link and link[1]
            assert 1 <= len(found) <= 2
            seen, address = seen + found, address and address.replace("http://localhost", "")
            assert not address or ("_lang=nl" in address and "retracted=1" in address)
        assert seen == ["taken-back", "elsewhere", "decides", "doubts", "together", "somebody", "annuls"], path
    html = await html_of(site, _size="2", actor="nl-ap")
    assert "actor=nl-ap" in str(html.select('a[rel="next"]')[0]["href"])


@pytest.mark.asyncio
async def test_links_and_form_keep_what_was_asked(site: Datasette) -> None:
    html = await html_of(site, actor="nl-ap", _lang="nl", _size="2", q="een", retracted="1", _sort="date")
    form = html.select("form.filters")[0]
    hidden = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}
    assert hidden == {"_lang": "nl", "_size": "2", "retracted": "1", "_sort": "date"}
    assert [str(one["value"]) for one in form.select("option[selected]")] == ["nl-ap"]
    assert str(form.select("input[type=search]")[0]["value"]) == "een"
    links = html.select(".facet-links a, .found a, link[rel=alternate][type], .said .by a")
    assert len(links) > 10
    for link in links:
        assert (await site.client.get(str(link["href"]))).status_code == 200


# --- what a statement shows -------------------------------------------------------------------------------------------


def words_of(item: Any) -> str:
    return " ".join(item.get_text(" ").split())


@pytest.mark.asyncio
async def test_the_page_says_all_of_a_statement(site: Datasette) -> None:
    html = await html_of(site, case="spoken")
    item = html.find(id="spoken/doubts")
    assert item is not None
    for words in ("Mar 2024", "Letter", "nl-ap", "=Twijfel over de coëfficiënt", "Dutch. In English:", "Doubts about the coefficient", "@doubts it",
                  "Doubts it is lawful", "Urgent? Undecided", "about the plan", "Uncertain", "Only the month is known.", "reply to 1 Feb 2024",
                  "to ie-dpc", "example.org", "=Été, spoken"):  # fmt: skip
        assert words in words_of(item), words
    assert item.select("q")[0]["lang"] == "nl" and item.select(".stance.answer-leaning-no") and item.select("a[rel=external]")
    decides = html.find(id="spoken/decides")
    assert decides is not None and decides.select(".stance.answer-no.annulled"), "what was annulled does not look as if it stood"
    assert "Annulled" in words_of(decides) and "Outcome: Infringement" in words_of(decides)
    somebody = html.find(id="spoken/somebody")
    assert somebody is not None and "an authority in Germany, not known which" in words_of(somebody)
    together = html.find(id="spoken/together")
    assert together is not None and "together" in words_of(together) and "one day in this time" in words_of(together)
    elsewhere = html.find(id="spoken/elsewhere")
    assert elsewhere is not None and "background" in words_of(elsewhere)


@pytest.mark.asyncio
async def test_each_statement_leads_to_its_place(site: Datasette) -> None:
    html = await html_of(site)
    for item in html.select("ol.said > li"):
        case, _, anchor = str(item["id"]).partition("/")
        assert {str(link["href"]) for link in item.select(".when a, .kicker a")} == {f"/-/cases/{case}#{anchor}"}
        there = BeautifulSoup((await site.client.get(f"/-/cases/{case}")).text, "html5lib")
        assert there.find(id=anchor) is not None


@pytest.mark.asyncio
async def test_a_statement_is_cited_with_its_address(site: Datasette) -> None:
    html = await html_of(site, case="spoken", to="2024-03-31")
    item = html.find(id="spoken/doubts")
    assert item is not None
    (field,) = item.select("details.cite textarea")
    today = (await data_of(site))["as_of"]
    cited = field.get_text()
    start = "nl-ap, Letter, Mar 2024: “=Twijfel over de coëfficiënt” [Doubts about the coefficient] – =Été, spoken. localhost. As of "
    assert cited.startswith(start) and "release of 24 November 2026" in cited
    address = cited.rpartition(" ")[2]
    assert address == f"http://localhost/-/cases/spoken?as_of={today}&as_known=2026-11-24#doubts"
    assert (await site.client.get(address.replace("http://localhost", ""))).status_code == 200
    somebody = (await html_of(site, case="spoken", form="reported")).select("details.cite textarea")[0].get_text()
    assert somebody.startswith("an authority in Germany, not known which, Reported, 1 May 2024: in our words: An authority of Hessen")
    assert len(item.select(f'label[for="{field["id"]}"]')) == len(item.select(f'button[data-copies="{field["id"]}"]')) == 1


@pytest.mark.asyncio
async def test_what_was_retracted_is_left_out_unless_asked_for(site: Datasette) -> None:
    html = await html_of(site, case="spoken")
    assert html.find(id="spoken/taken-back") is None and "1 that was retracted is left out." in words_of(html.main)
    assert (await data_of(site, case="spoken"))["left_out"] == 1 and (await data_of(site, case="acme-0"))["left_out"] == 0
    html = await html_of(site, case="spoken", retracted="1")
    item = html.find(id="spoken/taken-back")
    assert item is not None and item["class"] == ["retracted"] and "The paper took it back." in words_of(item)
    assert (await data_of(site, case="spoken", retracted="1"))["left_out"] == 0


@pytest.mark.asyncio
async def test_it_speaks_dutch(site: Datasette) -> None:
    html = await html_of(site, "nl", case="spoken", question="lawful")
    assert "Zomer, gesproken" in words_of(html.main) and "2 uitlatingen gevonden" in words_of(html.main)
    assert words_of(html.select("nav [aria-current=page]")[0]) == "Uitlatingen"


@pytest.mark.asyncio
async def test_there_may_be_nothing(site: Datasette) -> None:
    for asked, words in (({"q": "zzz"}, "No statement is like that."), ({"q": "--"}, "There is no letter or digit in what you look for.")):
        assert words in words_of((await html_of(site, **asked)).main)


def test_the_list_says_what_the_case_page_says(db: sqlite3.Connection) -> None:
    """Of every statement of the real data."""
    words, seen = Words(words_query.read(db, "nl")), 0
    for (case,) in db.execute("select id from cases").fetchall():
        rows = case_query.read(db, case, DAY, "nl")
        assert rows is not None
        items = {item.id: vars(item) for item in case_page.build(rows, words, "nl", DAY).timeline if item.form}
        lines = {line.id: vars(line) for line in listed(db, Asked({"case": case}, retracted=True), "nl").statements}
        assert lines.keys() == items.keys()
        for name, line in lines.items():
            same = (line.keys() & items[name].keys()) - {"answers", "sources"}
            assert len(same) > 30
            assert {key: line[key] for key in same} == {key: items[name][key] for key in same}, name
            assert [(one.question, one.answer, one.label) for one in line["answers"]] == [
                (one.question, one.answer, one.label) for one in items[name]["answers"]
            ]
            assert {one.id for one in line["sources"]} <= {one.id for one in items[name]["sources"]} and line["sources"]
            seen += 1
    assert seen > 200


# --- the table --------------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_the_table_has_a_row_a_statement(site: Datasette) -> None:
    answer = await site.client.get(f"{ADDRESS}.csv?case=spoken")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8" and "statements.csv" in answer.headers["content-disposition"]
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(answer.text, newline=""))}
    assert list(next(iter(rows.values()))) == list(render.COLUMNS) and len(rows) == 6
    doubts = rows["spoken/doubts"]
    assert doubts["quote"] == "'=Twijfel over de coëfficiënt" and doubts["summary"].startswith("'@doubts"), "no formula"
    assert doubts["case_title"] == "'=Été, spoken" and doubts["answers"] == "lawful: leaning-no; urgent: undecided"
    assert doubts["address"] == "http://localhost/-/cases/spoken#doubts" and doubts["date_end"] == "2024-03-31"
    assert rows["spoken/together"]["actor_ids"] == "fr-cnil nl-ap" and rows["spoken/decides"]["act"] == "decision"
    assert rows["spoken/elsewhere"]["background"] == "1" and rows["spoken/somebody"]["actor_ids"] == ""


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ("actor=ie-dcp", "actor: there is no ie-dcp; the nearest is ie-dpc"),
        ("case=spokn", "case: there is no spokn; the nearest is spoken"),
        ("question=lawfull", "question: there is no lawfull; the nearest is lawful"),
        ("kind=authorities", "kind: expected one of authority, board, court, complainant, respondent, other"),
        ("answer=maybe", "answer: expected one of yes, leaning-yes"),
        ("form=tweet", "form: expected one of"),
        ("confidence=sure", "confidence: expected one of confirmed"),
        ("language=Dutch", "language: expected the code of a language, such as nl"),
        ("from=2024-06", "from: expected a day, written as 2024-06-06"),
        ("to=20240606", "to: expected a day, written as 2024-06-06"),
        ("from=2024-06-07&to=2024-06-06", "from, to: expected a first day that is not after the last"),
        ("retracted=yes", "retracted: expected one of 1"),
        ("q=" + "x" * 201, "q: expected at most 200 characters"),
        ("q=a&q=b", "q: expected only once"),
        ("_sort=title", "_sort: expected one of date"),
        ("_sort=relevance", "_sort: expected one of date"),
        ("q=a&_sort=title", "_sort: expected one of date, relevance"),
        ("_sort=date&_sort_desc=date", "_sort, _sort_desc: expected only one of them"),
        ("_size=0", "_size: expected a number from 1 to 1000, or max"),
        ("_next=nowhere", "_next: expected the token of a page of this list"),
        ("_next=spoken/taken-back", "_next: expected the token of a page of this list"),
        ("actor=fr-cnil&_next=spoken/doubts", "_next: expected the token of a page of this list"),
        ("_lang=tlh", "_lang: expected one of en, de, es, fr, it, nl, pl"),
    ],
)
async def test_what_is_not_understood_is_400(site: Datasette, parameters: str, words: str) -> None:
    response = await site.client.get(f"{ADDRESS}?{parameters}", headers=ENGLISH)
    assert response.status_code == 400 and words in BeautifulSoup(response.text, "html5lib").get_text()
    for suffix in (".json", ".csv"):
        answer = await site.client.get(f"{ADDRESS}{suffix}?{parameters}", headers=ENGLISH)
        assert answer.status_code == 400 and words in answer.text.replace('\\"', '"')
    data = (await site.client.get(f"{ADDRESS}.json?{parameters}", headers=ENGLISH)).json()
    assert data["status"] == 400 and data["ok"] is False and data["error"].startswith(words)


@pytest.mark.asyncio
async def test_it_is_refused_in_the_readers_language(site: Datasette) -> None:
    answer = await site.client.get(f"{ADDRESS}.json?q={'x' * 201}", headers={"accept-language": "nl"})
    assert answer.json()["error"] == "q: verwacht werden ten hoogste 200 tekens"


@pytest.mark.asyncio
@pytest.mark.parametrize("table", query.TABLES)
async def test_who_may_not_see_a_table_sees_no_statement(spoken_db: Path, table: str) -> None:
    datasette = await serve(spoken_db, configuration={"databases": {"cases": {"tables": {table: {"allow": {"id": "root"}}}}}})
    for suffix in ("", ".json", ".csv"):
        response = await datasette.client.get(f"{ADDRESS}{suffix}?q=doubts")
        assert response.status_code == 403 and "coefficient" not in response.text


@pytest.mark.asyncio
async def test_who_may_not_see_the_database_sees_no_statement(spoken_db: Path) -> None:
    datasette = await serve(spoken_db, configuration={"databases": {"cases": {"allow": {"id": "root"}}}})
    for suffix in ("", ".json", ".csv"):
        response = await datasette.client.get(f"{ADDRESS}{suffix}?q=doubts")
        assert response.status_code == 403 and "coefficient" not in response.text


def test_every_table_that_is_read_is_asked_for() -> None:
    sql = " ".join(
        [*query.LISTED.values(), *query.AFTER.values(), *query.FILTERS.values(), query.SPOKEN, query.MATCHING, *query.COUNTED.values(), query.MARKS,
         *query.PARTS.values(), query.QUESTIONS, *query.IDS.values()]
    )  # fmt: skip
    named = set(re.findall(r"(?:from|join)\s+([a-z_]+)\b", sql))
    assert named - {"found", "matching", "ranked", "wanted", "json_each", "s"} <= set(query.TABLES)


@pytest.mark.asyncio
async def test_links_begin_where_the_site_does(spoken_db: Path) -> None:
    datasette = await serve(spoken_db, settings={"base_url": "/tracker/"})
    html = BeautifulSoup((await datasette.client.get(f"{ADDRESS}?q=doubts")).text, "html5lib")
    for link in html.select("main a[href^='/'], form"):
        assert str(link.get("href") or link.get("action")).startswith("/tracker/")
    assert "/tracker/-/cases/spoken?as_of=" in html.select("textarea")[0].get_text()


def test_it_holds_for_any_case(tmp_path: Path) -> None:
    """Random cases: every statement is listed once, and each number is right."""
    db = sqlite3.connect(built(random_cases.write(tmp_path / "data", 40), tmp_path / "cases.db"))
    shown = listed(db, Asked(retracted=True))
    assert {line.id for line in shown.statements} == {row[0] for row in db.execute("select id from statements where date_end <= ?", [DAY])}
    for name, values in shown.facets.items():
        for value in values:
            assert listed(db, Asked({name: value.value}, retracted=True)).total == value.number, (name, value)
    db.close()
