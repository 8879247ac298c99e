import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type PlainFields, readFields, type WireFields } from "@/lib/gateway/fields";

/** Vectors made by running the reference server's own code; the keys in them are invented. */
type VectorFile = "signing.json" | "gateway.json" | "mistakes.json";

type WithFields = { readonly name: string; readonly params: PlainFields; readonly paramsText?: string; readonly key: string };

type SigningVector = WithFields & {
  readonly category: string;
  readonly signString: string;
  readonly sign: string;
  readonly note: string;
};

export type GatewayVector = WithFields & {
  readonly category: string;
  readonly endpoint: string;
  readonly contentType: string;
  /** `null` where the reference could not read the body. */
  readonly signString: string | null;
  readonly sign: string | null;
  readonly plainSign: string;
  readonly plainAccepted: boolean;
  readonly note: string;
};

type MistakeVector = WithFields & {
  readonly received_sign: string;
  readonly correct_sign: string;
  readonly other_keys?: Readonly<Record<string, string>>;
  readonly mistake: string;
  readonly explain: string;
};

/** The file beside the repository where there is one, else the project's own copy. */
export function vectorText(file: VectorFile, from: "outside-or-copy" | "copy" = "outside-or-copy"): string {
  const outside = outsideVectorPath(file);
  return readFileSync(from === "outside-or-copy" && existsSync(outside) ? outside : copyPath(file), "utf8");
}

/** Where the vectors lie when they are handed out beside the repository; the file need not exist. */
export function outsideVectorPath(file: VectorFile): string {
  return fileURLToPath(new URL(`../../../../shared/vectors/${file}`, import.meta.url));
}

export function signingVectors(): SigningVector[] {
  return JSON.parse(vectorText("signing.json"));
}

export function gatewayVectors(): GatewayVector[] {
  return JSON.parse(vectorText("gateway.json"));
}

export function mistakeVectors(): MistakeVector[] {
  return JSON.parse(vectorText("mistakes.json"));
}

/** The fields of a case: from its literal text where that says more than the parsed form. */
export function fieldsOf(vector: WithFields): WireFields | PlainFields {
  return vector.paramsText === undefined ? vector.params : readFields(vector.paramsText);
}

function copyPath(file: VectorFile): string {
  return fileURLToPath(new URL(`./${file}`, import.meta.url));
}
