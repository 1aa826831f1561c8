"""The editor's commands: what they write, what they refuse, and that an interruption changes nothing."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Iterator

import pytest
from click.testing import CliRunner, Result

from datasette_cases.editor.commands import cases
from datasette_cases.editor.place import with_entry
from datasette_cases.model.case import Case
from datasette_cases.source import format as form

from .site import ROOT, built

pytestmark = pytest.mark.once

DAY = ("--released", "2026-11-24")
FACT = (
    "--date",
    "2024-02-10",
    "--by",
    "example-authority",
    "--act",
    "closure",
    "--summary",
    "Closes it.",
    "--source",
    "https://example.org/c",
)


def run(*arguments: Any, says: str = "") -> Result:
    return CliRunner().invoke(cases, [*map(str, arguments)], input=says)


def files(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    assert run("init", tmp_path / "tracker").exit_code == 0
    return tmp_path / "tracker"


def add(tracker: Path, *arguments: str, says: str = "") -> Result:
    return run("add", "example", "--in", tracker, *DAY, *arguments, says=says)


# --- init -------------------------------------------------------------------------------------------------------------


def test_a_new_tracker_can_be_checked_and_built_at_once(tracker: Path) -> None:
    assert sorted(files(tracker)) == [
        "README.md", "data/actors.yml", "data/authorities.yml", "data/cases/example.yml", "data/publishers.yml", "metadata.yml",
    ]  # fmt: skip
    assert run("check", tracker / "data", *DAY).output == f"{tracker / 'data'}: 1 case, no problems\n"
    assert run("format", "--check", tracker / "data").exit_code == 0
    assert built(tracker / "data", tracker / "cases.db").is_file()


def test_a_new_tracker_invents_nothing_about_anybody(tracker: Path) -> None:
    """Names say that they are examples, and every address is one of example.org."""
    for name, content in files(tracker / "data").items():
        text = content.decode()
        for line in text.splitlines():
            if "https://" in line:
                assert "https://example.org/" in line, name
            if line.strip().startswith(("name:", "title:")):
                assert "xample" in line, name


def test_init_names_what_is_in_the_way(tracker: Path, tmp_path: Path) -> None:
    before = files(tracker)
    done = run("init", tracker)
    assert done.exit_code == 1
    assert done.output == (
        f"{tracker}: the folder is not empty, found README.md, data, metadata.yml; name an empty or new folder. Nothing was written\n"
    )
    assert files(tracker) == before
    done = run("init", tracker / "README.md")
    assert done.exit_code == 1 and "found a file; name an empty or new folder" in done.output
    (tmp_path / "clone" / ".git").mkdir(parents=True)
    assert run("init", tmp_path / "clone").exit_code == 0


# --- new-case ---------------------------------------------------------------------------------------------------------

NEW = ("--title", "Acme: a case", "--summary", "It is said to be so.", "--regime", "gdpr", "--respondent", "example-company")


def test_a_new_case_passes_the_check_and_explains_every_key(tracker: Path) -> None:
    done = run("new-case", "acme-2024", "--in", tracker, *NEW, *DAY)
    assert done.exit_code == 0, done.output
    text = (tracker / "data" / "cases" / "acme-2024.yml").read_text()
    assert 'title: "Acme: a case"\n' in text
    assert all(f"\n# {name}: " in text or f"\n{name}: " in text for name in Case.model_fields)
    assert max(map(len, text.splitlines())) <= form.WIDTH
    assert form.canonical(text, Case) == text
    assert run("check", tracker / "data", *DAY).exit_code == 0


def test_a_new_case_is_asked_for(tracker: Path) -> None:
    """What cannot stand is refused with what to do, and asked for again; who is not known can be added."""
    answers = ["", "Acme", "It is said.", "gdp", "", "exmple-company", "n", "acme", "y", "?", "boss", "respondent", "Acme Inc."]
    done = run("new-case", "acme-2024", "--in", tracker, *DAY, says="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    for said in (
        "found nothing; write an answer",
        'found "gdp", which is no known regime; did you mean gdpr?',
        'found "exmple-company", which is no known actor; did you mean example-company',
        'found "boss", which is no actor_kind; use one of board, complainant, court, other, respondent',
        "respondent   The one complained of.",
    ):
        assert said in done.output
    assert "respondents: [acme]" in (tracker / "data" / "cases" / "acme-2024.yml").read_text()
    assert (
        "  - id: acme\n    kind: respondent\n    name: Acme Inc.\n  - id: example-company\n"
        in (tracker / "data" / "actors.yml").read_text()
    )


@pytest.mark.parametrize(
    ("case_id", "said"),
    [
        ("example", "example.yml: this case is there already; choose another id, or add to it: datasette cases add example"),
        ("My Case", 'found "My Case"; write lower-case letters a-z and digits, joined by single hyphens'),
        ("../case", 'found "../case"; write lower-case letters a-z and digits, joined by single hyphens'),
        ("about", 'found "about", which is an address of the site; choose another id'),
    ],
)
def test_an_id_that_cannot_be_a_new_case(tracker: Path, case_id: str, said: str) -> None:
    before = files(tracker)
    done = run("new-case", case_id, "--in", tracker, *NEW, *DAY)
    assert done.exit_code == 1
    assert said in done.output
    assert files(tracker) == before


def test_a_folder_without_a_tracker(tmp_path: Path) -> None:
    done = run("new-case", "x", "--in", tmp_path, *NEW)
    assert done.exit_code == 1
    assert "found no tracker here; name the folder that holds data/authorities.yml" in done.output


# --- add --------------------------------------------------------------------------------------------------------------


def test_a_fact_without_questions(tracker: Path) -> None:
    before = (tracker / "data" / "cases" / "example.yml").read_text()
    done = add(tracker, *FACT, "--status", "discontinued", "--complaint", "first-complaint", "--note", "No reason is given.")
    assert done.exit_code == 0, done.output
    entry = """  - id: example-authority-closure
    date: 2024-02-10
    by: example-authority
    act: closure
    summary: Closes it.
    complaints: [first-complaint]
    status: discontinued
    note: No reason is given.
    sources: [https://example.org/c]
"""
    place = before.index("  # Words, with the answers")
    assert (tracker / "data" / "cases" / "example.yml").read_text() == before[:place] + entry + before[place:]
    assert "".join(f"+{line}\n" for line in entry.splitlines()) in done.output
    assert run("check", tracker / "data", *DAY).exit_code == 0


def test_words_of_somebody_new_on_a_new_site(tracker: Path) -> None:
    done = add(
        tracker, "--date", "2024-04", "--by", "court", "--actor", "court", "court", "A court", "--form", "judgment", "--quote", "Het: nee",
        "--language", "nl", "--translation", "It: no", "--answer", "lawful=no", "--summary", "Says no: it is #1.",
        "--source", "https://court.example.com/a,b", "--publisher", "court.example.com", "court", "The court", "--id", "no-said",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    text = (tracker / "data" / "cases" / "example.yml").read_text()
    assert text.endswith("""  - id: no-said
    date: 2024-04
    by: court
    summary: "Says no: it is #1."
    says:
      quote: "Het: nee"
      language: nl
      translation: "It: no"
      form: judgment
      answers: {lawful: no}
    sources:
      - https://court.example.com/a,b
""")
    assert "  - id: court\n    kind: court\n    name: A court\n" in (tracker / "data" / "actors.yml").read_text()
    assert "  - host: court.example.com\n    name: The court\n    kind: court\n" in (tracker / "data" / "publishers.yml").read_text()


def test_a_fact_that_is_asked_for(tracker: Path) -> None:
    """Every answer is checked at once by the rules of the data, and asked for again."""
    answers = [
        "2024-02-30", "2024-02-20", "example-autority", "n", "example-authority", "", "", "pres-statement", "press-statement", "word " * 26, "Nee.",
        "dutch", "nl", "No.", "perhaps", "no", "", "", "", "", "Says no.", "example.org/x", "https://new.example.org/x", "y", "New", "press",
        "authority-asks", "authority-says-no", "y",
    ]  # fmt: skip
    done = add(tracker, says="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    for said in (
        'found "2024-02-30": that month has no day 30; write 2024-06-06, 2024-06, 2024 or',
        'found "example-autority", which is no known actor; did you mean example-authority',
        "found nothing; write an answer, or ? to see which there are",
        'found "pres-statement", which is no form; did you mean press-statement',
        "found a quote of 26 words; keep it to 25",
        'found "dutch"; write the ISO 639 code of the language',
        'found "perhaps", which is no answer; use one of',
        'found "example.org/x"; write the whole address',
        "The host new.example.org has no publisher yet.",
        'found "authority-asks", which is the id of something in this case already',
    ):
        assert said in done.output
    assert "  - host: new.example.org\n    name: New\n    kind: press\n" in (tracker / "data" / "publishers.yml").read_text()
    assert "answers: {lawful: no}" in (tracker / "data" / "cases" / "example.yml").read_text()
    assert run("check", tracker / "data", *DAY).exit_code == 0
    assert run("format", "--check", tracker / "data").exit_code == 0


def test_an_unnamed_authority_of_a_country(tracker: Path) -> None:
    assert add(tracker, *(word if word != "example-authority" else "DE" for word in FACT)).exit_code == 0
    assert "  - id: de-closure\n    date: 2024-02-10\n    by: {country: DE}\n" in (tracker / "data" / "cases" / "example.yml").read_text()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (("--date", "yesterday"), '--date: found "yesterday": not a day, month or year; write 2024-06-06'),
        (("--date", "2030-01-01"), '--date: found "2030-01-01"; mend the year or day'),
        (("--by", "nobody"), '--by: found "nobody", which is no known actor; use one of'),
        (("--act", "closing"), '--act: found "closing", which is no act'),
        (("--source", "https://unknown.example/x"), "--source: found the host unknown.example, which has no publisher"),
        (("--status", "done"), '--status: found "done", which is no known status'),
        (("--answer", "lawful", "--form", "letter"), '--answer: found "lawful"; write a question and its answer, such as lawful=no'),
        (("--answer", "fair=no", "--form", "letter"), '--answer: found "fair", which is no known question'),
        (("--language", "nl", "--form", "letter"), "--quote: found a language or translation without a quote"),
        (("--answer", "lawful=no"), "--form: found nothing; write an answer"),
        (
            ("--form", "letter", "--quote", "No.", "--language", "en", "--translation", "No."),
            "--translation: found nothing here that it could",
        ),
        (("--confidence", "uncertain"), 'found "uncertain" without a note'),
        (("--complaint", "first-complaint", "--date", "2023-01-01"), "example.yml:"),
        (("--id", "authority-asks"), '--id: found "authority-asks", which is the id of something in this case already'),
        (("--summary", ""), "--summary: found nothing; write an answer"),
        (("--note", " "), "--note: found nothing; write it, or leave the option out"),
        (("--note", "a\x07b"), "--note: found the character \\x07, which is not part of a text"),
        (("--actor", "Bad Id", "other", "X"), '--actor, --publisher: found "Bad Id"'),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_is_written(tracker: Path, changes: tuple[str, ...], said: str) -> None:
    before = files(tracker)
    options = list(FACT)
    for key in changes[::2]:
        if key in options:
            del options[options.index(key) : options.index(key) + 2]
    done = add(tracker, *options, *changes)
    assert done.exit_code == 1, done.output
    assert said in done.output
    assert files(tracker) == before


def test_a_folder_with_problems_is_mended_first(tracker: Path) -> None:
    path = tracker / "data" / "actors.yml"
    path.write_text(path.read_text().replace("kind: respondent", "kind: boss"))
    before = files(tracker)
    done = add(tracker)
    assert done.exit_code == 1
    assert f'{path}:4:11: actors.example-company.kind: found "boss"' in done.output
    assert files(tracker) == before


def test_a_case_that_is_not_there(tracker: Path) -> None:
    done = run("add", "exmple", "--in", tracker, *FACT)
    assert done.exit_code == 1
    assert "exmple.yml: found no such case; did you mean example? If not, begin it: datasette cases new-case exmple" in done.output


def test_what_fails_only_as_a_whole_keeps_the_answers(tracker: Path) -> None:
    """Two answers on one day: nothing is written, and what was typed is shown."""
    before = files(tracker)
    answers = ["2024-03", "example-authority", "", "press-statement", "", "yes", "", "", "", "Says yes.", "https://example.org/y", ""]
    done = add(tracker, says="\n".join(answers) + "\n")
    assert done.exit_code == 1
    assert f"{tracker / 'data' / 'cases' / 'example.yml'}:" in done.output
    assert 'found "yes" of example-authority on 2024-03-31' in done.output
    assert "Your answers, so that they are not lost:" in done.output and '"Says yes."' in done.output
    assert files(tracker) == before


def test_saying_no_writes_nothing(tracker: Path) -> None:
    before = files(tracker)
    answers = ["2024-04", "example-authority", "closure", "", "Ends it.", "", "https://example.org/y", "", "n"]
    done = add(tracker, says="\n".join(answers) + "\n")
    assert done.exit_code == 0 and done.output.endswith("Nothing was written\n")
    assert files(tracker) == before


def test_what_somebody_else_changed_meanwhile_stays(tracker: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between question and answer an editor saves the file: it is read again, and both changes are there."""
    path = tracker / "data" / "cases" / "example.yml"
    asked = 0

    def confirm(*arguments: Any, **options: Any) -> bool:
        nonlocal asked
        asked += 1
        if asked == 1:
            path.write_text(path.read_text().replace("Asks the company", "Asked the company"))
        return True

    monkeypatch.setattr("click.confirm", confirm)
    answers = ["2024-04", "example-authority", "closure", "", "Ends it.", "", "https://example.org/y", ""]
    done = add(tracker, says="\n".join(answers) + "\n")
    assert done.exit_code == 0 and asked == 2, done.output
    assert "Asked the company" in path.read_text() and "Ends it." in path.read_text()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("cases/example.yml", "id: [", "cases/example.yml:1:6: found <stream end>"),
        ("cases/example.yml", None, "cases/example.yml: cannot be read any more"),
        ("publishers.yml", "publishers: [", "publishers.yml:1:14: found <stream end>"),
    ],
)
def test_what_somebody_else_broke_meanwhile(tracker: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, said: str) -> None:
    """It is reported, nothing is written over it, and the answers are not lost."""
    path = tracker / "data" / name

    def confirm(question: str, **options: Any) -> bool:
        if text is None:
            path.unlink()
        elif question == "Write this?":
            path.write_text(text)
        return True

    monkeypatch.setattr("click.confirm", confirm)
    answers = ["2024-04", "example-authority", "closure", "", "Ends it.", "", "https://new.example.org/y", "New", "press", ""]
    done = add(tracker, says="\n".join(answers) + "\n")
    assert done.exit_code == 1
    assert said in done.output and '"Ends it."' in done.output
    assert path.read_text() == text if text else not path.exists()


