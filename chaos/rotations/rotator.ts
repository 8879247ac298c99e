import { addNextSecret } from "@/lib/credentials/add-next-secret";
import { changeRetireRule } from "@/lib/credentials/change-credential";
import { retireSecret } from "@/lib/credentials/end-secret";
import { promoteSecret } from "@/lib/credentials/promote-secret";
import type { Problem } from "@/lib/domain/problem";
import type { Result } from "@/lib/domain/result";
import { Secret } from "@/lib/domain/secret";
import type { Broken } from "../core/campaign";
import type { Shop } from "../shop/shop";

/** The admin of a shop whose keys are rotated again and again. */
export type Rotator = {
  /** The key that the shop signs with. */
  key(): string;
  add(next: string): Promise<void>;
  /** Before the gateway uses the key: it must be refused, and nothing may change. */
  promoteTooEarly(): Promise<void>;
  promote(): Promise<void>;
  /** With proof: the gateway uses the next key, and everything that the old one signed has come. */
  retire(next: string): Promise<void>;
  /** Steps that did not go as they must, and forgets them. */
  broken(): Broken[];
};

export async function rotator(shop: Shop): Promise<Rotator> {
  const { credentialId } = shop;
  const by = { scope: await shop.scopeOf("admin"), address: null };
  const odd: Broken[] = [];
  let key = shop.sender.secret;
  const must = (step: string, result: Result<unknown, Problem>, refusal: string | null = null) => {
    const said = result.ok ? null : result.error.kind;
    if (said !== refusal)
      odd.push({ invariant: "each step of a rotation goes as it must", detail: `${step}: ${said}` });
  };
  must(
    "rule",
    await changeRetireRule(by.scope, { credentialId, rule: { calls: 1, notifications: 1, quietMinutes: 0 } }, null),
  );
  return {
    key: () => key,
    add: async (next) => must("add", await addNextSecret(by, { credentialId, secret: new Secret(next) })),
    promoteTooEarly: async () => must("promote too early", await promoteSecret(by, { credentialId }), "not-taken"),
    promote: async () => {
      const promoted = await promoteSecret(by, { credentialId });
      // A call may have been faster.
      const isDone = !promoted.ok && ["no-pending", "moved-meanwhile"].includes(promoted.error.kind);
      if (!isDone) must("promote", promoted);
    },
    retire: async (next) => {
      must("retire", await retireSecret(by, { credentialId }));
      key = next;
    },
    broken: () => odd.splice(0),
  };
}
