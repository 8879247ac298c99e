import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { DoorTitle } from "@/components/sign-in/front-door";
import { reasonIn } from "@/components/sign-in/request-sign-in";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { Notice } from "@/components/ui/notice";
import { closedForStranger } from "@/lib/auth/closed-to-address";
import { currentViewer } from "@/lib/auth/current-viewer";
import { ownPath } from "@/lib/auth/return-path";
import { type AddressParams, readParam } from "@/lib/domain/list-address";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<AddressParams> };

export default async function SignInPage({ searchParams }: Props) {
  const asked = await searchParams;
  const to = ownPath(readParam(asked, "to", z.string())) ?? "/";
  if (await currentViewer()) redirect(to);
  const closed = await closedForStranger();
  if (closed !== null) return <DoorTitle below={closed.because}>{closed.title}</DoorTitle>;
  const error = readParam(asked, "error", z.string());
  return (
    <>
      <DoorTitle below="to the payment console">Sign in</DoorTitle>
      {asked["joined"] ? (
        <Notice tone="paid" title="Your password is set." live="status">
          Sign in with it now. Every browser that was signed in before is signed out.
        </Notice>
      ) : null}
      <SignInForm to={to} first={error === null ? null : reasonIn(error)} />
      <p className="text-12 text-ink-3">
        Lost the password? An admin of this console can make you a link for a new one, under People.
      </p>
    </>
  );
}
