"""A real Keycloak with the realm of deploy/identity, on the JRE of the suite, and how people sign in there.

The distribution is the pinned one. Its first start on a machine builds it, as Keycloak calls that (half a minute); the
result stays in the cache beside the broker's jars.
"""

import base64
import hashlib
import html
import json
import os
import re
import secrets
import tarfile
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGTERM
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx

from services.adapters.embedded import jars, maven
from services.adapters.embedded.child import spawn
from services.adapters.embedded.kafka import java
from services.adapters.embedded.ports import LOOPBACK, free_port

REALM = Path(__file__).parents[2] / "deploy" / "identity" / "realm.json"
BUILT = ("--db=dev-mem", "--metrics-enabled=false")
LEAN = "-Xms256m -Xmx512m -Dfile.encoding=UTF-8 -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Its first compiler and the serial collector start it with the least work, as they do the broker (ADR 5); it comes
with the concurrent one and a heap of 64 MiB that grows."""
START_SECONDS = 240.0
PORTAL = "kycuong-portal"
RETURN = "https://ky-cuong.example.vn/"
"""Where the realm sends people back to; nobody goes there."""
ADMIN = "admin"


def realm() -> dict[str, Any]:
    """The realm as it is shipped."""
    shipped: dict[str, Any] = json.loads(REALM.read_text(encoding="utf-8"))
    return shipped


@dataclass
class Keycloak:
    """A running server, asked as its administrator asks it and as people's browsers do."""

    url: str
    password: str = field(repr=False)
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=60.0, trust_env=False))

    @property
    def issuer(self) -> str:
        """The realm's issuer, as its tokens name it."""
        return f"{self.url}/realms/kycuong"

    def administer(self, path: str, body: Mapping[str, Any]) -> None:
        """Make something through the administrator's interface."""
        headers = {"authorization": f"Bearer {self.masters_token()}"}
        self.client.post(f"{self.url}/admin/realms{path}", json=body, headers=headers).raise_for_status()

    def masters_token(self) -> str:
        """A good token of another realm of the same server."""
        form = {"grant_type": "password", "client_id": "admin-cli", "username": ADMIN, "password": self.password}
        answer = self.client.post(f"{self.url}/realms/master/protocol/openid-connect/token", data=form)
        return str(answer.raise_for_status().json()["access_token"])

    def create_user(self, name: str, password: str, roles: Sequence[str], **attributes: str) -> None:
        """Make somebody's account; the realm takes roles by name only while a user is imported."""
        credentials = [{"type": "password", "value": password, "temporary": False}]
        told = {name: [value] for name, value in attributes.items()}
        user = {"username": name, "enabled": True, "credentials": credentials, "attributes": told}
        user |= {"realmRoles": roles, "clientRoles": {"account": ["manage-account"]}}  # the latter everybody has
        self.administer("/kycuong/partialImport", {"ifResourceExists": "FAIL", "users": [user]})

    def sign_in(self, name: str, password: str, client_id: str = PORTAL, back: str = RETURN) -> str:
        """An access token, fetched as a browser does it: authorization code with PKCE (RFC 7636)."""
        verifier = secrets.token_urlsafe(48)
        asked = self.begin(client_id, back, challenge=challenge_of(verifier))
        found = re.search(r'action="([^"]+)"', asked.raise_for_status().text)
        assert found, asked.text
        form = {"username": name, "password": password}
        cookies = "; ".join(f"{name}={value}" for name, value in asked.cookies.items())  # marked as for https only
        sent = self.client.post(html.unescape(found[1]), data=form, headers={"cookie": cookies})
        assert sent.status_code == 302, sent.text
        [code] = parse_qs(urlsplit(sent.headers["location"]).query)["code"]
        grant = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "client_id": client_id}
        return str(self.token(**grant, code_verifier=verifier).raise_for_status().json()["access_token"])

    def approve(self, address: str, name: str, password: str) -> None:
        """Let somebody's command line in, as his browser does it at the address that he was shown (RFC 8628)."""
        kept: dict[str, str] = {}
        self.client.cookies.clear()
        asked = self._page("GET", address, kept)
        for form in ({"username": name, "password": password}, {"accept": "Yes"}):
            found = re.search(r'action="([^"]+)"', asked.text)
            assert found, asked.text
            more = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', asked.text))
            asked = self._page("POST", urljoin(str(asked.url), html.unescape(found[1])), kept, {**more, **form})

    def _page(
        self, method: str, address: str, kept: dict[str, str], form: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """The page that an address leads to in the end; its cookies, marked as for https only, are kept by name."""
        while True:
            cookie = "; ".join(f"{name}={value}" for name, value in kept.items())
            answer = self.client.request(method, address, data=form, headers={"cookie": cookie})
            kept |= dict(answer.cookies.items())
            if not answer.is_redirect:
                answer.raise_for_status()
                return answer
            method, address, form = "GET", urljoin(address, answer.headers["location"]), None

    def begin(self, client_id: str, back: str = RETURN, challenge: str | None = None) -> httpx.Response:
        """What a browser is answered that is sent to sign in."""
        asked = {"response_type": "code", "scope": "openid", "client_id": client_id, "redirect_uri": back}
        if challenge is not None:
            asked |= {"code_challenge": challenge, "code_challenge_method": "S256"}
        self.client.cookies.clear()
        return self.client.get(f"{self.issuer}/protocol/openid-connect/auth", params=asked)

    def token(self, **form: str) -> httpx.Response:
        """What the token endpoint answers."""
        return self.client.post(f"{self.issuer}/protocol/openid-connect/token", data=form)


def challenge_of(verifier: str) -> str:
    """RFC 7636, section 4.2."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


@contextmanager
def running(folder: Path) -> Iterator[Keycloak]:
    """A server with the shipped realm and nobody in it; its data is gone with it."""
    home = _built()
    keycloak = Keycloak(f"http://{LOOPBACK}:{free_port()}", secrets.token_urlsafe(24))
    own = {"KC_BOOTSTRAP_ADMIN_USERNAME": ADMIN, "KC_BOOTSTRAP_ADMIN_PASSWORD": keycloak.password}
    command: list[str | Path] = [home / "bin" / "kc.sh", "start", "--optimized", "--cache=local", "--http-enabled=true"]
    command += [f"--http-host={LOOPBACK}", f"--http-port={urlsplit(keycloak.url).port}", f"--hostname={keycloak.url}"]
    # Its script hands SIGTERM on to Java; SIGKILL would leave that behind.
    child = spawn("keycloak", command, log=folder / "keycloak.log", env=_environment(own), death_signal=SIGTERM)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not _answers(keycloak):
            assert child.alive, child.tail()
            assert time.monotonic() < deadline, child.tail()
            time.sleep(0.2)
        keycloak.administer("", realm())
        yield keycloak
    finally:
        keycloak.client.close()
        child.stop(deadline=20.0)


def _answers(keycloak: Keycloak) -> bool:
    try:
        return keycloak.client.get(f"{keycloak.url}/realms/master").status_code == 200
    except httpx.TransportError:
        return False


def _built() -> Path:
    """The distribution's folder, unpacked and built; made whole or not at all."""
    [pinned] = jars.manifest("identity/keycloak.lock")
    cache = jars.cache_folder()
    maven.fetch(jars.missing([pinned], cache), cache, advance=lambda _: None)
    key = hashlib.sha256(" ".join([pinned.sha256, *BUILT]).encode()).hexdigest()[:12]
    home = cache / f"keycloak-{key}"
    if home.exists():
        return home
    with tempfile.TemporaryDirectory(dir=cache, prefix=".build-") as folder:
        with tarfile.open(jars.proved(pinned, cache / pinned.file_name)) as archive:
            archive.extractall(folder, filter="data")
        [unpacked] = Path(folder).iterdir()
        build: list[str | Path] = [unpacked / "bin" / "kc.sh", "build", *BUILT]
        child = spawn("keycloak", build, log=unpacked / "build.log", env=_environment({}), death_signal=SIGTERM)
        child.wait()
        assert child.exit_code == 0, child.tail()
        if not home.exists():
            unpacked.rename(home)
    return home


def _environment(own: Mapping[str, str]) -> dict[str, str]:
    runtime = {"JAVA_HOME": str(java().parent.parent), "JAVA_OPTS": LEAN}
    return {"PATH": os.environ["PATH"], **runtime, **own}
