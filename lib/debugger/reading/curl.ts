import { UnreadableFields } from "@/lib/gateway/fields";
import type { HttpMessage } from "./http-message";

/**
 * Reads a curl command as a shell hands it to curl: quotes, escapes, continued lines, several `-d`, `-G` and
 * `--data-urlencode`; also as browsers copy it for the command prompt of Windows. `null` when the text is no curl
 * command.
 *
 * @throws UnreadableFields when the body is in a file, or a quote is not closed
 */
export function readCurl(pasted: string): HttpMessage | null {
  const start = /^\s*(?:[$>#%]\s*)?curl(?:\.exe)?(?=\s)/.exec(pasted);
  if (!start) return null;
  const words = wordsOf(unpromptedWindows(pasted.slice(start[0].length)).replace(/[\\^`]\r?\n/g, " "));
  const found = {
    method: null as string | null,
    address: "",
    contentType: null as string | null,
    data: [] as string[],
    isGet: false,
  };
  for (let at = 0; at < words.length; at++) {
    const { option, value } = optionOf(words[at] ?? "");
    if (option === null) {
      if (found.address === "") found.address = value ?? "";
      continue;
    }
    const isValueApart = value === null && optionsWithValue.has(option);
    const given = isValueApart ? (words[++at] ?? "") : (value ?? "");
    if (option === "-X" || option === "--request") found.method = given.toUpperCase();
    else if (option === "--url") found.address = given;
    else if (option === "-G" || option === "--get") found.isGet = true;
    else if (option === "-H" || option === "--header") found.contentType = contentTypeIn(given) ?? found.contentType;
    else if (option === "--data-urlencode") found.data.push(urlEncodedPart(given));
    else if (option === "-F" || option === "--form")
      throw new UnreadableFields("A multipart body is not part of the protocol");
    else if (dataOptions.has(option)) {
      if (given.startsWith("@") && option !== "--data-raw")
        throw new UnreadableFields(`The body is in the file ${given.slice(1)}: paste its content`);
      found.data.push(given);
      if (option === "--json") found.contentType ??= "application/json";
    }
  }
  const data = found.data.join("&");
  const hasData = found.data.length > 0;
  const method = found.method ?? (hasData && !found.isGet ? "POST" : "GET");
  if (!found.isGet) {
    const usual = hasData ? "application/x-www-form-urlencoded" : null;
    return { method, address: found.address, contentType: found.contentType ?? usual, body: data };
  }
  const joint = found.address.includes("?") ? "&" : "?";
  return {
    method,
    address: hasData ? `${found.address}${joint}${data}` : found.address,
    contentType: found.contentType,
    body: "",
  };
}

const dataOptions = new Set(["-d", "--data", "--data-ascii", "--data-raw", "--data-binary", "--json"]);

const optionsWithValue = new Set([
  ...dataOptions,
  ..."-X --request -H --header --url --data-urlencode -F --form -o --output -A --user-agent -b --cookie -c --cookie-jar -e --referer -u --user -x --proxy -m --max-time --connect-timeout --cacert --capath --cert -E --key -w --write-out --retry --retry-delay --resolve --interface -T --upload-file --ciphers --limit-rate -K --config -D --dump-header --stderr --trace --trace-ascii".split(
    " ",
  ),
]);

/** `--data=x`, `-dx` and `-d x` are the same; a word without a dash is the address. */
function optionOf(word: string): { option: string | null; value: string | null } {
  if (!word.startsWith("-") || word === "-") return { option: null, value: word };
  if (word.startsWith("--")) {
    const equals = word.indexOf("=");
    return equals === -1
      ? { option: word, value: null }
      : { option: word.slice(0, equals), value: word.slice(equals + 1) };
  }
  const short = word.slice(0, 2);
  if (word.length === 2 || !optionsWithValue.has(short)) {
    // Several letters in one word, such as -sS; the last of them may want a value.
    const last = `-${word.slice(-1)}`;
    return { option: word.includes("G") ? "-G" : optionsWithValue.has(last) ? last : short, value: null };
  }
  return { option: short, value: word.slice(2) };
}

function contentTypeIn(header: string): string | null {
  return /^content-type:\s*(.*?)\s*$/i.exec(header)?.[1] ?? null;
}

function urlEncodedPart(given: string): string {
  const equals = given.indexOf("=");
  if (equals === -1) return encodeURIComponent(given);
  const name = given.slice(0, equals);
  return `${name}${name === "" ? "" : "="}${encodeURIComponent(given.slice(equals + 1))}`;
}

/** The command prompt of Windows escapes with `^`, which browsers put before every sign that it could take for its own. */
function unpromptedWindows(command: string): string {
  if (!/(?:^|\s)\^"/.test(command)) return command;
  return command.replace(/\^\r?\n(\r?\n)?/g, (_, lineEnd?: string) => lineEnd ?? " ").replace(/\^([\s\S])/g, "$1");
}

const wordPart = /\$'((?:[^'\\]|\\[\s\S])*)'|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\$]+|\$)/y;

function wordsOf(text: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] ?? "")) {
      if (word !== null) words.push(word);
      word = null;
      at++;
      continue;
    }
    wordPart.lastIndex = at;
    const part = wordPart.exec(text);
    if (!part) throw new UnreadableFields("A quotation mark in the curl command is not closed", at);
    const [all, ansi, single, double, escaped, bare] = part;
    word = `${word ?? ""}${single ?? bare ?? escaped ?? (ansi === undefined ? unescapedDouble(double ?? "") : unescapedAnsi(ansi))}`;
    at += all.length;
  }
  return word === null ? words : [...words, word];
}

function unescapedDouble(text: string): string {
  return text.replace(/\\(["\\$`])/g, "$1");
}

const ansiEscapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  e: "\x1b",
};

function unescapedAnsi(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{1,2})|([\s\S]))/g, (_, unicode, byte, letter: string) => {
    const code: string | undefined = unicode ?? byte;
    return code === undefined ? (ansiEscapes[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16));
  });
}
