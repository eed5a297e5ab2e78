"""Two lanes beside the event loop: writes queue and none is dropped, reads race and only the latest counts."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from pipeboard.services.reads import uncollected

T = TypeVar("T")


class Superseded(Exception):
    """A newer read of the same name was asked for; nobody wants this answer any more."""


class Follower(Protocol):
    """Something that has work of its own to do after the writes of the person."""

    def soon(self) -> None:
        """A write was queued."""
        ...

    def finish(self) -> None:
        """The lanes are about to close: queue what is still to be done."""
        ...


class Runner:
    """Runs the work of the database in threads, in the order that keeps the screen honest."""

    def __init__(self) -> None:
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="pipeboard-write")
        self._reading = ThreadPoolExecutor(3, thread_name_prefix="pipeboard-read")
        self._latest: dict[str, int] = defaultdict(int)
        self.pending_writes = 0
        self.generation = 0
        self._newest: asyncio.Future[Any] | None = None
        self.follower: Follower | None = None

    def write(self, work: Callable[[], T]) -> "asyncio.Future[T]":
        """Queue `work` behind every write that was asked for before it; it is queued when this returns.

        Nothing takes it out of the queue again: cancelling whoever waits for it does not cancel it.
        """
        self.pending_writes += 1
        self.generation += 1
        future = asyncio.get_running_loop().run_in_executor(self._writing, work)
        future.add_done_callback(self._written)
        self._newest = future
        if self.follower is not None:
            self.follower.soon()
        return asyncio.shield(future)

    def _written(self, _future: object) -> None:
        self.pending_writes -= 1

    async def written(self) -> None:
        """Wait until every write that was asked for is done, whatever came of it."""
        while self.pending_writes and self._newest is not None:
            await asyncio.wait({self._newest})
            await asyncio.sleep(0)  # the count goes down in a callback

    async def read(self, name: str, work: Callable[[], T]) -> T:
        """Run `work` beside the loop. Superseded when a later read of the same name was asked for meanwhile."""
        self._latest[name] += 1
        ticket = self._latest[name]

        def run() -> T:
            if self._latest[name] != ticket:
                raise Superseded(name)
            with uncollected():
                return work()

        result = await asyncio.get_running_loop().run_in_executor(self._reading, run)
        if self._latest[name] != ticket:
            raise Superseded(name)
        return result

    def close(self) -> None:
        """Let queued writes finish and stop; reads under way are abandoned."""
        follower, self.follower = self.follower, None
        if follower is not None:
            follower.finish()
        self._reading.shutdown(wait=False, cancel_futures=True)
        self._writing.shutdown(wait=True)
