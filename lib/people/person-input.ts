import { z } from "zod";
import { Role } from "@/lib/domain/roles";

/** One spelling per account: `Mei@Fernhill.example ` and `mei@fernhill.example` are the same person. */
const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(200, "At most 200 characters.")
  .pipe(z.email("Write an e-mail address such as mei@fernhill.example."));

export const NewPerson = z.object({
  email: Email,
  name: z
    .string()
    .trim()
    .min(1, "Write the name colleagues know.")
    .max(80, "At most 80 characters.")
    .regex(/^[^\p{Cc}]*$/u, "Leave out line ends and control characters."),
  role: z.enum(Role.options, "Choose support, operator or admin."),
});
export type NewPerson = z.infer<typeof NewPerson>;
