"""`datasette cases preview` as a server of its own, for tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import HTTPError


class Server:
    """`datasette cases preview` on a port of its own."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        command = [sys.executable, "-m", "datasette", "cases", "preview", str(folder), "--port", "0", "--released", "2026-11-24"]
        environment = {**os.environ, "TMPDIR": str(scratch)}
        self.scratch = scratch
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/-/cases\n", line), line
        self.address = line.strip().removesuffix("/-/cases")

    def get(self, path: str, **headers: str) -> tuple[int, str, str]:
        """Status, text, and the policy that the page has."""
        request = urllib.request.Request(self.address + path, headers=headers)
        try:
            answer = urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=20)
        except HTTPError as error:
            answer = error
        return answer.status, answer.read().decode(), answer.headers.get("Content-Security-Policy", "")

    def until(self, path: str, words: str) -> str:
        """The page, once the words stand on it."""
        for _ in range(100):
            page = self.get(path)[1]
            if words in page:
                return page
            time.sleep(0.1)
        raise AssertionError(page)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
