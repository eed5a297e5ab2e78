"""Which function carries out which command."""

from collections.abc import Callable
from typing import Any

from pipeboard.domain import commands as c
from pipeboard.domain import company_commands as p
from pipeboard.domain import saved_views as v
from pipeboard.domain.events import Event
from pipeboard.services.handlers import (
    closing,
    companies,
    deals,
    history,
    importing,
    merging,
    reviewing,
    setting_up,
    targets,
    tasks,
)
from pipeboard.services.handlers import saved_views as views
from pipeboard.services.handlers import series as repeating
from pipeboard.storage.transaction import Transaction

Handler = Callable[[Any, Transaction], tuple[Event, ...]]

HANDLERS: dict[type, Handler] = {
    c.CreateDeal: deals.create_deal,
    c.MoveDeals: deals.move_deals,
    c.StepDeals: deals.step_deals,
    c.ReorderDeal: deals.reorder_deal,
    c.EditDeals: deals.edit_deals,
    c.DeleteDeals: deals.delete_deals,
    c.WinDeals: closing.win_deals,
    c.LoseDeals: closing.lose_deals,
    c.FlushDeals: closing.flush_deals,
    c.HoldReview: reviewing.hold_review,
    c.ParkDeals: closing.park_deals,
    c.ReopenDeals: closing.reopen_deals,
    c.AddTask: tasks.add_task,
    c.AddTasks: tasks.add_tasks,
    c.CompleteTask: tasks.complete_task,
    c.CompleteTasks: tasks.complete_tasks,
    c.EditTask: tasks.edit_task,
    c.EditTasks: tasks.edit_tasks,
    c.SkipTask: repeating.skip_task,
    c.OrderTasks: repeating.order_tasks,
    c.DismissTask: tasks.dismiss_task,
    c.LogActivity: tasks.log_activity,
    c.LogActivities: tasks.log_activities,
    c.CreatePipeline: setting_up.create_pipeline,
    c.ArchivePipeline: setting_up.archive_pipeline,
    c.AddStages: setting_up.add_stages,
    c.AddOwner: setting_up.add_owner,
    c.ArchiveOwner: setting_up.archive_owner,
    c.SetRate: setting_up.set_rate,
    c.SetQuota: targets.set_quota,
    c.DeleteQuota: targets.delete_quota,
    c.AddSpend: targets.add_spend,
    c.DeleteSpend: targets.delete_spend,
    v.SaveView: views.save_view,
    v.RenameView: views.rename_view,
    v.ShareView: views.share_view,
    v.MoveView: views.move_view,
    v.DeleteView: views.delete_view,
    c.ImportDeals: importing.import_deals,
    p.AddCompany: companies.add_company,
    p.EditCompany: companies.edit_company,
    p.MergeCompanies: merging.merge_companies,
    p.DeleteCompany: companies.delete_company,
    p.AddContact: companies.add_contact,
    p.EditContact: companies.edit_contact,
    p.MergeContacts: merging.merge_contacts,
    p.DeleteContact: companies.delete_contact,
    c.Undo: history.undo,
    c.Redo: history.redo,
}
