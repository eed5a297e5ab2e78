"""What can be done with the catalogue of products on the screen of settings: forms, merging, archiving."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipeboard.domain.commands import Seen
from pipeboard.domain.product_commands import AddProduct, ArchiveProduct, EditProduct, MergeProducts, RestoreProduct
from pipeboard.domain.text import printable
from pipeboard.tui import echoes
from pipeboard.tui.deal_form import changes_of, show_sheet
from pipeboard.tui.dialogs.form import FieldProblem
from pipeboard.tui.fields import Question
from pipeboard.tui.setup_desk import SetupDesk

if TYPE_CHECKING:
    from pipeboard.domain.commands import Command
    from pipeboard.domain.products import Product
    from pipeboard.services.catalogues import ProductList, ProductSheet
    from pipeboard.tui.dialogs.choose import Choice

NAME = "its-name"
"""The field of the name: not by the names of a deal's fields, whose labels would be taken."""


class ProductActions(SetupDesk):
    """The actions on a product, or on what deals say that means none; mixed into the actions of the settings."""

    def products(self) -> "ProductList":
        """The catalogue that is on show."""
        raise NotImplementedError

    def _sheet(self, product_id: int) -> "ProductSheet":
        return next(sheet for sheet in self.products().sheets if sheet.id == product_id)

    def add_product(self, name: str = "") -> None:
        """A new product in a form, with a name that deals have already."""
        self._form("New product", None, lambda changes: AddProduct(**changes), {NAME: name} if name else None)

    def edit_product(self, product_id: int) -> None:
        """The fields of a product in a form."""
        one = self._sheet(product_id).product
        seen = Seen(one.id, one.version)
        self._form(f"Product {printable(one.name)}", one, lambda changes: EditProduct(seen, tuple(changes.items())))

    def rename_product(self, product_id: int, text: str) -> "Command":
        """What gives a product another name."""
        return EditProduct(Seen(product_id, self._sheet(product_id).product.version), (("name", text),))

    def archive_product(self, product_id: int) -> None:
        """Offer a product no more, or again."""
        one = self._sheet(product_id).product
        self.do((RestoreProduct if one.is_archived else ArchiveProduct)(Seen(one.id, one.version)))

    def _form(
        self, title: str, product: "Product | None", command: Any, given: Mapping[str, str] | None = None
    ) -> None:
        app, draft = self.app, f"product:{product.id if product else 'new'}"
        asked = self._questions(product)

        def check(texts: Mapping[str, str]) -> dict[str, Any]:
            if not texts.get(NAME, product.name if product else ""):
                raise FieldProblem(NAME, "A product needs a name.")
            return changes_of(texts, asked)

        def answered(texts: Mapping[str, str] | None) -> None:
            changes = check(texts) if texts else {}
            if not changes:
                app.form_drafts.pop(draft, None)
                return

            def done(is_done: bool) -> None:
                if is_done:
                    app.form_drafts.pop(draft, None)
                else:
                    app.say("Not saved. What you typed is kept: ask again to go on with it", "overdue")

            self.do(command(changes), done)

        show_sheet(app, title, asked, draft, answered, check=check, given=given)

    def _questions(self, product: "Product | None") -> dict[str, Question]:
        """The questions of the form. Notes of several lines have no room in one; they stay as they are."""
        categories = sorted({sheet.product.category for sheet in self.products().sheets if sheet.product.category})
        asked = {NAME: _text("name", product), "its-code": _text("code", product)}
        asked["its-category"] = _text("category", product)._replace(values=categories)
        asked["its-price"] = _price(product, self.app.workspace.info.currency)
        if product is None or "\n" not in product.notes:
            asked["its-notes"] = _text("notes", product)
        return asked

    # -- merging --------------------------------------------------------------------------------------

    def merge_product(self, product_id: int) -> None:
        """Choose what becomes one with a product: its other spellings, another product, a text of deals."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        found, sheet = self.products(), self._sheet(product_id)
        choices: list[Choice] = []
        if sheet.spellings:
            words = ", ".join(sheet.spellings)
            choices.append(Choice(("texts", sheet.spellings), words, "write the catalogue's spelling into the deals"))
        others = (one for one in found.sheets if one.id != product_id)
        choices += [Choice(("products", one.id), one.name, _deals(one.deal_count)) for one in others]
        choices += [
            Choice(("texts", (one.text,)), one.text, f"{_deals(one.deal_count)}, not in the catalogue")
            for one in found.others
        ]
        if not choices:
            self.tell("There is nothing to merge it with", "muted")
            return

        def answered(choice: "Choice | None") -> None:
            if choice is None or not isinstance(choice.value, tuple):
                return
            kind, what = choice.value
            if kind == "texts":
                self.do(MergeProducts(Seen(product_id), spellings=what))
            else:
                self._ask_kept(sheet, self._sheet(what))

        title = f"Merge {printable(sheet.name)} with"
        self.app.ask(Choose(title, choices, placeholder="product"), answered)

    def _ask_kept(self, *sheets: "ProductSheet") -> None:
        """Choose which one stays; the one with most deals is under the cursor."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        best = sorted(sheets, key=lambda one: (-one.deal_count, one.id))

        def answered(choice: "Choice | None") -> None:
            if choice is not None:
                others = tuple(Seen(one.id) for one in sheets if one.id != choice.value)
                self.do(MergeProducts(Seen(int(str(choice.value))), others))

        choices = [Choice(one.id, one.name, _deals(one.deal_count), str(n)) for n, one in enumerate(best, 1)]
        self.app.ask(Choose("Which one stays?", choices, placeholder="product"), answered)

    def merge_text(self, text: str) -> None:
        """Choose the product that a text of deals means from now on."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        sheets = self.products().sheets
        if not sheets:
            self.tell("There is no product yet to merge it into", "muted")
            return

        def answered(choice: "Choice | None") -> None:
            if choice is not None:
                self.do(MergeProducts(Seen(int(str(choice.value))), spellings=(text,)))

        choices = [Choice(one.id, one.name, one.product.price) for one in sheets]
        self.app.ask(Choose(f"{printable(text)} means", choices, placeholder="product"), answered)


def _deals(count: int) -> str:
    return f"{count:,} deal{'s' * (count != 1)}"


def _text(field: str, product: "Product | None") -> Question:
    value = printable(str(getattr(product, field))) if product else ""
    describe = echoes.any_text("", is_required=field == "name")
    return Question(field, describe, lambda text: {field: text}, value)


def _price(product: "Product | None", base: str) -> Question:
    from pipeboard.domain.money import number

    currency = product.currency or base if product else base
    value = "" if product is None or product.price_minor is None else number(product.price_minor, currency)

    def changes(text: str) -> dict[str, Any]:
        if not text.strip():
            return {"price_minor": None}
        minor, code = echoes.money_of(text, currency)
        return {"price_minor": minor, "currency": code}

    describe = echoes.money_echo(currency, "Enter leaves it without a list price (which is not 0).")
    return Question("list price", describe, changes, value, "550")
