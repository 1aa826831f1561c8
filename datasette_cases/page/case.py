"""The case page: where each authority stands as of a day, what happened up to it, and how we know."""

from __future__ import annotations

import json
from typing import Optional

from ..query.case import CaseRows
from ..query.rows import Row, grouped
from .changes import in_words
from .facts import Fact, NothingFound, nothing_found
from .frozen import dataclass
from .known import Known
from .parts import (
    ActorRef,
    Answer,
    Citation,
    Complaint,
    Correction,
    Deadline,
    DecisionState,
    EntryRef,
    Item,
    Measure,
    Moment,
    Period,
    Question,
    Reply,
    Role,
    Stance,
    Status,
    Step,
)
from .words import Words, load

GROUPS = LEAD, ASKED, SPOKE = "lead", "asked", "spoke"


@dataclass(frozen=True)
class LastWord:
    """The last that an authority is known to have said, or, if it never spoke, done. `reported`: known from others only."""

    id: str
    anchor: str
    date: str
    date_precision: str
    date_end: str
    summary: str
    quote: Optional[str]
    language: Optional[str]
    translation: Optional[str]
    form: Optional[str]
    form_label: Optional[str]
    act: Optional[str]
    act_label: Optional[str]
    scope: Optional[str]
    confidence: Optional[str]
    confidence_label: Optional[str]
    source: Optional[Citation]
    reported: bool


@dataclass(frozen=True)
class Authority:
    """One row of the board. `group`: `lead`, `asked` (a complaint was lodged with it) or `spoke`."""

    authority: ActorRef
    group: str
    roles: list[Role]
    stance: dict[str, Optional[Stance]]
    status: Optional[Status]
    history: list[Period]
    complaints_open: int
    complaints_closed: int
    nothing_found: bool
    days_asked: Optional[int]
    last_word: Optional[LastWord]
    complaints: list[Complaint]


@dataclass(frozen=True)
class Party:
    """What somebody who is no authority holds."""

    actor: ActorRef
    stance: dict[str, Optional[Stance]]


@dataclass(frozen=True)
class Subject:
    id: str
    title: str
    since: str


@dataclass(frozen=True)
class KeyDay:
    date: str
    label: str


@dataclass(frozen=True)
class Search:
    date: str
    places: list[str]
    languages: list[str]
    authorities: list[str]


@dataclass(frozen=True)
class Head:
    """The case itself. `summary` is null as of a day before the last act: it tells the whole story."""

    id: str
    title: str
    title_language: str
    summary: Optional[str]
    summary_language: str
    regime: str
    regime_label: Optional[str]
    respondents: list[ActorRef]
    topics: list[str]
    subjects: list[Subject]
    key_days: list[KeyDay]
    searches: list[Search]
    opened: Optional[Moment]
    last_act: Optional[Moment]
    checked: Optional[str]
    total_complaints: int
    released: Optional[str]


@dataclass(frozen=True)
class CasePage:
    """`current`: `as_of` is the reader's today. `complete`: nothing recorded lies after `as_of`, so that what was written
    with later knowledge may be shown. `follow_up`: how many things editors may look at again, null as of an earlier day. `known`:
    the earlier release it was read from, null where it says what is known now."""

    case: Head
    as_of: str
    current: bool
    complete: bool
    questions: list[Question]
    facts: list[Fact]
    nothing_found: Optional[NothingFound]
    authorities: list[Authority]
    parties: list[Party]
    timeline: list[Item]
    deadlines: list[Deadline]
    sources: list[Citation]
    follow_up: Optional[int]
    known: Optional[Known] = None

    @property
    def law_changes(self) -> list[Item]:
        """Shown across the board. They change no stance: what came before was said of the law as it was."""
        return [item for item in self.timeline if item.act == "law-change" and not item.context and not item.retracted]


def build(rows: CaseRows, words: Words, language: str, today: str) -> CasePage:
    """The page from its rows. `today`: the reader's day, ISO; `rows.day` may lie before it."""
    return _Builder(rows, words, language, today).page()


OWN_WORDS = ("official", "court")
"""Kinds of sources in which authorities and courts speak for themselves."""

LINKS = {
    "event_actors": "actor_id",
    "statement_actors": "actor_id",
    "addressees": "actor_id",
    "event_complaints": "complaint_id",
    "event_ends": "event_id",
}
"""Parts that tie items to others, and the column with the other's id."""


