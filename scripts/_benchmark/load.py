"""How long a request takes: with wrk, when it is installed, the share of a second each of many has; else one after the other."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Dict, List, Mapping, Optional, Tuple

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


def many(port: int, path: str, headers: Mapping[str, str], seconds: int) -> Tuple[float, int]:
    """Milliseconds for a request, and how many there were, where eight are always under way: a thousand by the requests that are answered in a second. Where
    none is in time, they are given longer."""
    asked = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", *asked, f"http://127.0.0.1:{port}{path}"]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    rate, number = re.search(r"Requests/sec:\s+([0-9.]+)", said), re.search(r"(\d+) requests in", said)
    if not rate or not number or "Non-2xx" in said or (not float(rate.group(1)) and seconds > LONGEST):
        raise Wrong(f"{path}: wrk says {said!r}")
    return (1000 / float(rate.group(1)), int(number.group(1))) if float(rate.group(1)) else many(port, path, headers, 2 * seconds)


def one_by_one(port: int, path: str, headers: Mapping[str, str], requests: int) -> Tuple[float, int]:
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
    return statistics.median(took[1:]), len(took)  # the first opens the connection


def processor(process: int) -> Optional[float]:
    """Milliseconds that a process and those it started have had of a processor so far; None where nobody tells.

    What else the machine does counts for nothing.
    """
    if not Path("/proc/self/stat").exists():
        return None
    parents: Dict[int, List[int]] = {}
    spent: Dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        number = int(path.parent.name)
        parents.setdefault(int(fields[1]), []).append(number)
        spent[number] = int(fields[11]) + int(fields[12])
    family = [process]
    for one in family:
        family += parents.get(one, [])
    return sum(spent.get(one, 0) for one in family) * 1000 / os.sysconf("SC_CLK_TCK")
