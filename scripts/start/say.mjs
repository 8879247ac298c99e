// @ts-check
import fs from "node:fs";

const began = Date.now();

/** Tools print their answer on standard output, so their progress goes beside it. */
let stream = /** @type {NodeJS.WritableStream} */ (process.stdout);

export function keepOutputClean() {
  stream = process.stderr;
}

/** @type {{ file: string, names: readonly string[] } | null} */
let transcript = null;

/**
 * From now on what these processes say is also written into a file.
 *
 * @param {string} file
 * @param {readonly string[]} names
 */
export function keepTranscript(file, names) {
  fs.writeFileSync(file, "", { mode: 0o600 });
  transcript = { file, names };
}

/** One line of progress, with the seconds since the start.
 * @param {string} line */
export function say(line) {
  stream.write(`${`${((Date.now() - began) / 1000).toFixed(1)}s`.padStart(7)}  ${line}\n`);
}

/** Text for the person at the screen.
 * @param {string} text */
export function print(text) {
  stream.write(`${text}\n`);
}

/** @param {string} line */
export function complain(line) {
  process.stderr.write(`countersign: ${line}\n`);
}

/**
 * Passes the output of a process on, line by line, each with the name of the process in front.
 *
 * @param {string} name
 * @param {NodeJS.ReadableStream | null} source
 * @param {(line: string) => void} [heard]
 */
export function passOn(name, source, heard = () => {}) {
  if (!source) return;
  let rest = "";
  source.setEncoding("utf8");
  source.on("data", (/** @type {string} */ chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) show(line);
  });
  source.on("end", () => {
    if (rest) show(rest);
  });

  /** @param {string} line */
  function show(line) {
    heard(line);
    if (transcript?.names.includes(name)) fs.appendFileSync(transcript.file, `${name} | ${line}\n`);
    stream.write(`${name.padStart(7)} | ${line}\n`);
  }
}
