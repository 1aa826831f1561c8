"""Made-up cases: maps of texts as an editor's file has them, that keep every rule of the check. A seed and a number make a case."""

from __future__ import annotations

from bisect import bisect
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any, Optional, Sequence

from datasette_cases.model.day import parse
from datasette_cases.regimes.gdpr import STATUSES
from datasette_cases.vocabulary import ACT, BROUGHT_UNDER, DEADLINE_OUTCOME, DECISION_STATE, FORM, MEASURE, OUTCOME

from .library import LANGUAGE, PLACES, PRESS, SOURCE, Cast, Raw
from .words import LANGUAGES, sentence, text

FIRST, RELEASED = date(2018, 6, 1), date(2026, 11, 24)
"""Everything happens between these days."""
MOST, USUAL = 400, 60
"""Statements of the largest case; of the first, which is there to compare databases of any size by."""
AUTHORITIES = tuple(authority for authority, country in PLACES if country)
COUNTRY = dict(PLACES)
CALENDAR_RULES = ("gdpr-60-4", "gdpr-56-3", "gdpr-61-2", "gdpr-65-2")
ANSWERS = ("yes", "leaning-yes", "mixed", "undecided", "leaning-no", "no")
DECIDING = ("decision", "measure", "judgment")
TOPICS = ("ai", "adtech", "transfers", "children", "health", "work", "credit", "faces", "cookies", "telecoms", "search", "deletion")


class Zipf:
    """The first of some things comes up most: the n-th an n-th as often."""

    def __init__(self, things: Sequence[str]) -> None:
        self.things = things
        self.weights = list(accumulate(1 / place for place in range(1, len(things) + 1)))

    def one(self, random: Random) -> str:
        return self.things[bisect(self.weights, random.random() * self.weights[-1])]

    def some(self, random: Random, number: int) -> list[str]:
        """So many at most, each once."""
        return list(dict.fromkeys(self.one(random) for _ in range(number)))


def sizes(cases: int, statements: int, random: Random) -> list[int]:
    """How many statements each case has: few many, many few, all together as many as asked for. The first is the usual one."""
    rest = statements - USUAL
    if cases < 2 or rest < cases - 1 or rest > MOST * (cases - 1):
        raise ValueError(f"{cases} cases have from {USUAL + cases - 1} to {USUAL + MOST * (cases - 1)} statements together")
    low, high = 1.0, float(MOST * cases)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(_share(middle, place) for place in range(1, cases)) <= rest else (low, middle)
    found = [_share(low, place) for place in range(1, cases)]
    missing = rest - sum(found)
    while missing:
        for place, size in enumerate(found):
            if missing and size < MOST:
                found[place] += 1
                missing -= 1
    random.shuffle(found)
    return [USUAL, *found]


def _share(scale: float, place: int) -> int:
    return max(1, min(MOST, int(scale / place)))


class Chronicles:
    """All that the cases of one database share."""

    def __init__(self, seed: int, cast: Cast) -> None:
        self.seed, self.cast = seed, cast
        self.respondents, self.complainants, self.authorities = Zipf(cast.respondents), Zipf(cast.complainants), Zipf(AUTHORITIES)

    def case(self, number: int, statements: int) -> Raw:
        return _Case(self, Random(f"{self.seed} {number}"), f"case-{number:06}", statements).raw()


