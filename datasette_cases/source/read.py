"""A data folder → records. Every file is read and checked even when an earlier one has problems."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path as FilePath
from typing import Any, Iterator, Mapping, Optional, cast

from pydantic import BaseModel

from ..law.calendar import WEEKENDS
from ..model.actor import Actor, Actors, Authorities, Authority, Publisher, Publishers
from ..model.case import Case, Complaint, Deadline, Entry
from ..model.fields import Context, host_key
from ..vocabulary import Regime, nearest
from . import check
from .problem import Problem, brief
from .tree import Tree, child, lists, read
from .validate import validate

RESERVED = frozenset({"about", "api", "data", "dcat", "download", "openapi", "reconcile"})
"""Case ids that are addresses of the site: /-/cases/about, /-/cases/openapi.json and so on."""

LISTS = frozenset({"complaints", "entries", "deadlines"})
"""The parts of a case file whose items are checked one by one."""


LIBRARY: dict[str, type[BaseModel]] = {"authorities.yml": Authorities, "actors.yml": Actors, "publishers.yml": Publishers}
"""The files beside the cases, and the record each holds."""

MOST_BYTES = 5_000_000
"""Of one file: thousands of entries. A larger one would take minutes to read."""

FORMS = {"id": re.compile(r"[a-z0-9-]+"), "host": re.compile(r"[\w-]+(\.[\w-]+)+")}
"""What ids and hosts look like at least; where one does not, it may be any of those that are referred to."""

Ids = Optional[frozenset[str]]
"""What can be referred to; None where a mistake hides some of it, so that references cannot be checked."""


@dataclass
class Library:
    """Who appears and who publishes, read once for all cases. `problems`: what is wrong in these files."""

    authorities: list[Authority] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    publishers: dict[str, Publisher] = field(default_factory=dict)
    hosts: Ids = None
    authority_ids: Ids = None
    actor_ids: Ids = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def kinds(self) -> dict[str, str]:
        """Actor id → kind, for authorities and bodies of authorities: whoever can have a place on a board."""
        bodies = {actor.id: actor.kind for actor in self.actors if actor.kind == "board"}
        return {**{authority.id: authority.kind for authority in self.authorities}, **bodies}

    @property
    def calendars(self) -> dict[str, Optional[str]]:
        """Authority id → the calendar of its seat; that of a body of the Union knows weekends only. None: not known."""
        return {one.id: one.calendar.key if one.calendar else None if one.country else WEEKENDS.key for one in self.authorities}


@dataclass
class Found:
    """One case file: the case if it can be used, and all that is wrong with it."""

    path: FilePath
    case: Optional[Case]
    problems: list[Problem]


def read_library(folder: FilePath, shown: str) -> Library:
    """Read authorities.yml, actors.yml and publishers.yml. `shown`: the folder as problems name it."""
    trees = {name: read_tree(folder / name, f"{shown}/{name}") for name in LIBRARY}
    hosts = _ids(trees["publishers.yml"], "publishers", "host")
    authority_ids, actor_ids = _ids(trees["authorities.yml"], "authorities"), _ids(trees["actors.yml"], "actors")
    library = Library(
        hosts=None if hosts is None else frozenset(map(host_key, hosts)),
        authority_ids=authority_ids,
        actor_ids=None if authority_ids is None or actor_ids is None else authority_ids | actor_ids,
    )
    context = Context(hosts=library.hosts)
    records = {name: validate(tree, (), tree.values, LIBRARY[name], context) for name, tree in trees.items() if tree.values is not None}
    _check_once(trees)
    _check_hosts(trees["publishers.yml"])
    for tree in trees.values():
        check.nothing_twice(tree)
        library.problems += tree.problems
    if not library.problems:
        library.authorities = cast(Authorities, records["authorities.yml"]).authorities
        library.actors = cast(Actors, records["actors.yml"]).actors
        library.publishers = {publisher.host: publisher for publisher in cast(Publishers, records["publishers.yml"]).publishers}
    return library


def _check_once(trees: Mapping[str, Tree]) -> None:
    """Authorities and other actors share one set of ids; each host has one publisher."""
    seen: dict[tuple[str, str], tuple[str, int]] = {}
    for file, key in (("authorities.yml", "id"), ("actors.yml", "id"), ("publishers.yml", "host")):
        for path, item in lists(trees[file].values, file.removesuffix(".yml")):
            value = child(item, key)
            if isinstance(value, str) and value:
                here = (file, trees[file].places[path + (key,)].line)
                first = seen.setdefault((key, value), here)
                if first != here:
                    found = f'found "{brief(value)}", which stands in {first[0]} on line {first[1]} already'
                    trees[file].report((*path, key), "duplicate-id", found, f"delete one of them, or give it another {key}")


def _check_hosts(tree: Tree) -> None:
    """A publisher's host is written as it is looked up."""
    for path, item in lists(tree.values, "publishers"):
        host = child(item, "host")
        if isinstance(host, str) and host.strip() and (host != host_key(host) or not FORMS["host"].fullmatch(host)):
            todo = "write the host alone, in lower case and without www., such as noyb.eu"
            tree.report((*path, "host"), "bad-url", f'found "{brief(host)}"', todo)


