"""Every write of the publishing room: one function per act."""

from undersigned.publishing.acts.approving import approve, send_back, withdraw_approval
from undersigned.publishing.acts.delivering import arm, attest, delivered, doubt, settle_delivery
from undersigned.publishing.acts.drafting import discard, draft, edit, submit
from undersigned.publishing.acts.emergency import review_emergency, send_emergency
from undersigned.publishing.acts.media import add_medium
from undersigned.publishing.acts.scheduling import hold, resume, schedule, withdraw
from undersigned.publishing.acts.seeing import (
    adopt,
    escalate,
    explain,
    keep_archive,
    keep_reading,
    open_case,
    remove,
    say_mine,
)
from undersigned.publishing.acts.stopping import lift, stop_all

__all__ = [
    "add_medium",
    "adopt",
    "approve",
    "arm",
    "attest",
    "delivered",
    "discard",
    "doubt",
    "draft",
    "edit",
    "escalate",
    "explain",
    "hold",
    "keep_archive",
    "keep_reading",
    "lift",
    "open_case",
    "remove",
    "resume",
    "review_emergency",
    "say_mine",
    "schedule",
    "send_back",
    "send_emergency",
    "settle_delivery",
    "stop_all",
    "submit",
    "withdraw",
    "withdraw_approval",
]
