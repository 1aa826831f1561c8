"""Everything at once: the folder that `datasette cases export` writes, and the same files on the site."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import tracemalloc
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import environment
import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from datasette.app import Datasette
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from datasette_cases.cli import cases
from datasette_cases.export import folder as exporting
from datasette_cases.export.about import about
from datasette_cases.export.tables import known, names
from datasette_cases.plugin import adapter, download

from . import made
from .site import ROOT, built, serve

SITE = "https://example.org/data"
METADATA = {
    "title": "Cases", "description": "Who did what.", "license": "CC BY 4.0", "license_url": "https://creativecommons.org/licenses/by/4.0/",
    "publisher": "Ordinary People", "publisher_url": "https://example.org/",
}  # fmt: skip
ODD = '=HYPERLINK("https://example.org")\t,;"quoted"\n+second line – ünïcödé \U0001f600'
"""A text that comes through exactly."""
FILES = {
    "/-/cases/data.zip": "application/zip",
    "/-/cases/data.jsonl": "application/jsonl; charset=utf-8",
    "/-/cases/dcat.jsonld": "application/ld+json",
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cases, ["export", *map(str, arguments)])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two small cases, one of them with an odd text in it."""
    path = tmp_path_factory.mktemp("made")
    file = built(made.folder(path / "data", 2), path / "cases.db")
    db = sqlite3.connect(file)
    with db:
        db.execute("update statements set summary = ? where id = 'acme-0/ap-first-word'", (ODD,))
    db.close()
    return file


@pytest.fixture(scope="module")
def exported(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exported")
    (path / "metadata.json").write_text(json.dumps(METADATA))
    done = run(database, path / "out", "--url", SITE, "--metadata", path / "metadata.json")
    assert done.exit_code == 0, done.output
    return path / "out"


def rows(package: Path | io.BytesIO, name: str) -> list[dict[str, str]]:
    with ZipFile(package) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(f"data/{name}.csv").decode("utf-8"), newline="")))


def descriptor(package: Path) -> dict[str, Any]:
    with ZipFile(package) as archive:
        found: dict[str, Any] = json.loads(archive.read("datapackage.json"))
    return found


# --- the folder -------------------------------------------------------------------------------------------------------


def test_the_folder_has_each_form(database: Path, exported: Path) -> None:
    assert sorted(path.name for path in exported.iterdir()) == ["LICENSE.txt", "cases.db", "data.zip", "dcat.jsonld", "jsonl"]
    assert (exported / "cases.db").read_bytes() == database.read_bytes()
    assert (exported / "LICENSE.txt").read_text() == f"CC BY 4.0\n{METADATA['license_url']}\n"
    assert {path.stem for path in (exported / "jsonl").iterdir()} == set(names())


