"""The registry: every user action once, with its id, keys, words and the places where it works.

Bindings, help, palette, footer, key remapping, `pipeboard keys` and docs/keys.md all come from here.
"""

from pipeboard.tui.agenda_keys import AGENDA_ACTIONS
from pipeboard.tui.company_keys import COMPANY_ACTIONS
from pipeboard.tui.deal_keys import DEAL_ACTIONS
from pipeboard.tui.editing_keys import EDIT_ACTIONS, NEW_ACTIONS, REACH_ACTIONS
from pipeboard.tui.forecast_keys import FIGURE_WALKS, FORECAST_TOO, WATERFALL_ACTIONS
from pipeboard.tui.history_keys import HISTORY_ACTIONS
from pipeboard.tui.hygiene_keys import HYGIENE_ACTIONS, REVIEW_ACTIONS
from pipeboard.tui.import_keys import IMPORT_ACTIONS
from pipeboard.tui.key_words import key_words as key_words
from pipeboard.tui.key_words import keys_words as keys_words
from pipeboard.tui.metrics_actions import METRICS_ACTIONS
from pipeboard.tui.past_keys import PAST_ACTIONS
from pipeboard.tui.pipelines_keys import PIPELINES_ACTIONS
from pipeboard.tui.places import PLACES
from pipeboard.tui.settings_keys import SETTINGS_ACTIONS
from pipeboard.tui.task_keys import FOCUS_ACTIONS, ORDER_ACTIONS, REMINDER_ACTIONS, TASK_ACTIONS, TASK_ROW_ACTIONS
from pipeboard.tui.timeline_keys import TIMELINE_ACTIONS
from pipeboard.tui.user_action import UserAction as UserAction

ANYWHERE = "anywhere"
BOARD = "board"
DEAL = "deal"
FIGURES = "figures"
FORECAST = "forecast"
WATERFALL = "waterfall"
AGENDA = "agenda"
LIST = "list"
HYGIENE = "hygiene"
REVIEW = "review"
IMPORT = "import"
HISTORY = "history"
PIPELINES = "pipelines"
PAST = "past"
SETTINGS = "settings"
COMPANIES = "companies"
TASKS = "tasks"


_CARDS = (BOARD, DEAL, LIST, HYGIENE, REVIEW)
_DEALS = (BOARD, DEAL, AGENDA, LIST, HYGIENE, REVIEW)
_ROWS = (BOARD, AGENDA, LIST, HYGIENE, REVIEW, COMPANIES)
_MARKABLE = (BOARD, LIST)
_LINES = (*_ROWS, HISTORY)
_TASKED = (*_DEALS, TASKS)
_UNDOABLE = (*_TASKED, PIPELINES, SETTINGS, COMPANIES, IMPORT, FORECAST, WATERFALL)
_MOVES = (*_LINES, PAST, TASKS)
_STAGES = (BOARD, PAST)
_FILTERED = (BOARD, AGENDA, LIST, PAST)
_FOUND = (*_LINES, PAST)

