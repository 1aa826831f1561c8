"""A problem is a value with an address: where, what was found, what to do. `KINDS` is the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

KINDS: dict[str, str] = {
    # the file as such
    "not-readable": "The file or folder cannot be read, or is not there.",
    "not-utf-8": "The file is not UTF-8 text.",
    "not-yaml": "The file is not YAML text.",
    "duplicate-key": "A key stands twice in one map.",
    "anchor-or-tag": "Anchors, aliases and tags are not used: everything stands where it is read.",
    "unexpected-file": "A file that is not part of a tracker's data.",
    "file-name": "A case file's name is not its id.",
    "reserved-id": "The id is an address of the site.",
    # keys and values
    "unknown-key": "A key that the record does not have.",
    "missing-key": "A key that has to be there.",
    "empty-value": "A key with nothing after it.",
    "not-a-text": "A list or map where a text belongs.",
    "not-a-list": "A single value where a list belongs.",
    "not-a-map": "Something else where a map of keys and values belongs.",
    "bad-id": "An id in a form that cannot be an address.",
    "bad-date": "Not a day, month, year or interval.",
    "interval-backwards": "An interval whose last day is not after its first.",
    "date-in-future": "Something said to have happened after the day of the release.",
    "bad-number": "Not a number in the form asked for.",
    "bad-flag": "Neither yes nor no.",
    "bad-country": "Not an ISO 3166-1 code.",
    "bad-language": "Not an ISO 639 code.",
    "bad-url": "Not a web address.",
    "unknown-publisher": "The host of a source has no publisher.",
    "unknown-word": "Not a word of the closed list.",
    "unknown-id": "The id of nothing that is known.",
    "unknown-question": "An answer to a question that the case's regime does not ask.",
    "unknown-subject": "Words about a subject that the case does not have.",
    "unknown-status": "A status that the case's regime does not have.",
    "quote-too-long": "A quote of more than 25 words, or of 1,000 letters.",
    "text-too-long": "A text of more than 10,000 letters.",
    "no-source": "An assertion without a document that says it.",
    "listed-twice": "The same thing twice in one list.",
    # records
    "duplicate-id": "Two things under one id.",
    "nothing-happens": "An entry with neither act nor words.",
    "needs-act": "An outcome, scope, measure, fine or decision state on an entry that only speaks.",
    "nobody-asked": "A complaint with neither authority nor country, or with both.",
    "no-currency": "An amount without its currency.",
    "ends-nothing": "Answers to end, without the entries that gave them.",
    "quote-without-language": "A quote that does not say its language.",
    "translation-without-quote": "A language, translation or translator without a quote.",
    "subject-missing": "Answers that do not say about which of several subjects they are.",
    "last-day-without-basis": "A last day that does not say where it comes from.",
    "no-last-day": "A deadline with neither a last day nor a rule.",
    "unknown-rule": "A rule that is no time limit known here.",
    "rule-without-period": "A rule of which the law gives no number, so that nothing can be reckoned.",
    "needs-rule": "A start, an extension or a stop without a rule that reckons with it.",
    "no-trigger": "A rule without what starts its period.",
    "two-triggers": "A rule with two things that start its period.",
    "starts-with-retracted": "A rule whose period starts with an entry that is retracted.",
    "no-extension": "An extension that the rule does not know.",
    "no-calendar": "A rule for somebody of whose place no calendar is known.",
    "not-reckonable": "A last day that cannot be reckoned, such as one outside the years of its calendar.",
    "measure-backwards": "Something that ends before it begins.",
    "note-missing": "An uncertain or inferred entry that does not say why.",
    # the case as a whole
    "two-answers": "Two different answers of one actor to one question about one subject on one day.",
    "act-before-complaint": "An act on a complaint before that complaint was lodged.",
    "wrong-authority": "A complaint that is neither lodged with the authority nor handled by it.",
    "refers-forward": "Something that refers to what came only later.",
    "not-a-decision": "A decision state of something that is no decision.",
    "no-such-measure": "The state of a measure that its decision does not order, or of measures that are in none.",
    "unused-source": "Details of a document that nothing cites.",
    "out-of-order": "Entries, complaints or deadlines that are not in order of day.",
    "two-leads": "Two lead authorities at one time.",
    "objection-by-lead": "An objection of the lead authority to its own draft.",
}
"""Kind → what it means. Each has its example, with the exact message, in docs/problems.md."""


BRIEF = 60


def brief(text: str) -> str:
    """A foreign text as it is quoted in a message: on one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= BRIEF else line[: BRIEF - 3] + "..."


def shown(line: str) -> str:
    """A line as it is printed: what a terminal would obey, or nobody would see, is written out."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape", "surrogatepass").decode() for one in line)


@dataclass(frozen=True, order=True)
class Problem:
    """`path:line:column: where: found; todo`, on one line. Line and column count from 1."""

    path: str
    line: int
    column: int
    where: str
    kind: str
    found: str
    todo: str

    def __post_init__(self) -> None:
        assert self.kind in KINDS, self.kind

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        said = " ".join(f"{where}{self.found}; {self.todo}".split())
        return shown(f"{self.path}:{self.line}:{self.column}: {said}")


class DataProblems(Exception):
    """The data cannot be built. `problems`: all of them, in order of file, line and column."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