def test_every_row_of_every_table_is_in_each_form(database: Path, exported: Path) -> None:
    db = sqlite3.connect(database)
    for name in names():
        expected = db.execute(f'select count(*) from "{name}"').fetchone()[0]
        assert len(rows(exported / "data.zip", name)) == expected, name
        assert len((exported / "jsonl" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()) == expected or name == "statements"
    tables = {row[0] for row in db.execute("select name from sqlite_master where type = 'table' and name not like '%\\_fts%' escape '\\'")}
    left_out = {name for name in tables - set(names()) if not name.startswith("sqlite_stat")}
    assert left_out == {"facets", "deadline_days", "deadline_months", "overdue_deadlines"}, "what only counts for pages stays out"


def test_values_are_exact(exported: Path) -> None:
    """Also what a spreadsheet would take for a formula: whoever reads a data package reads text."""
    found = {row["id"]: row for row in rows(exported / "data.zip", "statements")}
    assert found["acme-0/ap-first-word"]["summary"] == ODD
    lines = [json.loads(line) for line in (exported / "jsonl" / "statements.jsonl").read_bytes().split(b"\n")[:-1]]
    assert {line["id"]: line["summary"] for line in lines}["acme-0/ap-first-word"] == ODD


def test_json_lines_have_lists_truths_and_nulls(exported: Path) -> None:
    def lines(name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (exported / "jsonl" / f"{name}.jsonl").read_bytes().split(b"\n")[:-1]]

    authority, search, event = lines("authorities")[0], lines("searches")[0], lines("events")[0]
    assert list(authority)[:2] == ["table", "id"] and authority["table"] == "authorities"
    assert authority["names"] == [{"language": "fr", "name": "Autorité fr-cnil"}] and authority["edpb_member"] is True
    assert search["languages"] == ["en", "nl"] and event["context"] is False and event["outcome"] is None
    standing = next(line for line in lines("standing") if line["authority_id"] == "nl-ap")
    assert standing["competent"] == "no" and standing["nothing_found"] is False


def test_no_list_is_left_as_text(real_db: Path) -> None:
    """Every column that holds JSON is known to do so, and no other does."""
    db = sqlite3.connect(real_db)
    for table in known()["tables"]:
        for field in table["schema"]["fields"]:
            column = f'"{field["name"]}"'
            found = {value for (value,) in db.execute(f'select {column} from "{table["name"]}" where {column} is not null limit 2000')}
            if field["type"] == "array":
                assert all(isinstance(json.loads(value), list) for value in found), (table["name"], column)
            elif field["type"] == "boolean":
                assert found <= {0, 1}
            else:
                assert not any(isinstance(value, str) and re.match(r'\[["{]', value) for value in found), (table["name"], column)


def test_the_package_says_what_it_is(exported: Path) -> None:
    found = descriptor(exported / "data.zip")
    assert (found["name"], found["title"], found["version"], found["created"]) == ("datasette-cases", "Cases", "1", "2026-11-24T00:00:00Z")
    assert found["licenses"] == [{"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": METADATA["license_url"]}]
    assert found["contributors"] == [{"title": "Ordinary People", "path": "https://example.org/", "role": "publisher"}]
    assert "exact" in found["description"] and "null" in found["description"] and "JSON" in found["description"]
    complaints = next(one for one in found["resources"] if one["name"] == "complaints")
    fields = {field["name"]: field for field in complaints["schema"]["fields"]}
    assert fields["count"]["type"] == "integer" and fields["articles"]["type"] == "array" and fields["filed_end"]["type"] == "date"
    assert fields["filed"]["type"] == "string", "it may be a month or a year"
    assert complaints["schema"]["primaryKey"] == ["id"] and complaints["schema"]["missingValues"] == [""]
    assert {"fields": ["case_id"], "reference": {"resource": "cases", "fields": ["id"]}} in complaints["schema"]["foreignKeys"]
    assert all(field["description"] for one in known()["tables"] if not one["view"] for field in one["schema"]["fields"])


@pytest.mark.skipif(adapter.V1, reason="the files do not depend on Datasette; once is enough")
def test_frictionless_finds_nothing_wrong(real_db: Path, tmp_path: Path) -> None:
    """Types, keys and references of the project's own data."""
    environment.ready(environment.FRICTIONLESS)
    assert run(real_db, tmp_path / "out", "--metadata", ROOT / "metadata.yml", "--license-text", ROOT / "data/LICENSE").exit_code == 0
    with ZipFile(tmp_path / "out" / "data.zip") as archive:
        archive.extractall(tmp_path / "package")
    code = "import frictionless; r = frictionless.validate('datapackage.json'); print(r.stats['tasks'], r.flatten(['name', 'message'])[:5])"
    done = subprocess.run(
        [environment.FRICTIONLESS.program("python"), "-c", code], cwd=tmp_path / "package", capture_output=True, text=True
    )
    assert done.stdout == f"{len(names())} []\n", done.stdout + done.stderr


def test_the_same_database_gives_the_same_bytes(database: Path, exported: Path, tmp_path: Path) -> None:
    (tmp_path / "metadata.json").write_text(json.dumps(METADATA))
    os.utime(tmp_path / "metadata.json", (0, 0))
    shutil.copy(database, tmp_path / "other.db")
    assert run(tmp_path / "other.db", tmp_path / "again", "--url", f"{SITE}/", "--metadata", tmp_path / "metadata.json").exit_code == 0
    for path in [path for path in exported.rglob("*") if path.is_file()]:
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(exported)).read_bytes(), path
    with ZipFile(exported / "data.zip") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 24, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}


