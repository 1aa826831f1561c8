"""The build: the same input gives the same file, and whatever goes wrong, the served file stays whole."""

from __future__ import annotations

import hashlib
import os
import pty
import random
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Callable, Iterator, Optional

import pytest
from sqlite_utils import Database

from datasette_cases import cli
from datasette_cases.source.problem import DataProblems
from datasette_cases.store import build as store
from datasette_cases.store.build import BuildError

from . import made

pytestmark = pytest.mark.once

DATASETTE = Path(sys.executable).with_name("datasette")
RELEASED = made.RELEASED.isoformat()
SCHEMA = Path(__file__).parents[1] / "docs" / "schema.sql"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return made.folder(tmp_path / "data", cases=3)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    return tmp_path / "site" / "cases.db"


def build(data: Path, target: Path, released: date = made.RELEASED) -> store.Built:
    return store.build(data, target, made.REGIMES, released)


def connect(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True))


def query(path: Path, sql: str) -> list[tuple[object, ...]]:
    with connect(path) as connection:
        return connection.execute(sql).fetchall()


def dump(path: Path) -> str:
    """The file's content as SQL, in one hash."""
    with connect(path) as connection:
        return hashlib.sha256("\n".join(connection.iterdump()).encode()).hexdigest()


def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(DATASETTE), "cases", *map(str, arguments)], capture_output=True, text=True, **options)  # type: ignore[call-overload,no-any-return]


def leftovers(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir() if path != target)


# --- the file that is made --------------------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_dump(data: Path, tmp_path: Path) -> None:
    targets = [tmp_path / f"{number}.db" for number in range(4)]
    build(data, targets[0])
    build(data, targets[1])
    for number, (folder, cwd) in enumerate(((data, tmp_path), ("data", data.parent)), 2):
        done = run("build", folder, targets[number], "--released", RELEASED, cwd=cwd, env={**os.environ, "PYTHONHASHSEED": str(number)})
        assert done.returncode == 0, done.stderr
    assert len({dump(target) for target in targets}) == 1


def test_another_release_day_gives_another_dump(data: Path, target: Path) -> None:
    build(data, target)
    before = dump(target)
    build(data, target, date(2026, 11, 25))
    assert dump(target) != before
    assert query(target, "select released from releases") == [("2026-11-25",)]


def test_the_schema_is_the_one_in_the_docs(data: Path, target: Path) -> None:
    build(data, target)
    documented = SCHEMA.read_text(encoding="utf-8")
    for (sql,) in query(target, "select sql from sqlite_master where sql is not null and name not like '%!_fts!_%' escape '!'"):
        if "sqlite_stat" not in str(sql):
            assert str(sql) in documented


def test_what_is_built_is_counted(data: Path, target: Path) -> None:
    built = build(data, target)
    assert built.path == target
    assert {name: count for name, count in built.counts.items() if count != query(target, f"select count(*) from [{name}]")[0][0]} == {}
    assert query(target, "select sum(count) from complaints where case_id = 'acme-1'") == [(3,)]
    assert query(target, "select answer from stances where actor_id = 'nl-ap' and question = 'competent' and case_id = 'acme-1'") == [
        ("no",)
    ]