def test_an_answer_that_is_not_text(tracker: Path) -> None:
    before = files(tracker)
    done = CliRunner().invoke(cases, ["add", "example", "--in", str(tracker), *DAY], input=b"2024-04\n\xff\n")
    assert done.exit_code == 1, done.output
    assert "found an answer that is not UTF-8 text" in done.output
    assert files(tracker) == before


def test_several_at_once(tracker: Path) -> None:
    """Each of them reads, checks and writes; none overwrites another's fact."""
    command = [sys.executable, "-m", "datasette", "cases", "add", "example", "--in", str(tracker), *DAY, *FACT]
    started = [subprocess.Popen([*command, "--id", f"fact-{number}"], stdout=subprocess.DEVNULL) for number in range(4)]
    assert [process.wait(timeout=120) for process in started] == [0] * 4
    text = (tracker / "data" / "cases" / "example.yml").read_text()
    assert all(text.count(f"- id: fact-{number}\n") == 1 for number in range(4))
    assert run("check", tracker / "data", *DAY).exit_code == 0


def test_a_file_in_any_layout(tracker: Path) -> None:
    """With a mark at its beginning, in Windows' lines and as one map in brackets: it is in canonical form afterwards."""
    import json

    import yaml

    path = tracker / "data" / "cases" / "example.yml"
    values = yaml.load(path.read_text(), yaml.BaseLoader)
    path.write_bytes(("\ufeff" + json.dumps(values, indent=1)).replace("\n", "\r\n").encode())
    assert add(tracker, *FACT).exit_code == 0
    assert [entry["id"] for entry in yaml.load(path.read_text(), yaml.BaseLoader)["entries"]] == [
        "authority-asks", "example-authority-closure", "authority-doubts",
    ]  # fmt: skip
    assert run("format", "--check", tracker / "data").exit_code == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to(tracker: Path) -> None:
    before = files(tracker)
    (tracker / "data" / "cases").chmod(0o500)
    done = add(tracker, *FACT)
    (tracker / "data" / "cases").chmod(0o700)
    assert done.exit_code == 1 and "cannot be written (Permission denied); it stays as it was" in done.output
    assert files(tracker) == before


