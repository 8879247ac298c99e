import { randomBytes } from "node:crypto";
import { sign, verify } from "@/lib/gateway/signature";
import type { WireFields } from "@/lib/gateway/wire-fields";
import type { Work } from "../main";
import type { Report } from "../report";
import { type Sides, type Timed, timeInterleaved } from "./interleaved";
import { forgedBody, messageWith, oneApplication, signsWithPrefix } from "./signed-messages";
import { openTwoEnvironments } from "./two-environments";
import { compare } from "./welch";

/** Beyond this two sides do not take the same time; the usual limit for leaks of timing. */
const limit = 4.5;

/**
 * Whether the time of a refusal tells how much of a forged signature is right, or whether a named application is there:
 * each pair by Welch's t-test, beside a null test, and beside a variant that must be caught.
 */
export async function measureTiming({ options, database, report, ends }: Work): Promise<void> {
  const { calls } = options;
  const secret = randomBytes(32).toString("hex");
  const prefix = (right: number) => signsWithPrefix(secret, right);
  const ours = { prepare: messageWith, work: (fields: WireFields) => verify(fields, secret) };
  pairIsNull(report, "verify, no digit right twice", await tOf(ours, [prefix(0), prefix(0)], calls));
  for (const right of [1, 16, 31, 32]) {
    pairIsEqual(
      report,
      `verify, no digit right and ${right} of 32`,
      await tOf(ours, [prefix(0), prefix(right)], calls),
    );
  }
  const leaky = { prepare: messageWith, work: (fields: WireFields) => verifyUntilFirstDifference(fields, secret) };
  pairIsSeen(report, "a comparison that ends early", await tOf(leaky, [prefix(0), prefix(31)], calls));

  // A whole message takes ten times as long to read, and what must be seen here is a thousand times as large.
  const fewer = Math.ceil(calls / 10);
  const { readForged, readWithoutStandIn, known, unknown } = await openTwoEnvironments(database, ends);
  const [nobody, somebody] = [oneApplication(unknown), oneApplication(known)] as const;
  const reading = { prepare: forgedBody, work: readForged };
  pairIsNull(report, "an unknown application twice", await tOf(reading, [nobody, nobody], fewer));
  pairIsEqual(report, "an unknown application and one that is there", await tOf(reading, [nobody, somebody], fewer));
  const early = await tOf({ prepare: forgedBody, work: readWithoutStandIn }, [nobody, somebody], fewer);
  pairIsSeen(report, "a search that ends early for an unknown application", early);
}

type Compared = { t: number; difference: number };

async function tOf<Input>(timed: Timed<Input>, sides: Sides, calls: number): Promise<Compared> {
  return compare(...(await timeInterleaved(timed, sides, calls)));
}

function pairIsNull(report: Report, name: string, compared: Compared): void {
  tell(report, `null test, ${name}`, compared);
  report.check(`null test, ${name}: |t| below ${limit}`, Math.abs(compared.t) < limit);
}

function pairIsEqual(report: Report, name: string, compared: Compared): void {
  tell(report, name, compared, limit);
}

function pairIsSeen(report: Report, name: string, compared: Compared): void {
  tell(report, `must be seen, ${name}`, compared);
  report.check(`${name} is seen: |t| at least ${limit}`, Math.abs(compared.t) >= limit);
}

function tell(report: Report, name: string, { t, difference }: Compared, atMost?: number): void {
  report.value(`${name}: |t|`, Math.abs(t), "standard errors", atMost);
  report.value(`${name}: difference`, difference, "ns");
}

/** What must not be: digit after digit, until one differs. */
function verifyUntilFirstDifference(fields: WireFields, secret: string): boolean {
  const given = fields.textOf("sign") ?? "";
  const expected = sign(fields, secret);
  for (let place = 0; place < expected.length; place += 1) {
    if (given[place] === expected[place]) continue;
    return false;
  }
  return given.length === expected.length;
}
