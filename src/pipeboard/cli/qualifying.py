"""Verbs about what a stage asks for, and about the four questions: tick, bant."""

import click

from pipeboard.cli import output
from pipeboard.cli.deals import found_deal
from pipeboard.cli.session import Session, pass_session
from pipeboard.domain.commands import AnswerBant, Seen, TickCriterion


@click.command()
@click.argument("deal")
@click.argument("criterion", default="")
@click.option("--off", is_flag=True, help="Take the tick off again.")
@pass_session
def tick(session: Session, deal: str, criterion: str, off: bool) -> None:
    """Tick a criterion of a deal's stage, by its beginning. Without one: list what the stage asks for.

    \b
    Example:
      pipeboard tick "acme ren" "value set"
    """
    deal_id = found_deal(session, deal)
    if criterion:
        outcome = session.workspace.execute(TickCriterion(Seen(deal_id), criterion, not off))
        output.line(outcome.label if outcome.action_id is not None else "It was so already")
        return
    detail = session.workspace.deals.detail(deal_id)
    for check in detail.checks:
        needed = " (required)" if check.is_required else ""
        output.line(f"[{'x' if check.is_done else ' '}] {check.text}{needed}")
    if not detail.checks:
        output.line(f"{detail.stage} asks for nothing before a deal leaves it.")


@click.command()
@click.argument("deal")
@click.argument("answers", nargs=-1, metavar="[QUESTION=ANSWER]...")
@pass_session
def bant(session: Session, deal: str, answers: tuple[str, ...]) -> None:
    """Answer budget, authority, need or timeline. The answer is yes, no or unknown, with a note behind
    it. Without an answer: show them.

    \b
    Example:
      pipeboard bant "acme ren" budget="yes 40k approved" need=yes
    """
    deal_id = found_deal(session, deal)
    said: list[tuple[str, str, str | None]] = []
    for answer in answers:
        name, sign, rest = answer.partition("=")
        if not sign:
            raise click.UsageError(f"{answer[:60]!r} is no QUESTION=ANSWER, such as budget=yes.")
        verdict, _, note = rest.strip().partition(" ")
        said.append((name, verdict.lower(), note.strip() or None))
    if said:
        session.workspace.execute(AnswerBant(Seen(deal_id), tuple(said)))
    found = session.workspace.deals.detail(deal_id).qualification
    for one in found.answers:
        output.line(f"{one.question.label:<10} {one.verdict:<8} {one.note or one.question.asks}".rstrip())
    output.line(f"{found.words} yes, score {found.score}")
