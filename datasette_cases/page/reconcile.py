"""Which authority a text means. Nothing wrong matters more than everything found: one word that is not understood, or two
authorities that may be meant, and there is no match but candidates.

A text is read as names of authorities (what only some bear), places, and words that all of them share ("data protection
authority"). All that it says has to hold of the one that matches.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import AbstractSet, Iterable, Mapping, Optional
from urllib.parse import urlsplit

from ..vocabulary.iso import COUNTRIES
from ..vocabulary.places import BODY, CONNECTING, COUNTRY_WORDS, MATTER, REGION_WORDS

Words = tuple[str, ...]

CERTAIN, LEAST = 100.0, 25.0
"""Score of a match, and the least of a candidate."""
MOST_SLIPS = 3
"""Unknown words after which no more slips are looked for: the text means something else."""
LONGEST_NAME = 24
"""Words of a name that are looked for at once."""
LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'", "`": "'"})
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
"""As people write them who have no such key."""
ABBREVIATED = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)")
CODE = re.compile(r"\(\s*([A-Z]{2})\s*\)")
WEB = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
GENDERED = re.compile(r"(beauftragte)[rn]\b")


@dataclass(frozen=True)
class Authority:
    """What is known of an authority by which a text can mean it. `names`: in any language, `former` ones too."""

    id: str
    name: str
    short_name: str
    country: Optional[str]
    region: Optional[str]
    names: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    website: Optional[str] = None


@dataclass(frozen=True)
class Candidate:
    """An authority that may be meant. `match`: it certainly is, and no other."""

    id: str
    score: float
    match: bool = False


@dataclass
class Known:
    """What a run of words can mean: `strong` names of authorities, `weak` ones that need a place beside them, and places."""

    strong: set[str] = field(default_factory=set)
    weak: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)


@dataclass
class Read:
    """A text, read. `named`: for each name in it whom it can mean, and whether it says so strongly; `unknown`: words left over."""

    named: list[tuple[frozenset[str], bool]] = field(default_factory=list)
    places: list[frozenset[str]] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    federal: bool = False


def words(text: str) -> Words:
    """A text as words that can be compared: without accents, case, punctuation and connecting words."""
    return tuple(word for word in _all_words(text) if word not in CONNECTING_PLAIN)


def _all_words(text: str) -> list[str]:
    plain = text.casefold().translate(LETTERS)
    plain = ABBREVIATED.sub(lambda found: found.group().replace(".", ""), plain)
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = GENDERED.sub(r"\1", re.sub(r"'s\b", "", plain)).replace("ς", "σ")
    return re.findall(r"[^\W_]+", plain)


@lru_cache(maxsize=10_000)
def spellings(text: str) -> frozenset[Words]:
    """A name as its words, also with its letters spelled out (ö as oe)."""
    return frozenset(found for found in (words(text), words(text.casefold().translate(SPELLED_OUT))) if found)


CONNECTING_PLAIN = frozenset(word for one in CONNECTING for word in _all_words(one))
_BODY = frozenset(word for one in BODY for spelling in spellings(one) for word in spelling)
_MATTER = frozenset(word for one in MATTER for spelling in spellings(one) for word in spelling)
SHARED = _BODY | _MATTER
"""Words that all authorities share, and that therefore tell none from another."""
LONG_SHARED = sorted(word for word in SHARED if len(word) >= 6)
FEDERAL = "federal"


class Index:
    """All authorities, by what they can be called. `countries`: code → its names in several languages."""

    def __init__(self, authorities: Iterable[Authority], countries: Mapping[str, Iterable[str]]) -> None:
        self.authorities = {one.id: one for one in authorities}
        self.known: dict[Words, Known] = {}
        self.bags: dict[frozenset[str], set[str]] = {}
        for places in (countries, COUNTRY_WORDS, REGION_WORDS):
            for code, names in places.items():
                for name in names:
                    for spelling in spellings(name):
                        self._at(spelling).places.add(code)
        self.names: dict[str, list[frozenset[str]]] = {}
        for one in self.authorities.values():
            self._learn(one)
            self.names[one.id] = [frozenset(words(name)) for name in (one.name, one.short_name, *one.names, *one.former)]
        self.general = {one.id for one in self.authorities.values() if self._is_general(one)}

    def _at(self, spelling: Words) -> Known:
        return self.known.setdefault(spelling, Known())

    def _learn(self, one: Authority) -> None:
        for name in (one.name, *one.names, *one.former):
            for part in (name, *name.split(" / ")):
                self._learn_name(one.id, part)
                base, _, inner = part.partition("(")
                if inner and base.strip():
                    self._learn_name(one.id, base)
                    if len(words(inner)) == 1 or "/" in inner:
                        self._learn_short(one.id, inner.rstrip(") "))
        self._learn_short(one.id, one.short_name)
        for spelling in spellings(one.id.rpartition("-")[2]):
            self._learn_key(one.id, spelling, strong=False)

    def _learn_name(self, authority: str, name: str) -> None:
        for spelling in spellings(name):
            self._learn_key(authority, spelling)
            if self._distinct(spelling):
                self.bags.setdefault(frozenset(spelling), set()).add(authority)

    def _learn_short(self, authority: str, name: str) -> None:
        """APD/GBA are two; of LfDI BW the first word is short for several."""
        for part in name.split("/"):
            for spelling in spellings(part):
                self._learn_key(authority, spelling)
                if len(spelling) > 1:
                    self._learn_key(authority, spelling[:1], strong=spelling[1:] in self.known and not self.known[spelling[1:]].places)

    def _learn_key(self, authority: str, spelling: Words, strong: bool = True) -> None:
        """What all share is no name of one; two letters can stand for anything."""
        if all(word in SHARED for word in spelling) or (spelling in self.known and self.known[spelling].places):
            return
        at = self._at(spelling)
        (at.strong if strong and len("".join(spelling)) > 2 else at.weak).add(authority)

    def _distinct(self, spelling: Words) -> bool:
        return any(word not in SHARED for word in spelling)

    def _is_general(self, one: Authority) -> bool:
        """It is called what all are called, beside its place: "Data protection authority of Berlin"."""
        return any(not self.read(name, learning=True).unknown for name in (one.name,) if not self.read(name, learning=True).federal)

    # --- reading ------------------------------------------------------------------------------------------------------

    def read(self, text: str, learning: bool = False) -> Read:
        """`learning`: names are not names yet, only places and shared words."""
        found = Read()
        for written in CODE.findall(text):
            if code := _country(written):
                found.places.append(frozenset({code}))
                text = text.replace(f"{written})", ")")
        left = list(words(text))
        initials = _initials(left)
        at = 0
        while at < len(left):
            size, known = self._longest(left, at, learning)
            if known is None:
                self._single(left[at], found, initials)
            elif known.places:
                found.places.append(frozenset(known.places))
            else:
                found.named.append((frozenset(known.strong | known.weak), bool(known.strong)))
            at += size
        return found

    def _longest(self, left: list[str], at: int, learning: bool) -> tuple[int, Optional[Known]]:
        for size in range(min(LONGEST_NAME, len(left) - at), 0, -1):
            known = self.known.get(tuple(left[at : at + size]))
            if known and (known.places or not learning):
                return size, known
        return 1, None

    def _single(self, word: str, found: Read, initials: frozenset[str]) -> None:
        if word in SHARED:
            found.shared.append(word)
        elif word == FEDERAL:
            found.federal = True
        elif len(word) >= 6 and len(found.unknown) < MOST_SLIPS and (near := get_close_matches(word, LONG_SHARED, 1, 0.85)):
            found.shared.append(near[0])
        elif word not in initials:
            found.unknown.append(word)

    # --- matching -----------------------------------------------------------------------------------------------------

    def match(self, text: str, country: Optional[str] = None, website: Optional[str] = None) -> list[Candidate]:
        """Whom a text means, best first: one match, or candidates, or nobody. `country` and `website`: what else is said of it."""
        exact = self.authorities.get(text.strip().lower())
        if exact and not country and not website:
            return [Candidate(exact.id, CERTAIN, True)]
        if WEB.fullmatch(text.strip()) and (hosts := self.at_address(text.strip())):
            return self._settled(hosts, 1.0, True, self._limits(country, website))
        found = self.read(text)
        limits = self._limits(country, website)
        if exact:
            return self._settled({exact.id}, 1.0, True, limits)
        bag = self.bags.get(frozenset(words(text)), set())
        if bag and len(bag) == 1:
            return self._settled(set(bag), 1.0, True, limits)
        return self._of(found, limits, text)

    def _limits(self, country: Optional[str], website: Optional[str]) -> Optional[set[str]]:
        """Who has what is said beside the text; None where that is not understood, so that nothing is certain."""
        left = set(self.authorities)
        if country and country.strip():
            codes = self._places(country)
            if not codes:
                return None
            left &= self._in(codes)
        if website and website.strip():
            left &= self.at_address(website.strip())
        return left

    def _places(self, text: str) -> frozenset[str]:
        text = text.strip()
        if len(text) == 2:
            code = _country(text.upper())
            return frozenset({code} if code else ())
        known = self.known.get(words(text))
        return frozenset(known.places) if known else frozenset()

    def _in(self, codes: frozenset[str]) -> set[str]:
        return {one.id for one in self.authorities.values() if {one.country, one.region} & codes}

    def _of(self, found: Read, limits: Optional[set[str]], text: str) -> list[Candidate]:
        """Intersect all that the text says."""
        meant: Optional[set[str]] = None
        for ids, _ in found.named:
            meant = set(ids) if meant is None else meant & ids
        for codes in found.places:
            there = self._in(codes)
            meant = there if meant is None else meant & there
        strong, placed = (
            any(one for _, one in found.named),
            bool(found.places) or (limits is not None and len(limits) < len(self.authorities)),
        )
        if not found.named and self._says_what(found.shared):
            meant = self._usual(set(self.authorities) if meant is None else meant, limits) if placed else None
        elif not found.named:
            meant = None
        if found.federal and meant:
            meant = {one for one in meant if not self.authorities[one].region}
        if meant is None or (found.named and not strong and not placed and found.unknown):
            return self._like(text, limits)
        if not meant:
            return [Candidate(one, 30.0) for ids, _ in found.named for one in sorted(ids)]
        sure = not found.unknown and (strong or placed)
        return self._settled(meant, 0.9 if strong or not found.named else 0.7, sure, limits, bool(found.unknown))

    def _usual(self, meant: set[str], limits: Optional[set[str]]) -> set[str]:
        """Of those in a place the one that is called by its place alone; a country's before those of its regions."""
        inside = meant & limits if limits is not None else meant
        general = inside & self.general
        national = {one for one in general if not self.authorities[one].region}
        one_region = len({self.authorities[one].region for one in inside}) == 1
        return national or (general if one_region else set()) or inside

    @staticmethod
    def _says_what(shared: list[str]) -> bool:
        """The words are those of a data protection authority, not of any office."""
        has = set(shared)
        about = {"data", "protection"} <= has or "privacy" in has or {"data", "inspectorate"} <= has or {"data", "processing"} <= has
        body = has & _BODY
        if has & {"dpa", "dpas", "privacywaakhond", "privacytoezichthouder"} or any(
            word.startswith("datenschutz") and word in _BODY for word in has
        ):
            return True
        return bool(body) and (about or {"information", "commissioner"} <= has or bool(has & {"datenschutz", "donnees", "datos", "dati"}))

    def _settled(self, meant: set[str], weight: float, sure: bool, limits: Optional[set[str]], unknown: bool = False) -> list[Candidate]:
        """One who is left is a match, if nothing speaks against it."""
        inside = meant if limits is None else meant & limits
        if limits is not None and not inside:
            return [Candidate(one, 30.0) for one in sorted(meant)]
        if len(inside) == 1 and sure and limits is not None:
            return [Candidate(next(iter(inside)), CERTAIN, True)]
        return [Candidate(one, round(weight * (60 if unknown else 90), 1)) for one in sorted(inside)]

    def _like(self, text: str, limits: Optional[set[str]]) -> list[Candidate]:
        """Those whose name has the same words, as far as it goes."""
        asked = frozenset(words(text))
        found = []
        for one in self.authorities.values():
            if limits is not None and one.id not in limits:
                continue
            best = max(likeness(asked, name) for name in self.names[one.id])
            if best * 70 >= LEAST:
                found.append(Candidate(one.id, round(best * 70, 1)))
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.id))

    def at_address(self, address: str) -> set[str]:
        """Whose website an address is on. A site that is part of another's has to be named with its path."""
        host, path = _host(address)
        found = set()
        for one in self.authorities.values():
            if one.website:
                own, own_path = _host(one.website)
                if (host == own or host.endswith("." + own)) and (not own_path or path == own_path or path.startswith(own_path + "/")):
                    found.add(one.id)
        return found

    def suggest(self, beginning: str) -> list[str]:
        """Authorities one of whose names has words that begin so, in order of id."""
        asked = words(beginning)
        if not asked:
            return []
        return [
            id
            for id, names in self.names.items()
            if any(all(any(word.startswith(part) for word in name) for part in asked) for name in (words(id), *names))
        ]


def likeness(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """How many words two texts share, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _initials(left: list[str]) -> frozenset[str]:
    """Abbreviations that stand for other words of the text itself, and so say nothing more: Data State Inspectorate (DSI)."""
    return frozenset("".join(word[0] for word in left[:at]) for at in range(2, len(left)))


def _country(code: str) -> Optional[str]:
    """A country by its code, also by the one that people write for the United Kingdom."""
    code = "GB" if code == "UK" else code
    return code if code in COUNTRIES else None


def _host(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
    except ValueError:  # brackets that are not of an address
        return "", ""
    return (parts.hostname or "").lower().removeprefix("www."), parts.path.rstrip("/")
