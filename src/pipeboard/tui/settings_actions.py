"""What can be done with what is set: the questions and the commands; mixed into the screen of settings."""

from typing import TYPE_CHECKING

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput
from pipeboard.tui.product_actions import ProductActions

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pipeboard.domain.commands import Command
    from pipeboard.services.catalogues import ProductList
    from pipeboard.tui.dialogs.choose import Choice
    from pipeboard.tui.text.settings_rows import Shown


class SettingsActions(ProductActions):
    """The actions on the row under the cursor."""

    # -- what the screen provides -----------------------------------------------------------------

    def row(self) -> tuple[str, object]:
        """The part of the settings in which the cursor stands, and what of it."""
        raise NotImplementedError

    def shown(self) -> "Shown":
        """What was read."""
        raise NotImplementedError

    def products(self) -> "ProductList":
        return self.shown().products

    # -- changing -------------------------------------------------------------------------------------

    def action_change(self) -> None:
        """Change what the row is about."""
        part, what = self.row()
        if part == "theme":
            self.app.action_theme()
        elif part in ("config", "setting"):
            self.action_open_config()
        elif part == "rates":
            self._ask_rate(str(what[0]) if isinstance(what, tuple) else "")
        elif part in ("reasons", "owners"):
            self.action_rename()
        elif part == "products" and what:
            self.edit_product(int(str(what)))
        elif part in ("products", "texts"):
            self.action_add()
        elif part == "quotas":
            self.tell("Targets are set with `pipeboard quota set AMOUNT --period 2026-Q4`", "muted")
        else:
            self.tell("That was decided when the workspace was made and stays as it is", "muted")

    def action_add(self) -> None:
        """Add to the part in which the cursor stands."""
        part, what = self.row()
        if part == "reasons":
            self._ask_name("New lost reason", "Why deals are lost", c.AddLostReason)
        elif part == "owners":
            self._ask_name("New owner", "Somebody who owns deals", c.AddOwner)
        elif part == "rates":
            self._ask_rate("")
        elif part in ("products", "texts"):
            self.add_product(str(what) if part == "texts" else "")
        else:
            self.tell("Rates, lost reasons, owners and products can be added: go there first", "muted")

    def action_rename(self) -> None:
        """Another name."""
        part, what = self.row()
        if not isinstance(what, int) or not what or part not in ("reasons", "owners", "products"):
            self.tell("Lost reasons, owners and products can be renamed: go there first", "muted")
        elif part == "products":
            name = next(one.name for one in self.products().sheets if one.id == what)
            self._ask_name(f"Rename {name}", "Its deals say it so too", lambda t: self.rename_product(what, t), name)
        elif part == "reasons":
            name = next(one.name for one in self.shown().reasons if one.id == what)
            self._ask_name(f"Rename {name}", "Deals lost for it show it", lambda t: c.EditLostReason(what, t), name)
        else:
            name = next(one.name for one in self.shown().owners if one.id == what)
            self._ask_name(f"Rename {name}", "As colleagues see it", lambda t: c.RenameOwner(what, t), name)

    def _ask_name(self, title: str, hint: str, command: "Callable[[str], Command]", value: str = "") -> None:
        from pipeboard.tui.echoes import any_text

        self.ask_line(
            title,
            any_text(hint),
            lambda text: self.do(command(text), self.kept_unless_done(title, text)),
            value=value,
            is_selected=bool(value),
        )

    def action_reorder(self, step: int) -> None:
        """Further down or up in the list of reasons."""
        part, what = self.row()
        if part == "reasons" and isinstance(what, int):
            self.do(c.MoveLostReason(what, step))
        else:
            self.tell("Lost reasons have an order: go there first", "muted")

    def action_exclude(self) -> None:
        """Out of the win rate, or into it."""
        part, what = self.row()
        reason = next((one for one in self.shown().reasons if one.id == what), None) if part == "reasons" else None
        if reason is not None:
            self.do(c.EditLostReason(reason.id, is_excluded=not reason.is_excluded))
        else:
            self.tell("That is said of a lost reason: go there first", "muted")

    def action_archive(self) -> None:
        """Out of the lists."""
        part, what = self.row()
        if part == "reasons" and isinstance(what, int):
            self._archive_reason(what)
        elif part == "owners" and isinstance(what, int):
            self._archive_owner(what)
        elif part == "products" and isinstance(what, int) and what:
            self.archive_product(what)
        else:
            self.tell("Lost reasons, owners and products can be archived: go there first", "muted")

    def action_merge(self) -> None:
        """Two spellings of a product become one."""
        part, what = self.row()
        if part == "texts":
            self.merge_text(str(what))
        elif part == "products" and isinstance(what, int) and what:
            self.merge_product(what)
        else:
            self.tell("Products can be merged: go there first", "muted")

    def _archive_reason(self, reason_id: int) -> None:
        from pipeboard.tui.dialogs.confirm import Confirm

        reason = next(one for one in self.shown().reasons if one.id == reason_id)

        def answered(is_sure: bool | None) -> None:
            if is_sure:
                self.do(c.ArchiveLostReason(reason_id))

        detail = f"{reason.deal_count:,} lost deals keep it. Nobody can choose it any more; u brings it back."
        self.app.ask(Confirm(f"Archive {reason.name}?", detail, yes="Archive", no="Keep"), answered)

    def _archive_owner(self, owner_id: int) -> None:
        from pipeboard.tui.dialogs.choose import Choice, Choose

        owner = next(one for one in self.shown().owners if one.id == owner_id)
        if owner_id == self.shown().me:
            self.tell("That is you: somebody else archives you when you leave", "muted")
            return
        others = [one for one in self.shown().owners if one.id != owner_id]

        def answered(choice: "Choice | None") -> None:
            if choice is not None:
                self.do(c.ArchiveOwner(owner_id, int(str(choice.value)) if choice.value is not None else None))

        choices = [Choice(one.id, one.name, "", str(n) if n <= 9 else "") for n, one in enumerate(others, 1)]
        choices.append(Choice(None, "nobody: they stay as they are", "", "0"))
        deals = f"{owner.open_count:,} open deal{'' if owner.open_count == 1 else 's'}"
        title = f"Archive {owner.name}: who takes over {deals}?"
        self.app.ask(Choose(title, choices, is_filtered=False), answered)

    # -- rates ----------------------------------------------------------------------------------------

    def _ask_rate(self, currency: str) -> None:
        from pipeboard.domain.dates import describe_day
        from pipeboard.domain.rates import rate_text
        from pipeboard.tui.dialogs.echo import Echo, told

        base, title = self.shown().workspace.currency, "Rate"

        def describe(text: str) -> Echo:
            if not text.strip():
                return told(f"What one unit is worth in {base}, and from which day: USD 0.92, or USD 0.92 1 oct")
            code, nano, day = self._read_rate(text)
            return told(f"1 {code} = {rate_text(nano)} {base} from {describe_day(day, self.app.local_now().date())}")

        def answered(text: str) -> None:
            self.do(c.SetRate(*self._read_rate(text)), self.kept_unless_done(title, text))

        self.ask_line(title, describe, answered, value=f"{currency} " if currency else "", placeholder="USD 0.92")

    def _read_rate(self, text: str) -> "tuple[str, int, date]":
        from pipeboard.domain.dates import parse_when
        from pipeboard.domain.money import is_currency
        from pipeboard.domain.rates import parse_rate

        code, _, rest = text.strip().partition(" ")
        rate, _, day = rest.strip().partition(" ")
        if not is_currency(code.upper()) or not rate:
            raise InvalidInput("Write a currency and what one unit is worth: USD 0.92")
        now = self.app.local_now()
        return code.upper(), parse_rate(rate), parse_when(day, now, is_past=True).on if day.strip() else now.date()

    # -- the file --------------------------------------------------------------------------------------

    def action_open_config(self) -> None:
        """Open the configuration file in $EDITOR; what it says then is checked at once."""
        from pipeboard.config.locations import config_file
        from pipeboard.tui.editor import open_file

        path = config_file()
        if open_file(self.app, path):
            self.checked()

    def checked(self) -> None:
        """Say what the file is worth after it was written."""
        problems = config_problems()
        if problems:
            self.tell(f"{len(problems)} of it cannot be used: see below the file", "overdue")
        else:
            self.tell("The configuration is in order. It counts from the next start", "won")
        self.read_again()


def config_problems() -> tuple[str, ...]:
    """What in the configuration file cannot be used, in sentences."""
    from pipeboard.config.settings import load
    from pipeboard.tui.keymap import remapped

    settings = load()
    return (*settings.problems, *remapped(settings.keymap)[1])
