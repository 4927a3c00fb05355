"""Pages for everybody: the official accounts, one of them, *is this account really the city's?*, and a report."""

from __future__ import annotations

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from undersigned.accounts.acts import report_lookalike
from undersigned.accounts.queries import chronicle, verifying
from undersigned.acts import Refused, System
from undersigned.public import directory, limits
from undersigned.public.answers import said_of
from undersigned.public.entry import facts, story
from undersigned.public.forms import DirectoryFilters, ReportForm, VerifyForm
from undersigned.public.looking_up import look_up
from undersigned.public.names import city_name
from undersigned.public.pages import for_everybody, page
from undersigned.ui import actid, keyset
from undersigned.ui.listing import Listing

REPORTER = System("public.report")


@for_everybody
def home(request: HttpRequest) -> HttpResponseBase:
    """The field to look one account up, and the list of all."""
    whole = "whole" in request.GET
    listing = Listing(
        request,
        directory.accounts(request.GET.get("show", "")),
        directory.COLUMNS,
        order=verifying.ORDER,
        filters=DirectoryFilters,
        size=directory.ON_ONE_PAGE if whole else keyset.PAGE,
    )
    if listing.wants_csv:
        return listing.csv("official-accounts", cells=directory.cells)
    context = {
        "listing": listing,
        "rows": [directory.row(account) for account in listing.rows],
        "ways": directory.ways(listing),
        "form": None if whole else VerifyForm(),
        "city": city_name(),
    }
    return page(request, "public/home.html", context)


@for_everybody
def verify(request: HttpRequest) -> HttpResponse:
    """The answer for one link or handle."""
    form = VerifyForm(request.GET or None)
    city = city_name()
    found = look_up(form, city) if form.is_valid() else None
    return page(request, "public/verify.html", {"form": form, "found": found, "city": city})


@for_everybody
def account(request: HttpRequest, reference: str) -> HttpResponse:
    """One account: whose it is, how it stands, and what happened to it."""
    found = verifying.public_account(reference)
    if found is None:
        raise Http404(_("The public register has no account of this reference."))
    context = {
        "row": directory.row(found),
        "said": said_of(found, verifying.reason_against(found), city_name()),
        "facts": facts(found),
        "story": story(chronicle.of_account(found.pk)),
    }
    return page(request, "public/account.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Tell the city of an account that could be taken for one of its own."""
    form = ReportForm(request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            limits.count_report(request)
            report_lookalike.once(actid.read(request))(by=REPORTER, **form.reported)
            return redirect("public:reported")
        except Refused as refused:
            form.refuse(refused)
    status = 429 if form.has_error(NON_FIELD_ERRORS, limits.RULE) else 200
    return render(request, "public/report.html", {"form": form, "city": city_name()}, status=status)


@for_everybody
def reported(request: HttpRequest) -> HttpResponse:
    """What happens with a report."""
    return page(request, "public/reported.html", {"city": city_name()})
