import type { SnippetCall, SnippetProgram } from "./snippet-request";
import { literal, pointEscapes, quotesAndBackslashes } from "./string-literal";

const quoted = (text: string) => literal(text, { special: quotesAndBackslashes, escape: pointEscapes });

/** A program for Python 3.9 and newer, standard library alone. */
export function python({ baseUrl, encoding, calls }: SnippetProgram): string {
  const isJson = encoding === "json";
  const body = isJson ? 'json.dumps(signed, ensure_ascii=False).encode("utf-8")' : 'urlencode(signed).encode("ascii")';
  return `# Save as request.py, then: COUNTERSIGN_SECRET=... python3 request.py
import hashlib
${isJson ? "import json\n" : ""}import os
import sys
from urllib.error import HTTPError
${isJson ? "" : "from urllib.parse import urlencode\n"}from urllib.request import Request, urlopen

BASE_URL = ${quoted(baseUrl)}
SECRET = os.environ["COUNTERSIGN_SECRET"]


def signature_of(fields):
    """Every field that is not empty as name=value&, sorted without looking at case, then key= and the secret."""
    pieces = [f"{name}={value}&" for name, value in fields.items() if name != "sign" and value != ""]
    text = "".join(sorted(pieces, key=str.lower)) + "key=" + SECRET
    return hashlib.md5(text.encode("utf-8")).hexdigest().upper()


def send(path, fields):
    signed = {**fields, "sign": signature_of(fields)}
    request = Request(
        BASE_URL + path,
        data=${body},
        headers={
            "Accept": "application/json",
            "Content-Type": "${isJson ? "application/json" : "application/x-www-form-urlencoded"};charset=UTF-8",
        },
    )
    try:
        answer = urlopen(request, timeout=30)
    except HTTPError as error:
        answer = error
    with answer:
        sys.stdout.buffer.write(answer.read() + b"\\n")


${calls.map(callOf).join("\n")}
`;
}

function callOf({ path, fields }: SnippetCall): string {
  const lines = fields.map(
    ([name, value]) => `    ${quoted(name)}: ${typeof value === "number" ? value : quoted(value)},\n`,
  );
  return `send(${quoted(path)}, {\n${lines.join("")}})`;
}
