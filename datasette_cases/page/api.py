"""What programs can ask for: each address with its formats, what may be asked of it, and the page it answers with.

One table, read by the OpenAPI document, by the page about it, and by the check that nothing else is asked. An operation of which
nothing is new but an address and a format is one line.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Optional

from ..query import cases as cases_query
from ..query.statements import DATE, RELEVANCE
from . import actor, actors, authorities, case, cases, changes, deadlines, follow_up, statements, vocabulary

MEDIA = {
    "json": "application/json",
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "atom": "application/atom+xml",
    "ics": "text/calendar",
    "svg": "image/svg+xml",
    "png": "image/png",
    "zip": "application/zip",
    "jsonl": "application/jsonl",
    "jsonld": "application/ld+json",
}
"""Format, as in the address → its media type."""

ID = r"^[a-z0-9-]+$"
YEAR, MONTH, CODE, COUNTRY = r"^[0-9]{4}$", r"^[0-9]{4}-(0[1-9]|1[0-2])$", r"^[a-z]{2,3}$", r"^[A-Z]{2}$"
RELEASE = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}|[1-9][0-9]{0,8})$"


class Parameter(NamedTuple):
    """`words`: one of this list of the vocabulary, or of `among`; `pattern`: a text of this form; `day`: a whole day; `number`: from 1 up to
    it, beside the words; `most`: characters. `example`: one that answers on any site."""

    name: str
    meaning: str
    words: Optional[str] = None
    among: tuple[str, ...] = ()
    pattern: Optional[str] = None
    day: bool = False
    number: Optional[int] = None
    required: bool = False
    example: Optional[str] = None
    most: Optional[int] = None


class Operation(NamedTuple):
    """`path`: with the names of its variables in braces, without the format. `answers`: what is written as JSON, null where that
    is no page. `elsewhere`: it may answer with another address."""

    id: str
    path: str
    formats: tuple[str, ...]
    summary: str
    answers: Optional[Any] = None
    parameters: tuple[Parameter, ...] = ()
    elsewhere: bool = False

    @property
    def names(self) -> frozenset[str]:
        """What may be asked."""
        return frozenset(parameter.name for parameter in self.parameters) | {LANG.name}


LANG = Parameter("_lang", "The language of labels and titles. Otherwise the request's Accept-Language decides; English stands in.")
"""Known to all; which languages there are is the site's."""
AS_OF = Parameter(
    "as_of", "The case as of this day: nothing is told that may have come later. Up to today.", day=True, example="2024-06-14"
)
AS_KNOWN = Parameter("as_known", "What this record said on this day: the release that was current then. Up to today.", day=True)
PAGED = (
    Parameter("_size", "How many there are on a page, or max.", among=("max",), number=1000, example="20"),
    Parameter("_next", "Go on after this token, the `next` of the page before."),
)
OF_CASE = Parameter("case", "Only of this case.", pattern=ID)
OF_ACTOR = Parameter("actor", "Only of this actor.", pattern=ID)
OF_AUTHORITY = Parameter("authority", "Only with this authority.", pattern=ID)
FROM, TO = Parameter("from", "From this day on.", day=True), Parameter("to", "Up to and with this day.", day=True)


def ordered(*columns: str, words: Optional[str] = None) -> tuple[Parameter, ...]:
    """In order of a column, the one way or the other."""
    return (
        Parameter("_sort", "In order of this column.", words, columns),
        Parameter("_sort_desc", "The other way round; one of the two at most.", words, columns),
    )


OF_CASES = (
    Parameter("q", "With all these words, the last of which may be a beginning.", most=200, example="data"),
    Parameter("regime", "Of this body of law.", "regime"),
    Parameter("respondent", "About this respondent.", pattern=ID),
    Parameter("topic", "Of this topic."),
    OF_AUTHORITY,
    Parameter("phase", "With a proceeding in this phase.", "phase"),
    Parameter("year", "Opened in this year.", pattern=YEAR, example="2024"),
    Parameter("view", "How the page shows them; the same in formats for programs.", among=("list", "board")),
    Parameter("least", "In how many cases an authority has to be for a row of the page's board.", pattern=r"^[1-9][0-9]{0,3}$"),
    *ordered(*cases_query.SORTS),
    *PAGED,
)
OF_AUTHORITIES = (
    Parameter("case", "What each answers in this case, and where its proceeding stands.", pattern=ID),
    Parameter("by", "What `holds` tells: `stance` needs a case.", among=authorities.BY, example="phase"),
)
OF_DEADLINES = (
    Parameter("group", "Due, passed with nothing known, or past.", among=deadlines.GROUPS),
    Parameter("actor", "Of this actor, who has to act or to whom it is owed.", pattern=ID),
    OF_CASE,
    Parameter("rule", "Reckoned by this time limit."),
    Parameter("month", "With a last day that can lie in this month.", pattern=MONTH),
    Parameter("kind", "Of this kind.", "deadline_kind"),
    *ordered("last_day"),
    *PAGED,
)
OF_STATEMENTS = (
    Parameter("q", "With all these words, accents or not; words in quotation marks stand in that order.", most=200, example="data"),
    OF_ACTOR,
    Parameter("kind", "By an actor of this kind.", "actor_kind"),
    OF_CASE,
    Parameter("question", "That answer this question.", "question"),
    Parameter("answer", "That give this answer.", "answer"),
    Parameter("form", "Of this form.", "form"),
    Parameter("language", "In this language.", pattern=CODE),
    Parameter("confidence", "Known with this confidence.", "confidence"),
    FROM,
    TO,
    Parameter("retracted", "What was retracted too.", among=("1",)),
    *ordered(DATE, RELEVANCE),
    *PAGED,
)
OF_CHANGES = (
    OF_CASE,
    Parameter("authority", "Of what this authority did or said.", pattern=ID),
    Parameter("kind", "Of this kind.", "change_kind"),
    Parameter("since", "Of the releases from this day, or from this number, on.", pattern=RELEASE),
    *PAGED,
)
OF_FEED = tuple(parameter for parameter in OF_CHANGES if parameter.name not in ("case", "authority"))
OF_BOARD = (AS_OF, AS_KNOWN, *ordered("country", "authority", "status", "since", "last_word", words="question"))
OF_TIMELINE = (AS_OF, AS_KNOWN, FROM, TO)
OF_ACTORS = (
    Parameter("kind", "Of this kind.", "actor_kind"),
    Parameter("country", "Of this country.", pattern=COUNTRY),
    *PAGED,
)
OF_FOLLOW_UP = (OF_CASE, Parameter("reason", "For this reason.", "reason"), *PAGED)
OF_RECKONING = (
    Parameter("rule", "The id of a time limit, or a period.", required=True, example="gdpr-60-4"),
    Parameter("start", "The day on which it starts, or a moment; a month or a year for a range.", required=True, example="2024-06-06"),
    Parameter("calendar", "Whose public holidays count.", required=True, example="IE"),
    Parameter("extended", "With the extension that the rule allows.", among=("1",)),
    Parameter("backward", "Counted back from the event.", among=("1",)),
)

