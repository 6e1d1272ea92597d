"""Imported by the fork server before it forks the processes: what most of them need.

Nothing here may start a thread: a fork takes only one along.
"""

import gc

import alembic.command
import asyncpg
import fastapi
import faust.app
import faust.worker
import httpx
import kafka
import prometheus_client
import psycopg
import sqlmodel
import structlog
import uvicorn

from services.entrypoints import logging, probe, settings

gc.collect()
gc.freeze()  # the collector leaves these alone, so their pages stay shared between the forks

__all__ = [
    "alembic",
    "asyncpg",
    "fastapi",
    "faust",
    "httpx",
    "kafka",
    "logging",
    "probe",
    "prometheus_client",
    "psycopg",
    "settings",
    "sqlmodel",
    "structlog",
    "uvicorn",
]
