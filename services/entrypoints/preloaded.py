"""Imported by the fork server before it forks the processes: what most of them need.

Nothing here may start a thread or an event loop: a fork takes only one thread along.
"""

import gc

import alembic.command
import fastapi
import faust.app
import httpx
import uvicorn
import uvloop

from schemas import discipline, inspection, notifier
from services.adapters import calendar, catalogues
from services.adapters.kafka import relay, worker
from services.adapters.postgres import store
from services.application import handler
from services.entrypoints import logging, probe, settings

gc.collect()
gc.freeze()  # the collector leaves these alone, so their pages stay shared between the forks

__all__ = [
    "alembic", "calendar", "catalogues", "discipline", "fastapi", "faust", "handler", "httpx", "inspection", "logging",
    "notifier", "probe", "relay", "settings", "store", "uvicorn", "uvloop", "worker",
]  # fmt: skip
