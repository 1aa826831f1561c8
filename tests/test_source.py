"""From files to problems: every mistake an editor can make is one line that says where, what was found and what to do."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Optional, Union

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from datasette_cases.cli import cases
from datasette_cases.regimes import load
from datasette_cases.source.problem import KINDS
from datasette_cases.source.read import read_case, read_library
from datasette_cases.source.tree import read

pytestmark = pytest.mark.once

HERE = Path(__file__).parent
GOOD, BROKEN = HERE / "data/good", HERE / "data/broken"
PLAN = "cases/plan.yml"
CASE = (GOOD / PLAN).read_text(encoding="utf-8")
RELEASED = date(2026, 11, 24)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The good folder as `data` in the current one."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOOD, "data")
    return tmp_path / "data"


def lay_over(data: Path, broken: Path) -> None:
    """Put what a broken folder holds in place of what is good."""
    shutil.copytree(broken, data, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt", "removed.txt"))
    removed = broken / "removed.txt"
    for name in removed.read_text(encoding="utf-8").split() if removed.exists() else ():
        (data / name).unlink()


def change(path: Path, *changes: tuple[str, str]) -> None:
    """Put other text in place of text that stands once in a file."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cases, [*arguments, "--released", RELEASED.isoformat()])


def said(result: Result) -> list[str]:
    """The lines of a run that found problems, without the last, which counts them."""
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit)
    *lines, last = result.stderr.splitlines()
    assert last == f"{len(lines)} {'problem' if len(lines) == 1 else 'problems'}; nothing was written"
    return lines


# --- one mistake of each kind -------------------------------------------------------------------------------------------


def test_the_good_folder_is_good(data: Path) -> None:
    assert run("check", "data").stdout == "data: 1 case, no problems\n"
    assert run("build", "data", "cases.db").exit_code == 0


def test_every_kind_has_its_folder() -> None:
    assert sorted(path.name for path in BROKEN.iterdir()) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_broken(data: Path, kind: str) -> None:
    lay_over(data, BROKEN / kind)
    assert said(run("check", "data")) == (BROKEN / kind / "expected.txt").read_text(encoding="utf-8").splitlines()


# --- more mistakes: what is put in place of what, in the case's file, and the messages ------------------------------------

