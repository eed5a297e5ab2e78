"""Which stage holds the pipeline up, and which holds too many deals: found behind the first paint, said in words."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pipeboard.domain.board import Overview

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp

AGAIN_AFTER = timedelta(minutes=1)
"""How long an answer is good enough: it takes reading the stays of three months."""


class StageWarnings:
    """The bottleneck of the pipeline on show. Only the worst stage is marked: a mark on each would say nothing."""

    def __init__(self, app: "PipeboardApp") -> None:
        self._app = app
        self._asked: tuple[int, datetime] | None = None
        self._bottleneck: tuple[int, int, str] | None = None

    async def look(self, pipeline_id: int) -> bool:
        """Find the bottleneck again where the last answer is old; whether another stage is to be marked now."""
        app, now = self._app, self._app.local_now()
        if self._asked is not None and self._asked[0] == pipeline_id and now - self._asked[1] < AGAIN_AFTER:
            return False
        self._asked = (pipeline_id, now)
        found = await app.read("bottlenecks", lambda: app.workspace.bottlenecks.of(pipeline_id))
        old, worst = self._bottleneck, next(iter(found), None)
        self._bottleneck = (pipeline_id, worst.stage_id, worst.reason) if worst else None
        return (old and old[:2]) != (self._bottleneck and self._bottleneck[:2])

    def marked(self, overview: Overview) -> frozenset[int]:
        """The stages of these that hold too many deals, and the bottleneck."""
        full = {
            stage.id
            for stage in overview.stages
            if stage.deal_limit and overview.totals[stage.id].count > stage.deal_limit
        }
        return frozenset(full | ({self._bottleneck[1]} if self._bottleneck else set()))

    def words(self, overview: Overview, stage_id: int | None) -> str:
        """Why a stage is marked; empty for one that is not."""
        stage = next((one for one in overview.stages if one.id == stage_id), None)
        if stage is None:
            return ""
        count, said = overview.totals[stage.id].count, []
        if stage.deal_limit and count > stage.deal_limit:
            said.append(f"{stage.name} holds {count:,} deals, its limit is {stage.deal_limit:,}")
        if self._bottleneck is not None and self._bottleneck[1] == stage_id:
            said.append(f"{stage.name} is the bottleneck: {self._bottleneck[2]}")
        return ". ".join(said)
