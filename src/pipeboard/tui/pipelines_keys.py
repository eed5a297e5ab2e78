"""What can be done on the screen of pipelines: one line for each, for the registry of actions."""

PIPELINES_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("pipelines.left", "h,left", "side(-1)", "Pipelines", "Go to the list of pipelines"),
    ("pipelines.right", "l,right", "side(1)", "Stages", "Go to the stages of the pipeline"),
    ("pipelines.down", "j,down", "cursor(0,1)", "Down", "Go to the next pipeline or stage"),
    ("pipelines.up", "k,up", "cursor(0,-1)", "Up", "Go to the pipeline or stage above"),
    ("pipelines.first", "home", "first", "First", "Go to the first pipeline or stage"),
    ("pipelines.last", "G,end", "last", "Last", "Go to the last pipeline or stage"),
    ("pipelines.add", "n", "add", "New", "Add a pipeline, or a stage behind the one under the cursor"),
    (
        "pipelines.wizard",
        "W",
        "wizard",
        "Three questions",
        "Build a pipeline from three questions: the buyer's steps, our part in them, which are key",
    ),
    (
        "pipelines.edit",
        "e,enter",
        "edit",
        "Edit",
        "Set a field of the stage; on a pipeline: go to its stages",
    ),
    ("pipelines.rename", "r", "rename", "Rename", "Give the pipeline or stage another name"),
    ("pipelines.chance", "percent_sign", "set_field('probability')", "Probability", "Set the stage's probability"),
    ("pipelines.days", "d", "set_field('rot_days')", "Days", "Set after how many silent days deals in it rot"),
    ("pipelines.criteria", "c", "set_field('exit_criteria')", "Criteria", "Set what is asked before a deal leaves it"),
    ("pipelines.definition", "E", "definition", "Definition", "Write what is done in the stage, in $EDITOR"),
    ("pipelines.lower", "J,shift+down", "reorder(1)", "Move down", "Move the pipeline or stage down"),
    ("pipelines.raise", "K,shift+up", "reorder(-1)", "Move up", "Move the pipeline or stage up"),
    (
        "pipelines.checklist",
        "T",
        "to_checklist",
        "To checklist",
        "Turn the stage into a checklist of the stage before it, where its deals go on",
    ),
    (
        "pipelines.archive",
        "D",
        "archive",
        "Archive",
        "Archive the pipeline, or the stage (asks where its deals go on)",
    ),
    ("pipelines.board", "b", "to_board", "Board", "Show the pipeline on the board"),
    ("pipelines.back", "escape", "back", "Back", "Back to where you came from"),
)
"""Action id, Textual's key names, action with its parameters, label and help."""
