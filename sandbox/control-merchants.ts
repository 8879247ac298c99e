import { z } from "zod";
import { Environment } from "@/lib/domain/environment";
import { NoSuchRecord } from "./control-problems";
import type { App, Merchant } from "./records";
import { newApp, newMchNo } from "./seed";
import type { State } from "./state";
import { ways } from "./ways";

export const AppInput = z.strictObject({
  appId: z.string().min(1).optional(),
  name: z.string().default("Application"),
  secret: z.string().min(1).optional(),
  wayCodes: z.array(z.string()).default(Object.keys(ways)),
  isEnabled: z.boolean().default(true),
});

export const MerchantInput = z.strictObject({
  environment: Environment,
  mchNo: z.string().min(1).optional(),
  name: z.string().default("Merchant"),
  isEnabled: z.boolean().default(true),
  apps: z.array(AppInput).default([{ name: "Application", wayCodes: Object.keys(ways), isEnabled: true }]),
});

/** Makes a merchant or replaces the one with that number, applications included. */
export function putMerchant(state: State, input: z.infer<typeof MerchantInput>): Merchant {
  const merchant = { ...input, mchNo: input.mchNo ?? newMchNo(), apps: input.apps.map(appFrom) };
  state.keep("merchant", merchant);
  return merchant;
}

export function putApp(state: State, { mchNo, ...input }: z.infer<typeof AppInput> & { mchNo: string }): App {
  const merchant = state.merchants.get(mchNo);
  if (!merchant) throw new NoSuchRecord(`There is no merchant ${mchNo}.`);
  const app = appFrom(input);
  state.keep("merchant", { ...merchant, apps: [...merchant.apps.filter(({ appId }) => appId !== app.appId), app] });
  return app;
}

function appFrom({ name, wayCodes, appId, secret, isEnabled }: z.infer<typeof AppInput>): App {
  const invented = newApp(name, wayCodes);
  return { ...invented, appId: appId ?? invented.appId, secret: secret ?? invented.secret, isEnabled };
}
