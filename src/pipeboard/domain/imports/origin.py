"""The sign of the workspace that an export is of: the name of a last, empty column, such as "pipeboard 3f9a2c1b"."""

import re
from collections.abc import Sequence
from typing import Final

_SIGN: Final = re.compile(r"pipeboard [0-9a-f]{8}")


def sign_of(uid: str) -> str:
    """The sign of a workspace."""
    return f"pipeboard {uid[:8]}"


def is_sign(header: str) -> bool:
    """Whether a column is named by such a sign."""
    return _SIGN.fullmatch(header.strip()) is not None


def told_sign(headers: Sequence[str]) -> str:
    """The sign that a header carries; "" for none."""
    return next((header.strip() for header in headers if is_sign(header)), "")