@pytest.mark.parametrize("number", (0, 40, -1))
def test_an_entry_of_the_real_case_comes_back_into_its_place(number: int) -> None:
    """Taken out and put in again, in canonical form and with every comment: the file is what it was."""
    import yaml

    text = (ROOT / "data" / "cases" / "meta-ai-training-2024.yml").read_text()
    entry = yaml.load(text, yaml.BaseLoader)["entries"][number]
    lines = text.splitlines(keepends=True)
    start = lines.index(f"  - id: {entry['id']}\n")
    end = start + 1
    while lines[end].startswith("    "):
        end += 1
    again = with_entry("".join(lines[:start] + lines[end:]), entry)
    assert sorted(again.splitlines()) == sorted(text.splitlines())
    assert form.canonical(again, Case) == again


# --- at a terminal ----------------------------------------------------------------------------------------------------


class Terminal:
    """`datasette cases` at a terminal of its own."""

    def __init__(self, *arguments: Any) -> None:
        self.handle, theirs = pty.openpty()
        self.said = ""
        command = [sys.executable, "-m", "datasette", "cases", *map(str, arguments)]
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, preexec_fn=_own_terminal
        )
        os.close(theirs)

    def until(self, words: str, typing: str = "") -> None:
        """Read until words have been said since the last time; `typing`: what to type again as long as nothing is said."""
        end = time.monotonic() + 60
        again = time.monotonic() + 3
        while words not in self.said:
            assert time.monotonic() < end, self.said
            if typing and time.monotonic() > again and "\n" not in self.said:
                os.write(self.handle, typing.encode())
                again = time.monotonic() + 3
            if select.select([self.handle], [], [], 0.2)[0]:
                try:
                    self.said += os.read(self.handle, 4096).decode()
                except OSError:
                    raise AssertionError(self.said) from None
        self.said = self.said.partition(words)[2]

    def type(self, text: str) -> None:
        """Type when the program waits for it: Python overlooks a Ctrl-C between a prompt and the wait for an answer."""
        end = time.monotonic() + 30
        state = Path(f"/proc/{self.process.pid}/stat")
        while state.exists() and state.read_text().rpartition(")")[2].split()[0] != "S":  # not asleep yet
            assert time.monotonic() < end, self.said
            time.sleep(0.01)
        os.write(self.handle, text.encode())

    def end(self) -> int:
        try:
            while os.read(self.handle, 4096):
                pass
        except OSError:
            pass
        os.close(self.handle)
        return self.process.wait(timeout=30)


