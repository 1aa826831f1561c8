"""Cases for tests: written by hand in a line each (`case_of`, `said`, `did`), or at random (`chronicles`, `cases`).

All are maps of texts, as a reader hands them on. Random ones keep every rule of the checker, so that what is shown for
them is shown for what an editor can write.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any, Iterable, Optional

from hypothesis import strategies as st

from datasette_cases.model import day
from datasette_cases.model.actor import Actor, Authority, Publisher
from datasette_cases.model.case import Case
from datasette_cases.model.day import PartialDate
from datasette_cases.regimes.gdpr import GDPR
from datasette_cases.store.rows import Library
from datasette_cases.time_limits import TIME_LIMITS
from datasette_cases.vocabulary import ACT, BASIS, BROUGHT_UNDER, CONFIDENCE, DEADLINE_OUTCOME, DECISION_STATE, FORM, MEASURE, OUTCOME

Raw = dict[str, Any]

COUNTRIES: dict[str, Optional[str]] = {
    "nl-ap": "NL", "ie-dpc": "IE", "de-hh-hmbbfdi": "DE", "edpb": None,
    "noyb": "AT", "meta-platforms-ireland": "IE", "cjeu": None,
}  # fmt: skip
KINDS = {"nl-ap": "authority", "ie-dpc": "authority", "de-hh-hmbbfdi": "authority", "edpb": "board"}
"""Whoever can have a place on a board."""
CALENDARS = {"nl-ap": "NL", "ie-dpc": "IE", "de-hh-hmbbfdi": "DE-HH", "edpb": "none"}
OTHERS = {"noyb": "complainant", "meta-platforms-ireland": "respondent", "cjeu": "court"}
SUBJECTS = ("plan-2024", "training-2025")
STRANDS = ("eprivacy", "urgency")
HOSTS = ("noyb.eu", "dataprotection.ie", "curia.europa.eu")
SOURCE = "https://noyb.eu/en/a"

FIRST_DAY = date(2024, 5, 20)
SPAN = 40
"""Random cases lie in so few days that things meet on one of them."""
RELEASED = date(2026, 11, 24)


# --- who appears ------------------------------------------------------------------------------------------------------


def authorities() -> list[Authority]:
    return [
        Authority.model_validate(
            {
                "id": actor, "name": actor.upper(), "names": [{"language": "en", "name": actor.upper()}], "short_name": actor,
                "kind": kind, "level": "national" if COUNTRIES[actor] else "eu", "edpb_member": "yes", "languages": ["en"],
                "sources": [SOURCE], **({"country": COUNTRIES[actor], "calendar": _calendar(CALENDARS[actor])} if COUNTRIES[actor] else {}),
            }
        )
        for actor, kind in KINDS.items()
    ]  # fmt: skip


def _calendar(key: str) -> Raw:
    country, _, subdivision = key.partition("-")
    return {"country": country, **({"subdivision": subdivision} if subdivision else {})}


def actors() -> list[Actor]:
    return [
        Actor.model_validate({"id": actor, "kind": kind, "name": actor, **({"country": COUNTRIES[actor]} if COUNTRIES[actor] else {})})
        for actor, kind in OTHERS.items()
    ]


def publishers() -> dict[str, Publisher]:
    return {host: Publisher(host=host, name=host, kind="party" if host == "noyb.eu" else "official") for host in HOSTS}


def library() -> Library:
    return Library(COUNTRIES, KINDS, publishers(), CALENDARS)


# --- by hand ----------------------------------------------------------------------------------------------------------


def did(entry_id: str, when: str, by: Any, act: Optional[str] = None, **rest: Any) -> Raw:
    """An entry that is an act."""
    entry: Raw = {"id": entry_id, "date": when, "by": by, "act": act, "summary": "It happened.", "sources": [SOURCE], **rest}
    return {key: value for key, value in entry.items() if value is not None}


def said(entry_id: str, when: str, by: Any, form: str, answers: dict[str, str], subject: Optional[str] = None, **rest: Any) -> Raw:
    """An entry that speaks. `about` belongs to the words, all other keys to the entry."""
    says = {"form": form, "subject": subject, "about": rest.pop("about", None), "answers": answers or None}
    return did(entry_id, when, by, **rest) | {"says": {key: value for key, value in says.items() if value is not None}}


def filed(complaint_id: str, when: str, authority: Optional[str] = None, **rest: Any) -> Raw:
    """A complaint of noyb's."""
    whom = {"authority": authority} if authority else {}
    return {"id": complaint_id, **whom, "by": ["noyb"], "filed": when, "sources": [SOURCE], **rest}


