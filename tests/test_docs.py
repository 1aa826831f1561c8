"""The docs are tested like code: what a reader needs to know is there, and what is there is so."""

from __future__ import annotations

import ast
import json
import re
import sqlite3
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path
from typing import Any, Iterator

import pytest
import yaml
from jsonschema import Draft202012Validator

from datasette_cases import __version__
from datasette_cases.editor.commands import cases
from datasette_cases.plugin.config import Config
from datasette_cases.source.problem import KINDS
from datasette_cases.store.tables import TABLES
from datasette_cases.vocabulary import COMMON

from .site import serve

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")])
SCRIPTS = sorted(path.name for path in (ROOT / "scripts").iterdir() if path.is_file() and "." not in path.name)
REGISTRIES = re.compile(r"pypi|pythonhosted|npmjs|crates\.io|rubygems|anaconda\.org|deb\.debian\.org", re.IGNORECASE)
SCHEMAS = {"case": "cases/*.yml", "authorities": "authorities.yml", "actors": "actors.yml", "publishers": "publishers.yml"}


def text(*names: str) -> str:
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)


def documentation() -> str:
    """README and docs/, for those who use it; without what this test is not about."""
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES if page.name == "README.md" or ROOT / "docs" in page.parents)


# --- everything is in the docs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(cases.commands))
def test_every_command_is_explained(name: str) -> None:
    assert f"datasette cases {name}" in text("README.md", "CONTRIBUTING.md")


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_is_explained(name: str) -> None:
    assert f"scripts/{name}" in text("README.md", "CONTRIBUTING.md")


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_script_that_is_named_exists(page: str) -> None:
    assert set(re.findall(r"scripts/([a-z-]+)(?![a-z.])", text(page))) <= {*SCRIPTS, "environment"}


def hooks() -> list[str]:
    tree = ast.parse(text("datasette_cases/hookspecs.py"))
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("name", hooks())
def test_every_hook_is_explained(name: str) -> None:
    assert f"def {name}(" in documentation()


@pytest.mark.parametrize("name", sorted(Config.__dataclass_fields__.keys() - {"day"}))
def test_every_setting_is_explained(name: str) -> None:
    assert re.search(rf"^ +{name}: ", text("README.md"), re.MULTILINE)


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_every_table_is_explained(table: str) -> None:
    assert f"### Table {table}\n" in text("docs/data.md")


@pytest.mark.parametrize("vocabulary", [vocabulary.field for vocabulary in COMMON])
def test_every_list_of_words_is_explained(vocabulary: str) -> None:
    assert f"## {vocabulary}\n" in text("docs/vocabulary.md")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_problem_is_explained(kind: str) -> None:
    assert kind in text("docs/problems.md")


def test_every_dependency_has_a_reason() -> None:
    """In one line each: to run, and to test."""
    page = text("docs/decisions/dependencies.md")
    reasons = {name.strip().lower() for row in re.findall(r"^\| ([\w, -]+?) \| ", page, re.MULTILINE) for name in row.split(",")}
    setup = text("setup.py")
    required = re.findall(r'^ {8,12}"([A-Za-z0-9-]+)(?:[><=,.0-9]*)(?:; [^"]+)?",$', setup, re.MULTILINE)
    assert len(required) >= 15
    assert {name.lower() for name in required} == reasons - {"package", "---"}


def test_the_dependencies_are_those_of_the_installed_package() -> None:
    """An environment that was made before setup.py changed would test something else."""
    installed = {re.split(r"[^\w-]", name)[0].lower() for name in requires("datasette-cases") or []}
    assert installed == {
        name.lower() for name in re.findall(r'^ {8,12}"([A-Za-z0-9-]+)(?:[><=,.0-9]*)(?:; [^"]*)?",$', text("setup.py"), re.MULTILINE)
    }


def test_the_changes_tell_of_this_version() -> None:
    data, code = text("CHANGELOG.md").split("\n## Code\n")
    assert "\n## Data\n" in data
    assert f"\n### {__version__}\n" in data and f"\n### {__version__}\n" in code


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=lambda page: page.stem)
def test_a_decision_is_a_question_and_short(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"# .+\?", lines[0])
    assert len(lines) <= (60 if page.stem == "dependencies" else 45)


