"""The pages of figures beside the overview: each is read only when it is looked at."""

from collections.abc import Mapping
from typing import NamedTuple

from pipeboard.domain.metrics.activities import Activities
from pipeboard.domain.metrics.bottleneck import Bottleneck, TurningPoint
from pipeboard.domain.metrics.calibration import CalibrationRow
from pipeboard.domain.metrics.customers import Acquisition, CustomerValue
from pipeboard.domain.metrics.flow import FlowRow
from pipeboard.domain.metrics.funnel_modes import ModeFunnel
from pipeboard.domain.metrics.response import LeadResponse
from pipeboard.domain.metrics.samples import mean
from pipeboard.domain.metrics.stuck import HelpNeeded, StrictRate
from pipeboard.domain.metrics.team import RepRow
from pipeboard.domain.metrics.top import TopRow
from pipeboard.domain.quota import Attainment

OVERVIEW, STAGES, BUSINESS, TEAM = "overview", "stages", "business", "team"
PAGES = (OVERVIEW, STAGES, BUSINESS, TEAM)


class StagePage(NamedTuple):
    """How deals move: the funnel in another mode (None: the default one), flow, bottlenecks, calibration."""

    mode: ModeFunnel | None
    flow: tuple[FlowRow, ...]
    bottlenecks: tuple[Bottleneck, ...]
    turning: TurningPoint | None
    calibration: tuple[CalibrationRow, ...]


class BusinessPage(NamedTuple):
    """What is won, from whom and at what cost.

    `reopened` were closed in the period and are not any more; `parked` the days that won deals spent in the fridge.
    """

    strict: StrictRate
    reopened: tuple[int, ...]
    parked: Mapping[int, int]
    customers: CustomerValue
    acquisition: Acquisition
    response: LeadResponse
    tops: Mapping[str, tuple[TopRow, ...]]

    @property
    def parked_days(self) -> float | None:
        """The mean time in the fridge of those won deals that were there; None without any."""
        return mean(list(self.parked.values()))


class TeamPage(NamedTuple):
    """Who does what: people, targets, activities, early deals that need help."""

    reps: tuple[RepRow, ...]
    targets: tuple[Attainment, ...]
    activities: Activities
    help: tuple[HelpNeeded, ...]


Page = StagePage | BusinessPage | TeamPage
