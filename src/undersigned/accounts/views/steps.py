"""What can be done with an account: one row for each act that has a page of its own.

The page is the same for all (``acting``): what will happen, the form, who countersigns. The account's page offers a
step where its act would not be refused (``offering``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from undersigned.accounts import acts
from undersigned.accounts.forms import entering, granting, keeping, living, opening, showing
from undersigned.accounts.forms.asking import ActForm
from undersigned.accounts.forms.connecting import EndConnectionForm
from undersigned.accounts.queries.looking import Looked
from undersigned.accounts.views import reasons
from undersigned.acts.declared import DeclaredAct
from undersigned.ui.forms import PlainForm
from undersigned.ui.words import Words

When = Callable[[Looked], bool]


class Place(Enum):
    """Where on the account's page a step is offered. ``NEXT`` steps can be the page's main action, the first first."""

    NEXT = "next"
    QUIET = "quiet"
    PEOPLE = "people"
    ENTRY = "entry"
    GRANTS = "grants"
    POSTS = "posts"
    PART = "part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """``verb`` heads the page and is the link; ``button`` names the act; ``says`` is what will happen.

    ``when`` is what the act's rule and life cycle do not know: whether there is any reason to do it now. A step that
    ``presses`` can be the page's main action too, after those that lead on.
    """

    slug: str
    act: DeclaredAct[Any, Any]
    verb: Words
    button: Words
    says: Words
    done: Words
    form: type[PlainForm] = ActForm
    place: Place = Place.QUIET
    when: When = reasons.always
    presses: When = reasons.never
    ends_something: bool = False
    for_good: bool = False

    @property
    def name(self) -> str:
        """The name of its route in this room."""
        return self.slug.replace("-", "_")


STEPS: tuple[Step, ...] = (
    Step(
        slug="settle-gone",
        act=acts.settle_gone,
        verb=_("Say that it is still there"),
        button=_("It is still there"),
        says=_("A later list leaves this account out. If it is gone from the network, retire it instead."),
        done=_("It stays in the register as it is."),
        form=keeping.SettleGoneForm,
        place=Place.NEXT,
        when=reasons.is_missed,
    ),
    Step(
        slug="assent",
        act=acts.assent,
        verb=_("Assent"),
        button=_("Assent for the unit"),
        says=_("You say for the unit that it wants this account, and that it has people and hours for it."),
        done=_("You assented. The head of communications is asked to approve it."),
        place=Place.NEXT,
        when=reasons.assent_waits,
    ),
    Step(
        slug="approve",
        act=acts.approve,
        verb=_("Approve"),
        button=_("Ask for the approval"),
        says=_("The account may then be created or taken over, and its set-up list begins."),
        done=_("The approval is asked for."),
        form=entering.NoteForm,
        place=Place.NEXT,
        when=reasons.approval_waits,
    ),
    Step(
        slug="adopt",
        act=acts.adopt,
        verb=_("Approve after the fact"),
        button=_("Ask for the approval"),
        says=_("The account was there before the register. It stays as it is, with an approval on record."),
        done=_("The approval is asked for."),
        form=entering.NoteForm,
        place=Place.NEXT,
        when=reasons.approval_waits,
    ),
    Step(
        slug="decline",
        act=acts.decline,
        verb=_("Decline"),
        button=_("Ask to decline it"),
        says=_("The request ends here, and whoever asked is told why."),
        done=_("Declining it is asked for."),
        form=entering.DeclineForm,
        ends_something=True,
    ),
    Step(
        slug="begin-setup",
        act=acts.begin_setup,
        verb=_("Begin the set-up"),
        button=_("Begin the set-up"),
        says=_("The account exists on the network now. Its number there is its identity from here on."),
        done=_("The set-up list is open. Close its lines one by one."),
        form=opening.BeginSetupForm,
        place=Place.NEXT,
    ),
    Step(
        slug="open",
        act=acts.open_account,
        verb=_("Open"),
        button=_("Ask to open it"),
        says=_("The public then sees the account as the city’s own, and posts can be made on it."),
        done=_("Opening it is asked for."),
        place=Place.NEXT,
        when=reasons.nothing_keeps_it_shut,
    ),
    Step(
        slug="reserve",
        act=acts.reserve,
        verb=_("Reserve the name"),
        button=_("Reserve the name"),
        says=_(
            "The name is held so that nobody else takes it. Nothing is posted; its profile leads to a live account."
        ),
        done=_("The name is reserved."),
        form=opening.ReserveForm,
        place=Place.NEXT,
        when=reasons.only_held,
    ),
    Step(
        slug="resume",
        act=acts.resume,
        verb=_("Resume"),
        button=_("Ask to resume it"),
        says=_("The incident is closed, and the account goes back to where it stood before it."),
        done=_("Resuming it is asked for."),
        form=living.ResumeForm,
        place=Place.NEXT,
    ),
    Step(
        slug="reawaken",
        act=acts.reawaken,
        verb=_("Reawaken"),
        button=_("Ask to reawaken it"),
        says=_(
            "Somebody has to have looked at its safety in the last 24 hours, and nothing critical may fail."
        ),
        done=_("Reawakening it is asked for."),
        form=living.ReawakenForm,
        place=Place.NEXT,
    ),
    Step(
        slug="archive",
        act=acts.archive,
        verb=_("Archive"),
        button=_("Ask to archive it"),
        says=_(
            "The export is sealed and verified, and nobody can get in any more. The entry changes no more."
        ),
        done=_("Archiving it is asked for."),
        form=living.ArchiveForm,
        place=Place.NEXT,
        ends_something=True,
        for_good=True,
    ),
    Step(
        slug="mark-dormant",
        act=acts.mark_dormant,
        verb=_("Mark as dormant"),
        button=_("Mark as dormant"),
        says=_(
            "The public sees that nothing has been said here for a long time. Nothing is posted until it is woken."
        ),
        done=_("It is marked as dormant."),
        when=reasons.fell_asleep,
    ),
    Step(
        slug="suspend",
        act=acts.suspend,
        verb=_("Suspend"),
        button=_("Suspend it now"),
        says=_(
            "The account stops at once; nobody else is asked. The public sees it as paused. To let it go on, the "
            "head of communications asks and IT security countersigns."
        ),
        done=_("The account is suspended. Find out what happened, then ask for it to be resumed."),
        form=living.SuspendForm,
        ends_something=True,
    ),
    Step(
        slug="transfer",
        act=acts.transfer,
        verb=_("Transfer to another unit"),
        button=_("Ask for the transfer"),
        says=_(
            "The account goes to another unit, with people who answer for it there. Its state does not change."
        ),
        done=_("The transfer is asked for."),
        form=keeping.TransferForm,
    ),
    Step(
        slug="retire",
        act=acts.retire,
        verb=_("Retire"),
        button=_("Ask to retire it"),
        says=_(
            "The account is closed for good. What was said there stays on record, and the public sees when it ended."
        ),
        done=_("Retiring it is asked for."),
        form=living.RetireForm,
        ends_something=True,
        for_good=True,
    ),
    Step(
        slug="assign",
        act=acts.assign,
        verb=_("Name who answers for it"),
        button=_("Name them"),
        says=_("Steward and deputy answer for the account. Both are people who work for the city today."),
        done=_("It is entered who answers for the account."),
        form=keeping.AssignForm,
        place=Place.PEOPLE,
        presses=reasons.somebody_is_missing,
    ),
    Step(
        slug="change",
        act=acts.change,
        verb=_("Correct the entry"),
        button=_("Correct it"),
        says=_("Only what you change is entered. Owner, people and state change by acts of their own."),
        done=_("The entry is corrected."),
        form=keeping.ChangeForm,
        place=Place.ENTRY,
    ),
    Step(
        slug="confirm",
        act=acts.confirm,
        verb=_("Confirm the entry"),
        button=_("Confirm it"),
        says=_(
            "You put your name to it that what the register says is true today. The public is told of a confirmed "
            "account that it is the city’s."
        ),
        done=_("The entry is confirmed in your name."),
        place=Place.ENTRY,
        presses=reasons.is_unconfirmed,
    ),
    Step(
        slug="review",
        act=acts.review,
        verb=_("Review"),
        button=_("Enter the review"),
        says=_("Five questions, answered in your name. The next review is planned from today."),
        done=_("The review is entered."),
        form=keeping.ReviewForm,
        place=Place.ENTRY,
        presses=reasons.review_is_due,
    ),
    Step(
        slug="see-post",
        act=acts.see_post,
        verb=_("Note a later post"),
        button=_("Note it"),
        says=_("The newest post that anybody knows of decides whether an account sleeps."),
        done=_("The post is noted."),
        form=keeping.SeePostForm,
        place=Place.POSTS,
    ),
    Step(
        slug="give-grant",
        act=acts.give_grant,
        verb=_("Give a grant"),
        button=_("Ask for this grant"),
        says=_("It rests on the appointment in which they work for the city, and ends with it."),
        done=_("The grant is asked for."),
        form=granting.GrantForm,
        place=Place.GRANTS,
    ),
)
"""Steps on an account itself; the order is that in which they are offered."""

END_GRANT = Step(
    slug="end-grant",
    act=acts.end_grant,
    verb=_("End a grant"),
    button=_("End it now"),
    says=_("It ends at once; nobody has to agree. It can be given anew."),
    done=_("The grant is ended."),
    form=granting.EndForm,
    place=Place.PART,
    ends_something=True,
)

END_CONNECTION = Step(
    slug="end-connection",
    act=acts.end_connection,
    verb=_("End the connection"),
    button=_("End it now"),
    says=_(
        "Its tokens are destroyed here, and the network is told. What was published stays; what waits is not sent."
    ),
    done=_("The connection is ended."),
    form=EndConnectionForm,
    place=Place.PART,
    ends_something=True,
)

CLOSE_LINE = Step(
    slug="close-line",
    act=acts.close_line,
    verb=_("Close a line of the set-up list"),
    button=_("Close the line"),
    says="",
    done=_("The line is closed in your name."),
    form=opening.CloseLineForm,
    place=Place.PART,
)

ATTEST = Step(
    slug="attest",
    act=acts.attest,
    verb=_("Attest"),
    button=_("Attest it in my name"),
    says="",
    done=_("Your word is kept as evidence."),
    form=showing.AttestForm,
    place=Place.PART,
)

BRING = Step(
    slug="bring",
    act=acts.bring,
    verb=_("Bring a document"),
    button=_("Keep it as evidence"),
    says="",
    done=_("The document’s digest is kept as evidence."),
    form=showing.BringForm,
    place=Place.PART,
)

EXCEPT = Step(
    slug="except",
    act=acts.except_from,
    verb=_("Ask for an exception"),
    button=_("Ask for the exception"),
    says=_("A named person answers for it until then. It silences the duty and never raises the score."),
    done=_("The exception is asked for."),
    form=showing.ExceptForm,
    place=Place.PART,
)

END_EXCEPTION = Step(
    slug="end-exception",
    act=acts.end_exception,
    verb=_("End an exception"),
    button=_("End it now"),
    says=_("What it silenced counts as the failure it is, from now."),
    done=_("The exception is ended."),
    form=granting.EndForm,
    place=Place.PART,
    ends_something=True,
)
