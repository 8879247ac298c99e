import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { environmentCookie } from "@/components/shell/environment-cookie";
import { Environment } from "@/lib/domain/environment";

/** The bare address leads to where this browser worked last. */
export default async function HomePage() {
  const last = Environment.catch("test").parse((await cookies()).get(environmentCookie)?.value);
  redirect(`/${last}/payments`);
}
