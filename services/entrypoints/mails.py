"""What the mail catcher of a trial has taken, for people to read: `python -m services.entrypoints.mails FOLDER`."""

import email
import mailbox
import sys
from collections.abc import Iterator
from email import policy
from pathlib import Path


def mails(folder: Path) -> Iterator[str]:
    """Yield each message in the order in which it came: recipients, subject, and the text as it was written."""
    for path in sorted((folder / "new").glob("*"), key=lambda path: path.stat().st_mtime_ns):
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        body = message.get_body(("plain",))
        text = "" if body is None else body.get_content()
        yield f"{message['to']}\n{message['subject']}\n\n{text.rstrip()}\n"


def main(folder: Path) -> None:
    """Print all of them."""
    mailbox.Maildir(folder)  # made by whoever is first, this or the catcher
    sys.stdout.write(f"{'-' * 72}\n".join(mails(folder)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