MORE: list[tuple[str, str, str]] = [
    # no YAML
    ("title: The plan", 'title: "The plan', '2:8: found a quotation mark that is never closed; close it; inside double quotes write \\" for one, inside single quotes \'\''),
    ("title: The plan", 'title: "The" plan', "2:14: found more text behind the end of a value; put the whole text in double quotes, and a \\ before each double quote inside"),
    ("title: The plan", "title: @plan", "2:8: found @ at the beginning of a text; put the text in double quotes"),
    ("title: The plan", "title: *plan", "2:8: found the alias *plan; write out what it stands for; a text that begins with * stands in double quotes"),
    ("title: The plan", "title: **plan**", "2:8: found * at the beginning of a text; put the text in double quotes"),
    ("title: The plan", "title: !plan", "2:8: found the tag !plan; delete it; a text that begins with ! stands in double quotes"),
    ("title: The plan", "title: > plan", "2:8: found > at the beginning of a text; put the text in double quotes"),
    ("title: The plan", "title:The plan", "2:1: found a line that is neither `key: value` nor part of a text above; write it as one"),
    ("title: The plan", "title: - The plan", "2:8: found a list item behind its key; begin it on the next line, or write [a, b]"),
    ("title: The plan", 'title: "C:\\plan"', "2:12: found a \\ in double quotes; write \\\\ where a \\ is meant"),
    ("title: The plan", 'title: "\\UFFFFFFFF"', "2:9: found \\UFFFFFFFF, which stands for no character; write the character itself"),
    ("title: The plan", 'title: "\\0"', "2:8: found the character U+0000, which cannot be shown; delete it"),
    ("title: The plan", "title: The\x07plan", "2:11: found the character U+0007, which cannot be shown; delete it"),
    ("    act: forwarding", "\tact: forwarding", "43:1: found a tab; indent with spaces"),
    ("    act: forwarding", "   act: forwarding", "43:4: found a line that begins in another column than its neighbours; indent it like the others of its list or map"),
    ("    act: forwarding", "      act: forwarding", '43:7: found the key "act" where none can be; indent it like its neighbours, and look whether the line before lacks a space after its colon'),
    ("topics: [training]", "topics: [training", "9:9: found [ without its ], or no comma after an item; close it, and put commas between items"),
    ("title: the plan of 2024}", "title: the plan of 2024", "12:5: found { without its }, or no comma after a pair; close it, and put commas between pairs"),
    ("topics: [training]", "topics: [training]]", "9:19: found ] that nothing opened; delete it, or put the whole text in double quotes, and a \\ before each double quote inside"),
    ("topics: [training]", "topics: " + "[" * 30 + "]" * 30, "9:28: found lists or maps nested more than 20 deep; look for brackets that are not closed"),
    ("deadlines:", "---\ndeadlines:", "58:1: found a second document; delete this line, or move what follows into a file of its own"),
    # keys and values
    ("topics: [training]", "? [a]\n: b", "9:3: found a list or map as a key; write a text as the key"),
    ("topics: [training]", "topics: []", "9:9: topics: found an empty list; write at least one, or leave the key out"),
    ("topics: [training]", "topics: [training, 'a: b': c]", "9:20: topics.2: found keys and values where a text belongs; write one text, in double quotes if it has a colon or bracket"),
    ("topics: [training]", "topics:", "9:8: topics: found nothing after the key; write a value, or leave the key out"),
    ("topics: [training]", "topic: [training]", '9:1: topic: found the unknown key "topic"; did you mean topics?'),
    ("topics: [training]", "zzz: [training]", '9:1: zzz: found the unknown key "zzz"; use one of complaints, deadlines, entries, id, key_days, regime, respondents, roles, searches, sources, subjects, summary, title, topics, total, translations'),
    ("title: The plan", "Titel: The plan", '2:1: Titel: found the unknown key "Titel"; did you mean title or total?'),
    ("title: The plan", ": The plan", "2:1: found a colon without a key; write the key before it"),
    ("    act: forwarding", "    act: forwarding\n    to: {country: DE}", "44:9: entries.forwards.to: found keys and values where a list belongs; write a list, as [a] or [a, b]"),
    ("by: nl-ap\n    act", "by: {Country: NL}\n    act", '42:10: entries.forwards.by.Country: found the unknown key "Country"; did you mean country?'),
    ("by: nl-ap\n    act", "by: []\n    act", "42:9: entries.forwards.by: found an empty list; name who it was, or write {country: DE}"),
    ("complaints: [nl-noyb]", "complaints: nl-noyb", '45:17: entries.forwards.complaints: found "nl-noyb"; write a list of complaints, as [nl-noyb], or all'),
    ("answers: {urgent: undecided}", "answers: undecided", '38:16: entries.first-word.says.answers: found the text "undecided"; write keys and values here'),
    ("answers: {urgent: undecided}", "answers: {urgent: maybe}", '38:25: entries.first-word.says.answers.urgent: found "maybe", which is no answer; use one of leaning-no, leaning-yes, mixed, no, undecided, yes'),
    ("language: nl", "language: dk", '34:17: entries.first-word.says.language: found "dk"; write the ISO 639 code of the language, such as nl (Czech is cs, Danish da, Greek el, Swedish sv)'),
    ("date: 2024-09-02", "date: 2024-09-31", '41:11: entries.forwards.date: found "2024-09-31": that month has no day 31; write 2024-06-06, 2024-06, 2024 or 2024-06-06/2024-06-14 (one day in this interval)'),
    ("date: 2024-09-02", "date: 2024-13", '41:11: entries.forwards.date: found "2024-13": there is no month 13; write 2024-06-06, 2024-06, 2024 or 2024-06-06/2024-06-14 (one day in this interval)'),
    ("date: 2024-09-02", "date: 2024-09/2024-10", '41:11: entries.forwards.date: found "2024-09/2024-10": an interval runs from one day to another, as 2024-06-06/2024-06-14; write 2024-06-06, 2024-06, 2024 or 2024-06-06/2024-06-14 (one day in this interval)'),
    ("until: 2025-08-21", "until: 2025-08", '55:49: entries.decides.measures.1.until: found "2025-08": this needs one day; write it as 2024-06-06'),
    ("summary: Cannot yet judge.", 'date_: "a\\nb"\n    summary: Cannot yet judge.', '31:5: entries.first-word.date_: found the unknown key "date_"; did you mean date?'),
    ("date: 2024-09-02", f'date: "{"long " * 40}\\n line"', '41:11: entries.forwards.date: found "long long long long long long long long long long long lo...": not a day, month or year; write 2024-06-06, 2024-06, 2024 or 2024-06-06/2024-06-14 (one day in this interval)'),
    ("filed: 2024-06-06", "filed: 2024-06-06\n    count: 9999999999", '26:12: complaints.nl-noyb.count: found "9999999999"; write a whole number from 1 to 999999999, digits only'),
    # references
    ("by: nl-ap\n    act", "by: xyz\n    act", '42:9: entries.forwards.by: found "xyz", which is no known actor; use one of ie-dpc, meta, nl-ap, noyb; or add it to actors.yml or authorities.yml'),
    ("authority: nl-ap\n", "authority: noyb\n", '23:16: complaints.nl-noyb.authority: found "noyb", which is no known authority; use one of ie-dpc, nl-ap; or add it to authorities.yml'),
    ("regime: gdpr", "regime: dsa", '8:9: regime: found "dsa", which is no known regime; use one of gdpr'),
    ("key_days: {2024-06-06", "key_days: {2024-06-07", '7:16: translations.nl.key_days.2024-06-07: found "2024-06-07", which is no key day; did you mean 2024-06-06? If not, add it under key_days'),
    # records and the case as a whole
    ("last_day: 2025-10-01\n    basis: set", "rule: led-53-2\n    start_day: 2024", '62:11: deadlines.report.rule: found "led-53-2", which was left out: Known, not re-read. It stands in a directive: the law of each state governs, and was not looked up; name another, or state the last day'),
    ("last_day: 2025-10-01\n    basis: set", "rule: gdpr-78-2\n    start_day: 2024", "61:13: deadlines.report.actors: found no authority among the actors or addressees, by whose calendar to reckon; give the authority a calendar, or state the last day"),
    ("actors: [meta]\n    last_day: 2025-10-01\n    basis: set", "actors: [nl-ap]\n    rule: gdpr-33-1\n    start_day: 2024\n    stopped: 2", '63:16: deadlines.report.start_day: found "2024": a clock stands still for whole days, in periods of days or longer that run forwards; mend it, or state the last day'),
    ("actors: [meta]\n    last_day: 2025-10-01\n    basis: set", "actors: [nl-ap]\n    rule: gdpr-66-1\n    start_day: 2024\n    stopped: 2", '63:16: deadlines.report.start_day: found "2024": GDPR 66(1): what is valid for a time does not stand still; mend it, or state the last day'),
    ("last_day: 2025-10-01\n    basis: set", "last_day: 2025-10-01\n    basis: set\n    rule: gdpr-78-2", "64:5: deadlines.report.rule: found a rule, and nothing that starts its period; add starts_with: an entry, start_day: a day, or complaint: one whose filing starts it"),
    ("last_day: 2025-10-01\n    basis: set", "stopped: 2\n    last_day: 2025-10-01\n    basis: set", '62:5: deadlines.report.stopped: found "stopped" without a rule; add rule: the time limit it is reckoned by, or leave it out'),
    ("authority: nl-ap\n", "authority: nl-ap\n    country: NL\n", "24:5: complaints.nl-noyb.country: found both authority and country; leave country out: it is that of the authority"),
    ("id: training-2025", "id: plan-2024", '13:10: subjects.plan-2024.id: found "plan-2024", which stands on line 12 already; give one of them another id'),
    ("label: complaints}", "label: complaints}\n  - {date: 2024-06-06, label: again}", '18:12: key_days.2.date: found "2024-06-06", which stands on line 17 already; keep one of them'),
    ("    title: Complaints", "  - url: https://noyb.eu/plan\n    title: Complaints", '20:10: sources.2.url: found "https://noyb.eu/plan", which stands on line 19 already; keep one of them'),
    ("lead, since: 2024-05-22}", "lead, since: 2024-05-22, until: 2023}", '15:63: roles.1.until: found "2023", before it begins on 2024-05-22; mend one of the two days'),
    ("act: forwarding", "act: forwarding\n    replies_to: forwards", '44:17: entries.forwards.replies_to: found "forwards", which is this entry itself; name an earlier one'),
    ("set_by: decides", "set_by: decides\n    closed_by: forwards", '65:16: deadlines.report.closed_by: found "forwards" of 2024-09-02, which is before the deadline was set on 2025-05-21; name a later one, or mend one of the two days'),
    ("act: forwarding", "act: forwarding\n    decision_state: final", '44:21: entries.forwards.decision_state: found "final" of this entry, which is a forwarding; add decision: the entry with the decision it is about'),
    ("outcome: infringement", "decision_state: final\n    decision: first-word", '54:15: entries.decides.decision: found "first-word", which is words only; name the entry with the decision (decision, binding-decision, measure, judgment)'),
    ("by: nl-ap\n    act", "by: {country: NL}\n    act", "45:18: entries.forwards.complaints.1: found nl-noyb, which whoever acts here neither received nor handles; add affects: the authority whose procedure this moves, or handled_by to the complaint"),
    ("date: 2025-05-21", "date: 2024-08", '49:11: entries.decides.date: found "2024-08" (counted by its last day, 2024-08-31) out of order; move it behind first-word'),
    ("date: 2024-06-06/2024-06-14", "date: 2026-01-01", '29:11: entries.first-word.date: found "2026-01-01" out of order; move it behind decides'),
]  # fmt: skip


