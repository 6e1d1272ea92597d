"""The courier: brings deliveries to people and systems, and watches over the notifier.

`python -m services.entrypoints.courier`; any number may run.
"""

import asyncio
import contextlib

import structlog
import uvloop

from services.adapters.delivery.addresses import ChangedAddresses
from services.adapters.delivery.courier import Channels, Courier
from services.adapters.delivery.mail import Mailer, MailServer
from services.adapters.delivery.queue import DeliveryQueue, Persistence
from services.adapters.delivery.rounds import CHANNELS, CourierRounds
from services.adapters.delivery.webhook import AllowedOrigins, WebhookSender
from services.adapters.notifier.wake import Wake
from services.adapters.notifier.watch import Watchdog
from services.adapters.postgres.pool import connect, patiently
from services.adapters.registry.client import RegistryClient
from services.entrypoints import logging, tracing
from services.entrypoints.probe import Probe
from services.entrypoints.registry.callers import secret_name
from services.entrypoints.serving import START_SECONDS
from services.entrypoints.settings import Context, Settings
from services.entrypoints.stopping import asked_to_stop

log = structlog.get_logger(__name__)

CONTEXT: Context = "notifier"
CALLER = "courier"


def main() -> None:
    """Deliver until asked to stop."""
    settings = Settings()
    logging.configure(settings)
    with tracing.sent(settings), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(settings))


async def run(settings: Settings, persistence: Persistence | None = None) -> None:
    """Open what the courier stands on, and run it until SIGTERM or SIGINT."""
    dsn = settings.dsn(CONTEXT)
    wake = Wake(dsn, CHANNELS)
    stop = asked_to_stop(wake.tell)
    async with contextlib.AsyncExitStack() as stack:
        pool = await patiently(lambda: connect(dsn, CONTEXT, size=4), patience=START_SECONDS)
        stack.push_async_callback(pool.close)
        registry = RegistryClient(settings.registry, settings.secret(secret_name(CALLER)))
        await stack.enter_async_context(registry)
        channels = await _channels(settings, stack)
        persistence = persistence or Persistence()
        queue = DeliveryQueue(pool, persistence)
        addresses = ChangedAddresses(pool, registry, channels.mail, persistence)
        watchdog = Watchdog(pool, partitions=settings.partitions)
        rounds = CourierRounds(pool, Courier(pool, queue, registry, channels), addresses, watchdog, wake)
        stack.enter_context(Probe(rounds.ready, host=settings.probe_host, port=settings.probe_port))
        log.info("courier_starts", mail=channels.mail is not None)
        await rounds.run(stop)
    log.info("courier_stopped")


async def _channels(settings: Settings, stack: contextlib.AsyncExitStack) -> Channels:
    mailer = None
    if settings.smtp_host is not None:
        password = None if settings.smtp_user is None else settings.secret("smtp-password")
        server = MailServer(
            host=settings.smtp_host,
            port=settings.smtp_port,
            security=settings.smtp_security,
            sender=settings.mail_sender,
            user=settings.smtp_user,
            password=password,
        )
        mailer = Mailer(server)
        stack.push_async_callback(mailer.close)
    webhooks = WebhookSender(settings.secret("request-key").encode(), AllowedOrigins(settings.webhook_origins))
    stack.push_async_callback(webhooks.close)
    return Channels(mailer, webhooks, settings.mail_administrators)


if __name__ == "__main__":
    main()
