"use client";

import { RotateCcw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ErrorNotice } from "@/components/ui/notice";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A page that could not be read. Nothing was changed by looking, and it says so. */
export default function PageError({ error, reset }: Props) {
  return (
    <div className="grid max-w-[760px] gap-4">
      <h1>This page could not be shown</h1>
      <ErrorNotice
        title="Something broke on our side while the page was read."
        money="Nothing was sent and no money moved because of it."
        todo="Try again. If it stays, give the reference to whoever runs this console."
        code={error.digest ? `Reference ${error.digest}` : null}
        actions={
          <Button icon={<RotateCcw />} onClick={reset}>
            Try again
          </Button>
        }
      />
    </div>
  );
}
