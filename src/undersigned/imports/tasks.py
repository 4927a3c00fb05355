"""What the worker does for this room. Each task is harmless to repeat."""

from __future__ import annotations

from undersigned.dispatch.tasks import task


@task()
def plan_run(pk: int, of: str) -> None:
    """Work out what a large file would change; nothing if something else was said about it meanwhile."""
    from undersigned.imports import planning
    from undersigned.imports.models import ImportRun

    run = ImportRun.objects.select_related("brought_by").filter(pk=pk).first()
    if run is not None and planning.inputs(run) == of:
        planning.work_out_in_the_worker(run)


@task()
def apply_run(pk: int) -> None:
    """Apply what somebody put their name under."""
    from undersigned.imports import applying

    applying.carry_out(pk)
