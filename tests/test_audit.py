"""`datasette cases audit`: what editors may look at again, with the line of the file where it stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from datasette_cases.cli import cases
from datasette_cases.source.places import Places
from datasette_cases.source.tree import read
from datasette_cases.vocabulary import REASON

from . import made
from .site import ROOT

pytestmark = pytest.mark.once

DAY = "2026-11-24"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cases, ["audit", *arguments])


def said(*arguments: str) -> str:
    done = run(*arguments)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return made.folder(tmp_path / "data").relative_to(tmp_path)


def test_each_thing_with_its_line_and_then_how_many(folder: Path) -> None:
    path = "data/cases/acme-0.yml"
    about = {word.value: word.meaning for word in REASON}
    assert said("data", "--day", DAY) == (
        f"acme-0: Acme: été 0\n"
        f"\n"
        f"deadline-open (1): {about['deadline-open']}\n"
        f"{path}:47:5: policy: New privacy policy takes effect (since 2024-06-26)\n"
        f"\n"
        f"search-old (1): {about['search-old']}\n"
        f"{path}:10:1: day of the latest search (since 2026-01-05)\n"
        f"\n"
        f"nothing-found (1): {about['nothing-found']}\n"
        f"{path}:13:5: fr-cnil: asked, and no public word or act known (since 2024-06-06)\n"
        f"\n"
        f"status-unchanged (2): {about['status-unchanged']}\n"
        f"{path}:13:5: fr-cnil: lodged (since 2024-06-06)\n"
        f"{path}:18:5: nl-ap: forwarded-to-lead (since 2024-09-02)\n"
        f"\n"
        f"no-official-source (2): {about['no-official-source']}\n"
        f"{path}:26:5: ap-first-word: Not competent; cannot yet judge whether urgency is called for. (since 2024-06-14)\n"
        f"{path}:38:5: ap-forwards: Tells noyb that its complaint went to the Irish DPC. (since 2024-09-02)\n"
        f"\n"
        f"not-archived (3): {about['not-archived']}\n"
        f"{path}:37:15: https://example.org/acme-0/ap\n"
        f"{path}:17:15: https://example.org/acme-0/fr\n"
        f"{path}:24:15: https://example.org/acme-0/nl\n"
        f"\n"
        f"On 2026-11-24               cases  things\n"
        f"deadline-open                   1       1\n"
        f"search-old                      1       1\n"
        f"nothing-found                   1       1\n"
        f"status-unchanged                1       2\n"
        f"no-official-source              1       2\n"
        f"not-archived                    1       3\n"
        f"all                             1      10\n"
    )


def test_nothing_is_kept(folder: Path) -> None:
    before = sorted(folder.parent.rglob("*"))
    said("data", "--day", DAY)
    assert sorted(folder.parent.rglob("*")) == before


@pytest.mark.parametrize(
    ("day", "reasons"),
    [("2024-06-26", []), ("2024-06-27", ["deadline-open"]), ("2025-06-06", ["deadline-open", "status-unchanged"]),
     ("2026-04-05", ["deadline-open", "status-unchanged"]), ("2026-04-06", ["deadline-open", "search-old", "status-unchanged"])],
)  # fmt: skip
def test_the_day_decides(folder: Path, day: str, reasons: list[str]) -> None:
    always = {"nothing-found", "no-official-source", "not-archived"}
    found = json.loads(said("data", "--day", day, "--json"))
    assert found["day"] == day
    assert {item["reason"] for item in found["cases"][0]["items"]} - always == set(reasons)


def test_one_case_one_reason(tmp_path: Path) -> None:
    data = str(made.folder(tmp_path / "data", cases=3))
    found = json.loads(said(data, "--day", DAY, "--case", "acme-1", "--reason", "nothing-found", "--json"))
    assert [reason["number"] for reason in found["reasons"] if reason["number"]] == [1]
    assert found["cases"] == [
        {
            "id": "acme-1",
            "title": "Acme: été 1",
            "items": [
                {
                    "reason": "nothing-found", "item": "fr-cnil", "path": f"{data}/cases/acme-1.yml", "line": 13, "column": 5,
                    "since": "2024-06-06", "from_day": None, "what": "asked, and no public word or act known",
                }
            ],
        }
    ]  # fmt: skip


def test_nothing_to_look_at(folder: Path) -> None:
    assert said("data", "--day", DAY, "--reason", "single-source") == "Nothing to look at on 2026-11-24.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["data", "--case", "acme-1"], "there is no case acme-1; the nearest is acme-0\n"),
        (["data", "--case", "x"], "there is no case x; there are: acme-0\n"),
        (["data", "--reason", "search"], "there is no reason search; the nearest is search-old\n"),
        (["date"], "date:1:1: found no such folder; name the folder that holds authorities.yml\n1 problem; nothing was written\n"),
    ],
)
def test_what_is_not_there(folder: Path, arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.output) == (1, message)


def test_data_that_cannot_be_built(folder: Path) -> None:
    case = folder / "cases" / "acme-0.yml"
    case.write_text(case.read_text(encoding="utf-8").replace("by: nl-ap", "by: nl-app", 1), encoding="utf-8")
    done = run("data")
    assert done.exit_code == 1
    assert "data/cases/acme-0.yml:28:9: entries.ap-first-word.by: " in done.output


def test_places_of_the_real_data_are_where_they_say() -> None:
    """Every line that is named has what is named."""
    found = json.loads(said(str(ROOT / "data"), "--day", DAY, "--json"))
    texts: dict[str, list[str]] = {}
    for case in found["cases"]:
        for item in case["items"]:
            lines = texts.setdefault(item["path"], Path(item["path"]).read_text(encoding="utf-8").splitlines())
            here = lines[item["line"] - 1][item["column"] - 1 :].lstrip("{")
            assert here.startswith(expected(case["id"], item, here)), item


def expected(case: str, item: dict[str, Any], here: str) -> str:
    if item["item"].startswith(f"{case}/"):
        return f"id: {item['item'].partition('/')[2]}"
    if item["reason"] == "not-archived":
        return str(item["what"])
    if item["reason"] == "search-old":
        return "searches:" if "searches" in here else "id:"
    return "authority:" if here.startswith("authority") else "id:"


def test_whoever_takes_part_is_found_by_complaint_role_and_entry() -> None:
    text = """id: a
complaints:
  - id: c
    country: DE
    handled_by: {authority: nl-ap, since: 2024-06-06}
roles: [{authority: ie-dpc, role: lead}]
entries:
  - id: e
    by: [fr-cnil, ie-dpc]
  - id: f
    by: {country: IT}
"""
    places = Places(read("a.yml", text.encode()))
    found = {name: places.person(name).line for name in ("DE", "nl-ap", "ie-dpc", "fr-cnil", "IT", "nobody")}
    assert found == {"DE": 3, "nl-ap": 3, "ie-dpc": 6, "fr-cnil": 8, "IT": 10, "nobody": 1}
    assert (places.item("c--78-2"), places.item("f").line, places.item("g").line) == (places.item("c"), 10, 1)
