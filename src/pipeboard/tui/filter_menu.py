"""The menu behind `f`: kept filters by digit, and a filter built by choosing a field and a value."""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pipeboard.domain.saved_views import SavedView
    from pipeboard.tui.app import PipeboardApp
    from pipeboard.tui.dialogs.choose import Choice

FEW = 9
"""How many views have a digit."""


class FieldChoice(NamedTuple):
    """A field of the menu: its key, its words, the key of the language and the fact its values are read from.

    Without a fact `terms` are offered: pieces of the language with what they leave.
    """

    key: str
    label: str
    word: str
    fact: str = ""
    terms: tuple[tuple[str, str], ...] = ()


_DAYS = (
    (":overdue", "past"),
    ("<eow", "by the end of the week"),
    ("<eom", "by the end of the month"),
    ("<eoq", "by the end of the quarter"),
    (">eoq", "after this quarter"),
    (":none", "no date"),
)
FIELDS: tuple[FieldChoice, ...] = (
    FieldChoice("o", "Owner", "owner", "owner"),
    FieldChoice("s", "Stage", "stage", "stage"),
    FieldChoice("t", "Tag", "tag", "tags"),
    FieldChoice("w", "Source", "source", "source"),
    FieldChoice("p", "Product", "product", "product"),
    FieldChoice("c", "Company", "company", "company"),
    FieldChoice(
        "v",
        "Value",
        "value",
        terms=(
            ("value<1k", "under 1,000"),
            ("value>=1k", "1,000 or more"),
            ("value>=10k", "10,000 or more"),
            ("value>=50k", "50,000 or more"),
            ("value>=100k", "100,000 or more"),
            ("no-value", "none entered"),
        ),
    ),
    FieldChoice("d", "Close date", "close", terms=tuple((f"close{how}", words) for how, words in _DAYS)),
    FieldChoice(
        "n",
        "Next step",
        "task",
        terms=(
            ("overdue", "overdue"),
            ("today", "today"),
            ("task<eow", "by the end of the week"),
            ("no-task", "none planned"),
        ),
    ),
    FieldChoice(
        "a",
        "Activity",
        "idle",
        terms=(
            ("rotting", "silent longer than the stage allows"),
            ("waiting", "silent, but a task is planned"),
            ("idle>7", "silent for more than 7 days"),
            ("idle>30", "silent for more than 30 days"),
            ("updated>-1d", "changed since yesterday"),
            ("created>-7d", "created within 7 days"),
        ),
    ),
    FieldChoice(
        "r",
        "Status",
        "status",
        terms=(
            ("hot", "hot"),
            ("status:open", "open"),
            ("parked", "parked"),
            ("won", "won, of all time in the list"),
            ("lost", "lost, of all time in the list"),
        ),
    ),
    FieldChoice(
        "m",
        "Missing",
        "missing",
        terms=tuple(
            (f"no-{what}", f"no {words}")
            for what, words in (
                ("owner", "owner"),
                ("company", "company"),
                ("contact", "contact"),
                ("value", "value"),
                ("close", "close date"),
                ("task", "next step"),
                ("source", "source"),
                ("product", "product"),
                ("tag", "tag"),
            )
        ),
    ),
)
"""What a filter is built from, in the order of the menu. Its keys are no digits and none of `_OTHERS`."""

_SAVE, _CHANGE, _TYPE, _CLEAR = "save", "change", "type", "clear"


class FilterMenu:
    """Mixed into the screens that have a filter: they say what it is and take another one."""

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...

    @property
    def filter_text(self) -> str:
        """What the screen is filtered by."""
        raise NotImplementedError

    def take_filter(self, text: str) -> None:
        """Filter by something else."""
        raise NotImplementedError

    @property
    def sort_kept(self) -> str:
        """The order that is kept with the filter; "" where there is none."""
        return ""

    def take_sort(self, text: str) -> None:
        """Sort as a view asks."""

    def action_filter_menu(self) -> None:
        """Kept filters by digit, and the fields to build one from."""
        self.app.run_question(self._filter_menu())

    async def _filter_menu(self) -> None:
        from pipeboard.tui.dialogs.choose import Choice, Choose

        app = self.app
        views = await app.read("views", app.workspace.filters.views)
        kept = [
            Choice(view, view.name, _about(view), str(place) if place <= FEW else "")
            for place, view in enumerate(views, 1)
        ]
        fields = [Choice(field, field.label, f"{field.word}:", field.key) for field in FIELDS]
        title = f"Filter: {self.filter_text}" if self.filter_text else "Filter"
        choices = [*kept, *fields, *self._others(bool(views))]
        app.ask(Choose(title, choices, placeholder="a view, a field, or letters of it"), self._filter_chosen)

    def _others(self, has_views: bool) -> list["Choice"]:
        from pipeboard.tui.dialogs.choose import Choice

        found = [Choice(_TYPE, "Type it", "all of the language", "/")]
        if self.filter_text:
            found += [
                Choice(_SAVE, "Keep this filter as a view", "", "k"),
                Choice(_CLEAR, "Clear the filter", "", "x"),
            ]
        if has_views:
            found.append(Choice(_CHANGE, "Change the views", "rename, order, share, delete", "e"))
        return found

    def _filter_chosen(self, choice: "Choice | None") -> None:
        value = choice.value if choice is not None else None
        if isinstance(value, FieldChoice):
            self.app.run_question(self._values_of(value))
        elif value == _SAVE:
            self._keep_filter()
        elif value == _CLEAR:
            self.take_filter("")
        elif value == _TYPE:
            self.action_filter()  # type: ignore[attr-defined]
        elif value == _CHANGE:
            from pipeboard.tui.view_changes import change_views

            change_views(self.app)
        elif value is not None:
            self.show_view(value)

    def show_view(self, view: Any) -> None:
        """Filter, and sort, by what was kept."""
        self.take_sort(view.sort)
        self.take_filter(view.filter)
        self.app.say(f"View: {view.name}", "accent")

    async def _values_of(self, field: FieldChoice) -> None:
        from pipeboard.domain.filter_editing import named_term, with_term
        from pipeboard.tui.dialogs.choose import Choice, Choose

        app = self.app
        if field.fact:
            pipeline_id = app.board_screen().overview.pipeline.id
            values = await app.read("filter-values", lambda: app.workspace.filters.values(field.fact, pipeline_id))
            choices = [Choice(named_term(field.word, name), name or "none", f"{count:,}") for name, count in values]
        else:
            choices = [
                Choice(term, words, term, str(place) if place <= FEW else "")
                for place, (term, words) in enumerate(field.terms, 1)
            ]

        def answered(choice: "Choice | None") -> None:
            if choice is not None:
                self.take_filter(with_term(self.filter_text, str(choice.value)))

        app.ask(Choose(field.label, choices, placeholder="type to find"), answered)

    def _keep_filter(self) -> None:
        from pipeboard.domain.saved_views import SaveView
        from pipeboard.tui.dialogs.ask_line import AskLine
        from pipeboard.tui.echoes import any_text

        app, text, sort = self.app, self.filter_text, self.sort_kept

        def answered(name: str | None) -> None:
            if name:
                app.submit(SaveView(name, text, sort))

        app.ask(AskLine("Keep as", describe=any_text(f"A name for “{text}”; f and a digit shows it.")), answered)


def _about(view: "SavedView") -> str:
    """What a view shows, for the right end of its line."""
    whose = " · everybody's" if view.is_shared else ""
    return f"{view.filter or view.sort}{whose}"