@pytest.mark.parametrize("old, new, message", MORE, ids=[re.sub(r"\W+", "-", new)[:40] for _, new, _ in MORE])
def test_more_mistakes_have_one_message_each(data: Path, old: str, new: str, message: str) -> None:
    change(data / PLAN, (old, new))
    assert said(run("check", "data")) == [f"data/cases/plan.yml:{message}"]


FILES: list[tuple[str, Union[bytes, tuple[str, str]], str]] = [
    ("cases/plan-2.yml", b"", "1:1: found an empty file; write its keys, or delete it"),
    ("cases/plan-2.yml", b"# later\n", "1:1: found an empty file; write its keys, or delete it"),
    ("cases/plan-2.yml", b"The plan of 2024\n", '1:1: found the text "The plan of 2024"; write keys and values here: id, title, summary ...'),
    ("cases/plan-2.yml", b"- id: plan\n", "1:1: found a list; write keys and values here: id, title, summary ..."),
    ("cases/plan-2.yml", "id: plan\n".encode("utf-16"), "1:1: found the byte 0xff, which is not UTF-8; save the file with the encoding UTF-8"),
    ("cases/plan-2.yml", "id: 'é\x85é".encode() + b"\xe4'\n", "2:2: found the byte 0xe4, which is not UTF-8; save the file with the encoding UTF-8"),
    ("cases/about.txt", b"", "1:1: found a file that is not part of the data; move it elsewhere or delete it"),
    ("plan-2.yml", b"", "1:1: found a data file in the wrong place; move it: a case stands in cases/<id>.yml"),
    ("cases/2024/plan.yml", b"", "1:1: found a data file in the wrong place; move it: a case stands in cases/<id>.yml"),
    ("actors.yml", ("country: AT", "country: UK"), '9:14: actors.noyb.country: found "UK"; write the ISO 3166-1 code in capitals, such as NL (Greece is GR, the United Kingdom GB)'),
    ("actors.yml", ("country: AT\n", "country: AT\n  - {id: nl-ap, kind: other, name: AP}\n"), '10:10: actors.nl-ap.id: found "nl-ap", which stands in authorities.yml on line 13 already; delete one of them, or give it another id'),
    ("publishers.yml", ("host: noyb.eu", "host: www.noyb.eu"), '6:11: publishers.2.host: found "www.noyb.eu"; write the host alone, in lower case and without www., such as noyb.eu'),
    ("publishers.yml", ("host: noyb.eu", "host: https://noyb.eu/"), '6:11: publishers.2.host: found "https://noyb.eu/"; write the host alone, in lower case and without www., such as noyb.eu'),
    ("authorities.yml", ("languages: [nl]", "languages: [nl, nl]"), '21:21: authorities.nl-ap.languages.2: found "nl" a second time in this list; keep one of them'),
    ("authorities.yml", ("latitude: 53.35", "latitude: 53,35"), '11:15: authorities.ie-dpc.latitude: found "53,35"; write degrees with a point, such as 52.08'),
]  # fmt: skip


