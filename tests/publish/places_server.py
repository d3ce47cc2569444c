"""Servers that keep to the protocols of Mastodon, AT, WordPress and Standard Webhooks.

What they took is told at /seen. The account says how they behave: `slow`, `full`, `large`, …
"""

import base64
import hashlib
import hmac
import io
import json
import re
import sys
import time
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from PIL import Image

SEEN: list[dict[str, Any]] = []
PROCESSING: dict[str, int] = {}
KEY = b"a key of both sides"
REFUSALS = {
    "full": (429, {"error": "Too many requests"}),
    "large": (413, {"error": "Payload too large"}),
    "spent": (507, {"error": "No space"}),
    "weak": (403, {"error": "This action is outside the authorized scopes of weak-secret"}),
    "odd": (422, {"error": "Validation failed: odd-secret is odd"}),
    "broken": (500, {"error": "stack trace"}),
    "moved": (302, {}),
}


def facts(picture: bytes) -> dict[str, Any]:
    with Image.open(io.BytesIO(picture)) as image:
        exif = image.getexif()
        xmp = bytes(image.info.get("xmp", b"")).decode("utf-8", "replace")
        return {
            "format": image.format,
            "size": image.size,
            "bytes": len(picture),
            "gps": 0x8825 in exif,
            "history": "History" in xmp,
        }


