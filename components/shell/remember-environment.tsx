"use client";

import { useEffect } from "react";
import type { Environment } from "@/lib/domain/environment";
import { environmentCookie } from "./environment-cookie";

/** Notes where this browser works, so that the bare address leads back there. It decides nothing else. */
export function RememberEnvironment({ environment }: { environment: Environment }) {
  useEffect(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the newer interface is missing in some browsers and on plain http
    document.cookie = `${environmentCookie}=${environment}; path=/; max-age=31536000; samesite=lax`;
  }, [environment]);
  return null;
}
