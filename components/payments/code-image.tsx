"use client";

import { ImageOff, RotateCcw } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";

/** A code that the gateway drew, fetched by this browser and by nobody else; it is not told where it is shown. */
export function CodeImage({ url, label }: { url: string; label: string }) {
  const [attempt, setAttempt] = useState(0);
  const [hasFailed, setHasFailed] = useState(false);

  return (
    <div className="grid justify-items-center gap-2">
      {hasFailed ? (
        <p className="grid size-[248px] place-content-center justify-items-center gap-2 bg-sunk px-4 text-center text-13 text-ink-2">
          <ImageOff />
          The gateway’s image could not be loaded. Load it again, or open its address.
        </p>
      ) : (
        // biome-ignore lint/performance/noImgElement: an optimizer would fetch and keep somebody's pay code
        <img
          key={attempt}
          src={url}
          alt={label}
          width={248}
          height={248}
          referrerPolicy="no-referrer"
          onError={() => setHasFailed(true)}
          className="size-[248px] bg-[#fff] object-contain [image-rendering:pixelated]"
        />
      )}
      <div className="flex flex-wrap justify-center gap-2">
        <Button
          icon={<RotateCcw />}
          onClick={() => {
            setHasFailed(false);
            setAttempt((now) => now + 1);
          }}
          className="noscript:hidden"
        >
          Load the image again
        </Button>
        <a href={url} target="_blank" rel="noopener noreferrer" className="btn">
          Open the image
        </a>
      </div>
    </div>
  );
}
