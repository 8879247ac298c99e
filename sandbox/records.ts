import type { Environment } from "@/lib/domain/environment";

/** An application of a merchant with its own secret and its own ways of paying. Source: gateway-protocol 4.4. */
export type App = { appId: string; name: string; secret: string; wayCodes: string[]; isEnabled: boolean };

export type Merchant = { mchNo: string; name: string; environment: Environment; isEnabled: boolean; apps: App[] };

/** A payment as the gateway keeps it. Times are epoch milliseconds of the sandbox's clock; `state` is the wire's number. */
export type Order = {
  payOrderId: string;
  mchNo: string;
  appId: string;
  mchOrderNo: string;
  wayCode: string;
  ifCode: string | null;
  amount: number;
  currency: string;
  state: number;
  clientIp: string;
  subject: string;
  body: string;
  notifyUrl: string | null;
  returnUrl: string | null;
  extParam: string | null;
  channelExtra: string | null;
  channelOrderNo: string | null;
  errCode: string | null;
  errMsg: string | null;
  payDataType: string | null;
  /** The unguessable end of the cashier's address. */
  token: string;
  createdAt: number;
  expiresAt: number;
  /** When the channel will report a bar-code payment that is still waiting. */
  settleAt: number | null;
  successTime: number | null;
  refundedAmount: number;
  /** What was taken of a hold; left out for what is none, or was not completed. */
  takenAmount?: number;
  /** The numbers under which the merchant completed or released it, and how often that was carried out. */
  holdNumbers?: string[];
  holdExecutions?: number;
  /** Paid after the order was closed: the gateway told the merchant, but its own record stayed closed. */
  isPaidLate: boolean;
  /** How often an order was really made for this number; more than one would be a fault of the sandbox. */
  executions: number;
};

export type Refund = {
  refundOrderId: string;
  payOrderId: string;
  mchNo: string;
  /** The application that asked for the refund. */
  appId: string;
  mchOrderNo: string;
  mchRefundNo: string;
  payAmount: number;
  refundAmount: number;
  currency: string;
  state: number;
  refundReason: string;
  clientIp: string;
  notifyUrl: string | null;
  extParam: string | null;
  channelOrderNo: string | null;
  errCode: string | null;
  errMsg: string | null;
  createdAt: number;
  settleAt: number | null;
  successTime: number | null;
  executions: number;
};

export type NotificationKind = "payment" | "refund" | "cancel";

export type Attempt = {
  at: number;
  isManual: boolean;
  status: number | null;
  reply: string | null;
  problem: string | null;
  durationMs: number;
  isDelivered: boolean;
};

/** One message to a merchant. `body` is stored as it goes out, so every retry repeats it to the byte. */
export type Notification = {
  id: string;
  kind: NotificationKind;
  mchNo: string;
  appId: string;
  mchOrderNo: string;
  mchRefundNo: string | null;
  /** The notifyUrl without its query, which travels inside the body. */
  target: string;
  body: string;
  state: "pending" | "held" | "silenced" | "delivered" | "given-up";
  tries: number;
  copies: number;
  nextAttemptAt: number | null;
  attempts: Attempt[];
};

/** How the sandbox takes completions and releases of holds. Nothing of it is published, so there is no default. */
export type HoldOperations = {
  completePath: string;
  releasePath: string;
  /** Which field names the order; it is looked up by either number. */
  orderField: string;
  amountField: string | null;
  /** A field for the caller's own number; a number seen before is refused. */
  numberField: string | null;
  /** What an order's state becomes. A hold stands in state 2. */
  completedState: number;
  releasedState: number;
  /** Less than the hold may be taken. */
  isPartAllowed: boolean;
};

/** Knobs of the whole sandbox. `timeLapse` shortens the gateway's own waiting times by that factor. */
export type Knobs = {
  offsetMs: number;
  timeLapse: number;
  refundDelayMs: number;
  /** Left out: this gateway knows no such operations. */
  holds?: HoldOperations | null;
};

/** A request to the protocol's paths, as it came and as it was answered. */
export type Call = {
  at: number;
  operation: string;
  method: string;
  contentType: string | null;
  accept: string | null;
  mchNo: string | null;
  appId: string | null;
  mchOrderNo: string | null;
  mchRefundNo: string | null;
  request: string;
  status: number | null;
  answer: string | null;
  /** The switches that were on for it. */
  faults: string[];
};
