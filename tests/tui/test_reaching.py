"""Mail, phone and links: copied always, opened only where there is a desktop and never over SSH."""

import pytest

from pipeboard.domain.commands import CreateDeal
from pipeboard.services.workspace import Workspace
from pipeboard.tui.links import mail_link, opener, phone_link, web_link
from tests.tui.driver import playing


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("acme.example/x", "https://acme.example/x"),
        ("acme.example:8080/x", "https://acme.example:8080/x"),
        ("HTTP://acme.example", "HTTP://acme.example"),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("-oops", ""),
        ("call them", ""),
    ],
)
def test_only_web_addresses_are_opened(text: str, url: str) -> None:
    assert web_link(text).url == url


def test_mail_and_phone() -> None:
    assert mail_link("a@b.example").url == "mailto:a@b.example"
    assert mail_link("nobody").url == ""
    assert phone_link("+48 (22) 555-01").url == "tel:+482255501"


def test_nothing_is_opened_over_ssh_or_without_a_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda program: f"/usr/bin/{program}")
    assert opener({"DISPLAY": ":0"}, "linux") == "xdg-open"
    assert opener({"DISPLAY": ":0", "SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22"}, "linux") == ""
    assert opener({}, "linux") == ""
    assert opener({}, "darwin") == "open"


async def test_o_copies_the_only_address_and_asks_among_several(
    local_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    stage = local_workspace.deals.stages()[0]
    ways = (("contact_email", "bob@acme.example"), ("link", "acme.example/[/ EU]"))
    local_workspace.execute(CreateDeal("Bare", stage.id))
    local_workspace.execute(CreateDeal("Mail", stage.id, contact="Ann", more=(("contact_email", "ann@x.example"),)))
    local_workspace.execute(CreateDeal("Both", stage.id, contact="Bob", more=ways))
    async with playing(local_workspace) as player:
        copied: list[str] = []
        monkeypatch.setattr(player.app, "copy_to_clipboard", copied.append)
        await player.press("o")
        assert "mail of Bob" in player.text
        await player.press("2")
        assert copied == ["acme.example/[/ EU]"]
        assert "Copied acme.example/[/ EU]" in player.text
        await player.press("j", "o")
        assert copied[1:] == ["ann@x.example"]
        await player.press("j", "o")
        assert "No mail, phone or link of Bare" in player.text
        await player.press("V", "o")
        assert "2 mail addresses" in player.text
        await player.press("1")
        assert copied[-1] == "bob@acme.example, ann@x.example"
