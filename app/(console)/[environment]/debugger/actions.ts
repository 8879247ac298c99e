"use server";

import { z } from "zod";
import { defineScopedAction } from "@/lib/actions/define-action";
import { scopeOf } from "@/lib/auth/current-scope";
import { otherEnvironment } from "@/lib/domain/environment";
import { CredentialId } from "@/lib/domain/ids";
import { roleMay } from "@/lib/domain/roles";
import { endpointNamed } from "@/lib/signature-cases/endpoint-named";
import { searchStored } from "@/lib/signature-cases/search-stored";

// The same as for a message that is pasted into the page; a digest is never as long.
const longestText = 200_000;

const StoredSearchInput = z.object({
  text: z.string().min(1).max(longestText, "This message is too long to be searched here. Type the secret instead."),
  receivedSign: z.string().max(1_000),
  endpoint: z.string().transform(endpointNamed),
  credentialId: z.union([CredentialId, z.literal("").transform(() => null)]),
});

export const searchStoredAction = defineScopedAction(
  { permission: "debugger:search", input: StoredSearchInput },
  async (scope, input, { address }) => {
    const other = await scopeOf(scope.viewer, otherEnvironment(scope.environment));
    const mayUse = ({ environment }: typeof scope) =>
      environment === "test" || roleMay(scope.viewer.role, "debugger:search-production");
    // An operator at production may still find that a secret of test was taken.
    const [first, ...rest] = [scope, other].filter(mayUse);
    return searchStored([first ?? other, ...rest], input, address);
  },
);