@pytest.mark.parametrize("name, content, message", FILES, ids=[f"{name}-{number}" for number, (name, _, _) in enumerate(FILES)])
def test_mistakes_of_other_files(data: Path, name: str, content: Union[bytes, tuple[str, str]], message: str) -> None:
    path = data / name
    if isinstance(content, tuple):
        change(path, content)
        found = said(run("check", "data"))
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        found = said(run("check", "data"))
    assert found == [f"data/{name}:{message}"]


@pytest.mark.parametrize("name", [".git/config", "cases/.plan.yml.swp", "cases/._plan.yml", "README.md", "LICENSE", "LICENSE-data"])
def test_what_may_lie_beside_the_data(data: Path, name: str) -> None:
    (data / name).parent.mkdir(exist_ok=True)
    (data / name).write_bytes(b"\xff")
    assert run("check", "data").exit_code == 0


# --- one mistake makes no second message ----------------------------------------------------------------------------------

ALONE = {
    "references to an entry with a bad date": ("date: 2025-05-21", "date: the 21st"),
    "references to an entry with a bad id": ("id: decides", "id: Decides!"),
    "references to an entry without an id": ("  - id: decides\n    date", "  - date"),
    "references to entries under a misspelt key": ("entries:", "entrys:"),
    "references to entries under a key that stands twice": ("deadlines:", "entries: []\ndeadlines:"),
    "references to subjects that are no list": ("{id: training-2025, since: 2025-04-14, title: the training of 2025}", "{id: training-2025, since: 2025-04-14}"),
    "a misspelt key that has to be there": ("summary: Cannot yet", "sumary: Cannot yet"),
    "a misspelt source": ("sources: [https://nos.nl/first-word]", "source: [https://nos.nl/first-word]"),
    "a misspelt act": ("act: forwarding", "acts: forwarding"),
    "a misspelt act with an outcome": ("act: decision", "Act: decision"),
    "a misspelt language": ("language: nl\n", "languages: nl\n"),
    "a misspelt quote": ("quote: ", "qoute: "),
    "a misspelt subject": ("subject: plan-2024", "subjects: plan-2024"),
    "an unknown subject": ("subject: plan-2024", "subject: plan-2023"),
    "a misspelt basis": ("basis: set", "bases: set"),
    "a misspelt last day": ("last_day: ", "last-day: "),
    "a status for a complaint of an unknown authority": ("authority: nl-ap\n", "authority: nl-aq\n"),
    "a status for a complaint of nobody": ("    authority: nl-ap\n", ""),
    "a status given by an unknown authority": ("by: nl-ap\n    act", "by: nl-aq\n    act"),
    "a status with unknown affected": ("status: forwarded", "affects: [nl-aq]\n    status: forwarded"),
    "details of a source that is cited with a mistake": ("filed: 2024-06-06\n    sources: [https://noyb.eu/plan]", "filed: 2024-06-06\n    sources: [noyb.eu/plan]"),
    "translations of key days that are wrong": ("- {date: 2024-06-06, label", "- {date: 2024-06-31, label"),
    "a state of an unknown decision": ("outcome: infringement", "decision_state: final\n    decision: none"),
    "a state of a decision that is misspelt": ("act: decision", "act: decission\n    decision_state: final"),
    "an act of an entry of which nothing else is known": ("    act: decision\n", ""),
    "two answers of which one has a bad strand": ("  - id: forwards", "  - {id: other, date: 2024-06-14, strand: No Strand, by: nl-ap, summary: a, says: {form: letter, subject: plan-2024, answers: {urgent: no}}, sources: [https://nos.nl/a]}\n  - id: forwards"),
    "an id in the wrong file's name": ("id: plan\n", "id: The plan\n"),
    "an unknown regime": ("regime: gdpr", "regime: gdrp"),
}  # fmt: skip


