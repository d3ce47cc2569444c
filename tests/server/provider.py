"""A small OpenID Connect provider in a process of its own, as strict as a real one.

`python -m tests.server.provider PORT CLIENT SECRET BACK` serves until it is ended.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

PORT, CLIENT, SECRET, BACK = int(sys.argv[1]), *sys.argv[2:5]
ISSUER = f"http://127.0.0.1:{PORT}"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
CODES: dict[str, dict[str, str]] = {}


class Site(BaseHTTPRequestHandler):
    """Its few pages."""

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(path.query).items()}
        if path.path == "/.well-known/openid-configuration":
            places = {
                "authorization_endpoint": "ask",
                "token_endpoint": "token",
                "jwks_uri": "keys",
            }
            told = {name: f"{ISSUER}/{place}" for name, place in places.items()}
            self.tell({"issuer": ISSUER, **told})
        elif path.path == "/keys":
            self.tell({"keys": [KEY.as_dict(private=False)]})
        elif path.path == "/ask":
            self.ask(asked)
        elif path.path == "/agree":
            self.agree(asked)
        else:
            self.send("image/x-icon", b"")

    def ask(self, asked: dict[str, str]) -> None:
        wanted = {"client_id": CLIENT, "redirect_uri": BACK, "response_type": "code"}
        right = all(asked.get(name) == value for name, value in wanted.items())
        if not (right and asked["code_challenge_method"] == "S256" and "openid" in asked["scope"]):
            self.send_error(400)
            return
        link = "/agree?" + urlencode({**asked, "who": "olga"})
        page = f'<!doctype html><title>Provider</title><a href="{link}">Continue as Olga</a>'
        self.send("text/html", page.replace("&", "&amp;").encode())

    def agree(self, asked: dict[str, str]) -> None:
        code = secrets.token_urlsafe(16)
        CODES[code] = asked
        self.send_response(302)
        self.send_header("Location", f"{BACK}?{urlencode({'code': code, 'state': asked['state']})}")
        self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {name: values[0] for name, values in parse_qs(body).items()}
        asked = CODES.pop(given.get("code", ""), None)
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        basic = base64.b64decode(self.headers.get("Authorization", "Basic ")[6:]).decode()
        known = unquote(basic) == f"{CLIENT}:{SECRET}" and given.get("redirect_uri") == BACK
        if asked is None or not known or asked["code_challenge"] != challenge:
            self.send_error(400)
            return
        now = int(time.time())
        claims = {"iss": ISSUER, "sub": asked["who"], "aud": CLIENT, "iat": now, "exp": now + 60}
        claims |= {"nonce": asked["nonce"], "name": "Olga Otherwise"}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, KEY)
        self.tell({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def tell(self, told: dict[str, Any]) -> None:
        self.send("application/json", json.dumps(told).encode())

    def send(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    with ThreadingHTTPServer(("127.0.0.1", PORT), Site) as server:
        server.serve_forever()
