# SPDX-License-Identifier: EUPL-1.2
from accounts.flows.deputies import delegate, end_delegation, list_candidate, unlist_candidate
from accounts.flows.directory import note_password, save_account, save_department, save_settings, send_link
from accounts.flows.grants import confirm_grant, end_grant, propose_grant, turn_down_grant
from accounts.flows.roles import declared_roles, role_labels, sync_roles
from accounts.flows.sheets import confirm_sheet, remind_sheets

__all__ = [
    "confirm_grant",
    "confirm_sheet",
    "declared_roles",
    "delegate",
    "end_delegation",
    "end_grant",
    "list_candidate",
    "note_password",
    "propose_grant",
    "remind_sheets",
    "role_labels",
    "save_account",
    "save_department",
    "save_settings",
    "send_link",
    "sync_roles",
    "turn_down_grant",
    "unlist_candidate",
]
