"""The least that a Textual application can be: the floor for start, memory and keys."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static


class Hello(App[None]):
    """One line between a header and a footer."""

    BINDINGS = [("j", "count", "Count"), ("q", "quit", "Quit")]
    counted = 0

    def compose(self) -> ComposeResult:
        """The line."""
        yield Header()
        yield Static("HELLO 0", id="line")
        yield Footer()

    def action_count(self) -> None:
        """Change the line."""
        self.counted += 1
        self.query_one("#line", Static).update(f"HELLO {self.counted}")


if __name__ == "__main__":
    Hello().run()
