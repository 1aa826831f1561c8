"""Readers who ask for everything there is, as quickly as they are answered, and look at every byte of it."""

from __future__ import annotations

import random
import threading
import time
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from typing import Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

HOST = "cases.example.org"
WAIT = 30
"""Seconds after which a reader goes away."""


class Asked(NamedTuple):
    path: str
    language: str


class Said(NamedTuple):
    """What a release answers: a validator, and a digest of the body."""

    etag: Optional[str]
    body: str


class Fault(NamedTuple):
    second: float
    what: str
    asked: str


class Front(NamedTuple):
    """Where readers ask: a port, and what is there."""

    name: str
    port: int


class Seen:
    """What one reader saw."""

    def __init__(self) -> None:
        self.took: Dict[str, List[float]] = {}
        self.answers: Dict[Tuple[str, int], int] = {}
        self.faults: List[Fault] = []
        self.releases: List[Tuple[float, str, int]] = []
        """Of what only one of the releases answers: when, where, and which."""


def headers(asked: Asked) -> Dict[str, str]:
    return {"Host": HOST, "Accept-Language": asked.language, "X-Forwarded-Proto": "http"}


def said(port: int, asked: Asked) -> Said:
    """What a process answers when nobody else asks."""
    connection = HTTPConnection("127.0.0.1", port, timeout=WAIT)
    try:
        connection.request("GET", asked.path, headers=headers(asked))
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise ValueError(f"{asked.path} answers {answer.status}")
        return Said(answer.headers["ETag"], sha256(body).hexdigest())
    finally:
        connection.close()


class Reader(threading.Thread):
    """Asks until it is told to stop. Every fourth request comes from who has the page of one of the releases already."""

    def __init__(self, seed: int, fronts: Sequence[Front], expected: Sequence[Mapping[Asked, Said]], began: float, stop: threading.Event):
        super().__init__(daemon=True)
        self.chance, self.fronts, self.expected, self.began, self.stop = random.Random(seed), fronts, expected, began, stop
        self.all = list(expected[0])
        self.connections: Dict[int, HTTPConnection] = {}
        self.seen = Seen()

    def run(self) -> None:
        while not self.stop.is_set():
            front, asked = self.chance.choice(self.fronts), self.chance.choice(self.all)
            had = self.chance.choice(self.expected)[asked].etag if self.chance.random() < 0.25 else None
            self.ask(front, asked, had)

    def ask(self, front: Front, asked: Asked, had: Optional[str]) -> None:
        connection = self.connections.setdefault(front.port, HTTPConnection("127.0.0.1", front.port, timeout=WAIT))
        started = time.monotonic()
        try:
            connection.request("GET", asked.path, headers={**headers(asked), **({"If-None-Match": had} if had else {})})
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, HTTPException) as error:
            connection.close()
            self.fault(type(error).__name__, front, asked)
            return
        self.seen.took.setdefault(front.name, []).append((time.monotonic() - started) * 1000)
        key = front.name, answer.status
        self.seen.answers[key] = self.seen.answers.get(key, 0) + 1
        self.judge(front, asked, had, answer.status, answer.headers["ETag"], body)

    def judge(self, front: Front, asked: Asked, had: Optional[str], status: int, etag: Optional[str], body: bytes) -> None:
        """A 200 is what one of the releases says, body and validator; a 304 is only for who has that."""
        wanted = [release[asked] for release in self.expected]
        if status == 200:
            found = Said(etag, sha256(body).hexdigest())
            if found not in wanted:
                self.fault("wrong body", front, asked)
            elif wanted[0] != wanted[1]:
                self.seen.releases.append((time.monotonic() - self.began, front.name, wanted.index(found)))
        elif status != 304 or not had or etag != had:
            self.fault(f"status {status}", front, asked)

    def fault(self, what: str, front: Front, asked: Asked) -> None:
        self.seen.faults.append(Fault(time.monotonic() - self.began, what, f"{asked.path} ({asked.language}), {front.name}"))
