"""The Chromium that tests and screenshots look at pages with: one that is on the machine, never one of Playwright's own."""

from __future__ import annotations

import os
import shutil
from typing import List, Optional

from environment import Failed, apt_install, can_apt, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PACKAGES = ("chromium", "fonts-dejavu-core")
"""On Debian. Without a font no text has a width; DejaVu is a wide one, what fits in it fits in others."""

MISSING = "browser tests: no Chromium found; apt install chromium or set CASES_CHROMIUM"


def find() -> Optional[str]:
    """The path of a Chromium: the one that CASES_CHROMIUM names, else one on the PATH, else where macOS keeps it."""
    named = os.environ.get("CASES_CHROMIUM")
    if named:
        return named
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return on_path or next((path for path in APPLICATIONS if os.access(path, os.X_OK)), None)


def ready() -> Optional[str]:
    """Find one; root on Debian gets it. None: there is none, and what could be said about it was said."""
    if not find() and can_apt():
        say(f"No Chromium found for the browser tests; installing the Debian packages {' and '.join(PACKAGES)}. Once; it takes a minute.")
        try:
            apt_install(*PACKAGES)
        except Failed as failure:
            say(f"{failure}.")
    return find()


def demanded() -> bool:
    """Whether tests fail, not only skip, without one: a machine that tests for others must not pass unseen."""
    return os.environ.get("CI", "").lower() in ("true", "1")


def arguments() -> List[str]:
    """No sandbox for root, who cannot have one. Nothing that asks anything of the network by itself."""
    quiet = ("background-networking", "component-update", "default-apps", "domain-reliability", "extensions", "sync")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return [*sandbox, *(f"--disable-{what}" for what in quiet), "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", "--no-pings"]
