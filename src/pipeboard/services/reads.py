"""What every group of reads has: its connection and what day it is."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, tzinfo
from itertools import count

from pipeboard.domain.errors import NotFound
from pipeboard.domain.stage import Pipeline
from pipeboard.services.clock import Clock, today_in
from pipeboard.storage.hot.connection import Hot


class Reads:
    """Reads of one workspace. Each answers from one moment of the database."""

    def __init__(self, reader: Hot, clock: Clock, zone: tzinfo) -> None:
        self._hot = reader
        self._clock = clock
        self._zone = zone

    @property
    def today(self) -> date:
        """The present day in the workspace zone."""
        return today_in(self._clock, self._zone)


def chosen_pipeline(pipelines: Sequence[Pipeline], pipeline_id: int | None) -> Pipeline:
    """The pipeline with this id, or the first one without; NotFound when it is not there."""
    for pipeline in pipelines:
        if pipeline_id is None or pipeline.id == pipeline_id:
            return pipeline
    raise NotFound("There is no such pipeline.")


_MANY = 50_000
"""From so many new objects on, what a read made is kept out of the garbage collector's way for good."""

_THAW_EVERY = 50
"""After so many large reads everything is looked through once, for the little that was garbage among them."""

_thawing = count(1)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the cyclic garbage collector: the rows hold no cycles, and looking through them costs a third more.

    It would stop the keys too, for half a second where a million rows were read; and again while they are kept. So
    many of them are frozen: then they still go with their last reference, and nobody looks through them.
    """
    is_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # Made less gone since the last collection, which is how many are left. Never `gc.get_objects`: it would hold
        # what other threads are just building, and a tuple that somebody else holds cannot be built on (SystemError).
        if gc.get_count()[0] > _MANY:
            if next(_thawing) % _THAW_EVERY == 0:
                gc.unfreeze()
                gc.collect()
            gc.freeze()
        if is_enabled:
            gc.enable()
