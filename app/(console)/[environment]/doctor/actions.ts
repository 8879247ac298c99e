"use server";

import { z } from "zod";
import { defineScopedAction } from "@/lib/actions/define-action";
import { examineAddress } from "@/lib/doctor/examine-address";
import { examinePasted } from "@/lib/doctor/examine-pasted";
import { CredentialId } from "@/lib/domain/ids";

export const examineAddressAction = defineScopedAction(
  { permission: "credentials:read", input: z.object({ credentialId: CredentialId }) },
  (scope, { credentialId }) => examineAddress(scope, credentialId),
);

export const examinePastedAction = defineScopedAction(
  {
    permission: "debugger:search",
    input: z.object({ request: z.string().max(200_000, "A notification has less than 65,536 bytes.") }),
  },
  (scope, { request }, { address }) => examinePasted(scope, request, address),
);
