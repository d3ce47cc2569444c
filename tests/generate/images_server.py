"""A server that speaks OpenAI's images protocol; the model's name says how it behaves."""

import base64
import io
import json
import sys
import time
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
from PIL import Image

REFUSALS = {
    "policy": (400, {"message": "No.", "code": "content_policy_violation"}),
    "full": (500, {"message": "CUDA out of memory.", "type": "server_error"}),
    "busy": (429, {"message": "slow down", "type": "rate_limit"}),
    "none": (404, {"message": "no such model"}),
}


class Images(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        fields = self.fields(self.rfile.read(int(self.headers["Content-Length"])))
        model = str(fields.get("model"))
        if self.headers.get("Authorization") != "Bearer right":
            return self.reply(401, {"error": {"message": "Bad key."}})
        if model == "slow":
            time.sleep(30)
        if model in REFUSALS:
            status, error = REFUSALS[model]
            return self.reply(status, {"error": error})
        if model == "page":
            return self.reply(200, "hello")
        pictures = [{"b64_json": self.picture(fields, k)} for k in range(int(fields["n"]))]
        return self.reply(200, {"created": 0, "data": pictures})

    def fields(self, body: bytes) -> dict[str, Any]:
        kind = self.headers["Content-Type"]
        if not kind.startswith("multipart/form-data"):
            assert self.path.endswith("/images/generations")
            return dict(json.loads(body))
        assert self.path.endswith("/images/edits")
        message = BytesParser().parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
        found: dict[str, Any] = {}
        for part in message.get_payload():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            found[name] = content if name == "image" else content.decode()
        return found

    def picture(self, fields: dict[str, Any], number: int) -> str:
        width, height = (int(side) // 16 for side in str(fields["size"]).split("x"))
        if "image" in fields:
            image = Image.open(io.BytesIO(fields["image"])).convert("RGB").resize((width, height))
        else:
            seed = len(str(fields["prompt"])) + number + int(fields.get("seed", 0))
            noise = np.random.default_rng(seed).integers(0, 255, (height, width, 3))
            image = Image.fromarray(noise.astype(np.uint8))
        file = io.BytesIO()
        image.save(file, "PNG")
        return "!" if fields["model"] == "broken" else base64.b64encode(file.getvalue()).decode()

    def reply(self, status: int, what: Any) -> None:
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Images)
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.close()
    server.serve_forever()
