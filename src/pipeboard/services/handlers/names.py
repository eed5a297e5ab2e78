"""Companies and contacts by name: known ones are used, others are added within the same action."""

from pipeboard.domain.text import clean, search_key
from pipeboard.storage.gateways.catalogue import ids_by_norm, live_id
from pipeboard.storage.transaction import Transaction


def company_id_of(tx: Transaction, name: str) -> int | None:
    """The company of this name, added when nobody knows it; None for an empty name."""
    name = clean(name)
    if not name:
        return None
    norm = search_key(name)
    found = ids_by_norm(tx.sql, "company", [norm]).get(norm)
    return found if found is not None else tx.create("company", {"name": name, "name_norm": norm})


def contact_id_of(tx: Transaction, name: str, company_id: int | None) -> int | None:
    """The contact of this name, added when nobody knows it; None for an empty name."""
    name = clean(name)
    if not name:
        return None
    norm = search_key(name)
    rows = tx.sql.all("SELECT id, company_id FROM contact WHERE deleted = 0 AND name_norm = ? ORDER BY id", (norm,))
    for contact_id, of_company in rows:
        if company_id is None or of_company in (None, company_id):
            return int(contact_id)
    merged = tx.sql.all(
        "SELECT merged_into_id FROM contact WHERE deleted <> 0 AND merged_into_id IS NOT NULL AND name_norm = ?"
        " ORDER BY id",
        (norm,),
    )
    for (into,) in merged:
        live = live_id(tx.sql, "contact", into)
        if live is not None and (company_id is None or tx.rows("contact", [live])[live]["company_id"] == company_id):
            return live
    return tx.create("contact", {"name": name, "name_norm": norm, "company_id": company_id})
