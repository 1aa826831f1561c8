"""What strangers may write, into addresses or into the database: texts that would be more than texts where somebody forgot to escape them.

All hold MARK. Wherever it comes to be the name of something, a tag, an attribute, a header, a line of a calendar, text got out.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Callable, NamedTuple, Optional
from urllib.parse import quote, urlencode

from hypothesis import assume
from hypothesis import strategies as st

from datasette_cases.page.api import Parameter
from datasette_cases.vocabulary.word import Vocabulary

from .addresses import ADDRESSES, Address
from .made import CASE
from .test_history import FIRST, SECOND, THIRD, Site

MARK = "zq9"

TEXTS = {
    "a tag": f"<{MARK}>&amp;<script>{MARK}()</script>&<!--",
    "ends of what it may stand in": f"</script></style></title></textarea>]]>--></svg><{MARK} {MARK}=1>",
    "quotes": f"\" {MARK}=1 ' {MARK}=2 onload={MARK}() `{MARK}`",
    "lines": f"a\r\nX-{MARK}: 1\r\nBEGIN:VEVENT\r\n{MARK}:1\nEND:VCALENDAR\r{MARK}:2",
    "a formula": f'=cmd|"/C {MARK}"!A1',
    "another formula": f"\t@SUM({MARK})",
    "orders": f"a\u202e{MARK}\u202c\u2066b\u2069\u200f\u061cc",
    "ends of lines to some": f"a\u2028{MARK}:3\u2029b\x85c\x0bd",
    "templates": f"{{{{ {MARK} }}}}{{% {MARK} %}}${{{MARK}}}%(name)s%s\\u003c{MARK}\\",
}
"""By what each would be."""
ADDRESS = f"javascript:{MARK}('//')"

WRITTEN = ("name", "short_name", "name_native", "note", "title", "summary", "label", "quote", "translation", "translator", "reference", "retracted", "text", "meaning", "publisher", "seat", "old", "new", "reason")  # fmt: skip
"""Columns that hold what somebody wrote, in words."""
LINKED = ("website", "archived_url", "url")
"""Columns that hold addresses. The `url` of a source is a reader's to open."""


def folder(path: Path) -> Path:
    """A database of three releases, of which every written text is put there as it is, past the reader."""
    site = Site(path)
    site.release(FIRST)
    site.edit("urgent: undecided", "urgent: leaning-no")
    site.edit("last_day: 2024-06-26", "last_day: 2024-06-27")
    site.edit("places: [press]", "places: [press, registers]")
    (site.data / "cases/acme-1.yml").write_text(CASE.format(id="acme-1", number=1), encoding="utf-8")
    site.release(SECOND)
    site.edit("    status: forwarded-to-lead\n", "    status: forwarded-to-lead\n    retracted: Of another complaint.\n")
    site.release(THIRD)
    return site.file


def written(file: Path, text: Callable[[str, int], str] = lambda table, turn: list(TEXTS.values())[turn % len(TEXTS)]) -> Path:
    """Put texts into every column for words, and ADDRESS into those for addresses. `text`: by the table and the number before. What changed
    in a table is written like the table itself."""
    turn = 0
    with closing(sqlite3.connect(file)) as db:
        tables = [row[0] for row in db.execute("select name from sqlite_master where type = 'table'") if "_fts" not in row[0]]
        for table in tables:
            for column in (row[1] for row in db.execute(f"pragma table_info([{table}])")):
                if column not in (*WRITTEN, *LINKED) or (table, column) == ("follow_up_days", "reason"):  # that is a word of a list
                    continue
                of = "item, [column]" if table == "changes" else "null, null"
                for row, item, changed in db.execute(f"select rowid, {of} from [{table}] where [{column}] is not null").fetchall():
                    if item and changed not in (*WRITTEN, "places") and column != "reason":
                        continue  # a day or a word that was another before
                    value = ADDRESS if column in LINKED else text(item.partition("/")[0] if item else table, turn)
                    db.execute(f"update [{table}] set [{column}] = ? where rowid = ?", [value, row])
                    turn += 1
        db.commit()
    return file


# --- what is asked ----------------------------------------------------------------------------------------------------


class Asked(NamedTuple):
    """One request. As a line it can be kept."""

    path: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def line(self) -> str:
        return json.dumps([self.path, self.method, dict(self.headers)])


def asked_of(line: str) -> Asked:
    path, method, headers = json.loads(line)
    return Asked(path, method, tuple(headers.items()))


DAYS = ("0000-00-00", "0001-01-01", "9999-12-31", "2024-02-30", "99999-01-01", "2024-6-6", "2024-06-06T00:00", "-0001-01-01", "２０２４-06-06", "2024", "2024-06", "tomorrow")  # fmt: skip
NUMBERS = ("0", "-1", "1e999", "nan", "inf", "NaN", "1_000", "٣", "²", "9" * 30, "9223372036854775808", "-9223372036854775809", "0x10", "1.5", " 1", "1000", "1001", "9" * 5000)  # fmt: skip
COMMANDS = ("'", "' or 1=1 --", "'; drop table cases; --", "1 union select sql from sqlite_master", '"', "%", "_", "\\", "*", '"a" near b', "a AND", "NEAR(a b)", "col:a", "^a", "-a", "(", "a*b*", "{{7*7}}", "../../etc/passwd", "..%2f", "file:///etc/passwd", "$(id)", "|id")  # fmt: skip
LETTERS = ("", "\x00", "\r\n", "\u202e", "\ufeff", "\U0010ffff", "\udc80", "\ud7ff", "ǆ", "ﷺ" * 50, "e\u0301" * 100, "a" * 5000, "a " * 500, "<" * 3000)  # fmt: skip
TOKENS = ("1", "0", "-1", "a,b", "a,b,c", ",,,", "2024-06-06,acme-0/policy", "null", "[]", "{}", '["a"]', "acme-0", "acme-0/policy", "WyJhIl0=", "~", "1,2,3,4,5,6,7,8,9")  # fmt: skip
QUERIES = (
    '{"q":{"query":"acme"}}', '{"q":{"query":"' + MARK + '<' + MARK + '>","limit":1e308}}', '{"q":{"limit":-1}}', '{"q":{"limit":NaN}}', '{"q":{"limit":Infinity}}', "[" * 5000,
    '{"q":{"query":"a","properties":[{"pid":"country","v":{"id":[]}}]}}', '{"q":{"query":"a","properties":[{"pid":"website","v":[[[1]]]}],"type":["case"]}}', '{"a":1}', '{"q":{"query":"\\ud800"}}',
    '{"q":{"query":"a","properties":[{"pid":"website","v":"http://[::1"}]}}', '{"q":{"query":"x","properties":[{"pid":"country","v":1e400}]}}',
)  # fmt: skip
ODD = (*TEXTS.values(), ADDRESS, *DAYS, *NUMBERS, *COMMANDS, *LETTERS, *TOKENS, *QUERIES)
"""Every one of these is asked of something in each run."""

