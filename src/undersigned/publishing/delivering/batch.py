"""What many deliveries share, read at once: their posts, texts, connections, and what keeps them from leaving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from undersigned.accounts.models import Connection
from undersigned.accounts.states import ConnectionState
from undersigned.dispatch.models import Dispatch
from undersigned.publishing import stops
from undersigned.publishing.content import Content
from undersigned.publishing.models import Delivery, Pause, PostVersion, Reading
from undersigned.publishing.stops import InForce


@dataclass(frozen=True)
class Batch:
    """Read within the transaction that arms or settles these deliveries; the number of questions does not grow."""

    deliveries: Mapping[str, Delivery] = field(default_factory=dict)
    texts: Mapping[tuple[str, int], PostVersion] = field(default_factory=dict)
    connections: Mapping[str, Connection] = field(default_factory=dict)
    watermarks: Mapping[str, str] = field(default_factory=dict)
    pauses: Mapping[str, datetime] = field(default_factory=dict)
    stops: InForce = field(default_factory=lambda: InForce(()))

    @classmethod
    def of(cls, references: Sequence[str]) -> Batch:
        stops.pass_the_gate()
        found = Delivery.objects.select_related("account__unit", "post").in_bulk(references)
        accounts = {one.account_id for one in found.values()}
        versions = PostVersion.objects.filter(post_id__in={one.post_id for one in found.values()})
        live = Connection.objects.filter(account_id__in=accounts, state=ConnectionState.LIVE)
        return cls(
            deliveries=found,
            texts={(one.post_id, one.number): one for one in versions},
            connections={one.account_id: one for one in live.select_related("account", "liveness")},
            watermarks=dict(
                Reading.objects.filter(account_id__in=accounts).values_list("account_id", "newest")
            ),
            pauses=dict(Pause.objects.filter(scope__in=accounts).values_list("scope", "until")),
            stops=stops.in_force(),
        )

    def delivery(self, row: Dispatch) -> Delivery:
        """The delivery behind a row. Raises KeyError for one that was not gathered."""
        return self.deliveries[row.payload["delivery"]]

    def content(self, delivery: Delivery) -> Content:
        return self.texts[delivery.post_id, delivery.number].says
