"""Targets and spending."""

from pipeboard.domain.commands import AddSpend, DeleteQuota, DeleteSpend, SetQuota
from pipeboard.domain.errors import InvalidInput, NotFound
from pipeboard.domain.events import Event, SetupChanged
from pipeboard.domain.money import LARGEST_MINOR, format_money, is_currency
from pipeboard.domain.periods import label, parse_period, period_key
from pipeboard.domain.quota import COUNT, VALUE
from pipeboard.domain.text import clean
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]


def set_quota(command: SetQuota, tx: Transaction) -> Facts:
    """Set a target, in place of the one of the same kind."""
    period = parse_period(command.period)
    key = period_key(period)
    if (command.amount_minor is None) == (command.deals is None):
        raise InvalidInput("A target is either an amount of money or a number of won deals.")
    currency = _currency(tx, command.currency) if command.amount_minor is not None else None
    amount = command.amount_minor if command.amount_minor is not None else command.deals or 0
    if not 0 < amount <= LARGEST_MINOR:
        raise InvalidInput("A target is more than nothing; `quota delete` takes one away.")
    who = _name(tx, "owner", command.owner_id) if command.owner_id is not None else "the team"
    where = f" in {_name(tx, 'pipeline', command.pipeline_id)}" if command.pipeline_id is not None else ""
    size = f"{amount:,} won deals" if currency is None else format_money(amount, currency)
    tx.begin("quota.set", f"Set the target of {who} for {label(period)}{where}: {size}")
    measure = COUNT if currency is None else VALUE
    fields = {"amount_minor": command.amount_minor, "currency": currency, "deals": command.deals}
    for quota_id in _same(tx, command, str(key), measure):
        row = tx.rows("quota", [quota_id])[quota_id]
        tx.change("quota", row, fields, kind="quota.set")
        return (SetupChanged("quota", quota_id),)
    values = {"owner_id": command.owner_id, "pipeline_id": command.pipeline_id, "period": key, "measure": measure}
    return (SetupChanged("quota", tx.create("quota", values | fields)),)


def _same(tx: Transaction, command: SetQuota, period: str, measure: str) -> list[int]:
    """The target of the same people, pipeline, period and kind, if there is one."""
    rows = tx.sql.all(
        "SELECT id, owner_id, pipeline_id FROM quota WHERE deleted = 0 AND period = ? AND measure = ? ORDER BY id",
        (period, measure),
    )
    return [row[0] for row in rows if (row[1], row[2]) == (command.owner_id, command.pipeline_id)]


def delete_quota(command: DeleteQuota, tx: Transaction) -> Facts:
    """Take a target away."""
    row = tx.rows("quota", [command.quota_id]).get(command.quota_id)
    if row is None or row["deleted"]:
        raise NotFound(f"There is no target {command.quota_id}. `pipeboard quota list` shows their numbers.")
    who = _name(tx, "owner", row["owner_id"]) if row["owner_id"] is not None else "the team"
    tx.begin("quota.deleted", f"Took away the target of {who} for {row['period']}")
    tx.change("quota", row, {"deleted": 1}, kind="quota.deleted")
    return (SetupChanged("quota", command.quota_id),)


def add_spend(command: AddSpend, tx: Transaction) -> Facts:
    """Note money that was spent on winning customers."""
    currency = _currency(tx, command.currency)
    if not 0 < abs(command.amount_minor) <= LARGEST_MINOR:
        raise InvalidInput("Spending of nothing need not be noted; a refund is written with a minus.")
    if command.spent_on > tx.today:
        raise InvalidInput(f"Money is noted when it is spent, not before ({command.spent_on}).")
    source = clean(command.source)
    on = f" on {source}" if source else ""
    tx.begin("spend.added", f"Noted {format_money(command.amount_minor, currency)} spent{on}")
    values = {
        "spent_on": command.spent_on,
        "source": source,
        "amount_minor": command.amount_minor,
        "currency": currency,
        "note": clean(command.note),
    }
    return (SetupChanged("spend", tx.create("spend", values)),)


def delete_spend(command: DeleteSpend, tx: Transaction) -> Facts:
    """Take an entry of spending away."""
    row = tx.rows("spend", [command.spend_id]).get(command.spend_id)
    if row is None or row["deleted"]:
        raise NotFound(f"There is no spending {command.spend_id}. `pipeboard spend list` shows their numbers.")
    tx.begin("spend.deleted", f"Took away the spending of {format_money(row['amount_minor'], row['currency'])}")
    tx.change("spend", row, {"deleted": 1}, kind="spend.deleted")
    return (SetupChanged("spend", command.spend_id),)


def _currency(tx: Transaction, currency: str | None) -> str:
    code = (currency or str(tx.sql.value("SELECT currency FROM workspace"))).upper()
    if not is_currency(code):
        raise InvalidInput(f"{currency!r} is no ISO 4217 currency code such as EUR or USD.")
    return code


def _name(tx: Transaction, table: str, row_id: int | None) -> str:
    """The name of an owner or pipeline that is still in use, or was when the target was set."""
    name = tx.sql.value(f"SELECT name FROM {table} WHERE id = ?", (row_id,))
    if name is None:
        raise NotFound(f"There is no {table} {row_id}.")
    return str(name)
