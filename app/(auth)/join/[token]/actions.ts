"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { definePublicAction } from "@/lib/actions/define-action";
import { acceptInvitation } from "@/lib/people/invitation";

export const joinAction = definePublicAction(
  {
    because: "whoever is invited has no password yet; the link itself is the proof",
    input: z.object({ token: z.string().max(200), newPassword: z.string().min(1, "Choose a password.") }),
  },
  async (input, { address }) => {
    const accepted = await acceptInvitation(input, address);
    if (accepted.ok) redirect("/sign-in?joined=1");
    return accepted;
  },
);