def test_batches_lose_no_row(tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = made.folder(tmp_path / "data", cases=3)
    build(data, target)
    whole = dump(target)
    monkeypatch.setattr(store, "BATCH", 2)
    build(data, target)
    assert dump(target) == whole


def test_the_file_is_sound(data: Path, target: Path) -> None:
    build(data, target)
    assert query(target, "pragma integrity_check") == [("ok",)]
    assert query(target, "pragma foreign_key_check") == []
    assert query(target, "pragma journal_mode") == [("delete",)]


def test_every_reference_is_a_foreign_key(data: Path, target: Path) -> None:
    build(data, target)
    assert {row[2:5] for row in query(target, "pragma foreign_key_list(complaints)")} == {
        ("cases", "case_id", "id"),
        ("actors", "authority_id", "id"),
        ("actors", "handled_by_id", "id"),
    }


def test_search_folds_accents_and_case(data: Path, target: Path) -> None:
    build(data, target)
    found = query(target, "select count(*) from cases where rowid in (select rowid from cases_fts where cases_fts match 'ETE')")
    assert found == [(3,)]
    assert query(target, "select count(*) from statements_fts where statements_fts match 'NEAR(EEN reden)'") == [(3,)]


def test_every_view_answers(data: Path, target: Path) -> None:
    build(data, target)
    names = [name for (name,) in query(target, "select name from sqlite_master where type = 'view'")]
    assert names == ["standing", "timeline", "case_board", "stands_today", "follow_up", "authority_record"]
    for name in names:
        query(target, f"select * from [{name}]")
    assert query(target, "select authority_id, nothing_found, days_asked from standing where case_id = 'acme-0'") == [
        ("fr-cnil", 1, 578),
        ("ie-dpc", 0, None),
        ("nl-ap", 0, 578),
    ]
    assert query(target, "select item_type, id from timeline where case_id = 'acme-0'") == [
        ("complaint", "acme-0/fr-noyb"),
        ("complaint", "acme-0/nl-noyb"),
        ("statement", "acme-0/ap-first-word"),
        ("event", "acme-0/ap-forwards"),
    ]


def test_a_folder_without_cases_is_built(tmp_path: Path, target: Path) -> None:
    assert build(made.folder(tmp_path / "data", cases=0), target).counts["cases"] == 0


def test_no_draft_is_left(data: Path, target: Path) -> None:
    build(data, target)
    assert leftovers(target) == []


# --- what goes wrong --------------------------------------------------------------------------------------------------


@pytest.fixture
def served(data: Path, target: Path) -> Iterator[Path]:
    """A file that is being served: whatever the test does, it must stay as it is, byte for byte, and nothing beside it."""
    build(data, target)
    before = target.read_bytes()
    yield target
    assert target.read_bytes() == before
    assert [name for name in leftovers(target) if not name.endswith(("-wal", "-journal"))] == []


def refused(data: Path, target: Path, said: str) -> None:
    """The command says why, in one line, and exits with 1; so does the function."""
    done = run("build", data, target, "--released", RELEASED)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(said + "\n", done.stderr), done.stderr


def test_a_folder_as_target(data: Path, tmp_path: Path) -> None:
    refused(data, tmp_path, rf"{tmp_path} is a folder; name a file, such as {tmp_path}/cases\.db")


def test_a_missing_folder_for_the_target(data: Path, tmp_path: Path) -> None:
    refused(data, tmp_path / "no" / "cases.db", rf"the folder {tmp_path}/no does not exist; make it, or name another file")


def test_a_missing_data_folder(served: Path, tmp_path: Path) -> None:
    refused(tmp_path / "no", served, rf"{tmp_path}/no:1:1: found no such folder; name the folder .*\n1 problem; nothing was written")


@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_another_program_writes_to_the_target(data: Path, served: Path, suffix: str) -> None:
    beside = served.with_name(served.name + suffix)
    beside.write_bytes(b"")
    refused(data, served, rf"{beside} is there: another program is writing to {served}; close it, then build again")


def test_a_second_build_while_one_runs(data: Path, served: Path) -> None:
    with store._exclusive(served) as draft:
        refused(data, served, f"another build of {served} is running; wait until it is done")
        assert draft.exists()


def test_problems_in_the_data(data: Path, served: Path) -> None:
    path = data / "cases" / "acme-2.yml"
    made.write(path, path.read_text(encoding="utf-8").replace("date: 2024-09-02", "date: 2024-09-32"))
    refused(data, served, r".*acme-2\.yml:39:11: .*2024-09-32.*\n1 problem; nothing was written")


def test_a_data_file_that_cannot_be_read(data: Path, served: Path) -> None:
    (data / "cases" / "acme-3.yml").mkdir()
    with pytest.raises(DataProblems) as caught:
        build(data, served)
    assert [problem.kind for problem in caught.value.problems] == ["not-readable"]


def as_child(action: Callable[[], None]) -> str:
    """Run something in a forked process; what it wrote."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.dup2(writing, 2)
            action()
            said = "no error"
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with open(reading, encoding="utf-8") as pipe:
        return pipe.read()


def test_a_folder_that_cannot_be_written_to(data: Path, served: Path) -> None:
    served.parent.chmod(0o555)

    def as_nobody() -> None:
        if os.geteuid() == 0:
            for folder in (served.parent, *served.parent.parents):
                if folder.stat().st_uid == 0 and not folder.stat().st_mode & 0o005:
                    folder.chmod(folder.stat().st_mode | 0o005)
            os.setgid(65534)
            os.setuid(65534)
        build(data, served)

    try:
        said = as_child(as_nobody)
    finally:
        served.parent.chmod(0o755)
    assert said == f"BuildError: cannot write beside {served}: Permission denied; mend the permissions, or name another file"


@pytest.mark.parametrize("limit", [4096, 50_000, 200_000])
def test_a_full_disk(data: Path, served: Path, limit: int) -> None:
    def with_little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        build(data, served)

    assert re.fullmatch(rf"BuildError: cannot write {served}: .*; the old one stays as it was", as_child(with_little_room))


def test_a_file_that_turns_out_damaged_is_not_used(data: Path, served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands for a disk that gives back something else than what was written."""
    check = store._require_sound

    def damaged(db: Database) -> None:
        draft = next(served.parent.glob(".*.building"))
        content = bytearray(draft.read_bytes())
        content[-8192:] = bytes(8192)
        draft.write_bytes(content)
        db.execute("pragma shrink_memory")
        check(db)

    monkeypatch.setattr(store, "_require_sound", damaged)
    with pytest.raises(BuildError, match="stays as it was"):
        build(data, served)


def test_a_reference_to_nothing_is_not_used(data: Path, served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = store.case_rows

    def without_case(*arguments: object) -> Iterator[object]:
        found = rows(*arguments)  # type: ignore[arg-type]
        next(found)
        return found

    monkeypatch.setattr(store, "case_rows", without_case)
    with pytest.raises(BuildError, match="row 1 of .* refers to a missing row of cases; please report"):
        build(data, served)


def test_rows_that_do_not_fit_are_our_error(data: Path, served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = store.case_rows
    monkeypatch.setattr(store, "case_rows", lambda *arguments: [*rows(*arguments)] * 2)
    with pytest.raises(BuildError, match="UNIQUE constraint failed: cases.id; please report"):
        build(data, served)


def test_an_interrupted_build_leaves_no_draft(data: Path, served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "create_search", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(data, served)


def test_a_build_that_waited_for_another_does_not_touch_what_that_one_made(
    data: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between opening the draft and locking it, another build may have swapped that very file in."""
    lock, swapped = store._lock, []

    def late(handle: int) -> bool:
        if not swapped:
            swapped.append(True)
            os.replace(target.with_name(".cases.db.building"), target)
            made.write(target, "the other build's file")
        return lock(handle)

    monkeypatch.setattr(store, "_lock", late)
    with store._exclusive(target) as draft:
        assert target.read_text() == "the other build's file"
        assert draft.exists() and draft.stat().st_size == 0


def test_the_file_is_on_disk_before_it_is_swapped_in(data: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(handle: int) -> None:
        done.append("folder" if os.path.isdir(f"/dev/fd/{handle}") or os.path.samestat(os.fstat(handle), target.parent.stat()) else "file")
        fsync(handle)

    def noted_replace(*arguments: object) -> None:
        done.append("swap")
        replace(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    build(data, target)
    assert done == ["file", "swap", "folder"]


def test_a_folder_that_cannot_be_synced_is_no_error(data: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network drives refuse it; the file is swapped in by then."""
    fsync = os.fsync

    def picky(handle: int) -> None:
        if os.path.samestat(os.fstat(handle), target.parent.stat()):
            raise OSError(22, "Invalid argument")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", picky)
    build(data, target)
    assert query(target, "select count(*) from cases") == [(3,)]


def test_readers_see_the_old_file_or_the_new(data: Path, target: Path) -> None:
    """A reader that opens the file anew again and again while builds run."""
    build(data, target)
    seen: set[object] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.add(
                query(target, "select (select count(*) from cases), (select count(*) from stances), (select count(*) from standing)")[0]
            )

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(5):
            build(data, target)
    finally:
        stop.set()
        reader.join()
    assert seen == {(3, 6, 9)}


# --- kill -9 ----------------------------------------------------------------------------------------------------------


def test_kill_9_at_any_moment(tmp_path: Path, target: Path) -> None:
    """A hundred builds and more, each killed at a random moment.

    How we know that a build was killed between its first write and the rename: it is dead by our signal, its draft is there,
    not empty, and not as the build before it left it, and the target is still the very file it was. A build that was quicker
    than the signal ended by itself and does not count.
    """
    data = made.folder(tmp_path / "data", cases=8)
    days = [date(2026, 11, 24), date(2026, 11, 25)]
    whole = {}
    for day in days:
        started = time.monotonic()
        build(data, target, day)
        took = time.monotonic() - started
        whole[dump(target)] = day
    draft = target.with_name(".cases.db.building")
    chance = random.Random(20240606)
    killed = while_writing = 0
    for attempt in range(300):
        if killed >= 100 and while_writing >= 50:
            break
        before = identity(target), identity(draft)
        ended = killed_build(data, target, days[attempt % 2], chance.uniform(0, took * 1.1))
        killed += ended == -signal.SIGKILL
        after = identity(target), identity(draft)
        while_writing += ended == -signal.SIGKILL and after[0] == before[0] and after[1] != before[1] and after[1][2] > 0
        assert query(target, "pragma integrity_check") == [("ok",)]
        assert dump(target) in whole
    print(f"{killed} builds killed, {while_writing} of them between first write and rename")
    assert killed >= 100
    assert while_writing >= 50
    build(data, target, days[0])
    assert whole[dump(target)] == days[0]
    assert leftovers(target) == []


def identity(path: Path) -> tuple[int, int, int]:
    """Which file it is, when it was written to last, and its size; zeros if there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0, 0)
    return found.st_ino, found.st_mtime_ns, found.st_size


def killed_build(data: Path, target: Path, released: date, after: float) -> int:
    """Fork a build and kill it; how it ended, a signal as a negative number."""
    child = os.fork()
    if child == 0:
        try:
            build(data, target, released)
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


# --- the terminal -----------------------------------------------------------------------------------------------------


def on_a_terminal(*arguments: object, after: Optional[float] = None) -> tuple[int, str]:
    """Run the command with its standard error on a terminal; exit code and what the terminal got. `after`: instead of a second."""
    code = f"from datasette_cases import cli; cli.Bar.AFTER = {after}; cli.cases()"
    command = [str(DATASETTE), "cases"] if after is None else [sys.executable, "-c", code]
    ours, theirs = pty.openpty()
    process = subprocess.Popen([*command, *map(str, arguments)], stderr=theirs, stdout=subprocess.DEVNULL)
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(ours)
    return process.wait(), shown.decode()


def test_a_long_build_shows_its_progress(data: Path, target: Path) -> None:
    code, shown = on_a_terminal("build", data, target, "--released", RELEASED, after=0)
    assert code == 0
    steps = shown.replace("\r\n", "\n").split("\r")
    assert steps[:3] == ["", f"cases        [{'#' * 10}{'.' * 20}] 1/3  ", f"cases        [{'#' * 20}{'.' * 10}] 2/3  "]
    assert steps[-1] == f"soundness    [{'#' * 30}] 9/9  \n"


def test_a_long_check_ends_its_line(data: Path) -> None:
    code, shown = on_a_terminal("check", data, "--released", RELEASED, after=0)
    assert code == 0
    assert shown.endswith("3/3  \r\n")


def test_problems_begin_on_a_line_of_their_own(data: Path) -> None:
    made.write(data / "cases" / "zzz.yml", "id: zzz\n")
    code, shown = on_a_terminal("check", data, "--released", RELEASED, after=0)
    assert code == 1
    assert re.search(r"4/4  \r\n\S*zzz\.yml:1:1: ", shown)


def test_progress_is_shown_after_a_second(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    now = [100.0]
    monkeypatch.setattr(cli, "monotonic", lambda: now[0])
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    bar = cli.Bar()
    for seconds, shown in ((0.9, ""), (0.2, "\rcases        [##########....................] 1/3  ")):
        now[0] += seconds
        bar("cases", 1, 3)
        assert capsys.readouterr().err == shown


def test_a_quick_build_shows_none(data: Path, target: Path) -> None:
    assert on_a_terminal("build", data, target, "--released", RELEASED) == (0, "")


def test_no_progress_without_a_terminal(data: Path, target: Path) -> None:
    code = "from datasette_cases import cli; cli.Bar.AFTER = 0; cli.cases()"
    command = [sys.executable, "-c", code, "build", str(data), str(target), "--released", RELEASED]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{target}: 3 cases, 6 complaints, 3 events, 3 statements, 6 answers, 6 deadlines, 9 sources\n"