class _Builder:
    """Looks rows up by what they belong to while the page is put together."""

    def __init__(self, rows: CaseRows, words: Words, language: str, today: str) -> None:
        self.rows, self.words, self.language, self.today = rows, words, language, today
        self.actors = {
            row["id"]: ActorRef(row["id"], row["name"], row["short_name"], row["kind"], row["country"], row["region"])
            for row in rows["actors"]
        }
        self.translations = {(row["item_type"], row["item_id"], row["field"]): row["text"] for row in rows["translations"]}
        self.subjects = {row["id"]: self.translated("subject", row["id"], "title", row["title"])[0] for row in rows["subjects"]}
        documents = {row["id"]: self.citation(row) for row in rows["sources"]}
        self.citations: dict[tuple[str, str], list[Citation]] = {}
        for row in rows["citations"]:
            self.citations.setdefault((row["item_type"], row["item_id"]), []).append(documents[row["source_id"]])
        self.statements = {row["id"]: row for row in rows["statements"]}
        self.events = {row["id"]: row for row in rows["events"]}
        self.replies = grouped([row for row in rows["statements"] if row["replies_to"] and not row["retracted"]], "replies_to")
        self.corrected: dict[str, list[Row]] = {}
        for row in rows["corrections"]:  # measures/<case>/<entry>/<kind>
            self.corrected.setdefault("/".join(row["item"].split("/")[1:3]), []).append(row)
        self.entries = {**self.statements, **self.events}
        self.links = {
            part: {item_id: [row[column] for row in found] for item_id, found in grouped(rows[part], "item_id").items()}
            for part, column in LINKS.items()
        }
        self.answers_by_statement = grouped(rows["answers"], "statement_id")
        self.measures_by_event = grouped(rows["measures"], "event_id")
        self.parties_by_complaint = grouped(rows["complaint_actors"], "complaint_id")
        self.stances_by_actor = grouped(rows["stances"], "actor_id")
        self.states_by_event = grouped(rows["decision_states"], "event_id")
        self.actors_by_deadline = grouped(rows["deadline_actors"], "deadline_id")
        self.steps_by_deadline = grouped(rows["deadline_steps"], "deadline_id")
        self.complete = not rows.case["later"]
        self.regime = rows.case["regime"]
        self.questions = [
            Question(word.value, word.label, self.words.label("question_short", word.value), word.coloured)
            for word in self.words.all("question", self.regime)
        ]
        self.filed = [(row, self.complaint(row)) for row in rows["complaints"]]
        self.last_said = self.last(rows["statements"], self.links["statement_actors"])
        self.last_done = self.last(rows["events"], self.links["event_actors"])

    # --- small parts --------------------------------------------------------------------------------------------------

    def translated(self, item_type: str, item_id: str, field: str, text: str) -> tuple[str, str]:
        """A text of the case in the reader's language if there is one, with the language it is in."""
        found = self.translations.get((item_type, item_id, field))
        return (text, "en") if found is None else (found, self.language)

    def actor(self, actor_id: Optional[str]) -> Optional[ActorRef]:
        return self.actors.get(actor_id) if actor_id else None

    def named(self, ids: list[str]) -> list[ActorRef]:
        return [self.actors[actor_id] for actor_id in ids]

    def citation(self, row: Row) -> Citation:
        published = row["published"]
        return Citation(
            row["id"], row["url"], row["archived_url"], row["publisher"], row["host"], row["title"], row["kind"],
            self.words.label("source_kind", row["kind"]), row["language"],
            published if published and published <= self.rows.day else None,
        )  # fmt: skip

    def sources(self, item_id: str, *item_types: str) -> list[Citation]:
        lists = [found for item_type in item_types if (found := self.citations.get((item_type, item_id)))]
        if len(lists) > 1:
            return list({citation.id: citation for found in lists for citation in found}.values())
        return lists[0] if lists else []

    def note(self, row: Row) -> Optional[str]:
        """A note may know what came later: it is shown only where nothing did."""
        note: Optional[str] = row["note"]
        return note if self.complete else None

    def entry(self, item_id: Optional[str]) -> Optional[EntryRef]:
        row = self.entries.get(item_id or "")
        return EntryRef(row["id"], self.anchor(row["id"]), row["date"], row["date_precision"], row["date_end"]) if row else None

    @staticmethod
    def anchor(item_id: str) -> str:
        return item_id.partition("/")[2]

    # --- the board ----------------------------------------------------------------------------------------------------

    def stance(self, row: Row) -> Stance:
        statement = self.statements[row["statement_id"]]
        return Stance(
            row["answer"], self.words.label(row["question"], row["answer"]), row["since"], row["answer_since"], row["form"],
            self.words.label("form", row["form"]), row["subject"], self.subjects.get(row["subject"]), row["statement_id"],
            statement["date"], statement["date_precision"], statement["date_end"], self.decision_state(row["statement_id"]),
        )  # fmt: skip

    def stances(self, actor_id: Optional[str]) -> dict[str, Optional[Stance]]:
        """The answer to each question of the case's regime, about the latest subject that was answered."""
        found: dict[str, Optional[Stance]] = dict.fromkeys(question.id for question in self.questions)
        for row in reversed(self.stances_by_actor.get(actor_id, []) if actor_id else []):
            if row["question"] in found:
                found[row["question"]] = self.stance(row)
        return found

    def authorities(self) -> list[Authority]:
        roles = grouped(self.rows["roles"], "authority_id")
        found = []
        for row in self.rows.standing:
            mine = roles.get(row["authority_id"], []) if row["authority_id"] else []
            complaints = self.complaints_of(row["authority_id"], row["country"])
            if not (mine or complaints or row["status"]):
                continue
            held = {role["role"] for role in mine}
            found.append(
                Authority(
                    self.actor(row["authority_id"]) or ActorRef(None, None, None, None, row["country"], None),
                    LEAD if held & {"lead", "presumed-lead"} else ASKED if complaints else SPOKE,
                    [self.role(role) for role in mine],
                    self.stances(row["authority_id"]),
                    self.status(row, complaints),
                    self.history(row["authority_id"], row["country"]),
                    row["complaints_open"],
                    row["complaints_closed"],
                    bool(row["nothing_found"]),
                    row["days_asked"],
                    self.last_word(row["authority_id"]),
                    complaints,
                )  # fmt: skip
            )
        return sorted(found, key=lambda one: (GROUPS.index(one.group), one.authority.country or "", one.authority.id or ""))

    def role(self, row: Row) -> Role:
        return Role(row["role"], self.words.label("role", row["role"]), row["since"], self.note(row))

    def status(self, row: Row, complaints: list[Complaint]) -> Optional[Status]:
        if not row["status"]:
            return None
        moved = self.entries.get(row["status_event_id"])
        filed = next((one for one in complaints if one.filed_end == row["status_since"]), None)
        if moved:
            date = (moved["date"], moved["date_precision"], moved["date_end"])
        elif filed:
            date = (filed.filed, filed.filed_precision, filed.filed_end)
        else:
            date = (row["status_since"], "day", row["status_since"])
        return Status(
            row["status"], self.words.label("status", row["status"]), row["phase"], self.words.label("phase", row["phase"]),
            row["status_since"], *date, row["status_event_id"],
        )  # fmt: skip

    def history(self, authority_id: Optional[str], country: Optional[str]) -> list[Period]:
        """Where the proceeding stood up to the day. Of statuses that hold at once, the one that began last counts."""
        rows = [row for row in self.rows["statuses"] if row["authority_id"] == authority_id and (authority_id or row["country"] == country)]
        days = sorted({day for row in rows for day in (row["since"], row["until"]) if day and day <= self.rows.day})
        periods: list[Period] = []
        for day, end in zip(days, [*days, None][1:], strict=True):
            held = [row for row in rows if row["since"] <= day and (row["until"] is None or row["until"] > day)]
            if not held:
                continue
            row, since = held[-1], day
            if periods and (periods[-1].until, periods[-1].status) == (day, row["status"]):
                since = periods.pop().since
            status, phase = row["status"], row["phase"]
            periods.append(Period(status, self.words.label("status", status), phase, self.words.label("phase", phase), since, end))
        return periods

    def complaints_of(self, authority_id: Optional[str], country: Optional[str]) -> list[Complaint]:
        return [
            complaint
            for row, complaint in self.filed
            if row["authority_id"] == authority_id and (authority_id or row["country"] == country)
        ]

    def complaint(self, row: Row) -> Complaint:
        complainants = [r["actor_id"] for r in self.parties_by_complaint.get(row["id"], []) if r["role"] == "complainant"]
        handled = row["handled_since"] and row["handled_since"] <= self.rows.day
        return Complaint(
            row["id"], self.anchor(row["id"]), row["filed"], row["filed_precision"], row["filed_end"], row["count"],
            self.named(complainants), load(row["reference_numbers"]), load(row["articles"]), row["brought_under"],
            self.words.label("brought_under", row["brought_under"]), self.actor(row["handled_by_id"]) if handled else None,
            row["handled_since"] if handled else None, row["strand"], row["status"], self.words.label("status", row["status"]),
            row["status_since"], None if row["open"] is None else bool(row["open"]), row["confidence"], self.note(row),
            self.sources(row["id"], "complaint"),
        )  # fmt: skip

    def last_word(self, actor_id: Optional[str]) -> Optional[LastWord]:
        said = self.last_said.get(actor_id)
        row = said or self.last_done.get(actor_id)
        if row is None:
            return None
        words = said or {}
        act = self.events.get(row["id"], {}).get("act")
        sources = sorted(self.sources(row["id"], "statement", "event"), key=lambda source: source.kind not in OWN_WORDS)
        return LastWord(
            row["id"], self.anchor(row["id"]), row["date"], row["date_precision"], row["date_end"], row["summary"], words.get("quote"),
            words.get("language"), words.get("translation"), words.get("form"), self.words.label("form", words.get("form")), act,
            self.words.label("act", act), self.events.get(row["id"], {}).get("scope"), row["confidence"],
            self.words.label("confidence", row["confidence"]), sources[0] if sources else None,
            words.get("form") == "reported" or not sources or sources[0].kind not in OWN_WORDS,
        )  # fmt: skip

    @staticmethod
    def last(items: list[Row], actors: dict[str, list[str]]) -> dict[Optional[str], Row]:
        """Actor → the last of some items in order that is its own and counts."""
        return {actor: row for row in items if not row["retracted"] and not row["context"] for actor in actors.get(row["id"], [])}

    def parties(self) -> list[Party]:
        """Whoever has a stance and no place on the board."""
        on_board = {row["authority_id"] for row in self.rows.standing}
        order = {kind: place for place, kind in enumerate(("respondent", "complainant", "court", "board", "other"))}
        others = [self.actors[actor] for actor in self.stances_by_actor if actor not in on_board]
        return [
            Party(actor, self.stances(actor.id))
            for actor in sorted(others, key=lambda actor: (order.get(actor.kind or "", len(order)), actor.id or ""))
        ]

    # --- the chronicle ------------------------------------------------------------------------------------------------

    def timeline(self) -> list[Item]:
        """Filings, acts and words in order of the last day each can have been on; on one day filings first."""
        items = [(row["filed_end"], 0, row["position"], self.filing(row, complaint)) for row, complaint in self.filed]
        items += [(row["date_end"], 1, row["position"], self.item(row["id"])) for row in self.entries.values()]
        return [item for *_, item in sorted(items, key=lambda one: one[:3])]

    def filing(self, row: Row, complaint: Complaint) -> Item:
        addressee = self.actor(row["authority_id"]) or ActorRef(None, None, None, None, row["country"], None)
        return Item(
            id=row["id"], anchor=complaint.anchor, type="complaint", date=row["filed"], date_precision=row["filed_precision"],
            date_end=row["filed_end"], published=None, actors=complaint.complainants, separately=False, to=[addressee],
            act="complaint", act_label=self.words.label("act", "complaint"), summary=None, form=None, form_label=None, quote=None,
            language=None, translation=None, translator=None, subject=None, subject_title=None, answers=[], status=None,
            status_label=None, outcome=None, outcome_label=None, scope=None, reference=None, strand=row["strand"], measures=[],
            decision_state=None, ended_by=None, complaints=[], complaint=complaint, addressee=addressee, replies_to=None, replies=[], context=False,
            confidence=row["confidence"], confidence_label=self.words.label("confidence", row["confidence"]),
            note=complaint.note, has_note=bool(row["note"]), retracted=None,
            corrections=self.corrections(row["id"]), sources=complaint.sources,
        )  # fmt: skip

    def item(self, item_id: str) -> Item:
        event, statement = self.events.get(item_id), self.statements.get(item_id)
        row: Row = event or statement or {}
        said: Row = statement or {}
        done: Row = event or {}
        return Item(
            id=item_id, anchor=self.anchor(item_id), type="event" if event else "statement", date=row["date"],
            date_precision=row["date_precision"], date_end=row["date_end"],
            published=row["published"] if row["published"] and row["published"] <= self.rows.day else None,
            actors=self.speaking("event_actors" if event else "statement_actors", row),
            separately=bool(done.get("separately")), to=self.named(self.links["addressees"].get(item_id, [])),
            act=done.get("act"), act_label=self.words.label("act", done.get("act")), summary=row["summary"],
            form=said.get("form"), form_label=self.words.label("form", said.get("form")), quote=said.get("quote"),
            language=said.get("language"), translation=said.get("translation"), translator=said.get("translator"),
            subject=said.get("subject"), subject_title=self.subjects.get(said.get("subject") or ""), answers=self.answers(item_id),
            status=row["status"], status_label=self.words.label("status", row["status"]), outcome=done.get("outcome"),
            outcome_label=self.words.label("outcome", done.get("outcome")), scope=done.get("scope"), reference=done.get("reference"),
            strand=row["strand"], measures=self.measures(item_id), decision_state=self.decision_state(item_id),
            ended_by=next((self.entry(one) for one in self.links["event_ends"].get(item_id, [])), None),
            complaints=[self.anchor(one) for one in self.links["event_complaints"].get(item_id, [])],
            complaint=None, addressee=None, replies_to=self.entry(said.get("replies_to")),
            replies=[self.reply(one) for one in self.replies.get(item_id, [])], context=bool(row["context"]),
            confidence=row["confidence"], confidence_label=self.words.label("confidence", row["confidence"]), note=self.note(row),
            has_note=bool(row["note"]), retracted=row["retracted"],
            corrections=self.corrections(item_id), sources=self.sources(item_id, "event", "statement"),
        )  # fmt: skip

    def corrections(self, item_id: str) -> list[Correction]:
        return [self.correction(row) for row in self.corrected.get(item_id, [])]

    def correction(self, row: Row) -> Correction:
        table, column = row["item"].partition("/")[0], row["column"]
        question, _, about = column.partition(" about ") if table == "answers" else (None, "", "")
        return Correction(
            day=row["released"], table=table, column=column, question_label=self.words.label("question", question) if question else None,
            about=self.actors.get(about), measure_label=self.words.label("measure", row["item"].split("/")[3]) if table == "measures" else None,
            old=row["old"], old_label=in_words(self.words, self.actors, table, column, row["old"]),
            new=row["new"], new_label=in_words(self.words, self.actors, table, column, row["new"]),
        )  # fmt: skip

    def speaking(self, link: str, row: Row) -> list[ActorRef]:
        """Who acted or spoke: those named, or one of whom only the country is known."""
        return self.named(self.links[link].get(row["id"], [])) or [ActorRef(None, None, None, None, row["actor_country"], None)]

    def reply(self, row: Row) -> Reply:
        return Reply(
            row["id"], self.anchor(row["id"]), row["date"], row["date_precision"], row["date_end"],
            self.speaking("statement_actors", row), row["summary"],
        )  # fmt: skip

    def answers(self, item_id: str) -> list[Answer]:
        return [
            Answer(
                row["question"],
                self.words.label("question_short", row["question"]),
                row["answer"],
                self.words.label(row["question"], row["answer"]),
                self.actor(row["about_authority_id"]),
            )  # fmt: skip
            for row in self.answers_by_statement.get(item_id, [])
        ]

    def measures(self, item_id: str) -> list[Measure]:
        return [
            Measure(
                row["kind"],
                self.words.label("measure", row["kind"]),
                bool(row["provisional"]),
                bool(row["proposed"]),
                row["from_day"],
                row["until_day"],
                row["amount"],
                row["amount_max"],
                row["currency"],
                row["amount_eur"],
                row["per"],
                row["collected"],
                self.decision_state(item_id, row["kind"]),
            )  # fmt: skip
            for row in self.measures_by_event.get(item_id, [])
        ]

    def decision_state(self, item_id: str, measure: Optional[str] = None) -> Optional[DecisionState]:
        """What became of a decision as a whole, or of one of its measures alone."""
        for row in self.states_by_event.get(item_id, []):
            if measure in json.loads(row["measures"]) if row["measures"] else not measure:
                return DecisionState(
                    row["state"], self.words.label("decision_state", row["state"]), row["since"], self.entry(row["by_event_id"])
                )
        return None

    # --- the rest -----------------------------------------------------------------------------------------------------

    def deadlines(self) -> list[Deadline]:
        return [self.deadline(row) for row in self.rows["deadlines"]]

    def deadline(self, row: Row) -> Deadline:
        day, last = self.rows.day, row["last_day_end"] or row["reckoned_day"]
        over = bool(last) and last < day
        if row["closed_by_event_id"]:
            known = row["closed_on"] is not None and row["closed_on"] <= day
        else:
            known = over if row["outcome"] == "lapsed" else self.complete
        outcome = row["outcome"] if known else "open"
        people: dict[str, list[str]] = {"actor": [], "addressee": []}
        for link in self.actors_by_deadline.get(row["id"], []):
            people[link["role"]].append(link["actor_id"])
        return Deadline(
            row["id"], self.anchor(row["id"]), row["kind"], self.words.label("deadline_kind", row["kind"]), row["title"],
            self.named(people["actor"]), self.named(people["addressee"]), row["last_day"], row["last_day_precision"],
            row["last_day_end"], row["reckoned_day"], row["reckoned_day_first"], row["basis"], self.words.label("basis", row["basis"]), row["provision"],
            row["rule_id"], row["on_expiry"], self.entry(row["set_by_event_id"]), outcome, self.words.label("deadline_outcome", outcome),
            over and outcome == "open" and row["basis"] != "reckoned",
            self.entry(row["closed_by_event_id"]) if known else None, self.note(row),
            [Step(step["day"], step["text"], step["provision"]) for step in self.steps_by_deadline.get(row["id"], [])],
            self.sources(row["id"], "deadline"),
        )  # fmt: skip

    def head(self) -> Head:
        case = self.rows.case
        title, title_language = self.translated("case", case["id"], "title", case["title"])
        summary, summary_language = self.translated("case", case["id"], "summary", case["summary"])
        acts = [
            Moment(row["date_end"], row["date"], row["date_precision"])
            for row in self.entries.values()
            if not row["retracted"] and not row["context"]
        ]
        filings = [Moment(row["filed_end"], row["filed"], row["filed_precision"]) for row in self.rows["complaints"]]
        recorded = sum(row["count"] for row in self.rows["complaints"])
        return Head(
            case["id"], title, title_language, summary if self.complete else None, summary_language, self.regime,
            self.words.label("regime", self.regime), self.named([row["actor_id"] for row in self.rows["respondents"]]),
            [row["topic"] for row in self.rows["topics"]],
            [Subject(row["id"], self.subjects[row["id"]], row["since"]) for row in self.rows["subjects"]],
            [KeyDay(row["date"], self.translated("key_day", row["date"], "label", row["label"])[0]) for row in self.rows["key_days"]],
            [Search(row["date"], load(row["places"]), load(row["languages"]), load(row["authorities"])) for row in self.rows["searches"]],
            min(filings or acts, default=None), max(acts + filings, default=None),
            max((row["date"] for row in self.rows["searches"]), default=None),
            case["total_complaints"] if self.complete else recorded,
            case["released"] if case["released"] and case["released"] <= self.rows.day else None,
        )  # fmt: skip

    def page(self) -> CasePage:
        head, timeline, deadlines = self.head(), self.timeline(), self.deadlines()
        facts = [Fact(row["fact"], row["number"], row["sql"]) for row in self.rows.facts]
        cited = [citation for part in (timeline, deadlines) for item in part for citation in item.sources]
        return CasePage(
            case=head, as_of=self.rows.day, current=self.rows.day == self.today, complete=self.complete, questions=self.questions,
            facts=facts,
            nothing_found=nothing_found(
                facts, head.id, self.rows.day, self.complete, any(not row["authority_id"] for row in self.rows["complaints"]),
                head.checked, head.last_act,
            ),
            authorities=self.authorities(), parties=self.parties(), timeline=timeline, deadlines=deadlines,
            sources=sorted({citation.id: citation for citation in cited}.values(), key=lambda one: (one.publisher.lower(), one.url)),
            follow_up=self.rows["follow_up"][0]["number"] if self.rows.day == self.today else None,
        )  # fmt: skip
