import { z } from "zod";
import { AddressList, type SourceRule } from "@/lib/domain/address-list";
import { CredentialId } from "@/lib/domain/ids";

/** What the form about source addresses sends. */
export const SourcesInput = z
  .object({ credentialId: CredentialId, mode: z.enum(["learn", "enforce"], "Choose one."), addresses: AddressList })
  .transform(({ credentialId, mode, addresses }, context): { credentialId: CredentialId; sources: SourceRule } => {
    if (mode === "enforce" && addresses.length === 0) {
      const message = "An empty list would refuse every notification. Name an address, or go on learning.";
      context.addIssue({ code: "custom", path: ["addresses"], message });
      return z.NEVER;
    }
    return { credentialId, sources: { mode, addresses } };
  });
