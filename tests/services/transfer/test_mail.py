"""A mail becomes an activity of the right deal."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from tests.services.handlers.asking import add, seen

from pipeboard.domain import commands as c
from pipeboard.domain.company_commands import AddContact
from pipeboard.domain.errors import Ambiguous, InvalidInput, NotFound
from pipeboard.services.transfer.mail import deal_of_mail, read_mail, without_quotes, words_of_html
from pipeboard.services.workspace import Workspace


def _mail(
    text: str = "We take it.", sender: str = "Bob <Bob@Acme.example>", to: str = "anna@us.example"
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, "Re: Oferta – żółty"
    message["Date"] = "Fri, 20 Nov 2026 10:15:00 +0100"
    message["Message-ID"] = "<42@acme.example>"
    message.set_content(text)
    return message


def test_a_mail_is_read() -> None:
    mail = read_mail(b"From bob@acme.example Fri Nov 20\n" + _mail("We take it.\n\n> old words\n-- \nBob").as_bytes())
    assert mail.text == "Re: Oferta – żółty\nWe take it."
    assert (mail.sender, mail.recipients) == ("bob@acme.example", ("anna@us.example",))
    assert mail.at == datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
    assert mail.message_id == "<42@acme.example>"


def test_html_alone_is_read_as_words() -> None:
    message = _mail()
    message.set_content(
        "<style>p{}</style><p>We &amp; you</p><p>take <b>it</b></p><blockquote>old</blockquote>", "html"
    )
    assert read_mail(message.as_bytes()).text == "Re: Oferta – żółty\nWe & you\ntake it"
    assert words_of_html("<p>a<br>b") == "a\nb"


@pytest.mark.parametrize(
    "quoted",
    [
        "Yes\n\nOn Fri, 20 Nov 2026 at 10:15, Anna <anna@us.example> wrote:\n> old",
        "Yes\n\nOn Fri, 20 Nov 2026 at 10:15, Anna\n<anna@us.example> wrote:\n> old",
        "Yes\n-----Original Message-----\nold",
        "Yes\r\n\r\npt., 20 lis 2026 o 10:15 Anna napisał(a):\r\n> old",
        "Yes\n20 ноября 2026 г., Анна пишет:\n> old",
        "Yes\n________________________________\nFrom: Anna\nold",
        "> old\nYes\n-- \nBob",
    ],
)
def test_what_was_quoted_is_left_out(quoted: str) -> None:
    assert without_quotes(quoted) == "Yes"


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff\xfe\x00", b"Subject: x\n\nbody", b"From: nobody\n\nx"])
def test_what_is_no_mail_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput, match="no mail"):
        read_mail(content)


@pytest.mark.parametrize("broken", [b"Content-Type: text/plain; charset=klingon\n\nh\xe9", b"Date: never\n\nhe"])
def test_a_mail_with_a_broken_part_is_read_all_the_same(broken: bytes) -> None:
    mail = read_mail(b"From: bob@acme.example\n" + broken)
    assert mail.text.startswith("h")
    assert mail.at is None


def _with_contact(workspace: Workspace, title: str, address: str = "bob@acme.example") -> int:
    workspace.execute(AddContact("Bob", email=address))
    return add(workspace, title, contact="Bob")


def test_the_deal_is_found_by_the_address(workspace: Workspace) -> None:
    deal = _with_contact(workspace, "Acme platform")
    incoming, outgoing = (
        read_mail(_mail().as_bytes()),
        read_mail(_mail(sender="anna@us.example", to="BOB@acme.example").as_bytes()),
    )
    assert deal_of_mail(workspace, incoming, None) == (deal, "Acme platform", "in")
    assert deal_of_mail(workspace, outgoing, None).direction == "out"
    with pytest.raises(NotFound, match=r"stranger@x\.example"):
        deal_of_mail(workspace, read_mail(_mail(sender="stranger@x.example").as_bytes()), None)


def test_of_several_deals_the_open_one_or_the_named_one_is_meant(workspace: Workspace) -> None:
    one = _with_contact(workspace, "Old")
    two = add(workspace, "New", contact="Bob")
    mail = read_mail(_mail().as_bytes())
    with pytest.raises(Ambiguous, match=f"{one} Old, {two} New"):
        deal_of_mail(workspace, mail, None)
    assert deal_of_mail(workspace, mail, two) == (two, "New", "in")
    workspace.execute(c.LoseDeals(seen(one), workspace.activities.today, "Price"))
    assert deal_of_mail(workspace, mail, None).deal_id == two
