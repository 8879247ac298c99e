import { z } from "zod";
import type { HoldActKind, HoldOperation, HoldRules } from "@/lib/domain/holds";
import { CredentialId } from "@/lib/domain/ids";
import { fieldNameProblem, isForeignPath, looseName, pathProblem } from "@/lib/gateway/wire/hold-call";

const typed = z.string().trim().default("");

/** What an admin writes about one operation, as the texts of a form; `complete` or `release` stands before each name. */
const texts = {
  completePath: typed,
  completeOrderField: typed,
  completeOrderNumber: z.enum(["ours", "gateway"]).default("ours"),
  completeAmountField: typed,
  completeNumberField: typed,
  completeDoneState: typed,
  completePartAllowed: typed,
  releasePath: typed,
  releaseOrderField: typed,
  releaseOrderNumber: z.enum(["ours", "gateway"]).default("ours"),
  releaseAmountField: typed,
  releaseNumberField: typed,
  releaseDoneState: typed,
};

const Form = z.object({
  credentialId: CredentialId,
  wayCodes: typed,
  lifetimeHours: typed,
  heldState: typed,
  ...texts,
});
type Form = z.infer<typeof Form>;

/** The rules as a form sends them. An operation without a path is one that is not set up. */
export const HoldRulesInput = Form.transform((form, context): { credentialId: CredentialId; rules: HoldRules } => {
  const blame: Blame = (field, message) => {
    if (message !== null) context.addIssue({ code: "custom", path: [field], message });
  };
  const rules: HoldRules = {
    wayCodes: wayCodesOf(form.wayCodes, blame),
    lifetimeHours: wholeNumber(form, "lifetimeHours", { least: 1, most: 24 * 366, blame }),
    heldState: wholeNumber(form, "heldState", { least: 0, most: 999, blame }) ?? 2,
    complete: operationOf(form, "complete", blame),
    release: operationOf(form, "release", blame),
  };
  checkStates(rules, blame);
  return { credentialId: form.credentialId, rules };
});
export type HoldRulesInput = z.infer<typeof HoldRulesInput>;

type Blame = (field: string, message: string | null) => void;

function operationOf(form: Form, kind: HoldActKind, blame: Blame): HoldOperation | null {
  const text = (name: string) => String(form[`${kind}${name}` as keyof Form] ?? "");
  const [path, orderField, amountField, numberField] = [
    text("Path"),
    text("OrderField"),
    text("AmountField"),
    text("NumberField"),
  ];
  if (path === "") {
    const isBegun = [orderField, amountField, numberField, text("DoneState")].some((value) => value !== "");
    if (isBegun)
      blame(`${kind}Path`, "Write the path too, or empty the other fields: without one nothing can be sent.");
    return null;
  }
  const isForeign = isForeignPath(kind === "complete" ? "holdComplete" : "holdRelease", path);
  blame(`${kind}Path`, pathProblem(path) ?? (isForeign ? "The protocol uses this path for something else." : null));
  blame(
    `${kind}OrderField`,
    orderField === "" ? "Which order is meant must be said: the field's name." : fieldNameProblem(orderField),
  );
  for (const [name, value] of [
    ["AmountField", amountField],
    ["NumberField", numberField],
  ] as const) {
    if (value !== "") blame(`${kind}${name}`, fieldNameProblem(value));
  }
  const names = [orderField, amountField, numberField].filter((name) => name !== "").map(looseName);
  if (new Set(names).size !== names.length) blame(`${kind}AmountField`, "Each field needs a name of its own.");
  const doneState = wholeNumber(form, `${kind}DoneState`, { least: 0, most: 999, blame });
  if (kind === "complete" && text("DoneState") === "") {
    blame("completeDoneState", "Needed: without it a lost answer could never be cleared up by asking.");
  }
  const isPartAllowed = kind === "complete" && form.completePartAllowed !== "";
  if (isPartAllowed && amountField === "")
    blame("completeAmountField", "A part cannot be asked for without this field.");
  return {
    path,
    orderField,
    orderNumber: form[`${kind}OrderNumber`],
    amountField: amountField === "" ? null : amountField,
    numberField: numberField === "" ? null : numberField,
    doneState,
    isPartAllowed,
  };
}

// gateway-protocol 5.1: the numbers whose published meaning no hold rule may turn into another.
const unpaid = [0, 1, 3];
const over = [4, 5, 6];

function checkStates({ heldState, complete, release }: HoldRules, blame: Blame): void {
  if ([...unpaid, ...over].includes(heldState)) blame("heldState", "The protocol gives this number another meaning.");
  const done = complete?.doneState ?? null;
  const free = release?.doneState ?? null;
  if (done !== null && [...unpaid, ...over].includes(done)) {
    blame("completeDoneState", "The protocol gives this number another meaning.");
  }
  if (done !== null && done === heldState) {
    blame("completeDoneState", "This number means that the money is held, so it cannot mean that it was taken.");
  }
  if (free !== null && unpaid.includes(free))
    blame("releaseDoneState", "The protocol gives this number another meaning.");
  if (free !== null && (free === heldState || free === done)) {
    blame("releaseDoneState", "This number means something else already: the three must differ.");
  }
}

function wholeNumber(
  form: Form,
  field: string,
  { least, most, blame }: { least: number; most: number; blame: Blame },
): number | null {
  const text = String(form[field as keyof Form] ?? "");
  if (text === "") return null;
  const value = /^[0-9]{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  blame(field, `A whole number from ${least} to ${most}.`);
  return null;
}

function wayCodesOf(text: string, blame: Blame): string[] {
  const codes = [...new Set(text.split(/[\s,]+/).filter((code) => code !== ""))];
  const odd = codes.find((code) => !/^[A-Za-z0-9_]{1,30}$/.test(code));
  if (odd !== undefined) blame("wayCodes", `${odd.slice(0, 40)} is no way code: letters, digits and _ only.`);
  return codes;
}