def raw_case(*entries: Raw, **rest: Any) -> Raw:
    """A case in the order of the file."""
    head = {"id": "meta-ai", "title": "Meta", "summary": "A case.", "regime": "gdpr", "respondents": ["meta-platforms-ireland"]}
    return {**head, **rest, **({"entries": list(entries)} if entries else {})}


def case_of(*entries: Raw, **rest: Any) -> Case:
    return Case.model_validate(raw_case(*entries, **rest))


# --- at random --------------------------------------------------------------------------------------------------------
# What makes a strategy is cached: to make one takes longer than to draw from it.


@cache
def days() -> st.SearchStrategy[date]:
    return st.integers(0, SPAN).map(lambda number: FIRST_DAY + timedelta(number))


@cache
@st.composite
def _intervals(draw: st.DrawFn) -> str:
    first = draw(days())
    return f"{first}/{first + timedelta(draw(st.integers(1, 15)))}"


@cache
def dates() -> st.SearchStrategy[str]:
    """Dates in all four forms, exact days most often."""
    exact = days().map(str)
    return st.one_of(exact, exact, exact, _intervals(), st.sampled_from(("2024-05", "2024-06", "2024")))


@cache
def texts() -> st.SearchStrategy[str]:
    return st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=12).filter(lambda text: bool(text.strip()))


@cache
def words(vocabulary: Any) -> st.SearchStrategy[str]:
    return st.sampled_from(vocabulary.values)


def some(values: Iterable[str], most: int = 3) -> st.SearchStrategy[list[str]]:
    """A list of at least one, each once."""
    return _some(tuple(values), most)


@cache
def _some(values: tuple[str, ...], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)