def read_case(path: FilePath, shown: str, library: Library, regimes: Mapping[str, Regime], released: date) -> Found:
    """Read and check one case file."""
    tree = read_tree(path, shown)
    if tree.values is None:
        return Found(path, None, tree.problems)
    values = tree.values if isinstance(tree.values, dict) else {}
    regime = regimes.get(str(values.get("regime")))
    context = context_of(tree, library, regimes, regime, released)
    head = validate(tree, (), tree.values, Case, context, without=LISTS)
    parts = {
        name: [(item_path, validate(tree, item_path, item, model, context)) for item_path, item in lists(values, name)]
        for name, model in (("complaints", Complaint), ("entries", Entry), ("deadlines", Deadline))
    }
    for name in sorted(LISTS & values.keys()):
        if not isinstance(values[name], list) or not values[name]:
            _no_list(tree, name, values[name])
    _check_name(tree, path, head)
    check.case(check.Checked(tree, head, regime, parts, None if library.problems else library.calendars))
    case = None
    if not tree.problems and head is not None:
        case = head.model_copy(update={name: [record for _, record in records] or None for name, records in parts.items()})
    return Found(path, case, tree.problems)


def _no_list(tree: Tree, name: str, value: Any) -> None:
    if value in ("", []):
        tree.report((name,), "empty-value", "found nothing after the key", "write a list, or leave the key out")
    else:
        found = "keys and values" if isinstance(value, dict) else f'the text "{brief(value)}"'
        tree.report((name,), "not-a-list", f"found {found} where a list belongs", "begin each item on a line of its own, with a hyphen")


def case_files(folder: FilePath) -> list[FilePath]:
    """The case files of a data folder, in order of name. Hidden files are not ours."""
    return sorted(path for path in (folder / "cases").glob("*.yml") if not path.name.startswith("."))


def read_cases(folder: FilePath, shown: str, library: Library, regimes: Mapping[str, Regime], released: date) -> Iterator[Found]:
    """Read the case files one after the other; none is kept."""
    for path in case_files(folder):
        yield read_case(path, f"{shown}/cases/{path.name}", library, regimes, released)


def stray_files(folder: FilePath, shown: str) -> list[Problem]:
    """What does not belong in a data folder, and folders that cannot be looked into. READMEs, licences and hidden files may be there."""
    expected = {folder / name for name in LIBRARY} | set(case_files(folder))
    problems: list[Problem] = []

    def locked(error: OSError) -> None:
        name = FilePath(error.filename).relative_to(folder)
        problems.append(_file_problem(f"{shown}/{name.as_posix()}", *_not_readable(error, "folder")))

    for parent, folders, names in os.walk(folder, onerror=locked):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (FilePath(parent, name) for name in folders):
            if path.is_symlink():
                link = f"{shown}/{path.relative_to(folder).as_posix()}"
                problems.append(_file_problem(link, "not-readable", "found a link", "put the folder itself there"))
        for path in (FilePath(parent, name) for name in names):
            plain = path.suffix == ".md" or path.name.startswith((".", "LICENSE"))
            if not plain and path not in expected:
                name = path.relative_to(folder)
                problems.append(_file_problem(f"{shown}/{name.as_posix()}", "unexpected-file", *_unexpected(name)))
    return sorted(problems)


