"""A fact, asked for at a terminal or given by options, into its place in a case file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any, Callable, Mapping, Optional

import click
import yaml

from ..model.case import Entry, Says
from ..model.fields import suggestion
from ..source.read import context_of, read_library, read_tree
from ..source.tree import Tree, lists
from ..vocabulary import ACT, FORM, Regime
from . import rules
from .ask import Question, Refused, asked, given
from .newcomers import Newcomers, meanings
from .place import with_entry
from .tracker import EditorError, Tracker
from .write import Change, require_sound, write

NEEDED = ("date", "by", "summary", "source")
"""What is asked for at least; and `act` or `form`."""
WORDS = ("quote", "language", "translation", "subject", "answer", "form")
"""Options that belong to what was said."""


@dataclass
class Adding:
    """A fact on its way: `options` as they were given, `answers` as they are understood."""

    tracker: Tracker
    case_id: str
    options: Mapping[str, Any]
    regimes: Mapping[str, Regime]
    released: date
    people: Newcomers
    tree: Tree
    answers: dict[str, Any] = field(default_factory=dict)

    @property
    def asking(self) -> bool:
        """Whether something that is needed was not given, so that there are questions."""
        return not all(map(self.has, NEEDED)) or not (self.has("act") or self.has("form"))

    @property
    def regime(self) -> Regime:
        return self.regimes[self.tree.values["regime"]]

    def has(self, key: str) -> bool:
        """Whether an option was given, be it empty."""
        return self.options.get(key) not in (None, ())

    def answer(self, question: Question) -> Any:
        """The answer that was given, or is given now. Nobody is asked for the rest where all that is needed was given."""
        if self.has(question.key):
            answer = given(question, self.options[question.key])
        elif self.asking:
            answer = asked(question)
        else:
            answer = None if question.optional else given(question, question.default)
        self.answers[question.key] = answer
        return answer

    def all(self) -> None:
        """All answers, in the order in which one tells it."""
        context = self.people.context()
        if self.asking:
            click.echo("? shows what can be answered. Ctrl-C stops, and nothing is written.")

        def one(key: str, label: str, words: Optional[Mapping[str, str]] = None, **more: Any) -> Any:
            return self.answer(Question(key, label, rules.text(Entry, context, key), words or {}, **more))

        one("date", "Date (2024-06-06; 2024-06 or 2024 if no more is known; or 2024-06-06/2024-06-14)")
        self.answer(
            Question(
                "by",
                "Who did or said it (? for the list; or a country as DE, if no more is known)",
                self.people.who(Entry, "by"),
                self.people.words(),
            )
        )
        one("act", "What was done (? for the list; Enter: only words)", meanings(ACT), optional=True)
        self._words()
        one("summary", "Summary, in one or two sentences of your own")
        if self.answers["act"] and set(self.answers["by"]) & set(self.people.library.authority_ids or ()):
            one(
                "status", "Where the procedure stands now (? for the list; Enter: not known)", meanings(self.regime.statuses), optional=True
            )
        self._only_by_option(context)
        sources = self.people.sources(Entry)
        self.answer(Question("source", "Address of the document that says so (several: with a space between)", sources))
        self.answer(Question("id", "Id, its anchor on the page", self._new_id, default=self._suggested_id()))
        for key in self.options:
            if self.has(key) and key not in self.answers:
                raise EditorError(f"--{key}: found nothing here that it could belong to; leave it out. Nothing was written")

    def _words(self) -> None:
        """What was said, where there are words."""

        def says(key: str) -> Callable[[str], str]:
            return rules.text(Says, self.people.context(), key)

        decision = self.answers["act"] == "decision"
        spoken = any(map(self.has, WORDS))
        optional = bool(self.answers["act"]) and not (spoken and not decision)
        label = "Form of the words (? for the list" + ("; Enter: none)" if optional else ")")
        form = self.answer(Question("form", label, says("form"), meanings(FORM), optional=optional))
        if not form and not (decision and spoken):
            return
        if self.answer(Question("quote", "The exact words, at most 25 (Enter: none)", says("quote"), optional=True)):
            if self.answer(Question("language", "Their language, such as en or nl", says("language"))) != "en":
                self.answer(Question("translation", "In English (Enter: none)", says("translation"), optional=True))
        elif self.has("language") or self.has("translation"):
            raise EditorError(
                "--quote: found a language or translation without a quote; give the quote, or leave them out. Nothing was written"
            )
        subjects = {item["id"]: item["title"] for _, item in lists(self.tree.values, "subjects")}
        if subjects or self.has("subject"):
            self.answer(
                Question(
                    "subject", "What the words are about (? for the list; Enter: none of these)", says("subject"), subjects, optional=True
                )
            )
        self._answers()

    def _answers(self) -> None:
        """Answers to the regime's questions, only where the words give them."""
        if self.has("answer"):
            self.answer(Question("answer", "", self._read_answers))
            return
        found = {}
        for question in self.regime.questions if self.asking else ():
            words = {word.value: word.label for word in question.answers}
            label = f"{question.label} (? for the answers; Enter: the words do not say)"
            answer = asked(Question("answer", label, self._answer_to(question.id), words, optional=True))
            if answer:
                found[question.id] = answer
        self.answers["answer"] = found or None

    def _answer_to(self, question: str) -> Callable[[str], str]:
        def read(answer: str) -> str:
            rules.require(Says, self.people.context(), answers={question: answer})
            return answer

        return read

    def _read_answers(self, text: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for pair in text.split():
            question, sign, answer = pair.partition("=")
            if not sign:
                raise Refused(f'found "{pair}"; write a question and its answer, such as lawful=no')
            found[question] = self._answer_to(question)(answer)
        return found

    def _only_by_option(self, context: Any) -> None:
        """What is seldom there is not asked for."""
        everybody, complaints = self.people.words(), {item["id"]: "" for _, item in lists(self.tree.values, "complaints")}
        readers: dict[str, Callable[[str], Any]] = {
            "to": self.people.reader(Entry, "to"),
            "complaint": lambda text: text if text == "all" else rules.listed(Entry, context, "complaints")(text),
            **{
                key: rules.text(Entry, context, key)
                for key in ("published", "status", "outcome", "scope", "confidence", "note", "reference")
            },
        }
        for key, read in readers.items():
            if self.has(key) and key not in self.answers:
                self.answer(Question(key, key, read, {"to": everybody, "complaint": complaints}.get(key, {}), optional=True))

    def _new_id(self, text: str) -> str:
        rules.require(Entry, self.people.context(), id=text)
        if text in self._ids():
            raise Refused(f'found "{text}", which is the id of something in this case already; write another')
        return text

    def _ids(self) -> set[str]:
        return {str(item.get("id")) for name in ("complaints", "entries", "deadlines") for _, item in lists(self.tree.values, name)}

    def _suggested_id(self) -> str:
        """Who and what, and a number where that is taken."""
        by = self.answers["by"]
        plain = "-".join([by["country"] if isinstance(by, dict) else by[0], self.answers["act"] or self.answers.get("form") or "word"])
        name = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
        names = (name if number == 1 else f"{name}-{number}" for number in count(1))
        return next(found for found in names if found not in self._ids())

    def entry(self) -> dict[str, Any]:
        """The record, as far as there are answers."""
        plain = {key: value for key, value in self.answers.items() if value and key not in WORDS}
        says = {key: self.answers[key] for key in WORDS if self.answers.get(key)}
        if "answer" in says:
            says["answers"] = says.pop("answer")
        for option, key in (("source", "sources"), ("complaint", "complaints")):
            if option in plain:
                plain[key] = plain.pop(option)
        if isinstance(plain.get("by"), list) and len(plain["by"]) == 1:
            plain["by"] = plain["by"][0]
        return {**plain, **({"says": says} if says else {})}


def begin(tracker: Tracker, case_id: str, options: Mapping[str, Any], regimes: Mapping[str, Regime], released: date) -> Adding:
    """Read what is there. EditorError: no such case. DataProblems: what is there does not pass the check."""
    path = tracker.case(case_id)
    if not path.is_file():
        known = [path.stem for path in sorted(tracker.cases.glob("*.yml"))]
        raise EditorError(
            f"{path}: found no such case; {suggestion(case_id, known, f'begin it: datasette cases new-case {case_id}')}. Nothing was written"
        )
    require_sound(tracker, [], regimes, released)
    library, tree = read_library(tracker.data, str(tracker.data)), read_tree(path, str(path))
    people = Newcomers(tracker, library, True, context_of(tree, library, regimes, regimes.get(tree.values["regime"]), released))
    adding = Adding(tracker, case_id, options, regimes, released, people, tree)
    people.asking = adding.asking
    return adding


def finish(adding: Adding, confirm: Callable[[str], bool]) -> list[Change]:
    """Write it, once `confirm` has seen the difference: the changes made, none where it said no.

    DataProblems: the folder would not pass the check. Nothing is written then.
    """
    path = adding.tracker.case(adding.case_id)
    while True:
        try:
            before = path.read_bytes()
            changes = [*adding.people.changes(), Change(path, before, with_entry(before.decode("utf-8-sig"), adding.entry()))]
        except (OSError, ValueError, LookupError, yaml.YAMLError) as error:
            require_sound(adding.tracker, [], adding.regimes, adding.released)  # says what somebody else made of it meanwhile
            raise EditorError(f"{path}: cannot be read any more ({error}). Nothing was written") from None
        require_sound(adding.tracker, changes, adding.regimes, adding.released)
        if not confirm("".join(change.diff() for change in changes)):
            return []
        if write(adding.tracker, changes):
            return changes
        click.echo("Somebody else changed a file meanwhile; here is the difference to what stands there now.", err=True)
