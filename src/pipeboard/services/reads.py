"""What every group of reads has: its connection and what day it is."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, tzinfo

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


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the cyclic garbage collector: the rows hold no cycles, and looking through them costs a third more."""
    is_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_enabled:
            gc.enable()