OPERATIONS = (
    Operation("cases", "/-/cases", ("json", "csv"), "All cases, each with a cell for each authority.", cases.CasesPage, OF_CASES),
    Operation("case", "/-/cases/{case}", ("json",), "One case: where each authority stands, what happened, how we know.", case.CasePage, OF_BOARD),
    Operation("board", "/-/cases/{case}", ("csv",), "Where each authority stands in one case.", None, OF_BOARD),
    Operation("timeline", "/-/cases/{case}", ("svg",), "The timeline of one case as an image.", None, OF_TIMELINE),
    Operation("timeline_in_pixels", "/-/cases/{case}", ("png",), "The same in pixels, where the site draws them.", None, (
        *OF_TIMELINE, Parameter("width", "In pixels, from 200 to 2400.", pattern=r"^([2-9][0-9]{2}|1[0-9]{3}|2[0-3][0-9]{2}|2400)$", example="600"),
    )),
    Operation("card", "/-/cases/{case}/card", ("png",), "The case on a card, where the site draws pixels.", None, (AS_OF, AS_KNOWN)),
    Operation("case_changes", "/-/cases/{case}", ("atom",), "What each release changed in one case.", None, OF_FEED),
    Operation("case_calendar", "/-/cases/{case}", ("ics",), "The deadlines of one case as a calendar."),
    Operation(
        "authorities", "/-/authorities", ("json", "csv", "geojson"), "All authorities, and where each stands.",
        authorities.AuthoritiesPage, OF_AUTHORITIES,
    ),
    Operation(
        "authority", "/-/authorities/{authority}", ("json",), "One authority: its cases, words, deadlines and record.", actor.ActorPage, PAGED, True
    ),
    Operation("authority_calendar", "/-/authorities/{authority}", ("ics",), "The deadlines of one authority as a calendar.", elsewhere=True),
    Operation("authority_changes", "/-/authorities/{authority}", ("atom",), "What each release changed of one authority.", None, OF_FEED),
    Operation("actors", "/-/actors", ("json", "csv"), "Everybody in the record, by name.", actors.ActorsPage, OF_ACTORS),
    Operation("actor", "/-/actors/{actor}", ("json",), "One actor. An authority is at its own address.", actor.ActorPage, PAGED, True),
    Operation("actor_calendar", "/-/actors/{actor}", ("ics",), "The deadlines of one actor as a calendar.", elsewhere=True),
    Operation("actor_changes", "/-/actors/{actor}", ("atom",), "What each release changed of one actor.", None, OF_FEED, True),
    Operation("deadlines", "/-/deadlines", ("json", "csv", "ics"), "Last days and milestones.", deadlines.DeadlinesPage, OF_DEADLINES),
    Operation("reckon", "/-/deadlines/reckon", ("json",), "A last day by the law, with every step to it.", None, OF_RECKONING),
    Operation("statements", "/-/statements", ("json", "csv"), "What was said.", statements.StatementsPage, OF_STATEMENTS),
    Operation("changes", "/-/changes", ("json", "csv", "atom"), "What each release changed.", changes.ChangesPage, OF_CHANGES),
    Operation("vocabulary", "/-/vocabulary", ("json",), "Every word with its label and meaning.", vocabulary.VocabularyPage, (
        Parameter("field", "Only this list.", "field"),
    )),
    Operation("follow_up", "/-/follow-up", ("json",), "For editors: what to look at again.", follow_up.FollowUpPage, OF_FOLLOW_UP),
    Operation("data_package", "/-/cases/data", ("zip",), "Every table and view as CSV, in a Frictionless Data Package."),
    Operation("json_lines", "/-/cases/data", ("jsonl",), "Every row of every table, one a line."),
    Operation("catalogue", "/-/cases/dcat", ("jsonld",), "This record for catalogues of data: DCAT-AP."),
    Operation("openapi", "/-/cases/openapi", ("json",), "This document."),
)  # fmt: skip
