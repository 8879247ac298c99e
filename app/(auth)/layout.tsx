import type { Metadata } from "next";
import type { ReactNode } from "react";
import { FrontDoor } from "@/components/sign-in/front-door";

// An address here may hold an invitation, which no other site should be told as where somebody came from.
export const metadata: Metadata = { referrer: "no-referrer" };

export default function FrontDoorLayout({ children }: { children: ReactNode }) {
  return <FrontDoor>{children}</FrontDoor>;
}
