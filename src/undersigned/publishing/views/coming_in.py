"""Which posts, deliveries and cases somebody may see. What one may not see is answered as if it were not there."""

from __future__ import annotations

from django.http import Http404

from undersigned.accounts.queries.listing import visible_to
from undersigned.acts import Officer
from undersigned.publishing.models import Case, Delivery, Post
from undersigned.publishing.queries.listing import visible_posts
from undersigned.publishing.queries.looking import post_for


def post_of(officer: Officer, reference: str) -> Post:
    """The post, for whoever may see it. Raises Http404 for everybody else."""
    post = post_for(officer, reference)
    if post is None:
        raise Http404
    return post


def delivery_of(officer: Officer, reference: str) -> Delivery:
    """A delivery of a post that this person may see. Raises Http404."""
    seen = Delivery.objects.filter(pk=reference, post__in=visible_posts(officer).values("pk"))
    delivery = seen.select_related("post", "account").first()
    if delivery is None:
        raise Http404
    return delivery


def case_of(officer: Officer, reference: str) -> Case:
    """A case on an account that this person may see. Raises Http404."""
    seen = Case.objects.filter(pk=reference, account__in=visible_to(officer).values("pk"))
    case = seen.select_related("account", "delivery", "claimed_by", "settled_by").first()
    if case is None:
        raise Http404
    return case
