"""The interface as a whole: its description (OpenAPI 3.1) and its operations."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from undersigned.api import accounts, problems


class Described(NinjaAPI):
    """Adds to the description what no operation answers with by itself."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> OpenAPISchema:
        described = super().get_openapi_schema(*args, **kwargs)
        described["components"]["schemas"] |= problems.SCHEMAS
        return described


api = Described(
    title="Undersigned",
    version="1",
    description="The official accounts of a city, for other programs. No sign-in, no key, no limit but courtesy.",
    docs_url=None,
    urls_namespace="api",
)
problems.answer_problems(api)
api.add_router("/public", accounts.router)
