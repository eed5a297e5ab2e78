"""A mail as an activity: what it says, who wrote it, and which deal it belongs to."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from pipeboard.domain.errors import Ambiguous, InvalidInput, NotFound
from pipeboard.domain.text import clean

if TYPE_CHECKING:
    from email.message import EmailMessage

    from pipeboard.services.workspace import Workspace


class Mail(NamedTuple):
    """A mail. `text` is subject and words; addresses are in lower case; `at` is UTC, None when unknown."""

    subject: str
    text: str
    sender: str
    recipients: tuple[str, ...]
    at: datetime | None
    message_id: str


class MailDeal(NamedTuple):
    """The deal a mail belongs to, and whether the buyer ("in") or we ("out") wrote it; None when that is not known."""

    deal_id: int
    title: str
    direction: str | None


def read_mail(content: bytes) -> Mail:
    """A mail from its bytes; InvalidInput when they are none. What is attached or quoted is left out."""
    from email import policy
    from email.parser import BytesParser
    from email.utils import getaddresses

    # Mail programs write an mbox line before the headers when they pipe a message.
    message: EmailMessage = BytesParser(policy=policy.default).parsebytes(re.sub(rb"\AFrom .*\r?\n", b"", content))
    senders = getaddresses(_headers(message, "from"))
    if not senders or "@" not in senders[0][1]:
        raise InvalidInput("This is no mail: it has no From header. Pipe the whole message, headers and all.")
    recipients = getaddresses([*_headers(message, "to"), *_headers(message, "cc"), *_headers(message, "bcc")])
    subject = clean(" ".join(_headers(message, "subject")))
    body = without_quotes(_words(message))
    return Mail(
        subject,
        clean(f"{subject}\n{body}".strip(), is_multiline=True),
        senders[0][1].lower(),
        tuple(dict.fromkeys(address.lower() for _, address in recipients if "@" in address)),
        _date(message),
        clean(" ".join(_headers(message, "message-id"))),
    )


def _headers(message: "EmailMessage", name: str) -> list[str]:
    """The headers of a name as text; one that cannot be decoded is left out."""
    try:
        return [str(value) for value in message.get_all(name, [])]
    except (ValueError, IndexError, LookupError, AttributeError, TypeError):
        return []


def _date(message: "EmailMessage") -> datetime | None:
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(" ".join(_headers(message, "date")))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _words(message: "EmailMessage") -> str:
    """The plain text of a mail, or the words of its HTML."""
    try:
        part = message.get_body(("plain", "html"))
        content = part.get_content() if part is not None else ""
    except (KeyError, LookupError, ValueError, AttributeError, TypeError):
        payload = message.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    text = content if isinstance(content, str) else ""
    return words_of_html(text) if part is not None and part.get_content_subtype() == "html" else text


def words_of_html(text: str) -> str:
    """The words of HTML, with breaks where a reader sees them."""
    from html.parser import HTMLParser

    class Words(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.parts: list[str] = []
            self.hidden = 0

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
            if tag in ("script", "style", "head", "blockquote"):
                self.hidden += 1
            elif tag in ("br", "p", "div", "tr", "li", "h1", "h2", "h3"):
                self.parts.append("\n")

        def handle_endtag(self, tag: str) -> None:
            if tag in ("script", "style", "head", "blockquote"):
                self.hidden = max(0, self.hidden - 1)

        def handle_data(self, data: str) -> None:
            if not self.hidden:
                self.parts.append(re.sub(r"\s+", " ", data))

    reader = Words()
    reader.feed(text)
    reader.close()
    lines = [line.strip() for line in "".join(reader.parts).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


_REPLY = re.compile(
    r"^\s*(?:on .{1,200}wrote:|.{0,120}(?:пишет|написал|написала|napisał|napisała|pisze)(?:\([aа]\))?:"
    r"|-{2,}\s*(?:original message|forwarded message|исходное сообщение|wiadomość oryginalna)\s*-{2,}|_{10,})\s*$",
    re.IGNORECASE,
)


def without_quotes(text: str) -> str:
    """What was written new: without the signature, the mail it answers and the lines quoted from it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept: list[str] = []
    for at, line in enumerate(lines):
        joined = f"{line} {lines[at + 1]}" if at + 1 < len(lines) else line
        if line.rstrip() == "--" or line == "-- " or (kept and (_REPLY.match(line) or _REPLY.match(joined))):
            break
        if not line.startswith(">"):
            kept.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def deal_of_mail(workspace: "Workspace", mail: Mail, deal_id: int | None) -> MailDeal:
    """The deal a mail belongs to, by the addresses of contacts when `deal_id` is None.

    Of several deals of one contact the open one is meant. NotFound and Ambiguous say which deals or addresses it
    could have been.
    """
    addresses = (mail.sender, *mail.recipients)
    found = workspace.activities.deals_of_addresses(addresses)
    if deal_id is not None:
        mine = {address for one_id, _, address, _ in found if one_id == deal_id}
        title = workspace.deals.detail(deal_id).title
        return MailDeal(deal_id, title, _direction(mail, mine))
    if not found:
        raise NotFound(f"No deal has a contact with one of these addresses: {', '.join(addresses[:5])}.")
    open_ones = [one for one in found if one[3]]
    ids = {one[0]: one[1] for one in open_ones or found}
    if len(ids) > 1:
        listed = ", ".join(f"{one_id} {title}" for one_id, title in list(ids.items())[:5])
        raise Ambiguous(f"Several deals have a contact of this mail: {listed}. Name one instead of auto.")
    (chosen, title), *_ = ids.items()
    return MailDeal(chosen, title, _direction(mail, {one[2] for one in found if one[0] == chosen}))


def _direction(mail: Mail, theirs: set[str]) -> str | None:
    """Who wrote it, seen from the addresses of the deal's contact."""
    if mail.sender in theirs:
        return "in"
    return "out" if set(mail.recipients) & set(theirs) else None
