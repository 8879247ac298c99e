import type { Metadata } from "next";
import { DoorTitle } from "@/components/sign-in/front-door";
import { JoinForm } from "@/components/sign-in/join-form";
import { LinkButton } from "@/components/ui/button";
import { closedForStranger } from "@/lib/auth/closed-to-address";
import { whomItInvites } from "@/lib/people/invitation";
import { joinAction } from "./actions";

export const metadata: Metadata = { title: "Choose a password" };

type Props = { params: Promise<{ token: string }> };

export default async function JoinPage({ params }: Props) {
  const { token } = await params;
  const closed = await closedForStranger();
  if (closed !== null) return <DoorTitle below={closed.because}>{closed.title}</DoorTitle>;
  const invited = await whomItInvites(token);
  if (invited === null) {
    return (
      <>
        <DoorTitle below="It was used, replaced by a newer one, or is older than a week. Ask an admin for a new link.">
          This link opens nothing
        </DoorTitle>
        <div>
          <LinkButton href="/sign-in">To the sign-in</LinkButton>
        </div>
      </>
    );
  }
  return (
    <>
      <DoorTitle below={`Choose a password for ${invited.email}. Nobody else learns it, and this link works once.`}>
        Welcome, {invited.name}
      </DoorTitle>
      <JoinForm action={joinAction} token={token} email={invited.email} />
    </>
  );
}
