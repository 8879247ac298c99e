"use server";

import { z } from "zod";
import { defineAction } from "@/lib/actions/define-action";
import { PersonId } from "@/lib/domain/ids";
import { Role } from "@/lib/domain/roles";
import { addPerson } from "@/lib/people/add-person";
import { changeRole, setPersonActive } from "@/lib/people/change-person";
import { renewInvitation } from "@/lib/people/invitation";
import { NewPerson } from "@/lib/people/person-input";

/** Gives back the link, which can be shown now and never again. */
export const addPersonAction = defineAction(
  { permission: "people:write", input: NewPerson },
  async (viewer, input, { address }) => {
    const added = await addPerson({ actor: { kind: "person", personId: viewer.personId }, address }, input);
    return added.ok ? { email: added.value.email, url: added.value.invitation?.url ?? "" } : added;
  },
);

export const renewInvitationAction = defineAction(
  { permission: "people:write", input: z.object({ personId: PersonId }) },
  async (viewer, input, { address }) => {
    const renewed = await renewInvitation(viewer, input, address);
    return renewed.ok ? { url: renewed.value.url } : renewed;
  },
);

export const changeRoleAction = defineAction(
  { permission: "people:write", input: z.object({ personId: PersonId, role: Role }) },
  (viewer, input, { address }) => changeRole(viewer, input, address),
);

export const setPersonActiveAction = defineAction(
  { permission: "people:write", input: z.object({ personId: PersonId, isActive: z.stringbool() }) },
  (viewer, input, { address }) => setPersonActive(viewer, input, address),
);