class Places(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._body = b""
        if self.path == "/seen":
            return self.reply(200, {"seen": SEEN})
        return self.routed("GET")

    def do_POST(self) -> None:
        self._body = self.rfile.read(int(self.headers["Content-Length"]))
        return self.routed("POST")

    def routed(self, method: str) -> None:
        for shape, allowed, do in ROUTES:
            found = re.fullmatch(shape, self.path)
            if found and allowed == method:
                do(self, *found.groups())
                return
        self.reply(404, {"error": "Record not found"})

    def account(self, scheme: str) -> str | None:
        """Who asks, or None after an answer that refuses."""
        kind, _, given = self.headers.get("Authorization", "").partition(" ")
        secret = base64.b64decode(given).decode() if scheme == "Basic" and given else given
        name = secret.rpartition(":")[2].removesuffix("-secret")
        if kind != scheme or not secret.endswith("-secret"):
            self.reply(401, {"error": "The access token is invalid", "code": "invalid"})
            return None
        if name == "slow":
            time.sleep(20)
        if name in REFUSALS:
            self.reply(*REFUSALS[name])
            return None
        return name

    def json(self) -> dict[str, Any]:
        assert self.headers["Content-Type"] == "application/json"
        return dict(json.loads(self._body))

    def form(self) -> dict[str, Any]:
        kind = self.headers["Content-Type"]
        assert kind.startswith("multipart/form-data; boundary=")
        head = f"MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n".encode()
        found: dict[str, Any] = {}
        for part in BytesParser().parsebytes(head + self._body).get_payload():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            if name == "file":
                assert part.get_content_type() == "image/jpeg"
                assert part.get_filename()
                found[name] = content
            else:
                found[name] = content.decode()
        return found

    # Mastodon

    def instance(self) -> None:
        if self.account("Bearer"):
            limits = {
                "statuses": {"max_characters": 500},
                "media_attachments": {
                    "image_size_limit": 60_000,
                    "image_matrix_limit": 480_000,
                    "description_limit": 1500,
                },
            }
            self.reply(200, {"domain": "test", "configuration": limits})

    def media(self) -> None:
        name = self.account("Bearer")
        if name:
            form = self.form()
            SEEN.append({"media": facts(form["file"]), "description": form["description"]})
            PROCESSING["7"] = 2
            self.reply(202 if name == "thinking" else 200, {"id": "7", "type": "image"})

    def looked_at(self, number: str) -> None:
        if self.account("Bearer"):
            PROCESSING[number] -= 1
            self.reply(200 if PROCESSING[number] <= 0 else 206, {"id": number})

    def status(self) -> None:
        if self.account("Bearer"):
            given = self.json()
            assert given["media_ids"] == ["7"]
            assert len(self.headers["Idempotency-Key"]) >= 16
            SEEN.append({"status": given})
            self.reply(200, {"id": "9", "url": "https://social.test/@anna/9"})

    # AT protocol

    def session(self) -> None:
        given = self.json()
        assert set(given) == {"identifier", "password"}
        name = given["password"].removesuffix("-secret")
        if name in REFUSALS:
            return self.reply(*REFUSALS[name])
        if not given["password"].endswith("-secret"):
            error = {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}
            return self.reply(401, error)
        known = {"did": "did:plc:anna", "handle": given["identifier"], "refreshJwt": "r"}
        return self.reply(200, {**known, "accessJwt": "jwt-secret"})

    def blob(self) -> None:
        if self.account("Bearer"):
            assert self.headers["Content-Type"] == "image/jpeg"
            assert len(self._body) <= 1_000_000
            SEEN.append({"blob": facts(self._body)})
            self.reply(
                200,
                {
                    "blob": {
                        "$type": "blob",
                        "ref": {"$link": "bafkrei"},
                        "mimeType": "image/jpeg",
                        "size": len(self._body),
                    }
                },
            )

    def record(self) -> None:
        if self.account("Bearer"):
            given = self.json()
            record = given["record"]
            assert given["repo"] == "did:plc:anna"
            assert given["collection"] == record["$type"] == "app.bsky.feed.post"
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", record["createdAt"])
            assert record["embed"]["$type"] == "app.bsky.embed.images"
            assert len(record["text"]) <= 300
            assert record["embed"]["images"][0]["image"]["ref"] == {"$link": "bafkrei"}
            SEEN.append({"record": record})
            self.reply(200, {"uri": "at://did:plc:anna/app.bsky.feed.post/3k2a", "cid": "c"})

    # WordPress

    def library(self) -> None:
        if self.account("Basic"):
            assert self.headers["Content-Type"] == "image/jpeg"
            named = re.fullmatch(
                r'attachment; filename="([\w.-]+\.jpg)"', self.headers["Content-Disposition"]
            )
            assert named
            SEEN.append({"library": facts(self._body), "file": named[1]})
            self.reply(201, {"id": 31, "source_url": f"https://blog.test/{named[1]}"})

    def words(self, number: str) -> None:
        if self.account("Basic"):
            SEEN.append({"words": self.json(), "id": int(number)})
            self.reply(200, {"id": int(number)})

    def article(self) -> None:
        if self.account("Basic"):
            SEEN.append({"article": self.json()})
            self.reply(201, {"id": 32, "link": "https://blog.test/?p=32"})

    # Standard Webhooks

    def hook(self) -> None:
        number, moment = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        signed = hmac.digest(KEY, f"{number}.{moment}.".encode() + self._body, hashlib.sha256)
        given = [each.split(",")[1] for each in self.headers["webhook-signature"].split(" ")]
        good = any(hmac.compare_digest(base64.b64encode(signed).decode(), one) for one in given)
        if not good or abs(time.time() - int(moment)) > 300:
            return self.reply(401, {"error": "bad signature"})
        content = self.json()
        content["data"]["picture"] = facts(base64.b64decode(content["data"]["picture"]))
        SEEN.append({"hook": content, "id": number})
        return self.reply(200, {})

    def reply(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "https://elsewhere.test/")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


XRPC = r"/xrpc/com\.atproto\."
ROUTES = (
    (r"/api/v2/instance", "GET", Places.instance),
    (r"/api/v2/media", "POST", Places.media),
    (r"/api/v1/media/(\d+)", "GET", Places.looked_at),
    (r"/api/v1/statuses", "POST", Places.status),
    (rf"{XRPC}server\.createSession", "POST", Places.session),
    (rf"{XRPC}repo\.uploadBlob", "POST", Places.blob),
    (rf"{XRPC}repo\.createRecord", "POST", Places.record),
    (r"/blog/wp-json/wp/v2/media", "POST", Places.library),
    (r"/blog/wp-json/wp/v2/media/(\d+)", "POST", Places.words),
    (r"/blog/wp-json/wp/v2/posts", "POST", Places.article),
    (r"/hook\?team=a", "POST", Places.hook),
)

if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Places)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.close()
    server.serve_forever()
