"""Work that is done later by the worker, inside the building. The one place that knows the task engine.

``@task`` makes a function whose ``enqueue`` is part of the transaction around it. A task gets references only, and
must be harmless to repeat: a killed worker's task is offered again by whoever sweeps its room.
"""

from __future__ import annotations

from django.utils.crypto import get_random_string
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker

__all__ = ["run_tasks", "task"]


def run_tasks() -> int:
    """Do the tasks that are ready, in this process; answers how many."""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    worker.run()
    return int(worker._run_tasks)
