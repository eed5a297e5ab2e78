"""Asking for files to be brought in."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeboard.domain.imports.drafts import ImportedDeal
    from pipeboard.domain.imports.records import ImportRecords
    from pipeboard.domain.setup_commands import CreatePipeline


class ImportDeals(NamedTuple):
    """Bring the deals of one file in, in one action. `mode` is create, update or both.

    `new_stages` are names of open stages that are added to the pipeline in the same action. `more` are deals of
    other pipelines of the same file. `origin` is the sign of the workspace that our own export is of. A
    `new_pipeline` is made for the deals first; `pipeline_id` means nothing then.
    """

    pipeline_id: int
    file_name: str
    profile: str
    deals: "tuple[ImportedDeal, ...]"
    mode: str = "both"
    new_stages: tuple[str, ...] = ()
    more: "tuple[ImportDeals, ...]" = ()
    origin: str = ""
    new_pipeline: "CreatePipeline | None" = None

    @property
    def source(self) -> str:
        """What the ids of its deals belong to."""
        return self.origin or self.profile


class ImportFiles(NamedTuple):
    """Bring several files in, in this order and in one action."""

    files: "tuple[ImportDeals | ImportRecords, ...]"