def _own_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def at_the_end(tracker: Path) -> Iterator[Terminal]:
    """A terminal at which a fact was told, up to the last question."""
    terminal = Terminal("add", "example", "--in", tracker, *DAY)
    terminal.until("Date")
    terminal.type("2024-04-01\n")
    terminal.until("Who")
    terminal.type("example-au\t\n")  # the tabulator key completes it
    terminal.until("What was done")
    terminal.type("closure\n")
    terminal.until("Form")
    terminal.type("\n")
    terminal.until("Summary")
    terminal.type("Closes it.\n")
    terminal.until("procedure")
    terminal.type("\n")
    terminal.until("document")
    terminal.type("https://new.example.org/x\n")
    terminal.until("[Y/n]")
    terminal.type("\n")
    terminal.until("publisher")
    terminal.type("New\n")
    terminal.until("documents are")
    terminal.type("press\n")
    terminal.until("Id")
    terminal.type("\n")
    terminal.until("Write this?")
    yield terminal
    terminal.process.kill()
    terminal.process.wait()


def test_at_a_terminal(at_the_end: Terminal, tracker: Path) -> None:
    at_the_end.type("y\n")
    assert at_the_end.end() == 0
    assert "  - id: example-authority-closure\n" in (tracker / "data" / "cases" / "example.yml").read_text()


