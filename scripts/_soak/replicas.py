"""Two processes of the site, which are started again whenever they end, as a machine's own supervisor would; and what they take."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple, Optional, Sequence, Tuple

from _benchmark import load

EVERY = 5
"""Seconds between two looks at their memory."""


class Sample(NamedTuple):
    """Memory of a process, in MB, and milliseconds of a processor it had, so many seconds after the beginning."""

    second: float
    port: int
    process: int
    memory: float
    processor: float


class Replica:
    """One of them. Its process id stands in a file, for whoever ends it."""

    def __init__(self, command: List[str], port: int, folder: Path, told: Callable[[str], None]) -> None:
        self.command, self.port, self.file, self.told = command, port, folder / f"{port}.pid", told
        self.process: Optional[subprocess.Popen[bytes]] = None
        self.ending = False
        self.started = threading.Event()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        self.started.wait(60)

    def _run(self) -> None:
        while not self.ending:
            self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.file.write_text(str(self.process.pid), encoding="utf-8")
            self.started.set()
            code = self.process.wait()
            if not self.ending:
                self.told(f"port {self.port}: process {self.process.pid} ended ({code}), started again")
                time.sleep(0.1)

    def kill(self) -> None:
        """At once, whatever it is doing."""
        if self.process:
            self.process.send_signal(signal.SIGKILL)

    def end(self) -> None:
        self.ending = True
        if self.process:
            with suppress(OSError):
                self.process.terminate()
        self.thread.join(30)


def memory(process: int) -> Optional[float]:
    """MB that a process holds; None where nobody tells, or it is gone."""
    with suppress(OSError, StopIteration, ValueError):
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024
    return None


def watch(replicas: List[Replica], began: float, stop: threading.Event) -> List[Sample]:
    """Fills in what is seen until it is stopped: from a thread of its own."""
    seen: List[Sample] = []

    def look() -> None:
        while not stop.wait(EVERY):
            for replica in replicas:
                process = replica.process
                found = memory(process.pid) if process else None
                if process and found is not None:
                    seen.append(Sample(time.monotonic() - began, replica.port, process.pid, found, load.processor(process.pid) or 0.0))

    threading.Thread(target=look, daemon=True).start()
    return seen


def processor(samples: Sequence[Sample]) -> float:
    """Milliseconds that all processes had, while they were looked at."""
    own = [[one.processor for one in samples if one.process == process] for process in {sample.process for sample in samples}]
    return sum(found[-1] - found[0] for found in own)


def by_minute(samples: Sequence[Sample]) -> Dict[int, Dict[int, float]]:
    """The first memory of each minute that is seen at each port."""
    found: Dict[int, Dict[int, float]] = {}
    for sample in samples:
        found.setdefault(int(sample.second // 60), {}).setdefault(sample.port, sample.memory)
    return found


def slopes(samples: Sequence[Sample], after: float) -> Dict[Tuple[int, int], Tuple[float, float, float, float]]:
    """By port and process, from a second on: the first and last memory, the most, and MB an hour of the line through them."""
    found: Dict[Tuple[int, int], Tuple[float, float, float, float]] = {}
    for key in dict.fromkeys((sample.port, sample.process) for sample in samples):
        own = [sample for sample in samples if (sample.port, sample.process) == key and sample.second >= after]
        if len(own) < 3:
            continue
        middle, mean = sum(s.second for s in own) / len(own), sum(s.memory for s in own) / len(own)
        steep = sum((s.second - middle) * (s.memory - mean) for s in own) / sum((s.second - middle) ** 2 for s in own)
        found[key] = own[0].memory, own[-1].memory, max(s.memory for s in own), steep * 3600
    return found