@pytest.mark.parametrize("name", ALONE)
def test_one_mistake_makes_one_message(data: Path, name: str) -> None:
    change(data / PLAN, ALONE[name])
    assert len(said(run("check", "data"))) == 1


@pytest.mark.parametrize("name", ["authorities.yml", "actors.yml", "publishers.yml"])
@pytest.mark.parametrize("content", [None, b"\xff", b"a: b: c", b"- a", b"", b"a text"])
def test_a_file_that_cannot_be_read_makes_no_references_to_it_unknown(data: Path, name: str, content: Optional[bytes]) -> None:
    (data / name).unlink() if content is None else (data / name).write_bytes(content)
    [line] = said(run("check", "data"))
    assert line.startswith(f"data/{name}:1:")


@pytest.mark.parametrize(
    "name, old, new",
    [
        ("authorities.yml", "id: nl-ap", "name_: x"),
        ("actors.yml", "id: meta", "id: Meta!"),
        ("publishers.yml", "host: nos.nl", "hosts: nos.nl"),
    ],
)
def test_an_item_without_its_id_makes_no_references_to_it_unknown(data: Path, name: str, old: str, new: str) -> None:
    change(data / name, (old, new))
    assert all(line.startswith(f"data/{name}:") for line in said(run("check", "data")))


