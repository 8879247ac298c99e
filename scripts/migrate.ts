import { migrateDatabase } from "@/db/migrate";
import { settings } from "@/lib/config/settings";

/** Brings the database of `DATABASE_URL` up to date. It may be run by any number of processes, and again at any time. */
await migrateDatabase(settings().databaseUrl.reveal());
console.log("migrations: up to date");
