"""Which function carries out which command."""

from collections.abc import Callable
from typing import Any

from pipeboard.domain import commands as c
from pipeboard.domain import company_commands as p
from pipeboard.domain import product_commands as g
from pipeboard.domain import rule_commands as r
from pipeboard.domain import saved_views as v
from pipeboard.domain.events import Event
from pipeboard.domain.imports.records import ImportRecords
from pipeboard.domain.imports.todos import ImportTasks
from pipeboard.services.handlers import (
    activities,
    automation,
    cataloguing,
    closing,
    companies,
    copying,
    deals,
    history,
    importing,
    importing_records,
    importing_tasks,
    merging,
    products,
    qualifying,
    reviewing,
    setting_up,
    stage_archiving,
    stages,
    targets,
    tasks,
)
from pipeboard.services.handlers import saved_views as views
from pipeboard.services.handlers import series as repeating
from pipeboard.services.handlers import suggestions as suggesting
from pipeboard.storage.transaction import Transaction

Handler = Callable[[Any, Transaction], tuple[Event, ...]]

HANDLERS: dict[type, Handler] = {
    c.CreateDeal: deals.create_deal,
    c.MoveDeals: deals.move_deals,
    c.HandOffDeals: deals.hand_off_deals,
    c.CopyDeals: copying.copy_deals,
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
    c.TickCriterion: qualifying.tick_criterion,
    c.TickCriteria: qualifying.tick_criteria,
    c.AnswerBant: qualifying.answer_bant,
    c.AddTask: tasks.add_task,
    c.AddTasks: tasks.add_tasks,
    c.CompleteTask: tasks.complete_task,
    c.CompleteTasks: tasks.complete_tasks,
    c.EditTask: tasks.edit_task,
    c.EditTasks: tasks.edit_tasks,
    c.SkipTask: repeating.skip_task,
    c.OrderTasks: repeating.order_tasks,
    c.TakeSuggestion: suggesting.take_suggestion,
    c.HideSuggestion: suggesting.hide_suggestion,
    c.DismissTask: tasks.dismiss_task,
    r.FireRule: automation.fire_rule,
    c.ImportFiles: importing_records.import_files,
    ImportRecords: importing_records.import_records,
    ImportTasks: importing_tasks.import_tasks,
    c.LogActivity: activities.log_activity,
    c.LogActivities: activities.log_activities,
    c.EditActivity: activities.edit_activity,
    c.DeleteActivity: activities.delete_activity,
    c.CreatePipeline: setting_up.create_pipeline,
    c.ArchivePipeline: setting_up.archive_pipeline,
    c.AddStages: setting_up.add_stages,
    c.AddOwner: setting_up.add_owner,
    c.ArchiveOwner: cataloguing.archive_owner,
    c.RenameOwner: cataloguing.rename_owner,
    c.EditPipeline: stages.edit_pipeline,
    c.MovePipeline: stages.move_pipeline,
    c.AddStage: stages.add_stage,
    c.EditStage: stages.edit_stage,
    c.MoveStage: stages.move_stage,
    c.ArchiveStage: stage_archiving.archive_stage,
    c.StageToChecklist: stage_archiving.stage_to_checklist,
    c.AddLostReason: cataloguing.add_lost_reason,
    c.EditLostReason: cataloguing.edit_lost_reason,
    c.MoveLostReason: cataloguing.move_lost_reason,
    c.ArchiveLostReason: cataloguing.archive_lost_reason,
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
    g.AddProduct: products.add_product,
    g.EditProduct: products.edit_product,
    g.ArchiveProduct: products.archive_product,
    g.RestoreProduct: products.restore_product,
    g.MergeProducts: products.merge_products,
    c.Undo: history.undo,
    c.Redo: history.redo,
}
