"""The document that describes the API: it is true, closed and complete; tools of others find nothing wrong, and do where something is."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from dataclasses import make_dataclass
from pathlib import Path
from typing import Any, Callable, Iterator

import environment
import pytest
import pytest_asyncio
from datasette.app import Datasette
from jsonschema import Draft202012Validator, FormatChecker

from datasette_cases.page.api import MEDIA, OPERATIONS
from datasette_cases.page.words import Words
from datasette_cases.plugin import adapter, routes
from datasette_cases.query import words as words_query
from datasette_cases.render import openapi
from datasette_cases.render.openapi import DATES, DAYS, FIXED, NAMES, WORDS

from .browser.server import served
from .site import ROOT, built, serve

ADDRESS = "/-/cases/openapi.json"
CASE = "meta-ai-training-2024"
Document = dict[str, Any]


@pytest.fixture(scope="module")
def small_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one short case: a tool that asks thousands of times gets short answers."""
    return built(ROOT / "tests" / "data" / "good", tmp_path_factory.mktemp("small") / "cases.db")


@pytest_asyncio.fixture
async def site(real_db: Path) -> Datasette:
    return await serve(real_db)


@pytest_asyncio.fixture
async def document(site: Datasette) -> Document:
    found: Document = (await site.client.get(ADDRESS)).json()
    return found


def answer(document: Document, path: str) -> Document:
    """The schema of what an operation answers."""
    content = document["paths"][path]["get"]["responses"]["200"]["content"]
    (media,) = content.values()
    return {**media["schema"], "components": document["components"]}


def problems(document: Document, path: str, data: Any) -> list[str]:
    found = Draft202012Validator(answer(document, path), format_checker=FormatChecker()).iter_errors(data)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


# --- what it says -----------------------------------------------------------------------------------------------------


def test_every_operation_has_a_route_and_every_format_of_a_route_an_operation() -> None:
    described = {(operation.path, format) for operation in OPERATIONS for format in operation.formats}
    served = set()
    for pattern, _ in routes.ROUTES:
        if formats := re.search(r"\(\?P<format>([a-z|]+)\)", pattern):
            for format in formats.group(1).split("|"):
                path = re.sub(r"\(\?P<(\w+)>\[[^\]]*\]\+\)", "{\\1}", pattern.split("(?:\\.")[0].split("\\.(?P<format>")[0].lstrip("^"))
                served.add((path.replace("authorities/{actor}", "authorities/{authority}"), format))
    assert described == served


@pytest.mark.asyncio
async def test_it_says_where_what_and_under_which_licence(real_db: Path) -> None:
    metadata = {"title": "Cases", "license": "CC BY 4.0", "license_url": "https://creativecommons.org/licenses/by/4.0/"}
    site = await serve(real_db, configuration=metadata, settings={"base_url": "/data/"})
    found = (await site.client.get(ADDRESS)).json()
    assert found["openapi"] == "3.1.0" and found["info"]["title"] == "Cases"
    assert found["info"]["license"] == {"name": "CC BY 4.0", "url": metadata["license_url"]}
    (server,) = found["servers"]
    assert server["url"].endswith("/data") and server["url"].startswith("http")
    assert set(found["paths"]) == {f"{operation.path}.{format}" for operation in OPERATIONS for format in operation.formats}
    ids = [operation["get"]["operationId"] for operation in found["paths"].values()]
    assert len(ids) == len(set(ids))
    for operation in found["paths"].values():
        assert {"304", "400", "403", "405"} <= operation["get"]["responses"].keys()
        assert operation["get"]["summary"]


@pytest.mark.asyncio
async def test_every_object_is_closed_and_every_reference_leads_somewhere(document: Document) -> None:
    def walk(schema: Any) -> Iterator[Document]:
        for one in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
            yield from walk(one)
        if isinstance(schema, dict):
            yield schema

    schemas = list(walk(document))
    for schema in schemas:
        if "properties" in schema and schema.get("type") == "object":
            assert schema["additionalProperties"] is False and schema["required"] == list(schema["properties"])
        if "$ref" in schema:
            assert schema["$ref"].removeprefix("#/components/schemas/") in document["components"]["schemas"]
    assert sum("additionalProperties" in schema for schema in schemas) > 50
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.asyncio
async def test_closed_words_are_those_of_the_vocabulary(site: Datasette, document: Document) -> None:
    fields = {
        one["field"]: [word["value"] for word in one["words"]] for one in (await site.client.get("/-/vocabulary.json")).json()["fields"]
    }
    schemas = document["components"]["schemas"]
    for name, field in (("ActWord", "act"), ("FormWord", "form"), ("StatusWord", "status"), ("SourceKindWord", "source_kind")):
        assert schemas[name]["enum"] == fields[field]
    assert schemas["Stance"]["properties"]["answer"] == {"$ref": "#/components/schemas/AnswerWord"}
    assert schemas["Item"]["properties"]["act"]["anyOf"] == [{"$ref": "#/components/schemas/ActWord"}, {"type": "null"}]