def test_memory_does_not_grow_with_the_rows(database: Path, tmp_path: Path) -> None:
    """Thirty megabytes of changes are three times what may be held at once."""
    shutil.copy(database, tmp_path / "large.db")
    db = sqlite3.connect(tmp_path / "large.db")
    with db:
        more = ((1, f"events/acme-0/{number}", None, None, "x" * 3000, "new", None) for number in range(10_000))
        db.executemany("insert into changes values (?, ?, ?, ?, ?, ?, ?)", more)
    tracemalloc.start()
    exporting.export(tmp_path / "large.db", db, tmp_path / "out", {})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (tmp_path / "out" / "jsonl" / "changes.jsonl").stat().st_size > 30_000_000
    assert peak < 10_000_000


# --- what is not overwritten ------------------------------------------------------------------------------------------


def test_an_earlier_export_is_replaced_whole(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    assert run(database, out, "--url", SITE).exit_code == 0 and (out / "dcat.jsonld").exists()
    assert run(database, out).exit_code == 0 and not (out / "dcat.jsonld").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("stranger", ["thesis.doc", "jsonl/notes.txt", "cases.db"])
def test_a_folder_of_somebody_else_is_left_alone(database: Path, tmp_path: Path, stranger: str) -> None:
    path = tmp_path / "out" / stranger
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    done = run(database, tmp_path / "out")
    assert done.exit_code == 1 and re.fullmatch(r".*/out holds .*, and is no export; name a new or empty folder\n", done.output)
    assert path.read_text() == "mine" and [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_full_disk_leaves_what_was_there(database: Path, tmp_path: Path) -> None:
    assert run(database, tmp_path / "out").exit_code == 0
    before = (tmp_path / "out" / "data.zip").read_bytes()
    limit, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        done = run(database, tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert done.exit_code == 1 and re.fullmatch(r"cannot write .*/out: .*; what was there stays as it was\n", done.output)
    assert (tmp_path / "out" / "data.zip").read_bytes() == before and [path.name for path in tmp_path.iterdir()] == ["out"]


def test_two_exports_at_once(database: Path, tmp_path: Path) -> None:
    with exporting._beside(tmp_path / "out", tmp_path / "out"):
        done = run(database, tmp_path / "out")
    assert done.exit_code == 1 and "another export to" in done.output and not (tmp_path / "out").exists()


def test_what_an_interruption_left_is_cleared(database: Path, tmp_path: Path) -> None:
    """Killed while writing, and killed between the two renamings."""
    (tmp_path / ".out.exporting" / "jsonl").mkdir(parents=True)
    (tmp_path / ".out.exporting" / "half").write_text("half")
    assert run(database, tmp_path / "out").exit_code == 0
    os.rename(tmp_path / "out", tmp_path / ".out.before")
    assert run(database, tmp_path / "out").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.db", "out"), "nowhere.db: found no such file"),
        (("cases.db", "no/such/out"), "does not exist; make it, or name another"),
        (("cases.db", "cases.db"), "is a file; name a folder"),
        (("cases.db", "out", "--url", "ftp://x"), "write an address that begins with https://"),
        (("cases.db", "out", "--metadata", "nowhere.yml"), "nowhere.yml cannot be read"),
        (("cases.db", "out", "--metadata", "broken.yml"), "broken.yml: found no YAML"),
        (("old.db", "out"), "its tables are of version 0"),
        (("short.db", "out"), "it has no whole table key_days"),
    ],
)
def test_what_cannot_be_done_is_said(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, sql in (("cases", "select 1"), ("old", "update releases set schema_version = 0"), ("short", "drop table key_days")):
        shutil.copy(database, f"{name}.db")
        db = sqlite3.connect(f"{name}.db")
        with db:
            db.execute(sql)
        db.close()
    Path("broken.yml").write_text("a: [")
    done = run(*arguments)
    assert done.exit_code == 1 and said in done.output, done.output
    assert not Path("out").exists() and not list(tmp_path.glob(".*"))


# --- for catalogues of data -------------------------------------------------------------------------------------------

EU = "http://publications.europa.eu/resource/authority"
SPDX = Namespace("http://spdx.org/rdf/terms#")


def catalogue(text: str, itself: str, licence: bool = True) -> Graph:
    """Parsed by a library that knows nothing of us, and held against what DCAT-AP demands or recommends."""
    graph = Graph().parse(data=text, format="json-ld")
    (found,) = graph.subjects(RDF.type, DCAT.Catalog)
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert found == URIRef(f"{itself}#catalog") and (found, DCAT.dataset, dataset) in graph
    for thing in (found, dataset):
        for name in (DCTERMS.title, DCTERMS.description):
            assert [value.language for value in graph.objects(thing, name)] == ["en"]
        (publisher,) = graph.objects(thing, DCTERMS.publisher)
        assert (publisher, RDF.type, FOAF.Agent) in graph and len(list(graph.objects(publisher, FOAF.name))) == 1
        for name in (DCTERMS.issued, DCTERMS.modified):
            assert [str(value) for value in graph.objects(thing, name)] == ["2026-11-24"]
    assert URIRef(f"{EU}/data-theme/JUST") in set(graph.objects(dataset, DCAT.theme))
    assert list(graph.objects(dataset, DCTERMS.language)) == [URIRef(f"{EU}/language/ENG")]
    distributions = list(graph.subjects(RDF.type, DCAT.Distribution))
    assert set(graph.objects(dataset, DCAT.distribution)) == set(distributions)
    for one in distributions:
        assert len(list(graph.objects(one, DCAT.accessURL))) == 1
        assert len(list(graph.objects(one, DCTERMS.license))) == licence
        for size in graph.objects(one, DCAT.byteSize):
            assert size.datatype == XSD.nonNegativeInteger and int(size) > 0
        for address in (*graph.objects(one, DCAT.accessURL), *graph.objects(one, DCAT.downloadURL), *graph.objects(one, DCAT.mediaType)):
            assert isinstance(address, URIRef) and str(address).startswith(("https://", "http://localhost"))
    return graph


def test_the_description_for_catalogues(exported: Path) -> None:
    graph = catalogue((exported / "dcat.jsonld").read_text(), f"{SITE}/dcat.jsonld")
    assert {str(value) for value in graph.objects(None, DCAT.downloadURL)} == {f"{SITE}/cases.db", f"{SITE}/data.zip"}
    assert set(graph.objects(None, DCTERMS.license)) == {URIRef(METADATA["license_url"])}
    assert URIRef("https://example.org/") in set(graph.objects(None, DCTERMS.publisher))
    (size,) = graph.objects(URIRef(f"{SITE}/dcat.jsonld#sqlite"), DCAT.byteSize)
    assert int(size) == (exported / "cases.db").stat().st_size
    assert len(set(graph.objects(None, SPDX.checksumValue))) == 2


# --- on the site ------------------------------------------------------------------------------------------------------


@pytest_asyncio.fixture
async def site(database: Path) -> Datasette:
    db = database.with_name("site.db")
    shutil.copy(database, db)
    return await served(db)


async def served(*files: Path, immutable: bool = True, **more: Any) -> Datasette:
    site = await serve(*files, **more)
    if immutable:
        for name, one in site.databases.items():
            if not name.startswith("_"):
                one.is_mutable = False
    return site


@pytest.mark.parametrize("path", FILES)
@pytest.mark.asyncio
async def test_files_on_the_site_are_those_of_the_folder(site: Datasette, exported: Path, path: str) -> None:
    response = await site.client.get(path)
    assert response.status_code == 200 and response.headers["content-type"] == FILES[path]
    if path.endswith(".zip"):
        assert rows(io.BytesIO(response.content), "statements") == rows(exported / "data.zip", "statements")
        assert response.headers["content-disposition"] == 'attachment; filename="data.zip"'
    elif path.endswith(".jsonl"):
        assert response.content == b"".join((exported / "jsonl" / f"{name}.jsonl").read_bytes() for name in names())
    else:
        catalogue(response.text, "http://localhost/-/cases/dcat.jsonld", licence=False)


@pytest.mark.asyncio
async def test_a_file_is_made_once_and_known_by_its_etag(site: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    makes: list[str] = []
    make = download._make
    monkeypatch.setattr(download, "_make", lambda *given: makes.append(given[1].name) or make(*given))
    answers = await asyncio.gather(*(site.client.get("/-/cases/data.zip") for _ in range(5)))
    assert makes == ["data.zip"] and len({answer.content for answer in answers}) == 1
    etag = answers[0].headers["etag"]
    again = await site.client.get("/-/cases/data.zip", headers={"if-none-match": etag})
    assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == etag
    assert (await site.client.get("/-/cases/data.zip", headers={"if-none-match": '"other"'})).status_code == 200


@pytest.mark.parametrize("immutable", [True, False])
@pytest.mark.asyncio
async def test_another_state_of_the_file_gives_other_files(database: Path, tmp_path: Path, immutable: bool) -> None:
    shutil.copy(database, tmp_path / "cases.db")
    site = await served(tmp_path / "cases.db", immutable=immutable)
    first = await site.client.get("/-/cases/data.jsonl")
    folder = download._states[site.get_database("cases")].folder
    shutil.copy(database, tmp_path / "new.db")
    db = sqlite3.connect(tmp_path / "new.db")
    with db:
        db.execute("update cases set title = 'Another title'")
    db.close()
    os.replace(tmp_path / "new.db", tmp_path / "cases.db")
    second = await site.client.get("/-/cases/data.jsonl")
    assert b"Another title" in second.content and first.headers["etag"] != second.headers["etag"]
    assert folder and not Path(folder.name).exists() or download._states[site.get_database("cases")].folder is not folder


@pytest.mark.asyncio
async def test_the_page_says_what_there_is(real_db: Path) -> None:
    site = await served(real_db, configuration=METADATA)
    response = await site.client.get("/-/cases/download", headers={"accept-language": "en"})
    page = BeautifulSoup(response.text, "html5lib")
    assert response.status_code == 200 and page.h1 and page.h1.text == "Take it all"
    found = [str(link["href"]) for link in page.select("main dl a")]
    assert found == ["/cases.db", *FILES]
    for path in found:
        assert (await site.client.get(path)).status_code == 200
    assert "CC BY 4.0" in page.main.text and "Cases. Release of 24 November 2026. http://localhost/-/cases/download" in page.main.text
    assert "http://localhost/-/cases/reconcile" in page.main.text and "MB" in page.main.text and len(page.select("main dl code")) == 2
    assert page.select_one('link[type="application/ld+json"]')
    about_page = BeautifulSoup((await site.client.get("/-/cases/about")).text, "html5lib")
    assert about_page.select('main a[href="/-/cases/download"]')


@pytest.mark.asyncio
async def test_the_database_file_is_offered_only_where_datasette_gives_it(database: Path) -> None:
    for site in (await served(database, immutable=False), await served(database, settings={"allow_download": False})):
        assert "/cases.db" not in (await site.client.get("/-/cases/download")).text
        assert "cases.db" not in (await site.client.get("/-/cases/dcat.jsonld")).text


@pytest.mark.parametrize("table", ["changes", "standing"])
@pytest.mark.asyncio
async def test_who_may_not_see_one_table_gets_no_file(database: Path, table: str) -> None:
    site = await served(database, configuration={"databases": {"cases": {"tables": {table: {"allow": {"id": "root"}}}}}})
    for path in ("/-/cases/download", *FILES):
        response = await site.client.get(path)
        assert response.status_code == 403 and "acme" not in response.text
    root = {"ds_actor": site.sign({"a": {"id": "root"}}, "actor")}
    response = await site.client.get("/-/cases/dcat.jsonld", cookies=root)
    assert response.status_code == 200 and "access-right/RESTRICTED" in response.text


@pytest.mark.asyncio
async def test_what_cannot_be_made_is_said(site: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(download.package, "write", full)
    response = await site.client.get("/-/cases/data.zip")
    assert response.status_code == 503 and "This file cannot be made here at the moment" in response.text
    monkeypatch.undo()
    assert (await site.client.get("/-/cases/data.zip")).status_code == 200


@pytest.mark.asyncio
async def test_other_origins_may_read_where_datasette_lets_them(site: Datasette) -> None:
    assert not [path for path in FILES if "access-control-allow-origin" in (await site.client.get(path)).headers]
    site.cors = True
    kept_apart = [f"{path}?_lang=en" for path in FILES]
    assert [(await site.client.get(path)).headers["access-control-allow-origin"] for path in kept_apart] == ["*"] * len(FILES)


def test_what_is_said_of_the_record_does_without(database: Path) -> None:
    db = sqlite3.connect(database)
    what = about(db, {"license": "  ", "title": None})
    assert (what.title, what.licence, what.licence_id, what.licence_text) == ("datasette-cases", None, None, "No licence is named.\n")
