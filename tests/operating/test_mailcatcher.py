"""A trial's mail: caught by the command that compose.yaml starts, and shown as it was written."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import yaml

from services.adapters.delivery.mail import Letter, Mailer, MailServer
from services.adapters.delivery.outcome import State
from services.adapters.embedded.ports import LOOPBACK, accepts, free_port

COMPOSE = Path(__file__).parents[2] / "deploy" / "compose.yaml"
LETTER = Letter("Quá hạn: kết luận thanh tra về thủ tục đất đai", "Chưa có kế hoạch khắc phục.\n\nTừ ngày 03/3/2026.")


def command() -> list[str]:
    """What the service runs."""
    told: list[str] = yaml.safe_load(COMPOSE.read_text())["services"]["mailcatcher"]["command"]
    return told


@pytest.fixture
def box(tmp_path: Path) -> Path:
    return tmp_path / "box"


@pytest.fixture
def port(box: Path) -> Iterator[int]:
    """Where it listens, on a folder and a port of this test's own."""
    port = free_port()
    own = {"0.0.0.0:1025": f"{LOOPBACK}:{port}", "/mail/box": str(box)}
    catcher = subprocess.Popen([sys.executable, "-m", *(own.get(word, word) for word in command())])
    try:
        while not accepts(port):
            assert catcher.poll() is None
            time.sleep(0.05)
        yield port
    finally:
        catcher.terminate()
        catcher.wait()


def shown(box: Path) -> str:
    """What an operator is shown."""
    asked = [sys.executable, "-m", "services.entrypoints.mails", str(box)]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout


async def test_a_letter_is_shown_with_its_letters_as_they_are(port: int, box: Path) -> None:
    mailer = Mailer(MailServer(LOOPBACK, port, "none", "ky-cuong@localhost"))
    sent = await mailer.send(uuid4(), LETTER, ("an@example.vn",), "vi")
    await mailer.close()
    assert sent.state is State.SENT
    assert shown(box) == f"an@example.vn\n{LETTER.subject}\n\n{LETTER.text}\n"


async def test_letters_are_shown_in_the_order_in_which_they_came(port: int, box: Path) -> None:
    mailer = Mailer(MailServer(LOOPBACK, port, "none", "ky-cuong@localhost"))
    for number in range(3):
        await mailer.send(uuid4(), Letter(f"Thư {number}", "x"), ("an@example.vn",), "vi")
    await mailer.close()
    assert [line for line in shown(box).splitlines() if line.startswith("Thư")] == ["Thư 0", "Thư 1", "Thư 2"]


def test_an_empty_box_shows_nothing(box: Path) -> None:
    assert shown(box) == ""