@pytest.mark.asyncio
async def test_a_word_with_a_label_is_a_closed_word(document: Document) -> None:
    """Beside `<word>_label` stands `<word>`, of which is said which there are."""
    for name, schema in document["components"]["schemas"].items():
        properties = schema.get("properties", {})
        for field in properties:
            word = field.removesuffix("_label")
            if word != field and word in properties and word not in ("old", "new"):
                text = json.dumps(properties[word])
                assert "Word" in text or "enum" in text, f"{name}.{word}"


def test_nothing_is_said_of_fields_that_are_not_there(real_db: Path) -> None:
    connection = sqlite3.connect(real_db)
    words = Words(words_query.read(connection, "en"))
    connection.close()
    site = openapi.Site("", "", "http://localhost", ("en",), adapter.error("", 400), {}, {})
    schemas = openapi.document(words, site)["components"]["schemas"]
    fields = {field for schema in schemas.values() for field in schema.get("properties", {})}
    for key in (*WORDS, *FIXED):
        name, _, field = key.rpartition(".")
        assert field in schemas[name]["properties"] if name else field in fields, key
    assert {*DAYS, *DATES} <= fields
    assert {*NAMES.values()} <= schemas.keys()


def test_two_classes_never_share_a_name() -> None:
    schemas = openapi._Schemas(Words([]))
    schemas.of(make_dataclass("Item", [("id", str)]))
    with pytest.raises(ValueError, match="Item"):
        schemas.of(make_dataclass("Item", [("other", str)]))


# --- it is so ---------------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize("path", [f"{operation.path}.{format}" for operation in OPERATIONS for format in operation.formats])
async def test_every_operation_answers_its_example(site: Datasette, document: Document, path: str) -> None:
    """With what stands in the document alone, and nothing but a 2xx or a way to one will do."""
    operation = document["paths"][path]["get"]
    variables = {one["name"]: one["example"] for one in operation["parameters"] if one["in"] == "path"}
    required = {one["name"]: one["example"] for one in operation["parameters"] if one["in"] == "query" and one.get("required")}
    answered = await site.client.get(path.format(**variables), params=required)
    if answered.status_code == 302:
        assert "302" in operation["responses"]
        return
    assert answered.status_code == 200, answered.text
    (media,) = operation["responses"]["200"]["content"]
    assert answered.headers["content-type"].split(";")[0] == media == MEDIA[path.rpartition(".")[2]]
    if media.endswith("json"):
        assert problems(document, path, answered.json()) == []


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/-/cases/{case}.json", f"/-/cases/{CASE}.json"),
        ("/-/cases/{case}.json", f"/-/cases/{CASE}.json?as_of=2024-06-14&_lang=nl"),
        ("/-/cases/{case}.json", "/-/cases/clearview-ai-2021.json"),
        ("/-/authorities.json", f"/-/authorities.json?case={CASE}"),
        ("/-/authorities.geojson", f"/-/authorities.geojson?case={CASE}"),
        ("/-/authorities/{authority}.json", "/-/authorities/ie-dpc.json"),
        ("/-/actors/{actor}.json", "/-/actors/noyb.json"),
        ("/-/statements.json", "/-/statements.json?_size=max&retracted=1&_lang=pl"),
        ("/-/statements.json", "/-/statements.json?q=data"),
        ("/-/deadlines.json", "/-/deadlines.json?_size=max"),
        ("/-/deadlines/reckon.json", "/-/deadlines/reckon.json?rule=gdpr-60-4&start=2024-06&calendar=IE"),
        ("/-/follow-up.json", "/-/follow-up.json?_size=max"),
        ("/-/actors.json", "/-/actors.json?_size=max"),
    ],
)
async def test_real_answers_are_as_described(site: Datasette, document: Document, path: str, asked: str) -> None:
    assert problems(document, path, (await site.client.get(asked)).json()) == []


@pytest.mark.asyncio
async def test_errors_are_as_described(site: Datasette, document: Document) -> None:
    schema = {**document["components"]["schemas"]["Error"]}
    assert set(schema["properties"]) == {"ok", "error", "status", "errors" if adapter.V1 else "title"}
    for asked, status in (
        ("/-/cases.json?colour=red", 400),
        ("/-/cases/nothing.json", 404),
        ("/-/cases/nothing.csv", 404),
        ("/-/actors.csv?_size=0", 400),
    ):
        answered = await site.client.get(asked)
        assert answered.status_code == status and answered.headers["content-type"].startswith("application/json")
        assert list(Draft202012Validator(schema).iter_errors(answered.json())) == []
        assert answered.json()["status"] == status


