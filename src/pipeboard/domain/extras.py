"""Custom fields of a deal: kept by imports or added by hand, stored as lines "Name: text" in `Deal.extra`."""

from typing import NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.text import clean, search_key

RATING = "Client rating"
"""The custom field in which the client's rating of our work stands (DOMAIN.md 1.1, point 26)."""

_NAME_LIMIT = 60


class CustomField(NamedTuple):
    """One custom field; an empty `name` marks text that an import kept without one."""

    name: str
    text: str


class CustomChange(NamedTuple):
    """Set the custom field `name` to `text`, rename it to `new_name`, or remove it (neither is given)."""

    name: str
    text: str | None = None
    new_name: str = ""


def custom_fields(extra: str) -> tuple[CustomField, ...]:
    """The custom fields of a stored text, in their order; a line without a colon goes on with the one before."""
    found: list[CustomField] = []
    for line in extra.splitlines():
        name, colon, text = line.partition(":")
        if colon and name.strip() and (not text or text.startswith(" ")):
            found.append(CustomField(name.strip(), text.removeprefix(" ")))
        elif found:
            found[-1] = found[-1]._replace(text=f"{found[-1].text}\n{line}")
        elif line.strip():
            found.append(CustomField("", line))
    return tuple(found)


def stored(fields: tuple[CustomField, ...]) -> str:
    """Custom fields as they are stored."""
    return "\n".join(f"{field.name}: {field.text}" if field.name else field.text for field in fields)


def custom_text(extra: str, name: str) -> str:
    """The text of one custom field, its name compared without case and accents; "" when there is none."""
    key = search_key(name)
    return next((field.text for field in custom_fields(extra) if search_key(field.name) == key), "")


def with_change(extra: str, change: CustomChange) -> str:
    """The stored text after one change. A field that is not there is added by setting it, and ignored otherwise."""
    key = search_key(change.name)
    fields = custom_fields(extra)
    is_there = any(search_key(field.name) == key for field in fields)
    if change.new_name:
        return stored(tuple(_renamed(field, key, change.new_name) for field in fields)) if is_there else extra
    if change.text:
        if not is_there:
            return stored((*fields, CustomField(change.name, change.text)))
        return stored(tuple(f._replace(text=change.text) if search_key(f.name) == key else f for f in fields))
    return stored(tuple(field for field in fields if search_key(field.name) != key)) if is_there else extra


def _renamed(field: CustomField, key: str, name: str) -> CustomField:
    return field._replace(name=name) if search_key(field.name) == key else field


def checked(change: CustomChange) -> CustomChange:
    """The change with cleaned text; InvalidInput when a name cannot be one."""
    text = None if change.text is None else clean(change.text)
    return CustomChange(_name(change.name), text, _name(change.new_name) if change.new_name else "")


def _name(typed: str) -> str:
    name = clean(typed).replace(": ", " ").strip(": ")
    if not name:
        raise InvalidInput("A custom field needs a name.")
    if len(name) > _NAME_LIMIT:
        raise InvalidInput(f"The name of a custom field is at most {_NAME_LIMIT} characters long.")
    return name
