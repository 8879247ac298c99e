"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { defineScopedAction } from "@/lib/actions/define-action";
import { NotificationId, ReprocessingId } from "@/lib/domain/ids";
import type { Problem } from "@/lib/domain/problem";
import type { Result } from "@/lib/domain/result";
import { endReprocessing, mostChosen, reprocessChosen, startReprocessing } from "@/lib/notifications/reprocess";

export const reprocessChosenAction = defineScopedAction(
  {
    permission: "notifications:reprocess",
    input: z.object({
      ids: z
        .string()
        .transform((text) => text.split(","))
        .pipe(z.array(NotificationId).min(1).max(mostChosen)),
    }),
  },
  (scope, { ids }, { address }) => reprocessChosen(scope, ids, address),
);

export const startReprocessingAction = defineScopedAction(
  { permission: "notifications:reprocess", input: z.object({ since: z.coerce.date() }) },
  async (scope, { since }, { address }): Promise<Result<ReprocessingId, Problem>> => {
    const started = await startReprocessing(scope, since, address);
    if (started.ok) redirect(`/${scope.environment}/notifications/reprocess?run=${started.value}`);
    return started;
  },
);

export const endReprocessingAction = defineScopedAction(
  { permission: "notifications:reprocess", input: z.object({ id: ReprocessingId }) },
  (scope, { id }, { address }) => endReprocessing(scope, id, address),
);