# --- all at once ----------------------------------------------------------------------------------------------------------

MANY = [
    ("title: The plan\n", "titel: The plan\n"),
    ("key_days: {2024-06-06: klachten}", "key_days: {2024-06-06: [klachten]}"),
    ("topics: [training]", "topics: training"),
    ("respondents: [meta]", "respondents: [metta]"),
    ("since: 2025-04-14, title: the training of 2025", "since: 2205-04-14, title: the training of 2025"),
    ("role: lead", "role: leader"),
    ("label: complaints", "label:"),
    ("authority: nl-ap\n", "authority: ap\n"),
    ("by: [noyb]", "by: [noyb, noyb]"),
    ("filed: 2024-06-06\n", "filed: 6.6.2024\n    count: 0\n"),
    ("date: 2024-06-06/2024-06-14", "date: 2024-06-14/2024-06-06"),
    ("quote: onvoldoende informatie", "quote: []"),
    ("form: press-statement", "form: press"),
    ("answers: {urgent: undecided}", "answers: {urgent: perhaps, urgently: no}"),
    ("[https://nos.nl/first-word]", "[https://nu.nl/first-word, ftp://nos.nl/]"),
    ("date: 2024-09-02", "date: 2024-09-02\n    date: 2024-09-03"),
    ("status: forwarded-to-lead", "status: forwarded-to-led\n    confidence: inferred"),
    ("provisional: yes, until: 2025-08-21", "provisional: YES, until: 2024"),
    ("last_day: 2025-10-01", "last_day: soon"),
    ("set_by: decides", "set_by: decided"),
]
"""Twenty-five mistakes, some of them in one record, even in one field."""


def test_25_mistakes_are_25_lines_and_nothing_is_written(data: Path) -> None:
    change(data / PLAN, *MANY)
    target = data.parent / "cases.db"
    target.write_bytes(b"the old one")
    before = sorted(data.parent.rglob("*"))
    lines = said(run("build", "data", "cases.db"))
    assert len(lines) == 25
    assert lines == said(run("check", "data"))
    places = [tuple(map(int, line.split(":")[1:3])) for line in lines]
    assert places == sorted(places)
    assert target.read_bytes() == b"the old one"
    assert sorted(data.parent.rglob("*")) == before
    target.unlink()
    assert len(said(run("build", "data", "cases.db"))) == 25
    assert not target.exists()


