"""`export --format ics` and `import FILE.ics`."""

from pathlib import Path

from tests.cli.conftest import Cli


def test_tasks_go_out_and_come_in_again(cli: Cli, tmp_path: Path) -> None:
    cli.ok("add", "Acme platform", "close:eom", 'next:"call Bob"', "due:fri")
    path = tmp_path / "tasks.ics"
    assert cli("export", "-o", str(path)).err == f"2 calendar items written to {path}\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert cli("export", "-o", str(path)).code == 4
    assert cli.ok("import", str(path)) == "Imported 1 task from tasks.ics: 0 new, 0 changed, 1 unchanged\n"
    changed = path.read_bytes().replace(b"call Bob", b"call Eve")
    assert "0 new, 1 changed" in cli.ok("import", "-", "--dry-run", stdin=changed)
    said = cli.json("import", "-", "--json", stdin=changed)
    assert said == {
        "schema": "pipeboard.import_tasks/1", "dry_run": False, "tasks": 1, "new": 0, "changed": 1, "unchanged": 0,
        "rejected": [], "warnings": [],
    }  # fmt: skip
    assert cli.json("show", "1", "--json")["deal"]["next_task"]["title"] == "call Eve"
    assert cli.ok("export", "--format", "ics").startswith("BEGIN:VCALENDAR")


def test_a_task_without_a_deal_is_told_and_a_deal_can_be_said(cli: Cli) -> None:
    cli.ok("add", "Acme platform")
    content = b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:1@x\r\nSUMMARY:call\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
    result = cli("import", "-", stdin=content)
    assert (result.code, result.err) == (0, "Left out: call: It names no deal; --deal says which one it belongs to.\n")
    assert "1 new" in cli.ok("import", "-", "--deal", "acme", stdin=content)
    assert cli("import", "-", "--deal", "zzz", stdin=content).code == 3
