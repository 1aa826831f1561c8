"""What each page weighs, and when a browser has painted it. Arguments: file, origin of a server, how often, and the command of a Chromium."""

from __future__ import annotations

import asyncio
import gzip
import sqlite3
import statistics
import sys
import time
from collections import Counter
from typing import Any, NamedTuple

from datasette.app import Datasette
from playwright.sync_api import Browser, Response, sync_playwright

from datasette_cases.plugin.functions import register

PAGES = {
    "case": "/-/cases/meta-ai-training-2024",
    "list of cases": "/-/cases",
    "cases side by side": "/-/cases?view=board",
    "deadlines": "/-/deadlines",
    "reckon": "/-/deadlines/reckon?rule=gdpr-60-4&start=2024-03-04&calendar=IE",
    "statements, 100": "/-/statements",
    "changes": "/-/changes",
    "follow-up": "/-/follow-up",
    "authorities with map": "/-/authorities?case=clearview-ai-2021",
    "one authority": "/-/authorities/nl-ap",
    "one actor": "/-/actors/noyb",
    "about": "/-/cases/about",
}
KINDS = {"text/html": "HTML", "text/css": "CSS", "text/javascript": "scripts", "application/javascript": "scripts"}
PAINTS = """() => new Promise(done => {
  const shown = found => done([performance.getEntriesByName("first-contentful-paint")[0].startTime, found,
    performance.getEntriesByType("navigation")[0].loadEventEnd]);
  new PerformanceObserver(list => shown(Math.max(...list.getEntries().map(entry => entry.startTime))))
    .observe({type: "largest-contentful-paint", buffered: true});
})"""
"""Milliseconds from asking to the first contents, to the largest part of them, and to the end of loading."""


class Seen(NamedTuple):
    weights: Counter[str]
    paints: list[float]


def visit(browser: Browser, address: str) -> Seen:
    """As a first visitor: nothing is known of the site. Weights are of what a server in front of it would send, gzip 6."""
    context, answers = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en"), list[Response]()
    page = context.new_page()
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address)
    paints = page.evaluate(PAINTS)
    weights: Counter[str] = Counter()
    for answer in answers:
        weights[KINDS.get(answer.headers["content-type"].partition(";")[0], "other")] += len(gzip.compress(answer.body(), 6))
    context.close()
    return Seen(weights, paints)


async def statements(file: str) -> dict[str, list[str]]:
    """The SELECTs of each page, asked for a second time: what all pages share is kept."""
    datasette = Datasette(immutables=[file], settings={"num_sql_threads": 0}, metadata={"plugins": {"datasette-cases": {"cache": 0}}})
    await datasette.invoke_startup()
    asked: list[str] = []
    await datasette.get_database("cases").execute_fn(lambda connection: connection.set_trace_callback(asked.append))
    found = {}
    for name, path in PAGES.items():
        await datasette.client.get(path)
        asked.clear()
        assert (await datasette.client.get(path)).status_code == 200, path
        found[name] = [sql for sql in asked if not sql.startswith("--")]
    return found


def sql_took(file: str, asked: list[str], times: int) -> float:
    """Milliseconds that all of them take, rows fetched."""
    connection = sqlite3.connect(f"file:{file}?immutable=1", uri=True)
    register(connection)
    took = []
    for _ in range(times):
        started = time.perf_counter()
        for sql in asked:
            connection.execute(sql).fetchall()
        took.append(time.perf_counter() - started)
    return statistics.median(took) * 1000


def main(file: str, origin: str, times: int, chromium: str, *arguments: str) -> None:
    asked = asyncio.run(statements(file))
    print("| page | HTML KB | CSS KB | scripts KB | all KB | first paint ms | largest paint ms | loaded ms | SELECTs | SQL ms |")
    print("| --- " + "| ---: " * 9 + "|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(arguments))
        visit(browser, origin + PAGES["case"])
        for name, path in PAGES.items():
            visits = [visit(browser, origin + path) for _ in range(times)]
            weights = [visits[0].weights[kind] / 1024 for kind in ("HTML", "CSS", "scripts")]
            weights.append(visits[0].weights.total() / 1024)
            paints: list[Any] = [statistics.median(each) for each in zip(*(one.paints for one in visits), strict=True)]
            cells = [*(f"{weight:.1f}" for weight in weights), *(f"{paint:.0f}" for paint in paints)]
            print(f"| {name} | {' | '.join(cells)} | {len(asked[name])} | {sql_took(file, asked[name], times):.1f} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), *sys.argv[4:])
