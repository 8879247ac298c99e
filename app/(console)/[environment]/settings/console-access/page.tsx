import type { Metadata } from "next";
import { ConsoleAccessForm } from "@/components/people/console-access-form";
import { pageMetadata } from "@/components/shell/page-metadata";
import { CodeBlock } from "@/components/ui/code-block";
import { PageTitle } from "@/components/ui/page-title";
import { Section } from "@/components/ui/panel";
import { readConsoleAccess } from "@/db/queries/console-access";
import { currentAddress } from "@/lib/auth/current-viewer";
import { requireScope } from "@/lib/auth/require-viewer";
import { settings } from "@/lib/config/settings";
import { changeConsoleAccessAction } from "./actions";

type Props = { params: Promise<{ environment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Console access", (await params).environment);
}

export default async function ConsoleAccessPage({ params }: Props) {
  await requireScope((await params).environment, "console-access:write");
  return (
    <div className="max-w-[760px]">
      <PageTitle caption="for test and production alike">Console access</PageTitle>
      <p className="mt-2 max-w-[64ch] leading-normal text-ink-2">
        From which addresses people may use this console, beside their password. The gateway’s notifications are taken
        from anywhere: which of those are believed is said on the page of each credential.
      </p>
      <div className="mt-5">
        <ConsoleAccessForm
          action={changeConsoleAccessAction}
          access={await readConsoleAccess()}
          address={await currentAddress()}
          proxies={settings().trustedProxyHops}
        />
      </div>
      <Section title="If everybody is locked out" caption="somebody with a shell on the server can open it again">
        <CodeBlock label="The command that empties both lists">npm run user -- open-console</CodeBlock>
        <p className="mt-3 max-w-[64ch] text-13 leading-normal text-ink-2">
          It empties both lists and says what stood on them. The audit notes it.
        </p>
      </Section>
    </div>
  );
}
