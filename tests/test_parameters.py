"""Anything is asked of any address: whatever comes is an answer or a refusal, in time, and text stays text."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Callable, Iterator

import pytest
from datasette.app import Datasette
from hypothesis import Phase, given, settings

from datasette_cases.page.api import MEDIA
from datasette_cases.plugin import adapter, image
from datasette_cases.plugin.limit import TIME_LIMIT_MS

from . import odd
from .addresses import ADDRESSES
from .judge import judge
from .odd import NAMES, ODD, Asked, asked_of, requests
from .site import ROOT, settings_of

CORPUS = ROOT / "tests/corpus/asked.jsonl"
"""What was found by asking for longer (scripts/fuzz parameters), a request a line."""
SOON = TIME_LIMIT_MS / 1000
Ask = Callable[[Asked], Any]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """A site of which every word was written by somebody who means harm; no images are drawn."""
    file = odd.written(odd.folder(tmp_path_factory.mktemp("odd")))
    loop = asyncio.new_event_loop()
    given = adapter.configured({"metadata": settings_of(home=True)})
    datasette = Datasette([], immutables=[str(file)], **given)
    loop.run_until_complete(datasette.invoke_startup())

    def ask(asked: Asked) -> Any:
        body = {"content": asked.path.partition("?")[2].encode()} if asked.method == "POST" else {}
        return loop.run_until_complete(
            datasette.client.request(
                asked.method, asked.path, headers=[(name, value.encode("latin-1")) for name, value in asked.headers], **body
            )
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(image, "library", lambda: None)
        for address in ADDRESSES:
            ask(Asked(address.at(**dict.fromkeys(address.variables, "acme-0"))))  # what is only made once is no answer's time
        yield ask
    loop.close()


def require_answered(ask: Ask, asked: Asked) -> None:
    program = asked.path.partition("?")[0].rpartition(".")[2] in MEDIA
    started = time.process_time()  # of all threads, however busy the machine is with something else
    answer = ask(asked)
    took = time.process_time() - started
    try:
        judge(answer.status_code, answer.headers, answer.content, program and "%" not in asked.path.partition("?")[0])
        assert took < SOON, f"{took:.1f} seconds"
    except Exception as error:
        raise AssertionError(f"{error}\nTo keep it, add this line to {CORPUS.relative_to(ROOT)}:\n{asked.line}") from error


@settings(phases=tuple(phase for phase in Phase if phase is not Phase.explain))
@given(requests())
def test_whatever_is_asked_is_answered(ask: Ask, asked: Asked) -> None:
    require_answered(ask, asked)


def test_every_odd_text_is_asked_for_by_every_name(ask: Ask) -> None:
    """Each address with some of the names and texts; over all of them each text stands by many names."""
    from urllib.parse import urlencode

    places = [address.at(**dict.fromkeys(address.variables, "acme-0")) for address in ADDRESSES]
    for number, text in enumerate(ODD):
        for turn in range(3):
            place, address = places[(number * 3 + turn) % len(places)], ADDRESSES[(number * 3 + turn) % len(places)]
            names = sorted(address.asked) or NAMES
            name = names[(number + turn) % len(names)]
            require_answered(ask, Asked(f"{place}?{urlencode({name: text}, errors='surrogatepass')}"))


@pytest.mark.parametrize("line", CORPUS.read_text(encoding="utf-8").splitlines())
def test_what_was_found_once_is_answered(ask: Ask, line: str) -> None:
    require_answered(ask, asked_of(line))
