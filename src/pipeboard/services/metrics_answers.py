"""The figures of the pages opened: what each means, with its values put in, and the deals it was made of."""

from collections.abc import Callable

from pipeboard.domain.metrics.answer import Answer, answer
from pipeboard.domain.metrics.breakdown import namer
from pipeboard.domain.metrics.calibration import ENOUGH
from pipeboard.domain.metrics.flow import WORDS
from pipeboard.domain.metrics.funnel_modes import SENTENCES
from pipeboard.domain.metrics.pages import BusinessPage, Page, StagePage, TeamPage
from pipeboard.domain.metrics.report import Report
from pipeboard.domain.metrics.response import in_words
from pipeboard.domain.metrics.top import TopRow
from pipeboard.domain.metrics.win_rate import rate_text
from pipeboard.domain.money import format_money
from pipeboard.domain.periods import label
from pipeboard.domain.quota import COUNT, Attainment
from pipeboard.services.activity_figures import span_of
from pipeboard.services.metrics_pages import Setting
from pipeboard.services.rep_answers import rep_answer
from pipeboard.storage.hot import activities, stage_flow
from pipeboard.storage.sql import Statements

UNKNOWN = "-"


def answer_of(sql: Statements, made: Report, page: Page | None, setting: Setting, key: str) -> Answer | None:
    """What a figure of the page opens to; None for a key that is none of its own."""
    kind, _, name = key.partition(":")
    if isinstance(page, StagePage) and (found := _STAGES.get(kind)):
        return found(_Stages(sql, made, page, setting), name)
    if isinstance(page, BusinessPage) and (told := _BUSINESS.get(kind)):
        return told(_Business(made, page), name)
    if isinstance(page, TeamPage) and (given := _TEAM.get(kind)):
        return given(_Team(sql, made, page, setting), name)
    return None


def _percent(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.1%}"


class _Stages:
    """The page of the stages."""

    def __init__(self, sql: Statements, made: Report, page: StagePage, setting: Setting) -> None:
        self.sql, self.made, self.page, self.setting = sql, made, page, setting

    def flow(self, name: str) -> Answer | None:
        """Visits of a stage, of one outcome or all."""
        stage_id, _, outcome = name.partition(":")
        row = next((row for row in self.page.flow if str(row.stage_id) == stage_id), None)
        if row is None or (outcome and outcome not in WORDS):
            return None
        period = self.made.given.period
        parts = stage_flow.visits_that(self.sql, self.setting.scope, period, row.stage_id, outcome or None)
        sentence = f"Visits of {row.name} that began in the period, each counted under the one way it ended."
        if outcome:
            formula = f"{row.of(outcome)} {WORDS[outcome]}, of {row.entered} that came in"
        else:
            ended = [f"{count} {word}" for count, word in zip(row.outcomes, WORDS.values(), strict=True) if count]
            formula = f"{row.entered} came in = {' + '.join(ended) or '0'}"
        return answer(sentence, formula, tuple(parts), parts=parts, unit="visits")

    def mode(self, name: str) -> Answer | None:
        """A row of the funnel in another mode."""
        mode = self.page.mode
        if mode is None or not name.isdigit() or int(name) >= len(mode.members):
            return None
        row, place = mode.funnel.rows[int(name)], int(name)
        formula = f"{row.reached} of {mode.funnel.rows[0].reached}; {_percent(row.eventually_won)} of them won"
        if row.conversion is not None:
            formula += f"; {_percent(row.conversion)} went on"
        if mode.pending[place]:
            formula += f"; {mode.pending[place]} still there"
        return answer(SENTENCES[mode.mode].format(name=row.name), formula, mode.members[place])

    def calibrate(self, name: str) -> Answer | None:
        """A probability against the own history."""
        row = next((row for row in self.page.calibration if str(row.stage_id) == name), None)
        if row is None:
            return None
        formula = f"{row.won} of {row.n} that reached {row.name} were won = {_percent(row.share)}"
        if row.interval is not None:
            formula += f", in 95 of 100 cases {row.interval.low:.0%} to {row.interval.high:.0%}"
        formula += f"; the stage says {row.probability}%"
        if row.n < ENOUGH:
            formula += f"; {ENOUGH} decided deals are needed to take it over"
        sentence = "Calibration: share of decided deals won after reaching the stage, beside its probability."
        return answer(sentence, formula, self.made.deal_ids(f"funnel:{row.stage_id}"))

    def bottleneck(self, name: str) -> Answer | None:
        """A stage that holds the pipeline up."""
        found = next((one for one in self.page.bottlenecks if str(one.stage_id) == name), None)
        if found is None:
            return None
        sentence = (
            "Bottleneck, of the last 90 days: twice as full as usual, or deals stand 1.5 times as long, "
            "or the fewest go on."
        )
        ids = [deal.id for deal in self.made.given.deals if deal.stage_id == found.stage_id]
        return answer(sentence, f"{found.name}: {found.reason}", ids)

    def turning(self, _: str) -> Answer | None:
        """Conversion before and after the qualifying stage."""
        found = self.page.turning
        if found is None:
            return None
        sentence = (
            f"Turning point: mean conversion a step up to {found.name} and after it; it should rise there clearly."
        )
        formula = f"{_percent(found.before)} a step before, {_percent(found.after)} after; {found.reached} came there"
        return answer(sentence, formula, self.made.deal_ids(f"funnel:{found.stage_id}"))


