import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { PastedForm } from "@/components/doctor/pasted-form";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Button } from "@/components/ui/button";
import { PageTitle } from "@/components/ui/page-title";
import { Section } from "@/components/ui/panel";
import { TextField } from "@/components/ui/text-field";
import { listCredentials } from "@/db/queries/credentials";
import { paymentOfRefund } from "@/db/queries/doctor";
import { findByNumber } from "@/db/queries/find-by-number";
import { requireScope } from "@/lib/auth/require-viewer";
import { whoMay } from "@/lib/auth/who-may";
import { pastedPermission } from "@/lib/doctor/examine-pasted";
import type { PaymentId } from "@/lib/domain/ids";
import type { AddressParams } from "@/lib/domain/list-address";
import { roleMay } from "@/lib/domain/roles";
import type { Scope } from "@/lib/domain/viewer";
import { examinePastedAction } from "./actions";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Notification doctor", (await params).environment);
}

const longest = 128;

export default async function DoctorPage({ params, searchParams }: Props) {
  const scope = await requireScope((await params).environment, "notifications:read");
  const { environment, viewer } = scope;
  const root = `/${environment}`;
  const typed = [(await searchParams)["order"]].flat()[0]?.trim().slice(0, longest) ?? "";
  const found = typed === "" ? null : await paymentOfNumber(scope, typed);
  if (found) redirect(`${root}/doctor/payments/${found}`);
  const maySeeCredentials = roleMay(viewer.role, "credentials:read");
  const needed = pastedPermission(environment);
  return (
    <div className="max-w-[940px]">
      <PageTitle>Notification doctor</PageTitle>
      <p className="mt-2 max-w-[62ch] leading-normal text-ink-2">
        Was a notification due, did it come, was it believed, did the gateway hear success: one sentence with the cause,
        what proves it, and who does what.
      </p>
      <Section title="An order" caption="why nothing came, or why it was not believed">
        <form action={`${root}/doctor`} className="flex max-w-[560px] flex-wrap items-start gap-3">
          <div className="min-w-0 grow">
            <TextField
              name="order"
              label="Order, refund or gateway number"
              mono
              defaultValue={typed}
              error={typed === "" ? undefined : "Nothing in this environment has this number."}
            />
          </div>
          {/* Level with the field, whether or not something is said under it. */}
          <Button type="submit" className="desk:mt-[22px] desk:min-h-9">
            Examine the order
          </Button>
        </form>
      </Section>
      <Section title="A request" caption="what this console would answer to it, and why">
        {roleMay(viewer.role, needed) ? (
          <PastedForm action={examinePastedAction} environment={environment} maySeeCredentials={maySeeCredentials} />
        ) : (
          <p className="text-13 text-ink-2">A pasted request is held against stored keys. {await whoMay(needed)}</p>
        )}
      </Section>
      {maySeeCredentials ? (
        <Section title="Our public address" caption="called as the gateway calls it">
          <ul className="grid text-13">
            {(await listCredentials(scope)).map(({ id, label, appId }) => (
              <li key={id} className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-2">
                <Link href={`${root}/doctor/credentials/${id}`} className="link py-1">
                  Check the address of {label}
                </Link>
                <span className="mono text-12 text-ink-3">{appId}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </div>
  );
}

async function paymentOfNumber(scope: Scope, typed: string): Promise<PaymentId | null> {
  const match = (await findByNumber(scope, typed)).find(({ number }) => number === typed.replace(/\s+/g, ""));
  if (!match) return null;
  return match.kind === "payment" ? match.id : paymentOfRefund(scope, match.id);
}
