import { redirect } from "next/navigation";
import { requireScope } from "@/lib/auth/require-viewer";

type Props = { params: Promise<{ environment: string }> };

export default async function EnvironmentPage({ params }: Props) {
  const { environment } = await requireScope((await params).environment, "payments:read");
  redirect(`/${environment}/payments`);
}