def test_problems_of_several_files_come_at_once_in_order_of_file(data: Path) -> None:
    for kind in ("bad-country", "not-yaml", "not-readable", "unexpected-file"):
        lay_over(data, BROKEN / kind)
    (data / "cases/plan-3.yml").write_text(CASE, encoding="utf-8")
    files = [line.split(":")[0] for line in said(run("check", "data"))]
    assert files == [f"data/{name}" for name in ("actors.yml", "cases/plan-2.yaml", "cases/plan-3.yml", PLAN, "publishers.yml")]


def test_a_record_with_a_bad_field_is_still_checked_in_the_others(data: Path) -> None:
    change(data / PLAN, ("date: 2025-05-21\n    by: ie-dpc", "date: never\n    by: ie-dcp\n    ends: [first-wort]\n    note_: x"))
    fields = [line.split(": ")[1] for line in said(run("check", "data"))]
    assert fields == ["entries.decides.date", "entries.decides.by", "entries.decides.ends.1", "entries.decides.note_"]


def test_the_folder_is_named_as_it_was_given(data: Path) -> None:
    (data / "actors.yml").unlink()
    assert said(run("check", "./data/"))[0].startswith("data/actors.yml:1:1: ")
    assert said(run("check", str(data)))[0].startswith(f"{data}/actors.yml:1:1: ")
    assert said(run("check", "nothing"))[0].startswith("nothing:1:1: found no such folder; ")


# --- anything at all --------------------------------------------------------------------------------------------------------

SIGNS = st.sampled_from([*"ab01 :-#,[]{}&*!|>'\"%@`?\\\n\t~.=<\r", "é", "\x85", "\u2028", "\ufeff", "\x00", "\U0001f600", ": ", "\n- ", "\n  ", "---\n", "'\n", '\\x', "\\U", "00110000", "%YAML 1.1\n", "[" * 9])  # fmt: skip
YAMLISH = st.lists(SIGNS, max_size=30).map("".join)
BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")


def assert_inside(data: bytes, line: int, column: int) -> None:
    """A place is one that an editor can go to."""
    lines = BREAK.split(data.decode("utf-8-sig", errors="replace"))
    assert 1 <= line <= len(lines)
    assert 1 <= column <= len(lines[line - 1]) + 1


@given(YAMLISH.map(str.encode) | st.binary(max_size=30) | st.tuples(YAMLISH.map(str.encode), st.binary(max_size=3)).map(b"".join))
def test_no_file_is_too_odd_to_be_read(data: bytes) -> None:
    tree = read("odd.yml", data)
    assert tree.values is not None or tree.problems
    for problem in tree.problems:
        assert_inside(data, problem.line, problem.column)
        assert len(str(problem).splitlines()) == 1
    for place in [*tree.places.values(), *tree.keys.values()]:
        assert_inside(data, place.line, place.column)


FOLDER = TemporaryDirectory(prefix="datasette-cases-test-")
SCRATCH = Path(FOLDER.name) / "plan.yml"


@st.composite
def mistaken(draw: st.DrawFn) -> str:
    """The good case with a few lines or parts of lines put elsewhere, doubled, taken out or filled with something odd."""
    lines = CASE.splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 5))):
        number = draw(st.integers(0, len(lines) - 1))
        other = draw(st.sampled_from(lines))
        key, colon, value = lines[number].partition(": ")
        odd = draw(
            st.sampled_from(["", "[]", "{}", "[[a]]", "{a: {b: c}}", "[nl-ap, nl-ap]", "all", "9" * 20, '"\\n"', "2024", "no", "x"])
            | YAMLISH
        )
        lines[number : number + 1] = draw(
            st.sampled_from(
                [[], [lines[number], lines[number]], [lines[number], other], [other], [f"{key}{colon}{odd}\n"], [f"{odd}{colon}{value}"]]
            )
        )
        lines = lines or ["id: plan\n"]
    return "".join(lines)


@given(mistaken())
def test_no_mistake_breaks_the_check(text: str) -> None:
    library = read_library(GOOD, "data")
    data = text.encode()
    SCRATCH.write_bytes(data)
    found = read_case(SCRATCH, "data/cases/plan.yml", library, load(), RELEASED)
    assert (found.case is None) == bool(found.problems)
    for problem in found.problems:
        assert_inside(data, problem.line, problem.column)
        assert len(str(problem).splitlines()) == 1


