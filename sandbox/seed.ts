import { randomBytes, randomInt } from "node:crypto";
import type { App, Merchant } from "./records";
import type { State } from "./state";

/**
 * Makes the merchants of an empty sandbox: numbers and secrets are drawn anew for every data folder, so none of them
 * is worth anything elsewhere. Products have their own applications, as with the real gateway (gateway-protocol 4.4).
 */
export function seedMerchants(state: State): void {
  for (const environment of ["test", "production"] as const) {
    const label = environment === "test" ? "Test" : "Production";
    state.keep("merchant", {
      environment,
      mchNo: newMchNo(),
      name: `Harbour Goods (${label})`,
      isEnabled: true,
      apps: [
        newApp("WeChat Pay and Alipay", [
          "WX_QR",
          "ALI_QR",
          "WX_H5",
          "ALI_H5",
          "WX_NATIVE",
          "ALI_WAP",
          "ALI_PC",
          "ALI_OC",
        ]),
        newApp("UnionPay online", ["UP_OP", "YSF_QR", "UP_QR", "UP_PC", "UP_WAP", "YSF_JSAPI"]),
        newApp("Counter", ["AUTO_BAR", "WX_BAR", "ALI_BAR", "YSF_BAR", "UP_BAR", "QR_CASHIER"]),
        newApp("Apps and mini programs", ["WX_LITE", "WX_JSAPI", "WX_APP", "ALI_JSAPI", "ALI_LITE", "ALI_APP"]),
      ],
    } satisfies Merchant);
  }
}

export function newApp(name: string, wayCodes: string[]): App {
  return { appId: randomBytes(12).toString("hex"), name, secret: newSecret(), wayCodes, isEnabled: true };
}

/** `M` and 13 digits, as in the gateway's documentation. */
export function newMchNo(): string {
  return `M${randomInt(1, 10)}${digits(12)}`;
}

export function digits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join("");
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** 128 letters and digits. */
export function newSecret(): string {
  return Array.from({ length: 128 }, () => letters[randomInt(letters.length)]).join("");
}
