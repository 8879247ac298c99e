/** What a client may write about where it is. Without a proxy of ours, every one of them is its own invention. */
export const forgedClaims: readonly [what: string, headers: [string, string][]][] = [
  ["X-Forwarded-For", [["X-Forwarded-For", "203.0.113.7"]]],
  [
    "X-Forwarded-For twice",
    [
      ["X-Forwarded-For", "203.0.113.7"],
      ["x-forwarded-for", "203.0.113.8"],
    ],
  ],
  ["Forwarded", [["Forwarded", "for=203.0.113.7"]]],
  ["X-Real-IP", [["X-Real-IP", "203.0.113.7"]]],
  ["the header of our own server", [["X-Peer-Address", "203.0.113.7"]]],
  [
    "the header of our own server twice",
    [
      ["X-Peer-Address", "203.0.113.7"],
      ["x-peer-address", "203.0.113.7"],
    ],
  ],
  ["the header of our own server with a mark", [["X-Peer-Address", `203.0.113.7 ${"A".repeat(43)}`]]],
  ["an IPv4 address inside of IPv6", [["X-Forwarded-For", "::ffff:203.0.113.7"]]],
  ["an address with a zone", [["X-Forwarded-For", "203.0.113.7%eth0"]]],
];
