"""Everything Pipeboard raises on purpose. The text of each is a sentence for the person at the keyboard."""


class PipeboardError(Exception):
    """Base of all expected errors: its text says what is wrong and what to do."""


class NotFound(PipeboardError):
    """A deal, stage, owner or other thing that was asked for is not there."""


class NotSetUp(NotFound):
    """Where a workspace was asked for, none was ever set up."""


class Ambiguous(PipeboardError):
    """A name matches several things; the text lists them."""


class InvalidInput(PipeboardError):
    """What was typed or read cannot be used; the text names the field and the reason."""


class CriteriaOpen(InvalidInput):
    """A stage still asks for something of a deal that is about to leave it; it may leave all the same if forced."""


class StaleDeal(PipeboardError):
    """Somebody else changed the same field of the deal since it was shown."""


class Conflict(PipeboardError):
    """An undo or redo would overwrite somebody's later work."""


class NothingToUndo(PipeboardError):
    """There is no own action left to undo, or nothing to redo."""


class Refused(PipeboardError):
    """The program will not do this because data could be lost (locked, newer schema, target exists)."""


class StorageFailure(PipeboardError):
    """The database could not be read or written; nothing already saved is lost."""