@pytest.mark.asyncio
async def test_who_may_not_see_the_record_may_not_see_its_description(real_db: Path) -> None:
    site = await serve(real_db, configuration={"databases": {"cases": {"allow": {"id": "root"}}}})
    assert (await site.client.get(ADDRESS)).status_code == 403
    assert (await site.client.get("/-/cases/api")).status_code == 403


# --- tools of others --------------------------------------------------------------------------------------------------

SETTINGS = """\
seed = 1

[generation]
deterministic = true
database = "none"
max-examples = 3

# An id that nobody has, a token of another list, two orders at once: no schema can tell, and 400 says so.
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "400"]

[[operations]]
include-path-regex = "\\\\{"

[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "400", "404"]

[phases.coverage]
unexpected-methods = ["POST", "DELETE"]

# Other formats of a list ask for the same as its JSON.
[[operations]]
include-path-regex = "[.](csv|atom|ics|geojson|svg|png|zip|jsonl|jsonld)$"

[operations.phases.coverage]
enabled = false
"""


def schemathesis(folder: Path, origin: str, *options: str) -> subprocess.CompletedProcess[str]:
    environment.ready(environment.SCHEMATHESIS)
    (folder / "schemathesis.toml").write_text(SETTINGS)
    command = [environment.SCHEMATHESIS.program("st"), "run", f"{origin}{ADDRESS}", "--no-color", "--warnings", "off", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)


@pytest.mark.slow
def test_schemathesis_finds_nothing(small_db: Path, tmp_path: Path) -> None:
    with served(small_db) as origin:
        done = schemathesis(tmp_path, origin, "--phases", "examples,coverage,fuzzing", "--continue-on-failure")
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    tested = re.search(r"Tested: (\d+)", done.stdout)
    assert tested and int(tested.group(1)) >= len(OPERATIONS) and "Coverage" in done.stdout and "Fuzzing" in done.stdout


def altered(alter: Callable[[Document], tuple[int, Document]]) -> Callable[[Any], Any]:
    """Around a site: JSON that is not the description is answered otherwise."""

    def around(app: Any) -> Any:
        async def wrapped(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http" or not scope["path"].endswith(".json") or scope["path"] == ADDRESS:
                await app(scope, receive, send)
                return
            parts: list[dict[str, Any]] = []

            async def keep(message: dict[str, Any]) -> None:
                parts.append(message)

            await app(scope, receive, keep)
            start, body = parts[0], b"".join(part.get("body", b"") for part in parts[1:])
            if start["status"] == 200:
                start["status"], found = alter(json.loads(body))
                body = json.dumps(found).encode()
                start["headers"] = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
            await send(start)
            await send({"type": "http.response.body", "body": body})

        return wrapped

    return around


def lost(_: Document) -> tuple[int, Document]:
    return 404, adapter.error("Not here", 404)


def more(found: Document) -> tuple[int, Document]:
    return 200, {**found, "colour": "red"}


def less(found: Document) -> tuple[int, Document]:
    return 200, {name: value for name, value in found.items() if name not in ("released", "last_day", "case")}


@pytest.mark.once
@pytest.mark.parametrize(("alter", "words"), [(lost, "Undocumented"), (more, "colour"), (less, "is a required property")])
def test_schemathesis_finds_a_broken_copy(small_db: Path, tmp_path: Path, alter: Any, words: str) -> None:
    with served(small_db, around=altered(alter)) as origin:
        done = schemathesis(tmp_path, origin, "--phases", "examples", "--max-failures", "3")
    assert done.returncode == 1, done.stdout[-4000:] + done.stderr[-2000:]
    assert words in done.stdout, done.stdout[-4000:]


@pytest.mark.once
def test_a_client_made_from_it_reads_a_case(real_db: Path, tmp_path: Path) -> None:
    """The ten lines of docs/api.md, as they stand there."""
    environment.ready(environment.CLIENT)
    (lines,) = re.findall(r"^```python\n(.*?)^```$", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert len(lines.strip().splitlines()) <= 10
    with served(real_db) as origin:
        command = [environment.CLIENT.program("openapi-python-client"), "generate", "--url", f"{origin}{ADDRESS}"]
        subprocess.run(
            [*command, "--meta", "none", "--output-path", "cases_client"], cwd=tmp_path, check=True, capture_output=True, timeout=120
        )
        done = subprocess.run(
            [environment.CLIENT.program("python"), "-c", lines.replace("http://127.0.0.1:8001", origin)],
            cwd=tmp_path, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert re.search(r"^AP: .+, since 20\d\d-\d\d-\d\d$", done.stdout, re.MULTILINE), done.stdout
    assert len(done.stdout.splitlines()) > 20