# --- what is there is so ----------------------------------------------------------------------------------------------


def test_generated_files_are_fresh() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "scripts" / "generate"), "--check"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as Markdown viewers make them."""
    found = re.findall(r"^#+ (.+)$", without_code(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def without_code(page: Path) -> str:
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def links(page: Path) -> Iterator[str]:
    for address in re.findall(r"\]\(([^)\s]+)\)", without_code(page)):
        if not re.match(r"[a-z]+:", address):
            yield address


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for address in links(page):
        name, _, anchor = address.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), address
        assert not anchor or anchor in anchors(target), address


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_page_names_a_registry(page: Path) -> None:
    assert not REGISTRIES.search(page.read_text(encoding="utf-8"))


def test_the_sql_of_the_readme_answers(real_db: Path) -> None:
    connection = sqlite3.connect(real_db)
    queries = re.findall(r"^```sql\n(.+?)^```$", text("README.md"), re.MULTILINE | re.DOTALL)
    assert queries
    for query in queries:
        assert connection.execute(query).fetchall(), query
    connection.close()


def as_an_editor_reads(path: Path) -> Any:
    """YAML 1.2, as editors read it: whole numbers and numbers with a point are numbers, all else is text."""

    def typed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: typed(item) for key, item in value.items()}
        if isinstance(value, list):
            return [typed(item) for item in value]
        if re.fullmatch(r"[0-9]+", value):
            return int(value)
        return float(value) if re.fullmatch(r"-?[0-9]+\.[0-9]+", value) else value

    return typed(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader))


@pytest.mark.parametrize(
    ("name", "path"), [(name, path) for name, pattern in SCHEMAS.items() for path in sorted((ROOT / "data").glob(pattern))]
)
def test_the_schemas_accept_the_data(name: str, path: Path) -> None:
    schema = json.loads(text(f"docs/schema/{name}.json"))
    Draft202012Validator.check_schema(schema)
    problems = [f"{error.json_path}: {error.message[:200]}" for error in Draft202012Validator(schema).iter_errors(as_an_editor_reads(path))]
    assert problems == []


@pytest.mark.parametrize(
    "change",
    [{"titel": "x"}, {"id": "No Id"}, {"title": None}, {"entries": [{"id": "a"}]}, {"roles": [{"authority": "a", "role": "boss"}]}],
)
def test_the_schemas_refuse_mistakes(change: dict[str, Any]) -> None:
    case = as_an_editor_reads(ROOT / "data" / "cases" / "meta-ai-training-2024.yml")
    assert not Draft202012Validator(json.loads(text("docs/schema/case.json"))).is_valid({**case, **change})


def test_metadata_describes_what_is_there(real_db: Path) -> None:
    """Every table, view and column that metadata.yml speaks of is in the database; Datasette would not say otherwise."""
    connection = sqlite3.connect(real_db)
    described = yaml.safe_load(text("metadata.yml"))["databases"]["cases"]["tables"]
    for name, about in described.items():
        columns = {row[1] for row in connection.execute(f"pragma table_info([{name}])")}
        assert columns, name
        assert about["description"]
        assert set(about.get("columns", {})) <= columns
        assert about.get("label_column", next(iter(columns))) in columns
    connection.close()


@pytest.mark.asyncio
async def test_datasette_shows_what_metadata_says(real_db: Path) -> None:
    """On either version: what a table and its columns mean, labels instead of ids, and the licence."""
    site = await serve(real_db, configuration=yaml.safe_load(text("metadata.yml")))
    page = (await site.client.get("/cases/statements")).text
    assert "In which form it was said;" in page
    assert "What actors said." in page
    assert re.search(r'href="/cases/actors/nl-ap"[^>]*>AP<', page)
    assert "CC BY 4.0" in (await site.client.get("/")).text


def test_the_licence_of_the_code_is_the_apache_licence() -> None:
    licence = text("LICENSE")
    assert licence.split()[:4] == ["Apache", "License", "Version", "2.0,"]
    assert "END OF TERMS AND CONDITIONS" in licence and len(licence) == 11358


def test_the_licence_of_the_data_is_the_one_the_site_names() -> None:
    site = yaml.safe_load(text("metadata.yml"))
    assert site["license"] == "CC BY 4.0" and site["license_url"] in text("data/LICENSE")