@pytest.mark.parametrize("how", ["Ctrl-C", "Ctrl-D", "kill"])
def test_an_interruption_leaves_everything_as_it_was(at_the_end: Terminal, tracker: Path, tmp_path: Path, how: str) -> None:
    run("init", tmp_path / "fresh")
    if how == "kill":
        at_the_end.process.send_signal(signal.SIGKILL)
    else:
        key = {"Ctrl-C": "\x03", "Ctrl-D": "\x04"}[how]
        at_the_end.type(key)
        at_the_end.until("Your answers, so that they are not lost", key)
        at_the_end.until("Stopped; nothing was written")
    assert at_the_end.end() == {"kill": -signal.SIGKILL}.get(how, 1)
    assert files(tracker) == files(tmp_path / "fresh")


def test_killed_in_the_middle_of_writing(tracker: Path) -> None:
    """The new text stands beside the old file when the process dies: the file is the old one, and the next one works."""
    code = """
import os, signal, sys
from pathlib import Path
import datasette_cases.editor.write
from datasette_cases.source import format as form
Path.replace = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
from datasette_cases.editor.commands import cases
cases(sys.argv[1:])
"""
    before = files(tracker)
    done = subprocess.run([sys.executable, "-c", code, "add", "example", "--in", str(tracker), *DAY, *FACT], capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    after = files(tracker)
    assert after.pop("data/cases/.example.yml.writing")
    assert after == before
    assert add(tracker, *FACT).exit_code == 0
    assert "data/cases/.example.yml.writing" not in files(tracker)
