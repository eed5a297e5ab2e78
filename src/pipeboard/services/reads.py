"""What every group of reads has: its connection and what day it is."""

from datetime import date, tzinfo

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
