"""The board as a person reads it, at three sizes and under hostile text."""

import unicodedata
from pathlib import Path

import pytest
from rich.cells import cell_len

from pipeboard.tui.text.glyphs import ASCII
from pipeboard.tui.theme import ANSI_NAME, LIGHT_NAME

from .board_harness import LEAD, STAGES, BoardApp, MemorySource, make_card, pipeline_cards, screen_rows

SCREENS = Path(__file__).parent / "screens"

HOSTILE = [
    "Acme [/ EU]",
    "[@click=app.quit]Click[/]",
    "[bold red]x[/",
    "\x1b[31mred\x1b[0m\x1b]52;c;aGk=\x07",
    "two\nlines\r\tand tab",
    "株式会社サクラ 導入プロジェクト計画書",
    "עסקה גדולה עם לקוח",
    "\u202eevil\u202c \u2066x\u2069",
    "a\u0301e\u0308 combining",
    "👩‍👩‍👧‍👦 family 🏳️‍🌈",
    "NUL\x00DEL\x7fC1\x9b31m",
    "\u2028line\u2029separator\ufeff",
    "x" * 600,
    "",
]


@pytest.mark.parametrize(("width", "height"), [(80, 24), (160, 45), (60, 20)])
async def test_the_board_reads_as_designed(width: int, height: int) -> None:
    app = BoardApp(MemorySource(pipeline_cards()))
    async with app.run_test(size=(width, height)) as pilot:
        await pilot.pause()
        expected = (SCREENS / f"board-{width}x{height}.txt").read_text(encoding="utf-8")
        assert "\n".join(screen_rows(app)) + "\n" == expected


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
async def test_hostile_text_is_drawn_and_breaks_no_row(text: str) -> None:
    cards = [make_card(place, stage, text, company=text, lost_reason=text) for place, stage in enumerate(STAGES)]
    cards += [make_card(20, LEAD, "Neighbour", task_id=1, task_title=text)]
    app = BoardApp(MemorySource(cards))
    async with app.run_test(size=(160, 30)) as pilot:
        await pilot.pause()
        rows = [strip.text for strip in app.screen._compositor.render_strips()]
        assert all(cell_len(row) == 160 for row in rows)
        kinds = {unicodedata.category(character) for row in rows for character in row}
        assert not kinds & {"Cc", "Cs", "Co", "Zl", "Zp"}
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set("".join(rows))
        assert sum(row.count("Neighbour") for row in rows) == 1


async def test_markup_is_shown_as_it_was_typed() -> None:
    app = BoardApp(MemorySource([make_card(1, LEAD, "Acme [/ EU] [b]x[/b]")]))
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        assert any("Acme [/ EU] [b]x[/b]" in row for row in screen_rows(app))


async def test_the_ascii_signs_leave_no_other_character() -> None:
    app = BoardApp(MemorySource([make_card(1, LEAD), make_card(2, LEAD, "A very long title indeed, too long")]))
    app.glyphs = ASCII
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        body = screen_rows(app)[1:-1]
        assert all(character.isascii() or character in "€" for row in body for character in row)
        assert any(row.startswith(" |Globex pilot") for row in body)


async def test_without_colours_the_selection_is_inverted_and_nothing_is_coloured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = BoardApp(MemorySource(pipeline_cards()), theme=ANSI_NAME)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        segments = [segment for strip in strips for segment in strip if segment.style]
        inverted = [segment.text for segment in segments if segment.style and segment.style.reverse]
        assert any("Globex pilot" in text for text in inverted)
        assert not any("Hooli" in text or "Initech" in text for text in inverted)
        for segment in segments:
            assert segment.style is not None
            for colour in (segment.style.color, segment.style.bgcolor):
                assert colour is None or colour.is_default


async def test_a_change_of_theme_repaints_the_cards() -> None:
    app = BoardApp(MemorySource(pipeline_cards()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.theme = LIGHT_NAME
        await pilot.pause()
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        styles = [segment.style for strip in strips[1:-1] for segment in strip if segment.style]
        backgrounds = {style.bgcolor.get_truecolor().hex for style in styles if style.bgcolor}
        assert backgrounds == {"#ffffff", "#dadada"}
