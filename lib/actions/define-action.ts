import "server-only";
import { refresh } from "next/cache";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { ownOriginOfRequest } from "@/lib/auth/action-origin";
import { closedForStranger, closedSentence } from "@/lib/auth/closed-to-address";
import { scopeOf } from "@/lib/auth/current-scope";
import { currentAddress, viewerWith } from "@/lib/auth/current-viewer";
import { whoMay } from "@/lib/auth/who-may";
import { Environment } from "@/lib/domain/environment";
import type { Problem } from "@/lib/domain/problem";
import type { Result } from "@/lib/domain/result";
import type { Permission } from "@/lib/domain/roles";
import type { Scope, Viewer } from "@/lib/domain/viewer";
import { log } from "@/lib/log/log";
import type { Action, ActionState } from "./action-state";
import { enteredOf, type FormInput, readForm } from "./read-form";

/** Where a request came from, for the audit. */
type ActionRequest = { address: string | null; userAgent: string | null };

/** What comes out for the form: the value inside of a result, or what was given back without one. */
type ValueOf<Outcome> = Outcome extends { ok: true; value: infer Value }
  ? Value
  : Outcome extends { ok: false; error: Problem }
    ? never
    : Outcome;
type Rule<Input extends z.ZodType> = { permission: Permission; input: Input };

/** A change that belongs to no environment. The order is always: own origin, who, is it valid, do it. */
export function defineAction<Input extends z.ZodType, Outcome>(
  { permission, input }: Rule<Input>,
  run: (viewer: Viewer, input: z.output<Input>, request: ActionRequest) => Promise<Outcome>,
): Action<ValueOf<Outcome>> {
  return behindTheDoor(async (form) => {
    const viewer = await allowedViewer(permission);
    return check(input, form, async (valid) => run(viewer, valid, await requestNow()));
  });
}

/** A change in one environment, which the form names in its hidden field `environment`. */
export function defineScopedAction<Input extends z.ZodType, Outcome>(
  { permission, input }: Rule<Input>,
  run: (scope: Scope, input: z.output<Input>, request: ActionRequest) => Promise<Outcome>,
): Action<ValueOf<Outcome>> {
  return behindTheDoor(async ({ environment, ...form }) => {
    const viewer = await allowedViewer(permission);
    const named = Environment.safeParse(environment);
    if (!named.success)
      throw new Refusal("The form does not say whether it is for test or production. Reload the page.");
    return check(input, form, async (valid) => run(await scopeOf(viewer, named.data), valid, await requestNow()));
  });
}

/** A change by somebody who is not signed in. `because` says why that is right. */
export function definePublicAction<Input extends z.ZodType, Outcome>(
  { input }: { because: string; input: Input },
  run: (input: z.output<Input>, request: ActionRequest) => Promise<Outcome>,
): Action<ValueOf<Outcome>> {
  return behindTheDoor(async (form) => {
    const closed = await closedForStranger();
    if (closed !== null) throw new Refusal(`Nothing was done. ${closed.title} ${closed.because}`);
    return check(input, form, async (valid) => run(valid, await requestNow()));
  });
}

/** An expected end of the way through the door, with its reason for people. */
class Refusal extends Error {}

function behindTheDoor<T>(work: (form: FormInput) => Promise<ActionState<T>>): Action<T> {
  return async (_, data) => {
    const form = data instanceof FormData ? readForm(data) : {};
    try {
      await proveOrigin();
      const state = await work(form);
      // The page around the form shows what is true now.
      if (state.status === "done") refresh();
      return withEntered(state, form);
    } catch (error) {
      unstable_rethrow(error);
      if (error instanceof Refusal) return { status: "refused", reason: error.message, entered: enteredOf(form) };
      return unexpected(error, form);
    }
  };
}

// The framework looks first: a foreign origin, and one of `null`, get its own error before any code of ours runs. What it
// lets pass, a request without an origin or with a forwarded host from anybody, is answered here.
async function proveOrigin(): Promise<void> {
  const proof = await ownOriginOfRequest();
  if (proof.ok) return;
  log.warn({ problem: proof.error }, "an action was refused because it did not prove its origin");
  throw new Refusal("This form was not sent by a page of this console. Open the page again and send it from there.");
}

async function allowedViewer(permission: Permission): Promise<Viewer> {
  const asked = await viewerWith(permission);
  if (asked.ok) return asked.viewer;
  if (asked.hindrance === "signed-out") {
    throw new Refusal("You are signed out, and nothing was done. Sign in in another tab, then send this again.");
  }
  if (asked.hindrance === "role") throw new Refusal(await whoMay(permission));
  throw new Refusal(`Nothing was done. ${await closedSentence(asked.hindrance)}`);
}

async function check<Input extends z.ZodType, Outcome>(
  schema: Input,
  form: FormInput,
  run: (input: z.output<Input>) => Promise<Outcome>,
): Promise<ActionState<ValueOf<Outcome>>> {
  const valid = schema.safeParse(form);
  if (!valid.success) return { status: "invalid", fields: fieldsOf(valid.error), entered: {} };
  const outcome: unknown = await run(valid.data);
  // `ValueOf` says in types what these lines do.
  if (!isResult(outcome)) return { status: "done", value: outcome as ValueOf<Outcome> };
  if (outcome.ok) return { status: "done", value: outcome.value as ValueOf<Outcome> };
  const { fields, message } = outcome.error;
  if (fields === undefined) return { status: "refused", reason: message, entered: {} };
  return { status: "invalid", fields: copyOf(fields), entered: {} };
}

function withEntered<T>(state: ActionState<T>, form: FormInput): ActionState<T> {
  return "entered" in state ? { ...state, entered: enteredOf(form) } : state;
}

/** A message for the form as a whole stands under the empty name. */
function fieldsOf(error: z.ZodError): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const issue of error.issues) {
    const name = String(issue.path[0] ?? "");
    fields[name] = [...(fields[name] ?? []), issue.message];
  }
  return fields;
}

function copyOf(fields: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(fields).map(([name, messages]) => [name, [...messages]]));
}

function isResult(outcome: unknown): outcome is Result<unknown, Problem> {
  if (typeof outcome !== "object" || outcome === null || !("ok" in outcome)) return false;
  return outcome.ok === true ? "value" in outcome : outcome.ok === false && "error" in outcome;
}

function unexpected(error: unknown, form: FormInput): ActionState<never> {
  const reference = crypto.randomUUID().slice(0, 8);
  log.error({ reference, error }, "an action failed");
  const reason = `Something broke on our side, and we do not know how much of it was done. Look before you send it again. Reference ${reference}.`;
  return { status: "refused", reason, entered: enteredOf(form), reference };
}

async function requestNow(): Promise<ActionRequest> {
  return { address: await currentAddress(), userAgent: (await headers()).get("user-agent") };
}
