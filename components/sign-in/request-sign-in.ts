export type SignInAnswer = "signed-in" | "wrong" | "too-many-attempts" | "closed-to-address" | "no-answer";

/**
 * Brings e-mail address and password to the sign-in library's door. It answers a page's script with an address that
 * carries the reason when it refuses.
 */
export async function requestSignIn(form: FormData): Promise<SignInAnswer> {
  try {
    const { csrfToken } = await (await fetch("/api/auth/csrf", { cache: "no-store" })).json();
    const body = new URLSearchParams({ csrfToken, json: "true" });
    for (const name of ["email", "password"]) body.set(name, String(form.get(name) ?? ""));
    const response = await fetch("/api/auth/callback/credentials", { method: "POST", body });
    const { url } = await response.json();
    if (typeof url !== "string") return "no-answer";
    return reasonIn(new URL(url, window.location.href).searchParams.get("error"));
  } catch {
    // Nobody can tell more here than that no usable answer came.
    return "no-answer";
  }
}

/** The library's word for a refusal; `null` is none. */
export function reasonIn(error: string | null): SignInAnswer {
  if (error === null) return "signed-in";
  if (error === "too-many-attempts" || error === "closed-to-address") return error;
  return error === "CredentialsSignin" ? "wrong" : "no-answer";
}