_STAGES: dict[str, Callable[[_Stages, str], Answer | None]] = {
    "flow": _Stages.flow,
    "mode": _Stages.mode,
    "calibrate": _Stages.calibrate,
    "bottleneck": _Stages.bottleneck,
    "turning": _Stages.turning,
}


class _Business:
    """The page of wins and customers."""

    def __init__(self, made: Report, page: BusinessPage) -> None:
        self.made, self.page = made, page

    def _money(self, minor: float | None) -> str:
        return UNKNOWN if minor is None else format_money(round(minor), self.made.given.currency)

    def loss_rate(self, _: str) -> Answer:
        """Lost of decided."""
        won, lost = self.made.won.deals, self.made.lost.deals
        sentence = "Loss rate = lost / (won + lost) by the day they were closed; won : lost beside it."
        formula = f"{lost} / ({won} + {lost}) = {rate_text(lost, won + lost)}; {won}:{lost}"
        return answer(sentence, formula, self.made.deal_ids("lost"))

    def created_rate(self, _: str) -> Answer:
        """Won of created."""
        cohort = self.made.win_rate.cohort
        sentence = "Won of created: deals created in the period that are won by now; those still open count as not."
        formula = f"{cohort.won} / {cohort.created} = {rate_text(cohort.won, cohort.created)}; {cohort.open} still open"
        return answer(sentence, formula, self.made.deal_ids("created"))

    def strict(self, _: str) -> Answer:
        """The strict win rate."""
        rate = self.page.strict
        sentence = (
            "Strict win rate = won / (won + lost + stale); stale are open deals of now that are "
            "overdue by more than 30 days or dead."
        )
        formula = f"{rate.won} / ({rate.won} + {rate.lost} + {len(rate.stale)}) = {rate_text(rate.won, rate.decided)}"
        return answer(sentence, formula, (*self.made.deal_ids("win_rate"), *rate.stale), notes=rate.why)

    def stale(self, _: str) -> Answer:
        """The stale deals."""
        stale = self.page.strict.stale
        sentence = "Stale: open deals expected to close more than 30 days ago, or dead (idle three times their limit)."
        return answer(sentence, f"{len(stale)} deals", stale, notes=self.page.strict.why)

    def reopened(self, _: str) -> Answer:
        """Deals that were closed in the period and are not any more."""
        ids = self.page.reopened
        sentence = "Restated: deals that were closed in the period and reopened since; its figures were others then."
        return answer(sentence, f"{len(ids)} deals", ids)

    def parked_time(self, _: str) -> Answer:
        """Days in the fridge of won deals."""
        parked = self.page.parked
        days = self.page.parked_days
        sentence = "Time parked: days in the fridge of won deals that were there; the cycle includes them."
        formula = f"{sum(parked.values())} days / {len(parked)} = {UNKNOWN if days is None else f'{days:.1f} days'}"
        return answer(sentence, formula, tuple(parked), parts=parked, unit="days", is_mean=True)

    def acv(self, _: str) -> Answer:
        """Annual value a customer."""
        value = self.page.customers
        sentence = f"{value.label} = annual value of won deals / distinct customers; a monthly value counts 12 times."
        if not value.is_recurring:
            sentence = "APV (nothing recurs) = value of won deals / distinct customers."
        formula = f"{self._money(value.total_minor)} / {value.accounts} = {self._money(value.mean_minor)}"
        return answer(sentence, formula, tuple(value.parts), parts=value.parts, unit="money")

    def cac(self, _: str) -> Answer:
        """The cost of a new customer."""
        cost = self.page.acquisition
        sentence = "CAC = money spent in the period / customers whose first won deal closed in it."
        formula = f"{self._money(cost.spent_minor)} / {cost.accounts} = {self._money(cost.cost_minor)}"
        formula += f"; {cost.entries} entries of `pipeboard spend`"
        if cost.unconverted:
            formula += f", {cost.unconverted} without a rate"
        return answer(sentence, formula, cost.first_deals)

    def roi(self, name: str) -> Answer | None:
        """What a source returned."""
        row = next((row for row in self.page.acquisition.sources if row.source == name), None)
        if row is None:
            return None
        sentence = f"Return of {name} = (won - spent) / spent in the period."
        formula = f"({self._money(row.won_minor)} - {self._money(row.spent_minor)}) / {self._money(row.spent_minor)}"
        formula += f" = {UNKNOWN if row.roi is None else f'{row.roi:.0%}'}; {row.accounts} new customers"
        return answer(sentence, formula, row.deal_ids)

    def response(self, _: str) -> Answer:
        """How fast leads are answered."""
        told = self.page.response
        sentence = "Lead response = first call, mail or meeting of ours minus creation, of deals created in the period."
        median = UNKNOWN if told.median_minutes is None else in_words(told.median_minutes)
        formula = f"median {median} over {told.n} deals; {len(told.unanswered)} unanswered"
        if told.n_contacted_before:
            formula += f"; {told.n_contacted_before} known before"
        return answer(sentence, formula, told.deal_ids)

    def unanswered(self, _: str) -> Answer:
        """Leads nobody has answered."""
        waiting = self.page.response.unanswered
        sentence = (
            "Unanswered: open deals created in the period that nobody has called, written to or met; not averaged."
        )
        notes = {one.deal_id: f"waits {in_words(one.minutes)}" for one in waiting}
        return answer(sentence, f"{len(waiting)} deals", tuple(notes), notes=notes)

    def top(self, name: str) -> Answer | None:
        """One of the largest companies, sources, products or reasons."""
        kind, _, wanted = name.partition(":")
        row: TopRow | None = next((row for row in self.page.tops.get(kind, ()) if row.name == wanted), None)
        if row is None:
            return None
        verb = "Lost for" if kind == "reason" else f"Won of {kind}"
        formula = f"{row.deals} deals ({_percent(row.share_of_deals)}), {self._money(row.value_minor)}"
        formula += f" ({_percent(row.share)} of all)"
        if row.before_minor is not None:
            formula += f"; before {row.before_deals} deals, {self._money(row.before_minor)}"
        return answer(f"{verb} {wanted} in the period, with its share of all.", formula, self._deals(kind, wanted))

    def _deals(self, kind: str, name: str) -> tuple[int, ...]:
        if kind == "reason":
            return self.made.deal_ids(f"reason:{name}")
        won = set(self.made.deal_ids("won"))
        name_of = namer(kind, self.made.given.owners)
        return tuple(deal.id for deal in self.made.given.deals if deal.id in won and name_of(deal) == name)


