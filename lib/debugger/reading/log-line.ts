import { readFields, UnreadableFields, type WireMember } from "@/lib/gateway/fields";
import { knownNames } from "../known-names";

export type LoggedMessage = {
  readonly text: string;
  readonly receivedSign: string | null;
  readonly notes: readonly string[];
};

/**
 * Finds the message in what a program printed: a JSON body, the text that an SDK hashes (`…&key=…`), a form, or a map
 * as Java prints it, with text around it; and the signature, wherever it stands. The key is never taken along. `null`
 * when there is no message.
 */
export function readLog(pasted: string): LoggedMessage | null {
  return (
    inLoggedTexts(pasted) ?? jsonIn(pasted) ?? jsonIn(unescaped(pasted)) ?? canonicalIn(pasted) ?? javaMapIn(pasted)
  );
}

/** A log that is JSON itself holds the message inside one of its texts. */
function inLoggedTexts(pasted: string): LoggedMessage | null {
  const members = membersOf(pasted);
  for (const { value } of members) {
    const logged = value.kind === "text" && /[={]/.test(value.text) ? readLog(value.text) : null;
    if (logged) return { ...logged, receivedSign: logged.receivedSign ?? signIn(pasted) };
  }
  return null;
}

function membersOf(text: string): readonly WireMember[] {
  if (!/^\s*\{/.test(text) || isMessage(text)) return [];
  try {
    return readFields(text).members;
  } catch (cause) {
    if (cause instanceof UnreadableFields) return [];
    throw cause;
  }
}

/** The signature that stands beside a message. Digests without a name count only when there is no named one. */
export function signIn(text: string): string | null {
  const named = [...text.matchAll(/\bsign(?:ature)?["']?\s*(?:[:=]|\bis\b|->)+\s*\\?["']?([0-9A-Za-z+/=-]{16,180})/gi)];
  const bare = [
    ...text.matchAll(
      /(?<![0-9A-Za-z])([0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{128})(?![0-9A-Za-z])/g,
    ),
  ];
  return (named.at(-1) ?? bare.at(-1))?.[1] ?? null;
}

function jsonIn(pasted: string): LoggedMessage | null {
  for (let start = pasted.indexOf("{"); start !== -1; start = pasted.indexOf("{", start + 1)) {
    const end = endOfObject(pasted, start);
    if (end === null) continue;
    const text = pasted.slice(start, end);
    if (!isMessage(text)) continue;
    const fields = readFields(text);
    const around = `${pasted.slice(0, start)} ${pasted.slice(end)}`;
    return { text, receivedSign: fields.textOf("sign") ?? signIn(around), notes: [] };
  }
  return null;
}

/** Whether a text is a message of the protocol, and not just any JSON. */
export function isMessage(text: string): boolean {
  try {
    const fields = readFields(text);
    return (
      fields.names.filter((name) => knownNames.has(name)).length >= 2 || (fields.has("code") && fields.has("data"))
    );
  } catch (cause) {
    if (cause instanceof UnreadableFields) return false;
    throw cause;
  }
}

function endOfObject(text: string, start: number): number | null {
  let depth = 0;
  let isInString = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (isInString) {
      if (character === "\\") at++;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return at + 1;
  }
  return null;
}

/** JSON that was logged inside a JSON string. */
function unescaped(text: string): string {
  return text.replace(/\\(["\\/])/g, "$1");
}

const names = [...knownNames].filter((name) => name !== "sign").join("|");
const firstPiece = new RegExp(`(?:^|[^A-Za-z0-9_&])((?:${names})=[^\\n]*)`, "m");
const nextPiece = /&(?=[A-Za-z_][\w[\].-]*=)/;

/** A canonical text is not encoded, so it must not be decoded: it becomes JSON, whose texts are taken as they are. */
function canonicalIn(pasted: string): LoggedMessage | null {
  const found = firstPiece.exec(pasted);
  const line = found?.[1];
  if (!found || line === undefined || !nextPiece.test(line)) return null;
  const before = pasted.slice(0, found.index + found[0].length - line.length);
  const behindLine = pasted.slice(found.index + found[0].length);
  const key = /&(?:key|KEY|appSecret|secret)=("[^"]*"|[^\s"',;)\]}&]*)/.exec(line);
  const run = key ? line.slice(0, key.index) : withoutTail(line);
  const tail = key ? line.slice(key.index + key[0].length) : line.slice(run.length);
  const isEncoded = key === null && /%[0-9A-Fa-f]{2}/.test(run);
  const pieces = piecesOf(run, isEncoded);
  const inside = pieces.find(([name]) => name === "sign")?.[1];
  const hasKey = key !== null && key[1] !== "" && !/^[<*[]|^\*+$/.test(key[1] ?? "");
  return {
    text: isEncoded ? run : jsonOf(pieces),
    receivedSign: inside ?? signIn(`${before} ${tail} ${behindLine}`),
    notes: [
      isEncoded
        ? "Read as a form body from a log."
        : "Read as the text that was signed, from a log: values were taken as they stand.",
      ...(hasKey ? ["The pasted text holds a key. It was left out; whoever can read that log can sign."] : []),
    ],
  };
}

/**
 * Values of a signed text may hold `&` and `=` themselves. It is sorted, so a name that nobody knows and that comes out
 * of order is the rest of a value.
 */
function piecesOf(run: string, isEncoded: boolean): [string, string][] {
  const pieces: [string, string][] = [];
  for (const piece of run.split(nextPiece)) {
    const name = piece.slice(0, piece.indexOf("="));
    const last = pieces.at(-1);
    const isRest =
      !isEncoded && last && !knownNames.has(name) && name !== "sign" && name.toLowerCase() < last[0].toLowerCase();
    if (isRest) last[1] += `&${piece}`;
    else pieces.push([name, piece.slice(name.length + 1)]);
  }
  return pieces;
}

/** A line of a log goes on behind the text: a closing quotation mark, a bracket, or a comma and a next field. */
function withoutTail(line: string): string {
  return (
    line
      .replace(/\s+$/, "")
      .replace(/["'\])}]+[;,.]?$/, "")
      .replace(/["'],?\s.*$/, "")
      .replace(/,\s+sign(?:ature)?["']?\s*[:=].*$/i, "")
      // Behind a space only what can be a digest is one: a subject may speak of a sign.
      .replace(/\s{1,4}sign(?:ature)?["']?\s{0,4}(?:[:=]|->|is\b)\s{0,4}["']?[0-9A-Za-z+/=-]{16,180}$/i, "")
  );
}

function javaMapIn(pasted: string): LoggedMessage | null {
  const found = /\{([A-Za-z_]\w*=[^{}]*)\}/.exec(pasted);
  const inside = found?.[1];
  if (!found || inside === undefined) return null;
  const pieces = inside
    .split(/, (?=[A-Za-z_][\w[\].-]*=)/)
    .map((piece): [string, string] => [piece.slice(0, piece.indexOf("=")), piece.slice(piece.indexOf("=") + 1)]);
  if (pieces.filter(([name]) => knownNames.has(name)).length < 2) return null;
  const sign = pieces.find(([name]) => name === "sign")?.[1];
  const around = pasted.replace(found[0], " ");
  return {
    text: jsonOf(pieces),
    receivedSign: sign ?? signIn(around),
    notes: ["Read as a map that a Java program printed: null and empty values cannot be told from texts."],
  };
}

function jsonOf(pieces: readonly (readonly [string, string])[]): string {
  return `{${pieces.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",")}}`;
}
