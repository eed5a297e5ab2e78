"""The verb that shows the demo."""

import click

from pipeboard.cli.session import Session, pass_session
from pipeboard.services.demo import DemoSize

MOST_DEALS = 1_000_000


@click.command()
@click.option("--deals", type=click.IntRange(0, MOST_DEALS), help="How many deals; without it, about 180.")
@click.option("--seed", default=DemoSize().seed, show_default=True, help="Another number gives other deals.")
@click.option("--tour", "is_touring", is_flag=True, help="Five things to try, one after the other.")
@pass_session
def demo(session: Session, deals: int | None, seed: int, is_touring: bool) -> int:
    """Show a filled pipeline to try things on. It is temporary and touches nothing of yours.

    \b
    Examples:
      pipeboard demo --tour
      pipeboard demo --deals 10000
    """
    from pipeboard.cli.start import BoardStart, start_board

    return start_board(BoardStart(demo=DemoSize(deals, seed), is_touring=is_touring), session.settings)