ACTIONS: tuple[UserAction, ...] = (
    # moving about
    UserAction("cursor.left", "h,left", "cursor(-1,0)", "Left", "Go to the stage on the left", "Move about", _STAGES),
    UserAction(
        "cursor.right", "l,right", "cursor(1,0)", "Right", "Go to the stage on the right", "Move about", _STAGES
    ),
    UserAction("cursor.down", "j,down", "cursor(0,1)", "Down", "Go to the next card or row", "Move about", _MOVES),
    UserAction("cursor.up", "k,up", "cursor(0,-1)", "Up", "Go to the card or row above", "Move about", _MOVES),
    UserAction(
        "cursor.page_down", "ctrl+d,pagedown", "page(1)", "Page down", "Go one screen down", "Move about", _MOVES
    ),
    UserAction("cursor.page_up", "ctrl+u,pageup", "page(-1)", "Page up", "Go one screen up", "Move about", _MOVES),
    UserAction(
        "cursor.first",
        "home",
        "first",
        "First card",
        "Go to the first card or row (also g g)",
        "Move about",
        _MOVES,
    ),
    UserAction("cursor.last", "G,end", "last", "Last card", "Go to the last card or row", "Move about", _MOVES),
    *(
        UserAction(f"stage.{n}", str(n), f"stage({n})", f"Stage {n}", f"Jump to stage {n}", "Move about", _STAGES)
        for n in range(1, 10)
    ),
    UserAction(
        "deal.find",
        "ctrl+f",
        "go('anything')",
        "Go to anything",
        "Go to any deal, company or contact",
        "Move about",
        (ANYWHERE,),
    ),
    *(UserAction(*one, "Move about", (DEAL,)) for one in DEAL_ACTIONS),
    # moving deals
    UserAction(
        "deal.advance",
        "L,greater_than_sign,shift+right",
        "step(1)",
        "Next stage",
        "Move the deal to the next stage",
        "Move deals",
        _DEALS,
        "move",
        1,
    ),
    UserAction(
        "deal.retreat",
        "H,less_than_sign,shift+left",
        "step(-1)",
        "Previous stage",
        "Move the deal to the previous stage",
        "Move deals",
        _DEALS,
    ),
    UserAction(
        "deal.lower",
        "J,shift+down",
        "reorder(1)",
        "Card down",
        "Move the card down in its stage",
        "Move deals",
        (BOARD,),
    ),
    UserAction(
        "deal.raise", "K,shift+up", "reorder(-1)", "Card up", "Move the card up in its stage", "Move deals", (BOARD,)
    ),
    UserAction(
        "deal.move_to",
        "m",
        "move_to",
        "Move to a stage",
        "Move to a stage of this or another pipeline by name or number",
        "Move deals",
        _DEALS,
    ),
    UserAction(
        "deal.copy_to",
        "Y",
        "copy_to",
        "Copy to a pipeline",
        "Copy the deal into another pipeline, for the work after the sale",
        "Move deals",
        _DEALS,
    ),
    UserAction("deal.win", "w", "win", "Won", "Close the deal as won", "Move deals", _DEALS, "won", 4),
    UserAction(
        "deal.lose", "x", "lose", "Lost", "Close the deal as lost, with the reason", "Move deals", _DEALS, "lost", 4
    ),
    UserAction("deal.park", "b", "park", "Park", "Put the deal into the fridge until a day", "Move deals", _DEALS),
    UserAction("deal.reopen", "R", "reopen", "Reopen", "Bring a won, lost or parked deal back", "Move deals", _DEALS),
    # changing deals
    UserAction(
        "deal.add",
        "n",
        "add_deal",
        "New deal",
        "Add a deal in one line: Acme renewal $12k @anna #web close:eom",
        "Change deals",
        (*_MARKABLE, COMPANIES),
        "new",
        2,
    ),
    UserAction("deal.open", "enter", "open_deal", "Open", "Show everything about the deal", "Change deals", _ROWS),
    UserAction("deal.value", "dollar_sign", "set_field('value')", "Value", "Set the value", "Change deals", _DEALS),
    UserAction("deal.owner", "at", "set_owner", "Owner", "Give the deal to somebody", "Change deals", _CARDS),
    UserAction(
        "deal.tags",
        "number_sign",
        "set_field('tags')",
        "Tags, source",
        "Set tags and source (+tag adds, -tag removes, words replace, src:fair)",
        "Change deals",
        _DEALS,
    ),
    UserAction(
        "deal.probability",
        "percent_sign",
        "set_field('probability')",
        "Probability",
        "Set the deal's own probability; empty for that of its stage",
        "Change deals",
        _DEALS,
    ),
    UserAction(
        "deal.hot", "exclamation_mark", "toggle_hot", "Hot", "Mark the deal as hot, or not", "Change deals", _DEALS
    ),
    UserAction(
        "deal.close_date",
        "d",
        "set_field('close')",
        "Close date",
        "Set the day the deal is expected to close",
        "Change deals",
        _CARDS,
    ),
    UserAction(
        "deal.criteria",
        "C",
        "criteria",
        "Criteria",
        "Tick what the stage asks for before the deal leaves it",
        "Change deals",
        _DEALS,
    ),
    UserAction(
        "deal.bant",
        "B",
        "bant",
        "BANT",
        "Answer the four questions: budget, authority, need, timeline",
        "Change deals",
        _DEALS,
    ),
    *(UserAction(*one, "Change deals", (*_MARKABLE, COMPANIES)) for one in NEW_ACTIONS),
    *(UserAction(*one, "Change deals", _CARDS) for one in EDIT_ACTIONS),
    *(UserAction(*one, "Change deals", _DEALS) for one in REACH_ACTIONS),
    UserAction("deal.notes", "E", "edit_notes", "Notes", "Write the notes in $EDITOR", "Change deals", _DEALS),
    UserAction(
        "deal.delete",
        "D",
        "delete",
        "Delete",
        "Take the deal off the board (asks; undo brings it back)",
        "Change deals",
        _CARDS,
    ),
    UserAction(
        "deal.copy", "y", "copy", "Copy", "Copy the deal as Markdown; several as a table", "Change deals", _DEALS
    ),
    # tasks
    UserAction(
        "task.add", "t", "add_task", "New task", "Plan a next step: call Bob fri 15:00", "Tasks", _TASKED, "task", 3
    ),
    *(UserAction(*one, "Tasks", _TASKED) for one in TASK_ACTIONS),
    *(UserAction(*one, "Tasks", (DEAL,)) for one in TIMELINE_ACTIONS),
    # marks
    UserAction(
        "mark.toggle",
        "space",
        "mark",
        "Mark",
        "Mark the card or row and go down; actions then take all marked ones",
        "Marks",
        _MARKABLE,
    ),
    UserAction(
        "mark.range",
        "v",
        "mark_range",
        "Mark a range",
        "Mark from here to where the cursor goes; v or an action ends it, Esc drops it",
        "Marks",
        _MARKABLE,
    ),
    UserAction(
        "mark.all",
        "V",
        "mark_all",
        "Mark all",
        "Mark every card of the stage, every row of the list",
        "Marks",
        _MARKABLE,
    ),
    UserAction("mark.clear", "escape", "clear", "Clear", "Clear the marks, then the filter", "Marks", _MARKABLE),
    UserAction(
        "change.repeat",
        "full_stop",
        "repeat",
        "Repeat",
        "Do the last change again, here or on all marked ones",
        "Change deals",
        _DEALS,
    ),
    # views
    UserAction(
        "view.filter", "slash", "filter", "Find", "Show only deals with these words", "Views", _FOUND, "find", 3
    ),
    UserAction(
        "view.filter_menu",
        "f",
        "filter_menu",
        "Filter menu",
        "Kept filters by digit, and a filter built by choosing a field and a value",
        "Views",
        _FILTERED,
    ),
    UserAction("view.unfilter", "F", "clear_filter", "Clear filter", "Show all deals again", "Views", _FOUND),
    UserAction("view.export", "O", "export", "Export", "Write the deals of the filter into a file", "Views", _MARKABLE),
    UserAction("view.pane", "i", "toggle_pane", "Side pane", "Show or hide the deal beside it", "Views", _ROWS),
    UserAction("view.density", "z", "density", "Card size", "One, two, three or four lines a card", "Views", _STAGES),
    UserAction("view.fold", "Z", "fold", "Fold", "Make the stage a slim column, or show its cards", "Views", (BOARD,)),
    UserAction("view.pipeline", "p", "pick_pipeline", "Pipeline", "Choose another pipeline", "Views", _MARKABLE),
    UserAction(
        "view.previous", "left_square_bracket", "neighbour(-1)", "Previous", "Previous pipeline", "Views", _MARKABLE
    ),
    UserAction("view.next", "right_square_bracket", "neighbour(1)", "Next", "Next pipeline", "Views", _MARKABLE),
    UserAction(
        "go.to",
        "g",
        "go_to",
        "Go to",
        f"Then a letter: {', '.join(f'{p.letter} {p.label.lower()}' for p in PLACES)}, g the first card or row",
        "Views",
        (ANYWHERE,),
        "go",
        2,
    ),
    *(
        UserAction(
            f"go.{p.name}", "", f"go('{p.name}')", p.label, f"Go to: {p.hint} (g {p.letter})", "Views", (ANYWHERE,)
        )
        for p in PLACES
    ),
    UserAction(
        "list.sort",
        "S",
        "sort",
        "Sort",
        "Sort the list by a column; the same column again turns it round",
        "Views",
        (LIST,),
        "sort",
        3,
    ),
    UserAction(
        "board.sort",
        "S",
        "sort",
        "Sort",
        "Sort the cards of every stage; by hand brings your own order back",
        "Views",
        (BOARD,),
    ),
    # agenda
    *(UserAction(*one, "Agenda", (AGENDA,)) for one in AGENDA_ACTIONS),
    *(UserAction(*one, "Agenda", (AGENDA, TASKS)) for one in TASK_ROW_ACTIONS),
    *(UserAction(*one, "Tasks", (TASKS,)) for one in ORDER_ACTIONS),
    *(UserAction(*one, "Tasks", (BOARD, LIST, DEAL, AGENDA)) for one in FOCUS_ACTIONS),
    # hygiene and the pipeline meeting
    *(UserAction(*one, "Hygiene", (HYGIENE,)) for one in HYGIENE_ACTIONS),
    *(UserAction(*one, "Review", (REVIEW,)) for one in REVIEW_ACTIONS),
    # the past
    UserAction(
        "board.as_of",
        "T",
        "as_of",
        "As of a day",
        "The board as it stood on a day, to be looked at",
        "Views",
        _STAGES,
    ),
    *(UserAction(*one, "Views", (PAST,)) for one in PAST_ACTIONS),
    *(UserAction(*one, "Import", (IMPORT,)) for one in IMPORT_ACTIONS),
    # history
    *(UserAction(*one, "History", (HISTORY,)) for one in HISTORY_ACTIONS),
    # companies and contacts
    *(UserAction(*one, "Companies", (COMPANIES,)) for one in COMPANY_ACTIONS),
    # figures
    *(
        UserAction(
            *one,
            "Figures",
            (
                FIGURES,
                *((FORECAST,) if one[0] in FIGURE_WALKS | FORECAST_TOO else ()),
                *((WATERFALL,) if one[0] in FIGURE_WALKS else ()),
            ),
        )
        for one in METRICS_ACTIONS
    ),
    *(UserAction(*one, "Figures", (WATERFALL,)) for one in WATERFALL_ACTIONS),
    *(UserAction(*one, "Tasks", (ANYWHERE,)) for one in REMINDER_ACTIONS),
    # pipelines and stages
    *(UserAction(*one, "Pipelines", (PIPELINES,)) for one in PIPELINES_ACTIONS),
    *(UserAction(*one, "Settings", (SETTINGS,)) for one in SETTINGS_ACTIONS),
    # always
    UserAction(
        "history.undo",
        "u",
        "undo",
        "Undo",
        "Take back what you did last, also after a restart",
        "Always",
        _UNDOABLE,
    ),
    UserAction(
        "history.redo", "U,ctrl+r", "redo", "Redo", "Do again what you took back", "Always", (*_UNDOABLE, HISTORY)
    ),
    UserAction(
        "app.help",
        "question_mark,f1",
        "help",
        "Help",
        "All keys of this screen, searchable",
        "Always",
        (ANYWHERE,),
        "help",
        0,
    ),
    UserAction("app.tour", "", "tour", "Tour", "Five things to try, one after the other", "Always", (BOARD,)),
    UserAction("app.palette", "colon,ctrl+p", "palette", "Palette", "Every action by name", "Always", (ANYWHERE,)),
    UserAction("app.theme", "", "theme", "Theme", "Choose the colours", "Always", (ANYWHERE,)),
    UserAction(
        "app.redraw", "ctrl+l,f5", "redraw", "Redraw", "Read everything again and repaint", "Always", (ANYWHERE,)
    ),
    UserAction(
        "app.suspend", "ctrl+z", "suspend_process", "Suspend", "Back to the shell; fg returns", "Always", (ANYWHERE,)
    ),
    UserAction("app.back", "q", "back", "Back", "Back; on the board: quit", "Always", (ANYWHERE,), "quit", 0),
    UserAction("app.quit", "ctrl+q", "quit", "Quit", "Leave from anywhere", "Always", (ANYWHERE,)),
)

BY_ID = {action.id: action for action in ACTIONS}
