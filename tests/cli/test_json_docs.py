"""What `docs/json.md` does not mention does not exist for its readers."""

import re
from pathlib import Path

from pipeboard.cli import documents

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")


def test_every_schema_and_every_key_of_a_deal_is_mentioned() -> None:
    sources = (ROOT / "src" / "pipeboard").rglob("*.py")
    schemas = {name for path in sources for name in re.findall(r"pipeboard\.\w+/1", path.read_text(encoding="utf-8"))}
    assert {"pipeboard.list/1", "pipeboard.import/1"} <= schemas
    assert [name for name in sorted(schemas) if name not in TEXT] == []
    words = set(TEXT.replace("`", " ").split())
    assert [key for key in documents.DEAL_KEYS if key not in words] == []