LEAVES = st.sampled_from(["no", "NO", "yes", "on", "0123", "1.10", "1_000", "1e3", "2024-06-06", "12:30", "null", "~", "true", "=", "<<", "", " a "]) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\u2028\u2029\ufffe\uffff"), max_size=8
)  # fmt: skip


@given(st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(LEAVES, inner), max_leaves=15).filter(bool), st.booleans())
def test_values_are_read_as_the_text_that_stands_there(value: Any, flow: bool) -> None:
    tree = read("a.yml", yaml.serialize(node_of(value, flow), Dumper=yaml.dumper.BaseDumper, allow_unicode=True).encode())
    assert not tree.problems
    assert tree.values == value


def node_of(value: Any, flow: bool) -> yaml.Node:
    """A value as YAML's nodes: for the plain dumper all texts are alike, and no quotes say what is a text."""
    if isinstance(value, str):
        return yaml.ScalarNode("tag:yaml.org,2002:str", value)
    if isinstance(value, list):
        return yaml.SequenceNode("tag:yaml.org,2002:seq", [node_of(item, flow) for item in value], flow_style=flow)
    pairs = [(node_of(key, flow), node_of(item, flow)) for key, item in value.items()]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=flow)


@pytest.mark.parametrize("text", ["no", "NO", "on", "0123", "1.10", "0x10", "1_000", "2024-06-06", "12:30:00", "null", "~"])
def test_nothing_is_more_than_its_text(text: str) -> None:
    assert read("a.yml", f"{text}: [{text}]\n".encode()).values == {text: [text]}


def test_every_value_and_key_has_its_place() -> None:
    tree = read("a.yml", b"\xef\xbb\xbfa:\n  - b: {c: d}\n    e:\n")
    places = {path: tuple(place) for path, place in tree.places.items()}
    assert places == {
        (): (1, 1),
        ("a",): (2, 3),
        ("a", 0): (2, 5),
        ("a", 0, "b"): (2, 8),
        ("a", 0, "b", "c"): (2, 12),
        ("a", 0, "e"): (3, 7),
    }
    assert {path: tuple(place) for path, place in tree.keys.items()} == {
        ("a",): (1, 1), ("a", 0, "b"): (2, 5), ("a", 0, "b", "c"): (2, 9), ("a", 0, "e"): (3, 5)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("actors.yml", "kind: complainant", "kind: authority", 'found "authority", which is no actor_kind'),
        ("authorities.yml", "    short_name: DPC", "    short_name: DPC\n    kind: court", 'found "court", which is no actor_kind'),
        (PLAN, "basis: set", "basis: reckoned", 'found "reckoned", which is no basis'),
        (PLAN, "    complaints: [nl-noyb]", "    complaints: []", "found an empty list"),
        (PLAN, "role: lead", "role: receiving", 'found "receiving", which is no role'),
    ],
)
def test_a_word_that_cannot_stand_here(data: Path, file: str, old: str, new: str, message: str) -> None:
    """Reckoned days and some roles are made by the build, authorities stand in their own file, no complaint is not every one."""
    change(data / file, (old, new))
    done = CliRunner().invoke(cases, ["check", "data", "--released", "2026-11-24"])
    assert done.exit_code == 1
    assert message in done.stderr.splitlines()[0]


def test_a_decision_speaks_in_the_form_of_one(data: Path) -> None:
    """Left out, the form of a decision's words is `decision`; any other act has to say in which form it spoke."""
    change(data / PLAN, ("    outcome: infringement", "    says: {subject: plan-2024, answers: {lawful: no}}\n    outcome: infringement"))
    found = read_case(data / PLAN, "data/cases/plan.yml", read_library(data, "data"), load(), RELEASED)
    assert found.case and [str(problem) for problem in found.problems] == []
    assert next(entry.says.form for entry in found.case.entries or () if entry.id == "decides" and entry.says) == "decision"
    change(data / PLAN, ("act: decision", "act: measure"))
    again = read_case(data / PLAN, "data/cases/plan.yml", read_library(data, "data"), load(), RELEASED)
    assert ['found no key "form"' in str(problem) for problem in again.problems] == [True]
