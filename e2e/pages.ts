import fs from "node:fs";
import path from "node:path";

/** What is there to be looked at: the addresses of one of each kind of thing. */
export type Things = {
  waiting: string;
  paid: string;
  /** An order that only holds money. */
  hold: string;
  refund: string;
  /** A refund that waits for a second person. */
  request: string;
  /** A plan of many refunds that was rehearsed. */
  plan: string;
  notification: string;
  call: string;
  /** Where events are sent to. */
  endpoint: string;
  delivery: string;
  credential: string;
  person: string;
  invitation: string;
};

type Who = "admin" | "support" | "nobody";
export type Look = { who: Who; address: string; prepare?: "dialog" | "errors" };

/**
 * What of every page is looked at, by the page's folder. A page without an entry here fails the journeys, and so does
 * an entry without its page.
 */
export const looks: Readonly<Record<string, (things: Things) => Look[]>> = {
  "": () => [{ who: "admin", address: "/" }],
  "(auth)/sign-in": () => [{ who: "nobody", address: "/sign-in" }],
  "(auth)/join/[token]": ({ invitation }) => [
    { who: "nobody", address: invitation },
    { who: "nobody", address: "/join/nothing" },
  ],
  "(console)/[environment]": () => [{ who: "admin", address: "/production" }],
  "(console)/[environment]/payments": () => [
    { who: "admin", address: "/test/payments" },
    { who: "support", address: "/test/payments?state=paid&least=1&sort=-amount" },
    { who: "support", address: "/production/payments?number=nothing-has-it" },
  ],
  "(console)/[environment]/payments/new": () => [
    { who: "admin", address: "/production/payments/new" },
    { who: "admin", address: "/test/payments/new", prepare: "errors" },
    { who: "support", address: "/test/payments/new" },
  ],
  "(console)/[environment]/payments/[paymentId]": ({ waiting, paid }) => [
    { who: "admin", address: waiting },
    { who: "admin", address: `${waiting}?do=close`, prepare: "dialog" },
    { who: "admin", address: paid },
    { who: "admin", address: `${paid}?do=refund` },
    { who: "support", address: paid },
    { who: "support", address: "/test/payments/nothing" },
  ],
  "(console)/[environment]/holds": ({ hold }) => [
    { who: "admin", address: "/test/holds" },
    { who: "support", address: "/production/holds?standing=held&least=1" },
    { who: "admin", address: hold },
    { who: "support", address: hold },
  ],
  "(console)/[environment]/settings/hold-rules": () => [
    { who: "admin", address: "/test/settings/hold-rules" },
    { who: "support", address: "/test/settings/hold-rules" },
  ],
  "(console)/[environment]/settings/hold-rules/[credentialId]": ({ credential }) => [
    { who: "admin", address: credential.replace("/credentials/", "/hold-rules/") },
  ],
  "(console)/[environment]/refunds": () => [{ who: "admin", address: "/test/refunds" }],
  "(console)/[environment]/refunds/[refundId]": ({ refund }) => [{ who: "admin", address: refund }],
  "(console)/[environment]/approvals": () => [
    { who: "admin", address: "/test/approvals" },
    { who: "support", address: "/production/approvals?state=approved,declined,withdrawn" },
  ],
  "(console)/[environment]/approvals/[requestId]": ({ request }) => [
    { who: "admin", address: request },
    { who: "support", address: request },
    { who: "support", address: "/test/approvals/nothing" },
  ],
  "(console)/[environment]/refund-plans": () => [
    { who: "admin", address: "/test/refund-plans" },
    { who: "admin", address: "/production/refund-plans" },
  ],
  "(console)/[environment]/refund-plans/new": () => [
    { who: "admin", address: "/test/refund-plans/new" },
    { who: "support", address: "/test/refund-plans/new" },
  ],
  "(console)/[environment]/refund-plans/[planId]": ({ plan }) => [
    { who: "admin", address: plan },
    { who: "admin", address: `${plan}?lines=refused` },
  ],
  "(console)/[environment]/notifications": () => [{ who: "admin", address: "/test/notifications" }],
  "(console)/[environment]/notifications/reprocess": () => [
    { who: "admin", address: "/test/notifications/reprocess?since=1h" },
    { who: "support", address: "/test/notifications/reprocess" },
  ],
  "(console)/[environment]/notifications/[notificationId]": ({ notification }) => [
    { who: "admin", address: notification },
    { who: "admin", address: `${notification}?view=hex` },
  ],
  "(console)/[environment]/doctor": () => [
    { who: "admin", address: "/test/doctor" },
    { who: "support", address: "/production/doctor?order=nothing-has-it" },
  ],
  "(console)/[environment]/doctor/payments/[paymentId]": ({ paid, waiting }) => [
    { who: "support", address: paid.replace("/payments/", "/doctor/payments/") },
    { who: "admin", address: waiting.replace("/payments/", "/doctor/payments/") },
  ],
  "(console)/[environment]/doctor/notifications/[notificationId]": ({ notification }) => [
    { who: "support", address: notification.replace("/notifications/", "/doctor/notifications/") },
  ],
  "(console)/[environment]/doctor/credentials/[credentialId]": ({ credential }) => [
    { who: "admin", address: credential.replace("/settings/credentials/", "/doctor/credentials/") },
  ],
  "(console)/[environment]/alerts": () => [
    { who: "admin", address: "/test/alerts" },
    { who: "support", address: "/production/alerts" },
  ],
  "(console)/[environment]/calls": () => [
    { who: "admin", address: "/test/calls" },
    { who: "support", address: "/test/calls?outcome=trouble" },
  ],
  "(console)/[environment]/calls/[callId]": ({ call }) => [{ who: "admin", address: call }],
  "(console)/[environment]/debugger": ({ notification }) => [
    { who: "admin", address: `/test/debugger?notification=${notification.split("/").at(-1)}` },
    { who: "support", address: `/production/debugger#${sharedCase}` },
  ],
  "(console)/[environment]/composer": () => [
    { who: "admin", address: "/test/composer" },
    { who: "admin", address: "/test/composer?operation=refundOrder&write=raw" },
    { who: "admin", address: "/production/composer" },
    { who: "support", address: "/test/composer" },
  ],
  "(console)/[environment]/search": () => [
    { who: "support", address: "/test/search" },
    { who: "support", address: "/test/search?q=nothing-has-it" },
    { who: "support", address: "/test/search?q=J" },
  ],
  "(console)/[environment]/settings/account": () => [{ who: "support", address: "/test/settings/account" }],
  "(console)/[environment]/settings/audit": () => [{ who: "admin", address: "/test/settings/audit" }],
  "(console)/[environment]/settings/console-access": () => [
    { who: "admin", address: "/test/settings/console-access" },
    { who: "support", address: "/production/settings/console-access" },
  ],
  "(console)/[environment]/settings/credentials": () => [
    { who: "admin", address: "/production/settings/credentials" },
    { who: "support", address: "/test/settings/credentials" },
  ],
  "(console)/[environment]/settings/credentials/new": () => [
    { who: "admin", address: "/production/settings/credentials/new" },
  ],
  "(console)/[environment]/settings/credentials/[credentialId]": ({ credential }) => [
    { who: "admin", address: credential },
  ],
  "(console)/[environment]/settings/events": () => [
    { who: "admin", address: "/test/settings/events" },
    { who: "admin", address: "/production/settings/events" },
    { who: "support", address: "/test/settings/events" },
  ],
  "(console)/[environment]/settings/events/new": () => [{ who: "admin", address: "/test/settings/events/new" }],
  "(console)/[environment]/settings/events/[endpointId]": ({ endpoint }) => [
    { who: "admin", address: endpoint },
    { who: "admin", address: "/test/settings/events/nothing" },
  ],
  "(console)/[environment]/settings/events/deliveries": () => [
    { who: "admin", address: "/test/settings/events/deliveries" },
    { who: "admin", address: "/test/settings/events/deliveries?state=delivered&type=ping" },
    { who: "admin", address: "/production/settings/events/deliveries" },
  ],
  "(console)/[environment]/settings/events/deliveries/[deliveryId]": ({ delivery }) => [
    { who: "admin", address: delivery },
    { who: "admin", address: "/test/settings/events/deliveries/nothing" },
  ],
  "(console)/[environment]/settings/notify-addresses": () => [
    { who: "admin", address: "/test/settings/notify-addresses" },
  ],
  "(console)/[environment]/settings/refund-rules": () => [
    { who: "admin", address: "/test/settings/refund-rules" },
    { who: "support", address: "/test/settings/refund-rules" },
  ],
  "(console)/[environment]/settings/people": () => [{ who: "admin", address: "/test/settings/people" }],
  "(console)/[environment]/settings/people/new": () => [{ who: "admin", address: "/test/settings/people/new" }],
  "(console)/[environment]/settings/people/[personId]": ({ person }) => [{ who: "admin", address: person }],
};

/** What a link to a case of the debugger carries behind its `#`. */
const sharedCase = `case=${Buffer.from(
  JSON.stringify(['{"mchNo":"M1","appId":"a1","subject":"tea&state=2\u00a0","amount":"1.00"}', "0".repeat(32), null]),
).toString("base64url")}`;

/** The folders of all pages that the product has. */
export function pageFolders(): string[] {
  const files = fs.readdirSync("app", { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => path.basename(file) === "page.tsx")
    .map((file) => path.dirname(file).split(path.sep).join("/"))
    .map((folder) => (folder === "." ? "" : folder))
    .sort();
}
