"""The site as files: every link leads to a file and a place in it, and only what changed is written again. Our own record as files is
made once, for browser/test_static.py."""

from __future__ import annotations

import csv
import errno
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any, Optional
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from datasette.app import Datasette

from datasette_cases.cli import cases
from datasette_cases.plugin import routes
from datasette_cases.plugin.files import command, folder, links
from datasette_cases.plugin.files.addresses import Addresses, Target

from . import made
from .site import built

pytestmark = pytest.mark.once

URL = "https://files.example/below"
LANGUAGES = ("--language", "en", "--language", "nl")


def run(*arguments: object) -> Result:
    cases.add_command(command.export_site)
    return CliRunner().invoke(cases, ["export-site", *map(str, arguments)])


def contents(place: Path) -> dict[str, bytes]:
    return {str(path.relative_to(place)): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two small cases with key days, one of them after the release."""
    place = tmp_path_factory.mktemp("made")
    file = built(made.folder(place / "data", 2), place / "cases.db")
    with sqlite3.connect(file) as db:
        db.execute("insert into key_days (case_id, date, label) values ('acme-0', '2024-06-06', 'complaints')")
        db.execute("insert into key_days (case_id, date, label) values ('acme-0', '2027-06-06', 'later')")
    db.close()
    return file


@pytest.fixture(scope="module")
def exported(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("exported") / "site"
    result = run(database, place, *LANGUAGES)
    assert result.exit_code == 0, result.output + result.stderr
    return place


@pytest.fixture(scope="module")
def hosted(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("hosted") / "site"
    result = run(database, place, *LANGUAGES, "--url", f"{URL}/")
    assert result.exit_code == 0, result.output + result.stderr
    return place


def dead(place: Path, base: str = "") -> Iterator[str]:
    """Links that lead to no file, or to no place in one. `base`: where the folder is said to be."""

    @cache
    def anchors(path: Path) -> set[str]:
        return set(re.findall(r'\sid="([^"]*)"', path.read_text(encoding="utf-8")))

    for path in sorted(place.rglob("*")):
        if path.suffix not in LINKED:
            continue
        own = f"http://site/{path.relative_to(place)}"
        for address in LINKED[path.suffix](path.read_text(encoding="utf-8")):
            if base and address.startswith(f"{base}/"):
                address = address.replace(base, "http://site", 1)
            whole = urlsplit(urljoin(own, address))
            if whole.netloc != "site" or whole.scheme != "http":
                continue
            file = place / unquote(whole.path)[1:]
            if not file.is_file() or whole.query:
                yield f"{path.relative_to(place)}: {address}"
            elif whole.fragment and file.suffix == ".html" and unquote(whole.fragment) not in anchors(file):
                yield f"{path.relative_to(place)}: {address}: no such place"


def in_markup(text: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'\s(?:href|src|action|xlink:href)="([^"]*)"', text) if not found.startswith("data:")]


def in_json(text: str) -> Iterator[str]:
    """Values that are called an address, and all that look like one."""
    found: list[tuple[str, Any]] = [("", json.loads(text))]
    while found:
        name, value = found.pop()
        if isinstance(value, (dict, list)):
            found += value.items() if isinstance(value, dict) else ((name, one) for one in value)
        elif isinstance(value, str) and (name in ("url", "next_url", "@id") or value.startswith("http")):
            yield value


def in_table(text: str) -> list[str]:
    return [row["url"] for row in csv.DictReader(StringIO(text)) if row.get("url")]


LINKED: dict[str, Callable[[str], Iterable[str]]] = {
    ".html": in_markup, ".svg": in_markup, ".atom": lambda text: in_markup(unescape(text)),
    ".json": in_json, ".geojson": in_json, ".jsonld": in_json, ".csv": in_table,
    ".ics": lambda text: re.findall(r"^URL[^:]*:(\S+)", text.replace("\n ", ""), re.MULTILINE),
}  # fmt: skip


def test_every_link_of_every_file_leads_to_a_file_and_a_place_in_it(exported: Path) -> None:
    assert list(dead(exported)) == []


def test_so_does_every_absolute_one(hosted: Path) -> None:
    assert list(dead(hosted, URL)) == []
    assert f'href="{URL}/nl/cases/acme-0.atom"' in (hosted / "nl/cases/acme-0.atom").read_text(encoding="utf-8")


def test_every_page_and_format_of_every_id_has_a_file(exported: Path) -> None:
    there = set(contents(exported))
    for language in ("en", "nl"):
        wanted = [
            "index.html", "cases/index.html", "cases.json", "cases.csv", "cases/view/board/index.html", "cases/about/index.html",
            "cases/download/index.html", "deadlines/index.html", "deadlines.ics", "authorities/index.html", "authorities.json",
            "authorities/nl-ap/index.html", "authorities/nl-ap.ics", "authorities/nl-ap.atom", "actors/noyb/index.html", "actors/noyb.ics",
            "statements/index.html", "statements.csv", "changes/index.html", "changes.atom",
            *(f"cases/acme-{n}{end}" for n in (0, 1) for end in ("/index.html", ".json", ".svg", ".ics", ".atom")),
            "cases/acme-0/as-of/2024-06-06/index.html", "cases/acme-0/as-of/2024-06-06.json", "cases/acme-0/as-of/2024-06-06.svg",
        ]  # fmt: skip
        assert {f"{language}/{name}" for name in wanted} - there == set()
    assert {"index.html", "404.html", "cases.db", "data.zip", "data.jsonl", "static/cases.css", "static/timeline.js"} <= there
    assert not any(name.split("/")[0] in ("de", "pl") or "2027-06-06" in name or "follow-up" in name for name in there)


def test_what_only_a_program_can_do_is_left_out(exported: Path) -> None:
    require_still(exported)


def require_still(place: Path) -> None:
    for path in place.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<form" not in text and "<select" not in text and "SQL behind" not in text and "localhost" not in text, path
        assert not re.search(r"<nav[^>]*>\s*(<span>[^<]*</span>)?\s*</nav>", text), path


def test_each_page_leads_to_itself_in_the_other_language(exported: Path) -> None:
    page = BeautifulSoup((exported / "en/cases/acme-0/as-of/2024-06-06/index.html").read_text(encoding="utf-8"), "html.parser")
    found = {str(link["hreflang"]): str(link["href"]) for link in page.select("nav.languages a")}
    assert found["nl"] == "../../../../../nl/cases/acme-0/as-of/2024-06-06/index.html"
    assert set(found) == {"en", "nl"}


def test_a_second_export_writes_nothing_and_a_third_elsewhere_is_the_same(database: Path, exported: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in exported.rglob("*") if path.is_file() and path.name != folder.MANIFEST}
    result = run(database, exported, *LANGUAGES)
    assert ": 0 files written" in result.output and ", 0 taken away" in result.output
    assert {path: path.stat().st_mtime_ns for path in before} == before
    elsewhere = tmp_path / "elsewhere"
    run(database, elsewhere, *LANGUAGES)
    assert contents(elsewhere) == contents(exported)


def test_only_what_changed_is_written_and_what_is_gone_is_taken_away(database: Path, exported: Path, tmp_path: Path) -> None:
    place, changed = tmp_path / "site", tmp_path / "cases.db"
    shutil.copytree(exported, place)
    shutil.copy(database, changed)
    (place / "CNAME").write_text("files.example", encoding="utf-8")
    with sqlite3.connect(changed) as db:
        db.execute("delete from key_days")
        db.execute("update statements set summary = 'Said in other words.' where id = 'acme-0/ap-first-word'")
    db.close()
    before = {name: (place / name).stat().st_mtime_ns for name in contents(place)}
    assert run(changed, place, *LANGUAGES).exit_code == 0
    after = contents(place)
    assert "CNAME" in after and not (place / "en/cases/acme-0/as-of").exists()
    assert b"Said in other words." in after["en/cases/acme-0/index.html"]
    assert all((place / name).stat().st_mtime_ns == before[name] for name in ("en/cases/acme-1/index.html", "en/cases/about/index.html"))


def test_a_folder_that_is_not_its_own_is_refused(database: Path, exported: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    result = run(database, tmp_path)
    assert result.exit_code == 1 and "holds mine.txt" in result.stderr
    place = tmp_path / "site"
    place.mkdir()
    shutil.copy(exported / folder.MANIFEST, place)
    (place / folder.MANIFEST).write_text("../mine.txt\n", encoding="utf-8")
    result = run(database, place)
    assert result.exit_code == 1 and "no file of an export" in result.stderr
    (place / folder.MANIFEST).write_text("", encoding="utf-8")
    (place / "data.zip").write_text("mine", encoding="utf-8")
    result = run(database, place, *LANGUAGES)
    assert result.exit_code == 1 and "data.zip is not from an earlier export" in result.stderr
    assert (place / "data.zip").read_text(encoding="utf-8") == "mine" and (tmp_path / "mine.txt").is_file()


def test_a_full_disk_is_told_and_leaves_every_file_whole(
    database: Path, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, changed = tmp_path / "site", tmp_path / "cases.db"
    shutil.copytree(exported, place)
    shutil.copy(database, changed)
    with sqlite3.connect(changed) as db:
        db.execute("update cases set title = 'Changed'")
    db.close()
    write, left = Path.write_bytes, iter(range(3))

    def full(path: Path, body: bytes) -> int:
        if next(left, None) is None:
            write(path, body[:10])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(path, body)

    before = contents(place)
    monkeypatch.setattr(Path, "write_bytes", full)
    result = run(changed, place, *LANGUAGES)
    monkeypatch.undo()
    assert result.exit_code == 1 and "No space left on device" in result.stderr
    after = contents(place)
    assert sum(after[name] != before[name] for name in before if name != folder.MANIFEST) == 3
    assert set(after) == set(before)
    assert run(changed, place, *LANGUAGES).exit_code == 0
    assert not (place / folder.DRAFT).exists()


def test_settings_that_files_cannot_keep_are_refused(database: Path, tmp_path: Path) -> None:
    metadata = tmp_path / "metadata.yml"
    metadata.write_text("plugins: {datasette-cases: {imprint: /imprint}}", encoding="utf-8")
    result = run(database, tmp_path / "site", "--metadata", metadata)
    assert result.exit_code == 1 and 'imprint is "/imprint"' in result.stderr
    metadata.write_text("plugins: {datasette-cases: {imprnt: x}}", encoding="utf-8")
    result = run(database, tmp_path / "site", "--metadata", metadata)
    assert result.exit_code == 1 and "unknown setting 'imprnt'" in result.stderr
    assert run(database, tmp_path / "other", "--language", "xx").exit_code == 1
    assert run(tmp_path / "none.db", tmp_path / "third").exit_code == 1


def test_calendars_name_an_address_where_it_is_known(hosted: Path) -> None:
    calendars = [path.read_bytes() for path in hosted.rglob("*.ics")]
    assert any(b"URL:https://files.example/below/" in text.replace(b"\r\n ", b"") for text in calendars)


def test_the_live_site_goes_on_as_it_was(database: Path) -> None:
    """Exporting is a matter of one Datasette, not of the program."""
    assert Datasette([], immutables=[str(database)]).absolute_url.__qualname__.startswith("Datasette.")


def test_addresses_have_files() -> None:
    known = Addresses(
        [pattern for pattern, _ in routes.ROUTES], ("en", "nl"), "cases", {"nl-ap": True, "noyb": False}, {"one": frozenset({"2024-06-06"})}
    )
    expected = {
        "/-/cases": "en/cases/index.html",
        "/-/cases?_lang=nl": "nl/cases/index.html",
        "/-/cases/one?as_of=2024-06-06&_lang=nl": "nl/cases/one/as-of/2024-06-06/index.html",
        "/-/cases/one.svg?as_of=2024-06-06": "en/cases/one/as-of/2024-06-06.svg",
        "/-/cases/one?as_of=2024-06-07": None,
        "/-/cases/two": None,
        "/-/cases?q=x": None,
        "/-/cases?_lang=xx": None,
        "/-/deadlines.ics?actor=nl-ap": "en/authorities/nl-ap.ics",
        "/-/statements?actor=noyb": "en/actors/noyb/index.html",
        "/-/follow-up": None,
        "/-/cases/data.zip?_lang=nl": "data.zip",
        "/-/cases/dcat.jsonld": None,
        "/cases/statements": None,
        "/-/static-plugins/datasette-cases/cases.css?1": "static/cases.css",
        "/-/static-plugins/datasette-cases/../x": None,
    }
    assert {address: (found := known.target(address)) and found.file for address in expected} == expected
    known.writing = Target("en/statements/page/2/index.html", "", "en", 2)
    assert (found := known.target("/-/statements?_next=a~b")) and found.file == "en/statements/page/3/index.html"
    assert (found := known.linked("/-/changes?case=one")) and found.file == "en/changes/index.html"
    assert known.linked("/-/changes?case=one&since=2") is None
    assert (found := known.nearest("/-/changes?case=one&since=2")) and found.file == "en/changes/index.html"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<a class="x" href="/yes?a=1&amp;b=2">y</a>', '<a class="x" href="f">y</a>'),
        ('<a href="/no">n &amp; m</a>', "n &amp; m"),
        ('<a href="/no" lang="en" rel="next">n</a>', '<span lang="en">n</span>'),
        ('<svg><a href="/no"><path d="M0"/></a></svg>', '<svg><g><path d="M0"/></g></svg>'),
        ('<nav><span>S</span> <a href="/no">n</a></nav>|', "|"),
        ('<nav><a href="/no">n</a> <a href="/yes">y</a></nav>', '<nav> <a href="f">y</a></nav>'),
        ('<form action="/x"><details><a href="/yes">y</a></details></form>|<a href="#here">h</a>', '|<a href="#here">h</a>'),
        ('<link rel="canonical" href="../x"><meta property="og:url" content="x"><!DOCTYPE html><!-- c -->', "<!DOCTYPE html><!-- c -->"),
        ('<script type="x">"<a href=/no>"</script><script src="/yes"></script>', '<script type="x">"<a href=/no>"</script><script src="f"></script>'),
        ('<a title="1 > 0" href="/yes">y</a><abbr>a</abbr><img alt="" src="/yes"/>', '<a title="1 > 0" href="f">y</a><abbr>a</abbr><img alt="" src="f"/>'),
        ("<script>if (a < b && c) {}</script>&#39;", "<script>if (a < b && c) {}</script>&#39;"),
        ('<details class="cite"><details><p>a</p></details>b</details>c', "c"),
        ("<a>plain</a><a href='https://example.org'>e</a>", "<a>plain</a><a href='https://example.org'>e</a>"),
    ],
)  # fmt: skip
def test_links_are_written_again(page: str, expected: str) -> None:
    def link(address: str) -> Optional[str]:
        return "f" if address.startswith("/yes") else None if address.startswith("/") else address

    assert links.rewritten(page, link, hosted=False) == expected