def _unexpected(name: FilePath) -> tuple[str, str]:
    """What was found and what to do about a file that is not part of the data."""
    if name.suffix == ".yaml":
        return "found a file with the ending .yaml", f"rename it to {name.with_suffix('.yml').name}"
    if name.suffix == ".yml":
        return "found a data file in the wrong place", "move it: a case stands in cases/<id>.yml"
    return "found a file that is not part of the data", "move it elsewhere or delete it"


def _file_problem(shown: str, kind: str, found: str, todo: str) -> Problem:
    return Problem(shown, 1, 1, "", kind, found, todo)


def _not_readable(error: OSError, what: str) -> tuple[str, str, str]:
    if isinstance(error, FileNotFoundError):
        return "not-readable", f"found no such {what}", "put it there"
    return (
        "not-readable",
        f"found no {what} that can be read ({error.strerror or type(error).__name__})",
        "mend its permissions, or put it there",
    )


def digest(folder: FilePath) -> str:
    """SHA-256 over the names and bytes of all data files, in order of name."""
    total = hashlib.sha256()
    for path in [*sorted(folder.glob("*.yml")), *case_files(folder)]:
        content = content_of(path)
        total.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def read_tree(path: FilePath, shown: str) -> Tree:
    """A file's tree; `shown` is the path as problems name it."""
    try:
        return read(shown, content_of(path))
    except NoFile as error:
        return Tree(shown, problems=[_file_problem(shown, "not-readable", error.found, error.todo)])
    except OSError as error:
        return Tree(shown, problems=[_file_problem(shown, *_not_readable(error, "file"))])


class NoFile(Exception):
    """What stands there is not read: what was found and what to do."""

    def __init__(self, found: str, todo: str) -> None:
        super().__init__(found)
        self.found, self.todo = found, todo


def content_of(path: FilePath) -> bytes:
    """A file's bytes. A link could lead to a file elsewhere, a pipe or a device never end: neither is opened."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise NoFile("found a link", "put the file itself there")
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise NoFile("found something that is no file", "put a file there, or delete it")
    with open(path, "rb", opener=_without_waiting) as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise NoFile(f"found a file of more than {MOST_BYTES // 1_000_000} MB", "cut it in two, or take out what does not belong there")
    return content


def _without_waiting(path: str, flags: int) -> int:
    """Open what was a file a moment ago, whatever it is now."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _ids(tree: Tree, name: str, key: str = "id") -> Ids:
    """The ids of a list; None where they cannot all be known, so that one mistake does not make others of what is right."""
    values = tree.values
    if not isinstance(values, dict) or (name,) in tree.twice:
        return None
    if name not in values:
        return None if nearest(name, [other for other in values if other not in Case.model_fields]) else frozenset()
    ids = [child(item, key) for _, item in lists(values, name)]
    known = isinstance(values[name], list) and all(isinstance(found, str) and FORMS[key].fullmatch(found) for found in ids)
    return frozenset(map(str, ids)) if known else None


def context_of(tree: Tree, library: Library, regimes: Mapping[str, Regime], regime: Optional[Regime], released: date) -> Context:
    """What the records of a case may refer to."""
    ids = {
        "authority": library.authority_ids,
        "actor": library.actor_ids,
        "entry": _ids(tree, "entries"),
        "complaint": _ids(tree, "complaints"),
        "subject": _ids(tree, "subjects"),
        "regime": frozenset(regimes),
        "status": frozenset(regime.statuses.values) if regime else None,
        "question": frozenset(regime.question_ids) if regime else None,
    }
    return Context({kind: known for kind, known in ids.items() if known is not None}, library.hosts, released)


def _check_name(tree: Tree, path: FilePath, head: Optional[Case]) -> None:
    """The file's name is the case's id, and no address of the site."""
    case_id = head.id if head else None
    if case_id and case_id != path.stem:
        found = f'found "{case_id}" in the file {path.name}'
        tree.report(("id",), "file-name", found, f"rename the file to {case_id}.yml, or write {path.stem} here")
    elif case_id in RESERVED:
        tree.report(("id",), "reserved-id", f'found "{case_id}", which is an address of the site', "choose another id, and rename the file")
