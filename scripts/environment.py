"""The virtual environments that the scripts work in, under .venv/ in the checkout.

Standard library only, since it runs before anything is installed; it is read by any Python 3 and then looks for one that
is new enough. An environment is made once, and again when what it was made from changes.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, NoReturn, Optional, Sequence, Tuple

ROOT = Path(__file__).resolve().parent.parent
STABLE = "0.65.5"
ALPHA = "1.0a41"
"""The two Datasettes that everything is tested on; the site is served by the stable one."""

OLDEST = (3, 10)
CANDIDATES = ("python3.13", "python3.12", "python3.11", "python3.10")


class Failed(Exception):
    """A script cannot go on; the message says why and what to do."""


class Environment(NamedTuple):
    """`name`: its folder under .venv/; `requirements`: what pip installs into it, as pip's arguments."""

    name: str
    requirements: Tuple[str, ...]

    @property
    def folder(self) -> Path:
        return ROOT / ".venv" / self.name

    def program(self, name: str) -> str:
        """The path of a program installed in it."""
        return str(self.folder / "bin" / name)


RUN = Environment("run", (f"datasette=={STABLE}", "-e", "."))
TEST_STABLE = Environment(f"test-{STABLE}", (f"datasette=={STABLE}", "-e", ".[publish,test]"))
TEST_ALPHA = Environment(f"test-{ALPHA}", (f"datasette=={ALPHA}", "-e", ".[publish,test]"))
FUZZ = Environment("fuzz", (f"datasette=={STABLE}", "-e", ".", "atheris==3.0.0"))
SCHEMATHESIS = Environment("schemathesis", ("schemathesis==4.32.5",))
CLIENT = Environment("client", ("openapi-python-client==0.29.1",))
FRICTIONLESS = Environment("frictionless", ("frictionless==5.21.0",))
"""What tests from outside: it runs beside either Datasette, whose packages it would change."""


def ready(environment: Environment) -> Environment:
    """Make the environment, unless it is there and was made from the same things."""
    wanted = fingerprint(environment)
    stamp = environment.folder / "stamp"
    with locked():
        if not (stamp.is_file() and stamp.read_text() == wanted and os.access(environment.program("python"), os.X_OK)):
            say(f"Making .venv/{environment.name}: {' '.join(environment.requirements)}. Once; it takes a minute or so.")
            shutil.rmtree(environment.folder, ignore_errors=True)
            make(environment, find_python())
            install(environment)
            stamp.write_text(wanted)
    return environment


def fingerprint(environment: Environment) -> str:
    """What an environment is made from. An editable install and its programs hold the checkout's path; which Python made it
    does not matter, as long as it is still there."""
    parts = [str(ROOT), *environment.requirements, (ROOT / "setup.py").read_text(encoding="utf-8")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def find_python() -> str:
    """A Python that is new enough: the one that runs this, else one on the PATH."""
    if sys.version_info >= OLDEST:
        return os.path.realpath(getattr(sys, "_base_executable", sys.executable))  # not the environment this may run in
    for name in CANDIDATES:
        path = shutil.which(name)
        if path and subprocess.run([path, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
            return path
    raise Failed(
        f"Python {OLDEST[0]}.{OLDEST[1]} or later is needed; this is {sys.version.split()[0]}. Install a newer one, then try again"
    )


def make(environment: Environment, python: str) -> None:
    """An empty environment. Debian keeps a part of `venv` in a package of its own: root gets it."""
    command = [python, "-m", "venv", str(environment.folder)]
    if run_quietly(command) is None:
        return
    if can_apt():
        say("`python3 -m venv` does not work here; installing the Debian package python3-venv.")
        apt_install("python3-venv")
    said = run_quietly(command)
    if said is not None:
        shutil.rmtree(environment.folder, ignore_errors=True)
        raise Failed(f"{said}\n`python3 -m venv` does not work here; on Debian and Ubuntu: apt install python3-venv. Then try again")


def can_apt() -> bool:
    """Whether this is root on Debian or one of its kin."""
    return os.geteuid() == 0 and bool(shutil.which("apt-get"))


def apt_install(*packages: str) -> None:
    for step in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *packages]):
        said = run_quietly(step, DEBIAN_FRONTEND="noninteractive")
        if said is not None:
            raise Failed(f"{said}\n`{' '.join(step)}` failed; install {' and '.join(packages)} by hand, then try again")


def install(environment: Environment) -> None:
    """Install what the environment is for. Without a stamp a failed one is made anew next time."""
    command = [environment.program("python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check", *environment.requirements]
    if subprocess.run(command, cwd=ROOT).returncode:
        raise Failed("pip could not install what is needed, see above. Is a package index reachable? Then try again")


def run_quietly(command: Sequence[str], **variables: str) -> Optional[str]:
    """What a command said, if it failed; None if it went well."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **variables})
    return done.stdout.strip() if done.returncode else None


@contextmanager
def locked() -> Iterator[None]:
    """One script at a time works on the environments."""
    import fcntl

    (ROOT / ".venv").mkdir(exist_ok=True)
    with open(ROOT / ".venv" / "lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def newest_datasettes(environment: Environment) -> Dict[str, str]:
    """The newest Datasette that this Python can have, and the newest with pre-releases: pip's option → version. Empty: could not ask."""
    newest = {}
    for option in ("", "--pre"):
        command = [environment.program("python"), "-m", "pip", "index", "versions", *filter(None, [option]), "datasette"]
        try:
            said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=30).stdout
        except subprocess.TimeoutExpired:
            return {}
        found = re.search(r"^datasette \((\S+)\)", said, re.MULTILINE)
        if not found:
            return {}
        newest[option] = found.group(1)
    return newest


def become(environment: Environment, program: str, *arguments: str) -> NoReturn:
    """Turn into a program of an environment, in the checkout: signals and exit code are its own."""
    sys.stdout.flush()
    os.chdir(ROOT)
    path = environment.program(program)
    os.execv(path, [path, *arguments])  # by its path: a Python finds its environment by the name it is called by


def cases(*arguments: str) -> NoReturn:
    """Turn into `datasette cases …`, with what was typed after the script's name added."""
    with told():
        ready(RUN)
    become(RUN, "datasette", "cases", *arguments, *sys.argv[1:])


@contextmanager
def told() -> Iterator[None]:
    """What cannot be done becomes a message and exit code 1."""
    try:
        yield
    except Failed as failure:
        sys.exit(f"scripts/{Path(sys.argv[0]).name}: {failure}.")
    except KeyboardInterrupt:
        sys.exit(130)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def scripts() -> List[Path]:
    """The scripts: one word each, no suffix."""
    return sorted(path for path in Path(__file__).parent.iterdir() if path.is_file() and "." not in path.name)