@cache
def one(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


@cache
def rarely(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Nothing more often than not; keys that are None are left out."""
    return st.one_of(st.none(), st.none(), strategy)


@cache
def urls() -> st.SearchStrategy[str]:
    path = st.text("abcABCéß0123-_/%.?=&", max_size=20)
    return st.builds("https://{}{}/{}".format, st.sampled_from(("", "www.")), st.sampled_from(HOSTS), path)


def written(record: Raw) -> Raw:
    """A record without the keys that are left out."""
    return {key: value for key, value in record.items() if value is not None}


def when(text: str) -> PartialDate:
    return day.parse(text)


@cache
@st.composite
def raw_complaints(draw: st.DrawFn, number: int, full: bool) -> Raw:
    authority = draw(one(*KINDS, None))
    filing = draw(dates())
    complaint = {
        "id": f"c{number}",
        "authority": authority,
        "country": None if authority else draw(one("DE", "NL")),
        "by": ["noyb"],
        "filed": filing,
        "count": draw(rarely(one("2", "11"))),
        "handled_by": {"authority": "ie-dpc", "since": filing} if draw(rarely(st.just(True))) else None,
        "strand": draw(rarely(one(*STRANDS))),
        "sources": [SOURCE],
    }
    if full:
        complaint |= {
            "respondents": draw(rarely(some(("meta-platforms-ireland", "cjeu")))),
            "reference_numbers": draw(rarely(st.lists(texts(), min_size=1, max_size=2, unique=True))),
            "brought_under": draw(rarely(words(BROUGHT_UNDER))),
            "articles": draw(rarely(some(("GDPR 6(1)(f)", "GDPR 66")))),
            "sources": draw(st.lists(urls(), min_size=1, max_size=2, unique=True)),
            "note": draw(rarely(texts())),
        }
    return written(complaint)


@cache
@st.composite
def _speakers(draw: st.DrawFn) -> Any:
    """One, several together, or an unnamed one."""
    kind = draw(one("single", "single", "several", "unnamed"))
    speaking = (*KINDS, "noyb", "cjeu")
    if kind == "unnamed":
        return {"country": "DE"}
    return draw(some(speaking)) if kind == "several" else draw(one("nl-ap", "nl-ap", "nl-ap", *speaking))


@cache
@st.composite
def _words_of(draw: st.DrawFn, subjects: tuple[str, ...], full: bool) -> Raw:
    answers = draw(st.dictionaries(one("urgent", "lawful"), words(GDPR.questions[0].answers), max_size=2)) or None
    needed = answers and len(subjects) > 1
    says = {
        "quote": draw(rarely(texts())) if full else None,
        "form": draw(words(FORM)),
        "subject": draw(one(*subjects)) if needed else draw(rarely(one(*subjects))) if subjects else None,
        "about": draw(rarely(one("ie-dpc", "nl-ap"))) if draw(st.integers(0, 4)) == 0 else None,
        "answers": answers,
    }
    if says["quote"]:
        says |= {"language": "nl", "translation": draw(rarely(texts())), "translator": draw(rarely(texts()))}
    return written(says)


@cache
@st.composite
def _measures(draw: st.DrawFn, start: date) -> Raw:
    lasts = draw(st.one_of(st.none(), st.integers(0, 20)))
    measure = {
        "kind": draw(words(MEASURE)),
        "provisional": draw(rarely(one("yes", "no"))),
        "since": draw(rarely(st.just(str(start)))),
        "until": None if lasts is None else str(start + timedelta(lasts)),
    }
    return written(measure)


@cache
@st.composite
def _acts(draw: st.DrawFn, start: date, full: bool) -> Raw:
    """What comes with an act, and only with one."""
    act = {
        "act": draw(st.one_of(one("decision", "measure", "investigation-opened"), words(ACT))),
        "scope": draw(rarely(st.just("the urgency request"))),
        "measures": draw(rarely(st.lists(_measures(start), min_size=1, max_size=2))),
    }
    if full:
        fine = st.fixed_dictionaries(
            {"currency": st.just("EUR")},
            optional={"amount": one("1200000", "99.50"), "amount_max": st.just("2400000"), "proposed": st.just("yes")},
        )
        act |= {"outcome": draw(rarely(words(OUTCOME))), "fine": draw(rarely(fine)), "reference": draw(rarely(texts()))}
    return written(act)


@cache
@st.composite
def raw_entries(draw: st.DrawFn, number: int, subjects: tuple[str, ...], full: bool) -> Raw:
    """An entry that refers to no other yet."""
    date_text, by = draw(dates()), draw(_speakers())
    kind = draw(one("says", "says", "act", "both"))
    entry: Raw = {
        "id": f"e{number}",
        "date": date_text,
        "by": by,
        "each": draw(one(None, "yes")) if isinstance(by, list) else None,
        "affects": draw(rarely(some(KINDS, 2))),
        "strand": draw(rarely(one(*STRANDS))) if draw(st.booleans()) else None,
        "context": "yes" if draw(st.integers(0, 9)) == 0 else None,
        "summary": draw(texts()) if full else "It happened.",
        "says": draw(_words_of(subjects, full)) if kind != "act" else None,
        "status": draw(rarely(words(GDPR.statuses))),
        "retracted": "A mistake." if draw(st.integers(0, 9)) == 0 else None,
        "sources": draw(st.lists(urls(), min_size=1, max_size=3, unique=True)) if full else [SOURCE],
    }
    if kind != "says":
        entry |= draw(_acts(when(date_text).first, full))
        if entry["act"] == "objection" and "ie-dpc" in by:  # it may be the lead, which does not object to itself
            entry["act"] = "opinion"
    if full:
        entry |= {
            "published": draw(rarely(dates())),
            "to": draw(rarely(some(("noyb", "meta-platforms-ireland", "ie-dpc")))),
            "respondents": draw(rarely(some(("meta-platforms-ireland", "noyb")))),
            "confidence": draw(rarely(words(CONFIDENCE))),
            "note": draw(texts()),
        }
    return written(entry)


def _holders(complaint: Raw) -> set[Optional[str]]:
    return {complaint.get("authority"), complaint.get("handled_by", {}).get("authority")}


@st.composite
def _linked(draw: st.DrawFn, entry: Raw, others: list[Raw], complaints: list[Raw]) -> Raw:
    """The entry with what it names of the rest of the case: complaints, and entries that can lie before it."""
    last = when(entry["date"]).last
    by = entry["by"] if isinstance(entry["by"], list) else [entry["by"]] if isinstance(entry["by"], str) else []
    acting = set(entry.get("affects") or by)
    known = [c["id"] for c in complaints if when(c["filed"]).first <= last and ("status" not in entry or acting & _holders(c))]
    earlier = [other for other in others if other is not entry and when(other["date"]).first <= last]
    before = [other["id"] for other in earlier]
    decisions = [other["id"] for other in earlier if other.get("act") in ("decision", "binding-decision", "measure", "judgment")]
    links = {
        "complaints": draw(rarely(st.one_of(st.just("all"), some(known)) if known else st.just("all"))),
        "ends": draw(rarely(some(before, 2))) if before else None,
        "replies_to": draw(rarely(one(*before))) if before else None,
    }
    if decisions and "act" in entry and draw(st.booleans()):
        links |= {"decision_state": draw(words(DECISION_STATE)), "decision": draw(one(*decisions))}
    return entry | written(links)


def _one_answer_a_day(entries: list[Raw]) -> None:
    """Take back answers that contradict one of the same day, whoever gave it: what is left, the checker allows."""
    seen: dict[tuple[Any, ...], str] = {}
    for entry in entries:
        answers = entry.get("says", {}).get("answers", {})
        for question, answer in list(answers.items()):
            if seen.setdefault((when(entry["date"]).last, question), answer) != answer:
                del answers[question]
        if "says" in entry and not answers:
            entry["says"].pop("answers", None)


@cache
@st.composite
def raw_chronicles(draw: st.DrawFn, full: bool = False, most: int = 7) -> Raw:
    subjects = draw(st.lists(one(*SUBJECTS), max_size=2, unique=True))
    complaints = [draw(raw_complaints(number, full)) for number in range(draw(st.integers(0, 3)))]
    entries = [draw(raw_entries(number, tuple(subjects), full)) for number in range(draw(st.integers(0, most)))]
    entries.sort(key=lambda entry: when(entry["date"]).last)
    complaints.sort(key=lambda complaint: when(complaint["filed"]).last)
    _one_answer_a_day(entries)
    entries = [draw(_linked(entry, entries, complaints)) for entry in entries]
    parts = {
        "subjects": [{"id": subject, "since": "2024", "title": subject} for subject in subjects],
        "roles": draw(_roles()),
        "complaints": complaints,
    }
    return raw_case(*entries, **{key: part for key, part in parts.items() if part})


@cache
@st.composite
def _roles(draw: st.DrawFn) -> list[Raw]:
    """Roles, of which one lead."""
    held = []
    for authority in draw(st.lists(one(*KINDS), max_size=2, unique=True)):
        since = draw(dates())
        until = draw(rarely(dates().filter(lambda text, since=since: when(text).first >= when(since).first)))  # type: ignore[misc]
        role = "lead" if authority == "ie-dpc" else draw(one("concerned", "local", "outside"))
        held.append(written({"authority": authority, "role": role, "since": since, "until": until, "note": draw(rarely(texts()))}))
    return held


@st.composite
def raw_deadlines(draw: st.DrawFn, number: int, case: Raw) -> Raw:
    entries = sorted(entry["id"] for entry in case.get("entries", ()))
    starting = sorted(entry["id"] for entry in case.get("entries", ()) if "retracted" not in entry)
    complaints = [complaint["id"] for complaint in case.get("complaints", ())]
    deadline = {
        "id": f"d{number}",
        "kind": draw(one(None, "milestone")),
        "title": draw(texts()),
        "actors": draw(some((*KINDS, *OTHERS))),
        "addressees": draw(rarely(some(OTHERS))),
        **draw(st.one_of(_stated(), _stated(), _ruled(tuple(starting), tuple(complaints)))),
        "set_by": draw(rarely(one(*entries))) if entries else None,
        "outcome": draw(rarely(words(DEADLINE_OUTCOME))),
        "sources": draw(st.lists(urls(), min_size=1, max_size=2, unique=True)),
    }
    if "rule" in deadline:
        deadline["actors"] = draw(some(KINDS))
    elif complaints:
        deadline["complaint"] = draw(rarely(one(*complaints)))
    return written(deadline)


@cache
@st.composite
def _stated(draw: st.DrawFn) -> Raw:
    return {"last_day": draw(dates()), "basis": draw(words(BASIS.only("announced", "demanded", "set")))}


RULES = tuple(limit.id for limit in TIME_LIMITS.values() if limit.period)


@cache
@st.composite
def _ruled(draw: st.DrawFn, entries: tuple[str, ...], complaints: tuple[str, ...]) -> Raw:
    """A rule, what starts its period, rarely its extension, and rarely a stated day beside it."""
    starts = [("start_day", draw(dates())), *(("starts_with", name) for name in entries), *(("complaint", name) for name in complaints)]
    rule = draw(one(*RULES))
    key, start = draw(st.sampled_from(starts))
    extended = draw(rarely(st.just("yes"))) if TIME_LIMITS[rule].extension else None
    return {**(draw(rarely(_stated())) or {}), "rule": rule, key: start, "extended": extended}


@cache
@st.composite
def raw_cases(draw: st.DrawFn) -> Raw:
    """A whole case, with every kind of record in it."""
    case = draw(raw_chronicles(full=True, most=5))
    deadlines = [draw(raw_deadlines(number, case)) for number in range(draw(st.integers(0, 2)))]
    cited = sorted({url for part in ("complaints", "entries") for item in case.get(part, ()) for url in item["sources"]})
    details = st.fixed_dictionaries({"url": st.sampled_from(cited or [""])}, optional={"title": texts(), "published": dates()})
    parts = {
        "topics": draw(st.lists(one("ai", "adtech"), max_size=2, unique=True)),
        "key_days": [{"date": str(key_day), "label": draw(texts())} for key_day in draw(st.lists(days(), max_size=2, unique=True))],
        "searches": [
            {"date": str(search), "places": draw(some(("press", "GDPRhub"))), "languages": ["en", "nl"]}
            for search in draw(st.lists(days(), max_size=2))
        ],
        "translations": draw(st.dictionaries(one("nl", "de"), st.fixed_dictionaries({"title": texts()}), max_size=2)),
        "sources": [draw(details)] if cited and draw(st.booleans()) else None,
        "deadlines": sorted(deadlines, key=lambda deadline: when(deadline.get("last_day", "1900")).last),
    }
    return case | {"title": draw(texts()), "summary": draw(texts())} | {key: part for key, part in parts.items() if part}


@cache
def chronicles(most: int = 7) -> st.SearchStrategy[Case]:
    """Cases with what moves stances, statuses, decision states and roles, and nothing else."""
    return raw_chronicles(most=most).map(Case.model_validate)


@cache
def cases() -> st.SearchStrategy[Case]:
    """Cases with every kind of record."""
    return raw_cases().map(Case.model_validate)
