import type { Metadata } from "next";
import type { ReactNode } from "react";
import { FrontDoor } from "@/components/sign-in/front-door";

// An address here may hold an invitation, and no other site should be told it. `no-referrer` would also take the origin
// away from forms that are sent before the script runs, and with it their proof.
export const metadata: Metadata = { referrer: "same-origin" };

export default function FrontDoorLayout({ children }: { children: ReactNode }) {
  return <FrontDoor>{children}</FrontDoor>;
}