_BUSINESS: dict[str, Callable[[_Business, str], Answer | None]] = {
    "loss_rate": _Business.loss_rate,
    "created_rate": _Business.created_rate,
    "strict": _Business.strict,
    "stale": _Business.stale,
    "reopened": _Business.reopened,
    "parked_time": _Business.parked_time,
    "acv": _Business.acv,
    "cac": _Business.cac,
    "roi": _Business.roi,
    "response": _Business.response,
    "unanswered": _Business.unanswered,
    "top": _Business.top,
}


class _Team:
    """The page of the people."""

    def __init__(self, sql: Statements, made: Report, page: TeamPage, setting: Setting) -> None:
        self.sql, self.made, self.page, self.setting = sql, made, page, setting

    def rep(self, name: str) -> Answer | None:
        """A figure of one person."""
        who, _, figure = name.partition(":")
        row = next((row for row in self.page.reps if (str(row.owner_id) if row.owner_id else "none") == who), None)
        return None if row is None else rep_answer(self.sql, self.made, self.page, self.setting, row, figure)

    def touches(self, _: str) -> Answer:
        """What everybody logged."""
        row = self.page.activities.total
        span = span_of(self.made.given.period, self.setting.zone)
        ids = activities.deals_with(self.sql, self.setting.scope, span)
        formula = f"{row.calls} calls + {row.emails} mails + {row.meetings} meetings = {row.touches}"
        if self.page.activities.per_day is not None:
            formula += f", {self.page.activities.per_day:.1f} a day"
        sentence = "Touches: calls, mails and meetings logged in the period, by who made them."
        return answer(sentence, f"{formula}, in {len(ids)} deals", ids)

    def given_up(self, _: str) -> Answer:
        """Deals lost or parked after few attempts."""
        ids = self.page.activities.given_up
        sentence = "Given up early: lost in the period, or parked now, after two contact attempts or fewer."
        return answer(sentence, f"{len(ids)} deals", ids)

    def help(self, _: str) -> Answer:
        """Early deals that are stuck."""
        notes = {one.deal_id: one.why for one in self.page.help}
        sentence = "Help needed: open deals of the early stages that rot, or stand 1.5 times as long as usual."
        return answer(sentence, f"{len(notes)} deals", tuple(notes), notes=notes)

    def target(self, name: str) -> Answer | None:
        """How far a target is reached."""
        if not name.isdigit() or int(name) >= len(self.page.targets):
            return None
        reached = self.page.targets[int(name)]
        target = reached.target
        who = "the team" if target.owner_id is None else self.made.given.owners.get(target.owner_id, "somebody")
        where = "all pipelines" if target.pipeline_id is None else self.made.given.pipeline
        sentence = f"Target of {who} for {label(target.period)}: won in {where} / target; pace by workdays."
        parts = {} if target.measure != COUNT else dict.fromkeys(reached.deal_ids, 1)
        return answer(sentence, _reached(reached, self.made), reached.deal_ids, parts=parts, unit="wins" * bool(parts))

    def week(self, name: str) -> Answer | None:
        """Plan and fact of one week of a target."""
        which, _, at = name.partition(":")
        if not which.isdigit() or not at.isdigit() or int(which) >= len(self.page.targets):
            return None
        reached = self.page.targets[int(which)]
        if int(at) >= len(reached.weeks):
            return None
        line = reached.weeks[int(at)]
        sentence = f"Won from {label(line.week)}, beside the part of the target that the workdays of the week make."
        plan, fact = _amount(reached, self.made, line.plan), _amount(reached, self.made, line.fact)
        return answer(sentence, f"{fact} of {plan} planned", line.deal_ids)


def _reached(reached: Attainment, made: Report) -> str:
    """A target with its values put in."""

    def amount(number: int) -> str:
        return _amount(reached, made, number)

    formula = f"{amount(reached.done)} / {amount(reached.target.amount)} = "
    formula += UNKNOWN if reached.share is None else f"{reached.share:.0%}"
    formula += f"; {reached.pace:.0%} of the workdays have passed: {amount(reached.due)} due"
    if reached.projected is not None:
        formula += f"; {amount(reached.projected)} expected"
    return formula


def _amount(reached: Attainment, made: Report, number: int) -> str:
    """A part of a target in words."""
    return f"{number:,}" if reached.target.measure == COUNT else format_money(number, made.given.currency)


_TEAM: dict[str, Callable[[_Team, str], Answer | None]] = {
    "rep": _Team.rep,
    "touches": _Team.touches,
    "given_up": _Team.given_up,
    "help": _Team.help,
    "target": _Team.target,
    "week": _Team.week,
}