class _Case:
    """One case in the making."""

    def __init__(self, of: Chronicles, random: Random, case_id: str, statements: int) -> None:
        self.of, self.random, self.id, self.statements = of, random, case_id, statements
        self.start = FIRST + timedelta(random.randrange((RELEASED - FIRST).days - 200))
        self.days = min((RELEASED - self.start).days, 150 + 12 * statements)
        self.authorities = of.authorities.some(random, 2 + statements // 3)
        self.respondents = of.respondents.some(random, random.choice((1, 1, 2)))
        self.lead = random.choice(AUTHORITIES)
        self.subjects = [f"subject-{n}" for n in range(1, random.choice((0, 1, 1, 2)) + 1)]
        self.answered: dict[tuple[Any, ...], str] = {}

    def raw(self) -> Raw:
        random, language = self.random, self.random.choice(LANGUAGES)
        complaints = self._complaints()
        entries = self._entries(complaints)
        deadlines = self._deadlines(entries, complaints)
        case: Raw = {
            "id": self.id,
            "title": f"{self.respondents[0].title()}: {sentence(random, 'en', 3, 7)}",
            "summary": text(random, "en", random.choice((2, 2, 3, 12))),
            "translations": {language: {"title": sentence(random, language, 3, 7)}} if language != "en" else None,
            "regime": "gdpr",
            "topics": random.sample(TOPICS, random.randint(1, 2)),
            "respondents": self.respondents,
            "subjects": [{"id": one, "since": str(self.start.year), "title": f"the {one}"} for one in self.subjects],
            "roles": [{"authority": self.lead, "role": "lead", "since": str(self.start)}],
            "key_days": [{"date": str(self.start), "label": "complaints"}],
            "searches": self._searches(),
            "sources": self._details(entries),
            "complaints": complaints,
            "entries": entries,
            "deadlines": deadlines,
        }
        return {key: value for key, value in case.items() if value}

    def _searches(self) -> list[Raw]:
        if self.random.random() < 0.2:
            return []
        day = self.start + timedelta(self.random.randint(0, (RELEASED - self.start).days))
        return [{"date": str(day), "places": ["press", "authorities' own sites"], "languages": ["en", "de"]}]

    def _details(self, entries: list[Raw]) -> list[Raw]:
        cited = list(dict.fromkeys(url for entry in entries for url in entry["sources"] if "/shared/" not in url))
        chosen = [url for url in cited if self.random.random() < 0.1]
        return [{"url": url, "title": sentence(self.random, "en", 4, 9), "accessed": str(RELEASED)} for url in chosen]

    def _complaints(self) -> list[Raw]:
        random = self.random
        found = [self._complaint(authority) for authority in self.authorities if random.random() < 0.7]
        found += [self._complaint(None) for _ in range(random.random() < 0.1)]
        found.sort(key=lambda complaint: parse(complaint["filed"]).last)
        return [{"id": f"c{number}", **complaint} for number, complaint in enumerate(found, 1)]

    def _complaint(self, authority: Optional[str]) -> Raw:
        random = self.random
        complaint: Raw = {"authority": authority} if authority else {"country": random.choice(tuple(filter(None, COUNTRY.values())))}
        complaint |= {
            "by": self.of.complainants.some(random, random.choice((1, 1, 1, 3))),
            "filed": self._date(random.randint(0, min(60, self.days))),
            "brought_under": random.choice(BROUGHT_UNDER.values),
            "sources": self._sources("complaint"),
        }
        if random.random() < 0.1:
            complaint["count"] = str(random.randint(2, 101))
        if authority and authority != self.lead and random.random() < 0.2:
            complaint["handled_by"] = {"authority": self.lead, "since": complaint["filed"]}
        return complaint

    def _date(self, after: int) -> str:
        """A day so many days after the start, most often exactly known."""
        day, exact = self.start + timedelta(after), self.random.random()
        later = day + timedelta(self.random.randint(1, 20))
        if exact > 0.85 and later <= RELEASED:
            whole = parse(f"{day:%Y}" if exact > 0.97 else f"{day:%Y-%m}") if exact > 0.91 else parse(f"{day}/{later}")
            if whole.last <= RELEASED:
                return whole.text
        return str(day)

    def _sources(self, name: str) -> list[str]:
        """Mostly a document of its own; some are cited everywhere."""
        random = self.random
        host = random.choice(("authority.example", *PRESS))
        own = f"https://{host}/{random.choice(LANGUAGES)}/{self.id}/{name}-{random.getrandbits(32):08x}"
        shared = f"https://{random.choice(PRESS)}/shared/{int(10 ** (random.random() * 3))}"
        kind = random.random()
        return [own] if kind < 0.8 else [own, shared] if kind < 0.9 else [shared]

    def _entries(self, complaints: list[Raw]) -> list[Raw]:
        acts = self.statements // 2 + 1
        kinds = ["says"] * self.statements + ["acts"] * acts
        dates = sorted((self._date(self.random.randint(0, self.days)) for _ in kinds), key=lambda text: parse(text).last)
        self.random.shuffle(kinds)
        entries: list[Raw] = []
        for number, (when, kind) in enumerate(zip(dates, kinds, strict=True), 1):
            entries.append(self._entry(f"e{number}", when, kind == "says", entries, complaints))
        return entries

    def _by(self) -> Any:
        random, kind = self.random, self.random.random()
        if kind < 0.7:
            return random.choice(self.authorities)
        if kind < 0.9:
            others = random.choice((self.respondents, self.of.cast.courts, self.of.cast.others, [self.of.complainants.one(random)]))
            return random.choice(others)
        if kind < 0.98:
            return list(dict.fromkeys(random.choices(self.authorities, k=random.randint(2, 5))))
        return {"country": random.choice(tuple(filter(None, COUNTRY.values())))}

    def _entry(self, entry_id: str, when: str, speaks: bool, before: list[Raw], complaints: list[Raw]) -> Raw:
        random, by = self.random, self._by()
        acts = not speaks or random.random() < 0.2
        entry: Raw = {
            "id": entry_id,
            "date": when,
            "by": by,
            "act": self._act(by) if acts else None,
            "context": "yes" if random.random() < 0.03 else None,
            "summary": text(random, "en", random.choice((1, 1, 2))),
            "says": self._says(by, when) if speaks else None,
            "note": text(random, "en", random.choice((1, 1, 2, 2, 30))) if random.random() < 0.1 else None,
            "retracted": "A mistake of ours." if random.random() < 0.02 else None,
            "sources": self._sources(entry_id),
        }
        if (speaks and entry["context"] or entry["retracted"]) and entry["says"]:
            entry["says"].pop("answers", None)
        confidence = random.choice(("confirmed", "single-source", "uncertain", None))
        if confidence != "uncertain" or entry["note"]:
            entry["confidence"] = confidence
        if isinstance(by, list) and random.random() < 0.3:
            entry["each"] = "yes"
        if random.random() < 0.2:
            entry["to"] = [random.choice(self.respondents)]
        if before and random.random() < 0.2:
            entry["replies_to"] = random.choice(before[-20:])["id"]
        if before and random.random() < 0.03:
            entry["ends"] = [random.choice(before[-20:])["id"]]
        if isinstance(by, str) and by in self.authorities:
            self._moves(entry, complaints)
        if entry["act"]:
            self._decides(entry, before)
        return {key: value for key, value in entry.items() if value is not None}

    def _act(self, by: Any) -> str:
        random = self.random
        act = (
            random.choice(ACT.values)
            if random.random() < 0.6
            else random.choice(("decision", "measure", "investigation-opened", "forwarding"))
        )
        return "opinion" if act == "objection" and self.lead in (by if isinstance(by, list) else [by]) else act

    def _says(self, by: Any, when: str) -> Raw:
        random = self.random
        language = LANGUAGE.get(by, random.choice(LANGUAGES)) if isinstance(by, str) else random.choice(LANGUAGES)
        says: Raw = {"form": random.choice(FORM.values)}
        if random.random() < 0.8:
            says |= {"quote": sentence(random, language, 6, 25), "language": language}
            if language != "en":
                says["translation"] = sentence(random, "en", 6, 25)
        if self.subjects:
            says["subject"] = random.choice(self.subjects)
        if random.random() < 0.6:
            answers = {
                question: random.choice(ANSWERS)
                for question in random.sample(("lawful", "competent", "urgent", "draft"), random.choice((1, 1, 2)))
            }
            speakers = by if isinstance(by, list) else [by] if isinstance(by, str) else []
            for question in list(answers):
                keys = [(who, says.get("subject"), question, parse(when).last) for who in speakers]
                if any(self.answered.setdefault(key, answers[question]) != answers[question] for key in keys):
                    del answers[question]
            if answers:
                says["answers"] = answers
        return says

    def _moves(self, entry: Raw, complaints: list[Raw]) -> None:
        """The status of its own procedure, on one of its complaints where it has one by then."""
        if self.random.random() < 0.5:
            return
        entry["status"] = self.random.choice(STATUSES.values)
        last = parse(entry["date"]).last
        own = [one["id"] for one in complaints if one.get("authority") == entry["by"] and parse(one["filed"]).first <= last]
        if own and self.random.random() < 0.7:
            entry["complaints"] = own

    def _decides(self, entry: Raw, before: list[Raw]) -> None:
        random = self.random
        if entry["act"] in DECIDING:
            entry["outcome"] = random.choice(OUTCOME.values)
            if random.random() < 0.3:
                entry["scope"] = "the request for urgency"
            if random.random() < 0.3:
                entry["fine"] = {"amount": str(random.randint(1, 900) * 1000), "currency": "EUR"}
            if random.random() < 0.4:
                until = parse(entry["date"]).last + timedelta(random.randint(10, 300))
                kinds = [kind for kind in MEASURE.values if kind != "fine"]
                entry["measures"] = [{"kind": random.choice(kinds), "provisional": random.choice(("yes", "no")), "until": str(until)}]
            if random.random() < 0.3:
                entry["decision_state"] = "appealable"
        decisions = [one["id"] for one in before[-40:] if one.get("act") in DECIDING]
        if decisions and entry["act"] in ("judgment", "appeal", "publication", "payment"):
            entry |= {"decision_state": random.choice(DECISION_STATE.values), "decision": [random.choice(decisions)]}

    def _deadlines(self, entries: list[Raw], complaints: list[Raw]) -> list[Raw]:
        found = [self._deadline(entry, entries) for entry in entries if self.random.random() < 0.12 and not entry.get("retracted")]
        found += [self._reckoned({"complaint": one["id"]}) for one in complaints if one.get("authority") and self.random.random() < 0.1]
        found.sort(key=lambda one: parse(one.get("last_day", "1900")).last)
        return [{"id": f"d{number}", **deadline} for number, deadline in enumerate(found, 1)]

    def _deadline(self, entry: Raw, entries: list[Raw]) -> Raw:
        """By rule, or stated: then what is open ends after the release about as often as before."""
        random = self.random
        if random.random() < 0.4:
            return self._reckoned({"starts_with": entry["id"]})
        day = parse(entry["date"]).last + timedelta(random.randint(10, 700))
        later = [other["id"] for other in entries if parse(other["date"]).first >= parse(entry["date"]).last]
        settled = bool(later) and random.random() < 0.5
        deadline: Raw = {
            "kind": random.choice(("deadline", "deadline", "milestone")),
            "title": sentence(random, "en", 3, 8),
            "actors": random.sample(self.authorities + self.respondents, 1),
            "addressees": [self.of.complainants.one(random)],
            "last_day": f"{day:%Y-%m}" if random.random() < 0.1 else str(day),
            "basis": random.choice(("announced", "demanded", "set")),
            "set_by": entry["id"],
            "outcome": random.choice([word for word in DEADLINE_OUTCOME.values if word not in ("open", "not-reckonable")])
            if settled
            else "open",
            "sources": [SOURCE],
        }
        return {**deadline, "closed_by": random.choice(later)} if settled else deadline

    def _reckoned(self, start: Raw) -> Raw:
        actor = self.random.choice([authority for authority in self.authorities if COUNTRY[authority]])
        rule = "gdpr-78-2" if "complaint" in start else self.random.choice(CALENDAR_RULES)
        return {"title": "Last day of the law", "actors": [actor], "rule": rule, **start, "sources": [SOURCE]}
