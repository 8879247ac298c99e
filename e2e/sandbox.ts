import { type APIRequestContext, expect } from "@playwright/test";
import type { Environment } from "@/lib/domain/environment";
import { sandboxUrl } from "./run";

export type SandboxApp = { appId: string; name: string; secret: string; wayCodes: string[]; isEnabled: boolean };
export type SandboxMerchant = { environment: Environment; mchNo: string; name: string; apps: SandboxApp[] };

export type SandboxOrder = {
  payOrderId: string;
  mchOrderNo: string;
  mchNo: string;
  appId: string;
  amount: number;
  currency: string;
  state: number;
  wayCode: string;
  notifyUrl: string | null;
  channelOrderNo: string | null;
  token: string;
  executions: number;
  /** What was taken of a hold, and how often it was completed or released. */
  takenAmount?: number;
  holdExecutions?: number;
  refunds: SandboxRefund[];
  notifications: { kind: string; state: string; attempts: Attempt[]; body: string; fields: Record<string, string> }[];
  calls: { operation: string | null; status: number }[];
};

export type SandboxRefund = {
  refundOrderId: string;
  mchRefundNo: string;
  refundAmount: number;
  state: number;
  channelOrderNo: string | null;
};

export type Attempt = { status: number | null; reply: string | null; isDelivered: boolean };

type FaultScope = { mchOrderNo?: string; mchRefundNo?: string; mchNo?: string; operation?: string };
type FaultOptions = FaultScope & { times?: number; when?: "before" | "after"; [option: string]: unknown };

/** The pretend gateway, steered over its control address: what payers and gateways do, and how they misbehave. */
export class Sandbox {
  private readonly faults: string[] = [];

  constructor(private readonly request: APIRequestContext) {}

  merchants(): Promise<SandboxMerchant[]> {
    return this.get("merchants");
  }

  async merchant(environment: Environment): Promise<SandboxMerchant> {
    const found = (await this.merchants()).find((one) => one.environment === environment);
    if (!found) throw new Error(`the sandbox has no ${environment} merchant`);
    return found;
  }

  /** The secret of an application, as the gateway knows it. */
  async secretOf({ mchNo, appId }: { mchNo: string; appId: string }): Promise<string> {
    const merchant = (await this.merchants()).find((one) => one.mchNo === mchNo);
    const app = merchant?.apps.find((one) => one.appId === appId);
    if (!app) throw new Error(`the sandbox has no application ${appId}`);
    return app.secret;
  }

  addMerchant(merchant: { environment: Environment; mchNo?: string; apps?: Partial<SandboxApp>[] }) {
    return this.post<SandboxMerchant>("merchants", merchant);
  }

  order(mchOrderNo: string): Promise<SandboxOrder> {
    return this.get(`orders/${mchOrderNo}`);
  }

  refund(mchRefundNo: string): Promise<SandboxRefund & Pick<SandboxOrder, "calls" | "notifications">> {
    return this.get(`refunds/${mchRefundNo}`);
  }

  /** The payer pays, without a browser. */
  pay(mchOrderNo: string): Promise<SandboxOrder> {
    return this.post("pay", { mchOrderNo, awaitNotification: true });
  }

  decline(mchOrderNo: string): Promise<SandboxOrder> {
    return this.post("pay", { mchOrderNo, outcome: "decline", awaitNotification: true });
  }

  /** Lets the gateway complete and release holds under invented paths, for all who use it. */
  takeHolds(operations: object): Promise<unknown> {
    return this.post("holds", operations);
  }

  settleRefund(mchRefundNo: string, outcome: "succeed" | "fail"): Promise<SandboxRefund> {
    return this.post("refund", { mchRefundNo, outcome });
  }

  /** Sends a stored message again, byte for byte, and waits for the replies. */
  notify(mchOrderNo: string, options: { kind?: "payment" | "refund" | "cancel" | "forged"; times?: number } = {}) {
    return this.post<{ attempts: Attempt[] }>("notify", { mchOrderNo, ...options });
  }

  /** Lets the gateway misbehave for one order, refund or merchant until the test ends or `behave` is called. */
  async misbehave(kind: string, scope: FaultOptions): Promise<void> {
    const { id } = await this.post<{ id: string }>("faults", { kind, ...scope });
    this.faults.push(id);
  }

  async behave(): Promise<void> {
    for (const id of this.faults.splice(0)) {
      const response = await this.request.delete(`${sandboxUrl}/control/faults/${id}`);
      // Gone already when it was told to strike a number of times.
      expect([200, 404]).toContain(response.status());
    }
  }

  /** Moves the gateway's clock forward; what is due happens at once. */
  async advance(seconds: number): Promise<void> {
    await this.post("clock", { advanceMs: seconds * 1000 });
  }

  /** Waits until no message is on its way. */
  async idle(): Promise<void> {
    await this.post("idle", {});
  }

  cashierUrl({ token }: Pick<SandboxOrder, "token">): string {
    return `${sandboxUrl}/cashier/${token}`;
  }

  private async get<T>(path: string): Promise<T> {
    const response = await this.request.get(`${sandboxUrl}/control/${path}`);
    expect(response.ok(), `sandbox ${path}: ${response.status()}`).toBe(true);
    return response.json();
  }

  private async post<T>(path: string, data: unknown): Promise<T> {
    const response = await this.request.post(`${sandboxUrl}/control/${path}`, { data });
    expect(response.ok(), `sandbox ${path}: ${await response.text()}`).toBe(true);
    return response.json();
  }
}
