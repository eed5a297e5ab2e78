"""Large reads and the garbage collector, which would stop the keys while it looks through their rows."""

import asyncio
import gc
import sys
import threading
from collections.abc import Iterator

import pytest

from pipeboard.services import reads
from pipeboard.services.reads import uncollected
from pipeboard.tui.runner import Runner

MANY = 60_000


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    """Leave nothing frozen behind."""
    yield
    gc.unfreeze()
    gc.enable()


def test_what_a_large_read_made_is_never_looked_through() -> None:
    gc.unfreeze()
    with uncollected():
        assert not gc.isenabled()
        rows = [[number] for number in range(MANY)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= len(rows)


def test_a_small_read_freezes_nothing() -> None:
    gc.collect()
    gc.unfreeze()
    with uncollected():
        rows = [[number] for number in range(10)]
    assert gc.isenabled()
    assert rows
    assert gc.get_freeze_count() == 0


def test_what_was_garbage_among_frozen_rows_goes_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    class Ring:
        """Something that holds itself."""

        def __init__(self) -> None:
            self.me = self

    def rings() -> int:
        return sum(isinstance(one, Ring) for one in gc.get_objects())

    monkeypatch.setattr(reads, "_THAW_EVERY", 1)
    with uncollected():
        Ring()
        rows = [[number] for number in range(MANY)]
    gc.unfreeze()
    assert rows
    assert rings() == 0


async def test_the_lane_for_reading_does_not_collect() -> None:
    runner = Runner()
    assert await runner.read("asked", gc.isenabled) is False
    runner.close()
    await asyncio.sleep(0)
    assert gc.isenabled()


def test_what_another_thread_is_building_is_left_alone() -> None:
    """Asking the collector for its objects would hold tuples half built, and whoever builds them would fail."""
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            with uncollected():
                pass

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    reading = threading.Thread(target=read)
    reading.start()
    try:
        for _ in range(5_000):
            assert len(tuple((number,) for number in range(30))) == 30
    finally:
        is_over.set()
        reading.join()
        sys.setswitchinterval(interval)
