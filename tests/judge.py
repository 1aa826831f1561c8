"""What an answer may be, whatever was asked and whatever stands in the database."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import Any, Mapping, Optional
from xml.etree import ElementTree

from datasette_cases.render.csv import FORMULA

from .odd import MARK

STATUSES = (200, 204, 302, 304, 400, 403, 404, 405, 413, 501, 503)
"""413: too much was posted; 501, 503: no images, or too many."""
NUMBER = re.compile(r"-?\d+(\.\d+)?")
SCHEMES = ("javascript:", "data:", "vbscript:")
LINKS = ("href", "src", "action", "formaction", "data", "poster", "xlink:href")


class _Page(HTMLParser):
    """What of a page has become more than text. `strict`: ours, which has nothing inline; Datasette's own pages of errors do."""

    def __init__(self, strict: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.strict = strict
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Optional[str]]]) -> None:
        values = dict(attrs)
        for name, value in attrs:
            if MARK in name or (self.strict and (name.startswith("on") or name == "style")):
                self.found.append(f"<{tag} {name}>")
            if name in LINKS and value and value.strip().lower().startswith(SCHEMES):
                self.found.append(f'<{tag} {name}="{value[:40]}">')
        if MARK in tag or (self.strict and tag == "script" and not values.get("src") and values.get("type") != "application/ld+json"):
            self.found.append(f"<{tag}>")

    handle_startendtag = handle_starttag

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.found.append(f"<!--{data[:40]}")


def judge(status: int, headers: Mapping[str, str], body: bytes, program: bool = False) -> None:
    """AssertionError says what is wrong. `program`: whether it was asked for in a format for programs."""
    assert status in STATUSES, f"status {status}: {body[:300]!r}"
    for name, value in headers.items():
        assert MARK not in name.lower() and "\n" not in value and "\r" not in value, name
    type, text = headers.get("content-type", "").partition(";")[0], body.decode("utf-8", "replace")
    assert "Traceback" not in text and "sqlite3." not in text
    if status >= 400:
        assert "etag" not in headers and "last-modified" not in headers
        if program:
            said = json.loads(text) if text else {"ok": False, "error": "-"}
            assert type == "application/json" and said["ok"] is False and (said.get("error") or said.get("errors")), text[:200]
    if type == "text/html":
        _html(text, "content-security-policy" in headers)
    elif text:
        CHECKS.get(type, lambda _: None)(text)


def _html(text: str, strict: bool) -> None:
    page = _Page(strict)
    page.feed(text)
    page.close()
    assert not page.found, page.found


def _xml(text: str) -> None:
    for element in ElementTree.fromstring(text.encode("utf-8")).iter():
        names = [str(element.tag).rpartition("}")[2], *(name.rpartition("}")[2] for name in element.attrib)]
        assert not any(MARK in name or name.startswith("on") or name in ("script", "foreignObject") for name in names), names
        for name, value in element.attrib.items():
            assert name.rpartition("}")[2] not in LINKS or not value.strip().lower().startswith(SCHEMES), value


def _calendar(text: str) -> None:
    assert re.search(r"(?<!\r)\n|\r(?!\n)", text) is None
    lines = text.replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""] and lines.count("END:VCALENDAR") == 1
    for line in lines[:-1]:
        assert re.match(r"[A-Z-]+[;:]", line) and MARK not in re.split("[;:]", line)[0].lower(), line


def _table(text: str) -> None:
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len({len(row) for row in rows}) == 1, "lines of different length"
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(FORMULA) or NUMBER.fullmatch(cell), cell


def _json(text: str) -> None:
    json.loads(text, parse_constant=_no_number)


def _no_number(name: str) -> Any:
    raise AssertionError(f"{name} is no JSON")


CHECKS: Mapping[str, Any] = {
    "image/svg+xml": _xml, "application/xml": _xml, "application/atom+xml": _xml, "text/calendar": _calendar, "text/csv": _table,
    "application/json": _json, "application/geo+json": _json, "application/ld+json": _json,
    "application/jsonl": lambda text: [_json(line) for line in text.split("\n") if line],
}  # fmt: skip
