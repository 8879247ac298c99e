import {
  type AddressFacts,
  type Certificate,
  type Failed,
  hasFailed,
  hexOf,
  type Reply,
  textOf,
} from "./address-facts";

/** One step of the way from outside to us. `unseen`: not looked at, because an earlier one failed or does not apply. */
export type AddressStep = {
  name: "Name" | "Connection" | "Certificate" | "Redirects" | "Filters" | "Answer" | "Who answers" | "Time";
  result: "passed" | "failed" | "unseen";
  says: string;
};

/** Everything that was looked at, in the order in which a message travels. */
export function stepsOf(facts: AddressFacts): AddressStep[] {
  const { addresses, connection, certificate, answer, isOurs, url } = facts;
  const reply = answer !== null && !hasFailed(answer) ? answer : null;
  return [
    nameStep(addresses),
    connection === null
      ? unseen("Connection")
      : "problem" in connection
        ? { name: "Connection", result: "failed", says: connection.problem }
        : { name: "Connection", result: "passed", says: `${connection.address} accepts connections.` },
    certificateStep(url, certificate),
    reply === null ? noReply("Redirects", answer) : redirectStep(reply),
    reply === null ? noReply("Filters", answer) : filterStep(reply),
    reply === null ? noReply("Answer", answer) : answerStep(reply),
    isOurs === null
      ? unseen("Who answers")
      : {
          name: "Who answers",
          result: isOurs ? "passed" : "failed",
          says: isOurs ? "This very installation." : "Somebody else: the receipt is not written by this installation.",
        },
    reply === null
      ? noReply("Time", answer)
      : {
          name: "Time",
          result: reply.durationMs < 5_000 ? "passed" : "failed",
          says: `${reply.durationMs} ms; the gateway waits 20 s.`,
        },
  ];
}

function unseen(name: AddressStep["name"], says = "Not looked at: an earlier step failed."): AddressStep {
  return { name, result: "unseen", says };
}

function noReply(name: AddressStep["name"], answer: AddressFacts["answer"]): AddressStep {
  if (name === "Answer" && hasFailed(answer)) return { name, result: "failed", says: `No answer: ${answer.problem}.` };
  return unseen(name);
}

function nameStep(addresses: AddressFacts["addresses"]): AddressStep {
  if ("problem" in addresses) return { name: "Name", result: "failed", says: addresses.problem };
  const list = addresses.map(({ address, reach }) =>
    reach === "public" ? address : `${address} (${reachWords[reach]})`,
  );
  return { name: "Name", result: "passed", says: `Leads from here to ${list.join(", ")}.` };
}

const reachWords = { private: "private network", "this-machine": "this machine" };

function certificateStep(url: string, certificate: Certificate | Failed | null): AddressStep {
  if (!url.startsWith("https:")) return unseen("Certificate", "None: the address is plain http.");
  if (certificate === null) return unseen("Certificate");
  if (!("issuer" in certificate)) return { name: "Certificate", result: "failed", says: certificate.problem };
  const { problem, issuer, chain, validUntil } = certificate;
  const says = `${chain.join(" ← ")}; by ${issuer}; valid until ${validUntil.toISOString().slice(0, 10)}${problem ? `; ${problem}` : ""}.`;
  return { name: "Certificate", result: problem === null ? "passed" : "failed", says };
}

function redirectStep({ status, location }: Reply): AddressStep {
  const isRedirect = status >= 300 && status < 400;
  return {
    name: "Redirects",
    result: isRedirect ? "failed" : "passed",
    says: isRedirect ? `${status} to ${location ?? "nowhere"}; the gateway does not follow.` : "None.",
  };
}

function filterStep(reply: Reply): AddressStep {
  const isStopped = isFiltered(reply);
  return {
    name: "Filters",
    result: isStopped ? "failed" : "passed",
    says: isStopped
      ? `HTTP ${reply.status}, ${reply.contentType ?? "no Content-Type"}.`
      : "A form with Chinese, an emoji, quotes, + and % came through as it was sent.",
  };
}

/** Something in front of us answered, or changed what it let through. */
export function isFiltered(reply: Reply): boolean {
  return [401, 403, 407, 429].includes(reply.status) || isHtml(reply) || isChangedOnTheWay(reply);
}

export function isHtml(reply: Reply): boolean {
  return /^\s*</.test(textOf(reply)) || /text\/html/i.test(reply.contentType ?? "");
}

/** Our receiver got the message, and not as it was sent: it took it for a notification. */
export function isChangedOnTheWay(reply: Reply): boolean {
  return ["bad-signature", "ambiguous", "unreadable", "wrong-environment", "wrong-content"].includes(textOf(reply));
}

function answerStep(reply: Reply): AddressStep {
  const isRight = textOf(reply) === "success";
  const count = reply.bytes.byteLength;
  return {
    name: "Answer",
    result: isRight ? "passed" : "failed",
    says: isRight
      ? "Exactly success, 7 bytes."
      : `HTTP ${reply.status}, ${reply.isWhole ? "" : "more than "}${count} bytes: ${hexOf(reply)}`,
  };
}
