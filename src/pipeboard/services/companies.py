"""Reads about companies and contacts: the list, one of them with everything that hangs on it, likely duplicates."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, tzinfo

from pipeboard.domain.board import WorkspaceInfo
from pipeboard.domain.companies import Kind, Partner, PartnerDeal, PartnerRow, Person, Worth
from pipeboard.domain.company_names import company_key, groups_of, host_key
from pipeboard.domain.errors import Ambiguous, NotFound
from pipeboard.domain.names import match_name
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.task import TimelineEntry
from pipeboard.domain.text import search_key
from pipeboard.services.clock import Clock
from pipeboard.services.money_sums import to_base
from pipeboard.services.reads import Reads
from pipeboard.services.timeline import timeline_entries
from pipeboard.storage.gateways.catalogue import read_lost_reasons, read_owners, read_rates, read_stages
from pipeboard.storage.hot import companies as hot
from pipeboard.storage.hot import deals as hot_deals
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.departures import departed
from pipeboard.storage.sql import Statements

MOST_DEALS = 500
"""Deals read of one company or contact; how many there are is told all the same."""

_MOST_TASKS = 50
_MOST_HAPPENINGS = 60
_STATES = {DealStatus.WON: "won", DealStatus.LOST: "lost"}


class CompanyReads(Reads):
    """Reads for the screen of companies and contacts, and for the verbs."""

    def __init__(self, reader: Hot, clock: Clock, zone: tzinfo, info: WorkspaceInfo) -> None:
        super().__init__(reader, clock, zone)
        self._info = info

    def rows(self, kind: Kind) -> list[PartnerRow]:
        """Every company or contact with the sums of its deals, in no order."""
        with self._hot.snapshot() as sql:
            rates = read_rates(sql, self.today)
            sums: dict[int, list[hot.Sum]] = {}
            for one in hot.sums(sql, kind):
                sums.setdefault(one.thing_id, []).append(one)
            people = hot.people_counts(sql) if kind is Kind.COMPANY else {}
            found = hot.rows(sql, kind)
        made = []
        for thing_id, name, norm, first, second in found:
            its = sums.get(thing_id, ())
            about = ", ".join(filter(None, (first, second)))
            search = norm if kind is Kind.COMPANY else f"{norm}\n{search_key(about)}"
            worth = self._worth(its, rates)
            made.append(
                PartnerRow(
                    thing_id,
                    name,
                    about,
                    search,
                    worth["open"],
                    worth["won"],
                    worth["lost"],
                    people.get(thing_id, 0),
                    self._last(its),
                )
            )
        return made

    def _worth(self, sums: Iterable[hot.Sum], rates: Mapping[str, int]) -> dict[str, Worth]:
        """Sums by state in the workspace's currency. Parked deals are open ones that wait."""
        worth = dict.fromkeys(("open", "won", "lost"), Worth())
        for one in sums:
            state = _STATES.get(DealStatus(one.status), "open")
            before, minor = worth[state], to_base(one.minor, one.currency, self._info.currency, rates)
            worth[state] = Worth(
                before.deals + one.deals,
                before.minor + (minor or 0),
                before.without_value + one.deals - one.with_value,
                before.unconverted + (one.with_value if minor is None else 0),
            )
        return worth

    def _last(self, sums: Iterable[hot.Sum]) -> date | None:
        return max((one.last_on for one in sums if one.last_on), default=None)

    def partner(self, kind: Kind, thing_id: int) -> Partner:
        """Everything about one; NotFound when it is gone."""
        with self._hot.snapshot() as sql:
            fields = hot.one(sql, kind, thing_id)
            if fields is None:
                raise NotFound(departed(sql, kind.value, thing_id))
            sums = hot.sums(sql, kind, thing_id)
            worth = self._worth(sums, read_rates(sql, self.today))
            people = hot.people(sql, thing_id) if kind is Kind.COMPANY else []
            deals = hot.deals(sql, kind, thing_id, MOST_DEALS)
            tasks = hot.tasks(sql, kind, thing_id, _MOST_TASKS)
            return Partner._make(
                [
                    kind,
                    *fields,
                    worth["open"],
                    worth["won"],
                    worth["lost"],
                    sum(one.deals for one in sums),
                    tuple(Person._make(row) for row in people),
                    tuple(PartnerDeal._make((*row[:3], DealStatus(row[3]), *row[4:])) for row in deals),
                    tuple(hot_deals.task(row, sql.codec) for row in tasks),
                    self._timeline(sql, kind, thing_id),
                ]
            )

    def _timeline(self, sql: Statements, kind: Kind, thing_id: int) -> tuple[tuple[str, TimelineEntry], ...]:
        """What happened across the deals, in words, each with the title of its deal."""
        stages = read_stages(sql)
        owners = {owner.id: owner.name for owner in read_owners(sql)}
        reasons = {reason_id: name for reason_id, name, _ in read_lost_reasons(sql)}
        found = []
        for one in hot.happened(sql, kind, thing_id, _MOST_HAPPENINGS):
            body, patch = ("", json.loads(one.text)) if one.is_change else (one.text, {})
            happening = hot_deals.Happening(one.at, one.kind, one.actor, body, patch, one.is_change)
            found += [(one.deal, e) for e in timeline_entries([happening], stages, owners, reasons, self._info)]
        return tuple(found)

    def duplicates(self, kind: Kind) -> list[tuple[int, ...]]:
        """Ids of those that are likely the same, in groups, the oldest first.

        Companies: the same name without legal form, or the same website. Contacts: the same mail address, or the
        same name in the same company.
        """
        with self._hot.snapshot() as sql:
            found = hot.names_to_compare(sql, kind)
        if kind is Kind.COMPANY:
            return groups_of(
                (i, (company_key(name), f"@{host}" if (host := host_key(site)) else "")) for i, name, site, _ in found
            )
        return groups_of(
            (i, (f"{norm}\n{company}" if company else "", f"@{mail.lower()}" if "@" in mail else ""))
            for i, norm, mail, company in found
        )

    def find(self, kind: Kind, typed: str) -> int:
        """The one that is meant: by id, or by a unique beginning of its name; NotFound or Ambiguous list candidates."""
        with self._hot.snapshot() as sql:
            names = [(row[0], row[1]) for row in hot.rows(sql, kind)]
        digits = typed.strip().removeprefix("#")
        if digits.isdecimal() and any(thing_id == int(digits) for thing_id, _ in names):
            return int(digits)
        same = [int(thing_id) for thing_id, name in names if name == typed]
        if len(same) > 1:
            raise Ambiguous(f"Several are called {typed!r}; name one by its id: {', '.join(map(str, same[:8]))}.")
        return int(names[match_name(typed, [name for _, name in names], kind.value)][0])
