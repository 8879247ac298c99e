// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source text, placeholders included.
/** A flaw put into the product on purpose, and the campaign that must notice it. */
export type Flaw = {
  name: string;
  /** Pieces of the product's own text and what stands there instead. */
  changes: readonly { file: string; find: string; put: string }[];
  campaign: string;
  args: readonly string[];
};

export const flaws: readonly Flaw[] = [
  {
    name: "a refund is reserved without looking at what is left",
    changes: [
      { file: "db/commands/refunds.ts", find: "and reserved_amount + ${intent.amount}::bigint <= amount", put: "" },
    ],
    campaign: "refund-races",
    args: ["--count", "40"],
  },
  {
    name: "a refund number counts as new although it was used",
    changes: [
      {
        file: "db/commands/refunds.ts",
        find: "payment_id = ${intent.paymentId}::uuid and amount = ${intent.amount}::bigint as is_same",
        put: "true as is_same",
      },
    ],
    campaign: "refund-races",
    // The submits begin after the payments, in the thirteenth part.
    args: ["--part", "12", "--count", "3040"],
  },
  {
    name: "every sending of a refund has a number of its own",
    changes: [
      {
        file: "lib/refunds/send-refund.ts",
        find: "mchRefundNo: refund.mchRefundNo,",
        put: "mchRefundNo: (`X${Math.random().toString(36).slice(2, 12)}` as typeof refund.mchRefundNo),",
      },
    ],
    campaign: "gateway-faults",
    args: ["--part", "1"],
  },
  {
    name: "a time-out of a refund is taken for a no",
    changes: [{ file: "lib/refunds/refund-news.ts", find: 'failure.next === "stop"', put: 'failure.next !== "retry"' }],
    campaign: "gateway-faults",
    args: ["--part", "1"],
  },
  {
    name: "an order without an answer is taken for refused",
    changes: [
      { file: "lib/payments/payment-news.ts", find: 'failure.next === "stop"', put: 'failure.next !== "retry"' },
    ],
    campaign: "gateway-faults",
    args: ["--part", "0"],
  },
  {
    name: "the signature of an answer is not looked at",
    changes: [
      {
        file: "lib/gateway/envelope.ts",
        find: "verifyDetached(fields, text, secret))",
        put: "true || verifyDetached(fields, text, secret))",
      },
    ],
    campaign: "gateway-faults",
    args: ["--part", "0"],
  },
  {
    name: "an answer is read to its end, however long",
    changes: [{ file: "lib/gateway/transport.ts", find: "if (size > limit) return false;", put: "" }],
    campaign: "gateway-faults",
    args: ["--part", "0"],
  },
  {
    name: "the sum in a message is not compared with ours",
    changes: [
      {
        file: "db/commands/apply-payment-news.ts",
        find: "and (${news.amount}::bigint is null or amount = ${news.amount}::bigint)",
        put: "and (${news.amount}::bigint is null or amount > 0)",
      },
    ],
    campaign: "orders-of-messages",
    // The histories by chance begin in the eleventh part.
    args: ["--part", "10", "--count", "10280"],
  },
  {
    name: "states may go back",
    changes: [
      {
        file: "db/commands/apply-payment-news.ts",
        find: "isAmong(to === null ? [] : paymentStatesBefore(to))",
        put: "isAmong(to === null ? [] : PaymentState.options.filter((state) => state !== to))",
      },
    ],
    campaign: "orders-of-messages",
    args: ["--count", "200"],
  },
  {
    name: "the signature of a message is not looked at",
    changes: [
      {
        file: "lib/gateway/notification.ts",
        find: "verify(fields, candidate.secret)",
        put: 'fields.has("mchNo") || candidate === null',
      },
    ],
    campaign: "orders-of-messages",
    // The histories by chance begin in the eleventh part.
    args: ["--part", "10", "--count", "10280"],
  },
  {
    name: "a cancel under way is not asked about",
    changes: [
      {
        file: "db/commands/cancels.ts",
        find: "changed_at = now(),\n        next_ask_at = now() + make_interval(secs => ${answerIsDueAfterMs / 1000}::int)",
        put: "changed_at = now()",
      },
    ],
    campaign: "crash-points",
    args: ["--part", "3"],
  },
  {
    name: "a prepared refund is not asked about",
    changes: [
      {
        file: "db/commands/refunds.ts",
        find: "now() + make_interval(secs => ${Math.max(intent.holdSeconds, sendingIsDueAfterMs / 1000)}::int),",
        put: "null::timestamptz,",
      },
    ],
    campaign: "crash-points",
    args: ["--part", "1"],
  },
  {
    name: "what never reached the gateway keeps a hold busy for ever",
    changes: [
      {
        file: "lib/payments/ask-payment.ts",
        find: 'if (applied.fits && applied.said === "held") await giveUpOldHoldAct(payment);',
        put: "",
      },
    ],
    campaign: "crash-points",
    args: ["--part", "12"],
  },
  {
    name: "an approval and its refund are two transactions",
    changes: [
      {
        file: "lib/refunds/decide-request.ts",
        find: "seeingTheFasterClick(() => inSqlTransaction(reserve))",
        put: "seeingTheFasterClick(() => reserve(sqlClient()))",
      },
    ],
    campaign: "crash-points",
    args: ["--part", "6"],
  },
  {
    name: "a line of a plan draws its number and ends after its refund",
    changes: [
      {
        file: "lib/refund-plans/run-line.ts",
        find: "const { paymentId, mchRefundNo, amount, reason, note } = line;\n  const rules",
        put: "const { paymentId, amount, reason, note } = line;\n  const mchRefundNo = `X${Math.random().toString(36).slice(2, 12)}` as typeof line.mchRefundNo;\n  const rules",
      },
      {
        file: "lib/refund-plans/run-line.ts",
        find: '(sql, refundId) => settle(sql, plan, line, { state: "made", refundId }),',
        put: "async () => {},",
      },
      {
        file: "lib/refund-plans/run-line.ts",
        find: "if (refund) await sendRefund(credential, refund, createdBy);",
        put: 'if (refund) await sendRefund(credential, refund, createdBy);\n  await inSqlTransaction((sql) => settle(sql, plan, line, { state: "made", refundId: reserved.id }));',
      },
    ],
    campaign: "crash-points",
    args: ["--part", "11"],
  },
  {
    name: "a secret is promoted in several transactions",
    changes: [
      {
        file: "lib/credentials/promote-secret.ts",
        find: "const isMoved = await inSqlTransaction(async (sql) => {",
        put: "const isMoved = await (async (work: (sql: ReturnType<typeof sqlClient>) => Promise<boolean>) => work(sqlClient()))(async (sql) => {",
      },
    ],
    campaign: "crash-points",
    args: ["--part", "16"],
  },
  {
    name: "a key that the gateway refuses is not followed by the pending one",
    changes: [
      {
        file: "lib/credentials/gateway-for.ts",
        find: 'if (keyVerdictOf(first.result) !== "refused") return first;',
        put: 'if (keyVerdictOf(first.result) !== "refused" || first.secretVersion > 0) return first;',
      },
    ],
    campaign: "rotations",
    args: ["--count", "1"],
  },
  {
    name: "a pending key verifies nothing",
    changes: [
      {
        file: "lib/credentials/open-credential.ts",
        find: "const others = versions.filter((version) => version !== current);",
        put: 'const others = versions.filter((version) => version.stage === "previous");',
      },
    ],
    campaign: "rotations",
    args: ["--count", "1"],
  },
  {
    name: "a retired key still verifies",
    changes: [
      {
        file: "db/queries/credentials-sealed.ts",
        find: 'ne(credentialSecrets.stage, "retired"),',
        put: "ne(credentialSecrets.version, 0),",
      },
    ],
    campaign: "rotations",
    args: ["--count", "1"],
  },
  {
    name: "two workers may claim the same question",
    changes: [{ file: "db/commands/due.ts", find: "and next_ask_at = ${seenAt}::timestamptz", put: "" }],
    campaign: "workers",
    args: ["--count", "5"],
  },
  {
    name: "a claim never ends",
    changes: [
      { file: "db/commands/due.ts", find: "export const leaseMs = 60_000;", put: "export const leaseMs = 60_000_000;" },
    ],
    campaign: "workers",
    args: ["--count", "5"],
  },
  {
    name: "our own clock says whether a minute has passed",
    changes: [
      { file: "lib/refunds/ask-refund.ts", find: "refund.now.getTime()", put: "Date.now()" },
      { file: "lib/payments/ask-payment.ts", find: "payment.now.getTime() - sentAt", put: "Date.now() - sentAt" },
    ],
    campaign: "clocks",
    args: ["--count", "20"],
  },
  {
    name: "messages older than five minutes are refused",
    changes: [
      {
        file: "lib/notifications/receive-notification.ts",
        find: "const message = { ...incoming, id: newId(NotificationId), kind: kind.data };",
        put: 'const message = { ...incoming, id: newId(NotificationId), kind: kind.data };\n    if (Math.abs(Date.now() - Number(new URLSearchParams(new TextDecoder().decode(incoming.body)).get("reqTime"))) > 300_000) return replyTo("refused");',
      },
    ],
    campaign: "clocks",
    args: ["--count", "20"],
  },
  {
    name: "an old answer ends the questions about what began meanwhile",
    changes: [
      {
        file: "db/commands/apply-payment-news.ts",
        find: "return part`${askedOnAllTheSame()}`;",
        put: "return part`null::timestamptz`;",
      },
    ],
    campaign: "simulation",
    args: ["--seed", "11", "--count", "500"],
  },
  {
    name: "a refund is sent again at once when the gateway does not know it",
    changes: [
      { file: "lib/refunds/ask-refund.ts", find: "surelyNeverArrivedMs = 60_000", put: "surelyNeverArrivedMs = -1" },
    ],
    campaign: "clocks",
    args: ["--count", "20"],
  },
  {
    name: "a forged signature of a message is taken for a real one",
    changes: [
      {
        file: "lib/gateway/notification.ts",
        find: "verify(fields, candidate.secret)",
        put: 'fields.has("sign") || candidate === null',
      },
    ],
    campaign: "forgeries",
    args: ["--part", "0"],
  },
  {
    name: "a value may contain what divides the signed text",
    changes: [
      {
        file: "lib/gateway/notification.ts",
        find: 'if (text.includes("&")) found.push({ kind: "ampersand-in-value", name });',
        put: "",
      },
    ],
    campaign: "forgeries",
    args: ["--part", "1"],
  },
  {
    name: "a name may come twice",
    changes: [
      {
        file: "lib/gateway/notification.ts",
        find: 'fields.duplicateNames.map((name) => ({ kind: "repeated-name", name }))',
        put: "[]",
      },
    ],
    campaign: "forgeries",
    args: ["--part", "1"],
  },
  {
    name: "a message about another sum fits",
    changes: [
      {
        file: "db/commands/apply-payment-news.ts",
        find: "and (${news.amount}::bigint is null or amount = ${news.amount}::bigint)",
        put: "and (${news.amount}::bigint is null or amount > 0)",
      },
    ],
    campaign: "forgeries",
    args: ["--part", "0"],
  },
  {
    name: "a message of another application fits",
    changes: [
      {
        file: "lib/notifications/read-message.ts",
        find: "(answer.appId === null || answer.appId === credential.appId)",
        put: "answer !== null",
      },
    ],
    campaign: "forgeries",
    args: ["--part", "0"],
  },
  {
    name: "an unknown state is taken for a failure",
    changes: [
      {
        file: "lib/domain/payment-state.ts",
        find: "return byGatewayNumber[gatewayState] ?? null;",
        put: 'return byGatewayNumber[gatewayState] ?? "declined";',
      },
    ],
    campaign: "odd-messages",
    args: ["--count", "100"],
  },
  {
    name: "a commit does not wait until it is written",
    changes: [
      {
        file: "db/client.ts",
        find: 'application_name: "countersign",',
        put: 'application_name: "countersign", synchronous_commit: "off",',
      },
    ],
    campaign: "kills",
    // Twice the database alone, twice everything.
    args: ["--count", "8"],
  },
  {
    name: "more copies than two are not counted",
    changes: [
      { file: "db/commands/inbox.ts", find: "deliveries = notifications.deliveries + 1,", put: "deliveries = 2," },
    ],
    campaign: "copies",
    args: ["--count", "1"],
  },
  {
    name: "a message that could not be stored is answered success",
    changes: [
      {
        file: "lib/notifications/receive-notification.ts",
        find: 'return { status: 503, reply: "try again" };',
        put: 'return { status: 200, reply: "success" };',
      },
    ],
    campaign: "away",
    args: ["--count", "5"],
  },
  {
    name: "a stop cuts off what is under way",
    changes: [{ file: "web/drain.ts", find: "await pause(graceMs);", put: "server.closeAllConnections();" }],
    campaign: "restarts",
    args: ["--count", "4"],
  },
  {
    name: "a question that is long overdue is not asked any more",
    changes: [
      {
        file: "db/commands/due.ts",
        find: "where next_ask_at <= now()",
        put: "where next_ask_at <= now() and next_ask_at > now() - interval '30 minutes'",
      },
    ],
    campaign: "downtime",
    args: ["--count", "40"],
  },
  {
    name: "as many messages may wait as come, and as long as the work may take",
    changes: [
      { file: "lib/notifications/take-notification.ts", find: "mostWaiting: 256,", put: "mostWaiting: 1_000_000," },
      { file: "lib/notifications/take-notification.ts", find: "waitingMs = 700;", put: "waitingMs = patienceMs;" },
    ],
    campaign: "overload",
    args: ["--count", "1"],
  },
  {
    name: "a body may come in as many pieces as it has bytes",
    changes: [
      {
        file: "lib/notifications/collect-body.ts",
        find: 'if (pieces > mostPieces) return "too-fine";',
        put: "",
      },
    ],
    campaign: "oversize",
    args: ["--count", "1"],
  },
];