ids = st.sampled_from(("acme-0", "acme-1", "nl-ap", "ie-dpc", "fr-cnil", "acme", "noyb", "1", "nobody"))
odd = st.sampled_from(ODD) | st.text(max_size=40) | st.builds("{}{}".format, st.sampled_from(ODD), st.text(max_size=5))
days = st.dates(date(2023, 1, 1), date(2027, 12, 31)).map(str) | st.dates().map(str) | st.sampled_from(DAYS)
LONGEST = 60_000
"""Letters of an address: no server reads more."""
NAMES = tuple(sorted({name for address in ADDRESSES for name in address.asked}))
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "accept-language": st.sampled_from(["nl", "", "*", "nl;q=x", "a" * 5000, "de-DE-x" + "-y" * 500, "nl;q=1e999", f"<{MARK}>", ",,;"]),
        "if-none-match": st.sampled_from(["*", '"a"', "W/", '"' * 500, "\\", f"<{MARK}>", ", ".join(['"a"'] * 500)]),
        "host": st.sampled_from(["example.org", f'a" {MARK}=1', f"<{MARK}>", "a'b", "[::1]:80", "é.example".encode().decode("latin-1"), "javascript:1", "x" * 3000]),
        "x-forwarded-proto": st.sampled_from(["https", f"<{MARK}>"]),
        "range": st.sampled_from(["bytes=0-1", "bytes=-", f"{MARK}=9"]),
        "accept": st.sampled_from(["application/json", f"<{MARK}>"]),
    },
)  # fmt: skip


def values(parameter: Optional[Parameter], name: str) -> st.SearchStrategy[str]:
    """What may be meant, as often as what may not."""
    if parameter is None:
        good: st.SearchStrategy[str] = st.sampled_from(
            {"_lang": ("nl", "en"), "queries": QUERIES, "part": ("board", "nl-ap"), "theme": ("dark",)}.get(name, ("a",))
        )
        return good | odd
    fit: list[st.SearchStrategy[str]] = [ids] if parameter.pattern else []
    if parameter.among:
        fit.append(st.sampled_from(parameter.among))
    if parameter.words:
        fit.append(st.sampled_from(WORDS.get(parameter.words) or ("gdpr",)))
    if parameter.pattern:
        fit.append(st.from_regex(parameter.pattern, fullmatch=True))
    if parameter.day:
        fit.append(days)
    if parameter.number:
        fit.append(st.integers(1, parameter.number).map(str))
    if parameter.example:
        fit.append(st.just(parameter.example))
    if name == "_next":
        fit.append(st.sampled_from(TOKENS))
    return st.one_of(*fit, odd)


def _words() -> dict[str, tuple[str, ...]]:
    from datasette_cases import vocabulary

    found = {one.field: one.values for one in vars(vocabulary).values() if isinstance(one, Vocabulary)}
    return {**found, "question": ("competent", "lawful", "urgent")}


WORDS = _words()


@st.composite
def requests(draw: st.DrawFn) -> Asked:
    """A request of any address: with what may be asked of it, with what may not, once or more often."""
    address: Address = draw(st.sampled_from(ADDRESSES))
    there = draw(st.integers(0, 4)) > 0
    variables = {name: draw(ids if there else odd.filter(bool)) for name in address.variables}
    path = address.at(**{name: quote(value, safe="", errors="surrogatepass") for name, value in variables.items()})
    given: list[tuple[str, str]] = []
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.integers(0, 9))
        if kind < 8:
            name = draw(st.sampled_from(sorted(address.asked)))
            given.append((name, draw(values(address.asked[name], name))))
        else:
            name = draw(st.sampled_from(NAMES) | odd)
            given.append((name, draw(odd)))
    if given and draw(st.integers(0, 9)) == 0:
        given.append((given[0][0], draw(odd)))
    query = urlencode(given, errors="surrogatepass")
    if draw(st.integers(0, 19)) == 0:
        query += draw(st.sampled_from(["&%", "&%zz=%f", "&&&=", "&a", "?x", ";a=b", "&" + "a=1&" * 2000, "#x"]))
    method = draw(st.sampled_from(["GET"] * 16 + ["HEAD", "OPTIONS", "POST", "PUT", "DELETE"]))
    headers: dict[str, Any] = draw(HEADERS) if draw(st.integers(0, 4)) == 0 else {}
    whole = f"{path}?{query}" if query else path
    assume(len(whole) < LONGEST)
    return Asked(whole, method, tuple(headers.items()))
