"""How far a long command is, told to whoever waits for it."""

from pipeboard.storage.transaction import Transaction

_EVERY = 1_000


class Meter:
    """Counts what is done of a known number of things, and tells the transaction's listener now and then."""

    def __init__(self, tx: Transaction, total: int) -> None:
        self._tx, self._total = tx, total
        self._done = self._told = 0

    def add(self, count: int = 1) -> None:
        """So many more are done. Whoever listens may raise, and the command is taken back."""
        self._done += count
        if self._done - self._told >= _EVERY or self._done == self._total:
            self._told = self._done
            self._tx.progress(self._done, self._total)
