"""Whether deals may leave their stage: what it requires of them and is still open (DOMAIN 33)."""

from collections.abc import Sequence

from pipeboard.domain.criteria import goes_on, open_required, open_words
from pipeboard.domain.deal import Deal
from pipeboard.domain.errors import CriteriaOpen
from pipeboard.domain.stage import DealStatus, Stage
from pipeboard.storage.transaction import Transaction


def check_leaving(tx: Transaction, places: Sequence[tuple[Deal, Stage]], *, is_forced: bool) -> str:
    """What the label of the action adds when deals go on with required criteria open; "" when none is.

    CriteriaOpen when one is and nobody said that it does not matter. Going back asks nothing.
    """
    found = [(deal, missing) for deal, stage in places if (missing := _missing(tx, deal, stage))]
    if not found:
        return ""
    count = open_words(sum(len(missing) for _, missing in found))
    if is_forced:
        return f" with {count}"
    deal, missing = found[0]
    if len(found) > 1:
        subject = f"{len(found)} of {len(places)} deals still have {count}, “{deal.title}” for example"
    else:
        subject = f"“{deal.title}” still has {count} in {tx.stages[deal.stage_id].name}"
    raise CriteriaOpen(f"{subject}: {', '.join(missing)}. Tick them first, or go on all the same (--force).")


def _missing(tx: Transaction, deal: Deal, target: Stage) -> tuple[str, ...]:
    stage = tx.stages.get(deal.stage_id)
    if stage is None or deal.status != DealStatus.OPEN or not goes_on(stage, target):
        return ()
    return open_required(stage.id, stage.exit_criteria, deal.criteria_done)
