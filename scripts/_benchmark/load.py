"""How long a request takes: with wrk, when it is installed, the share of a second each of many has; else one after the other."""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import time
from http.client import HTTPConnection
from typing import Dict, Mapping, Tuple

CONNECTIONS = 8
LONGEST = 20
"""Seconds after which a server that answers nothing is given up."""


class Wrong(Exception):
    """A server answers something else than it should."""


def wrk() -> bool:
    return shutil.which("wrk") is not None


def answered(port: int, path: str, headers: Mapping[str, str]) -> Tuple[int, Dict[str, str], bytes]:
    """One answer: status, headers by their small names, body."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers=dict(headers))
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    finally:
        connection.close()


def many(port: int, path: str, headers: Mapping[str, str], seconds: int) -> float:
    """Milliseconds for a request where eight are always under way: a thousand by the requests that are answered in a second. Where
    none is in time, they are given longer."""
    asked = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", *asked, f"http://127.0.0.1:{port}{path}"]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([0-9.]+)", said)
    if not rate or "Non-2xx" in said or (not float(rate.group(1)) and seconds > LONGEST):
        raise Wrong(f"{path}: wrk says {said!r}")
    return 1000 / float(rate.group(1)) if float(rate.group(1)) else many(port, path, headers, 2 * seconds)


def one_by_one(port: int, path: str, headers: Mapping[str, str], requests: int) -> float:
    """Milliseconds from asking to the last byte, the median of some requests on one connection."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    took = []
    try:
        for _ in range(requests + 1):
            started = time.perf_counter()
            connection.request("GET", path, headers=dict(headers))
            connection.getresponse().read()
            took.append((time.perf_counter() - started) * 1000)
    finally:
        connection.close()
    return statistics.median(took[1:])  # the first opens the connection
