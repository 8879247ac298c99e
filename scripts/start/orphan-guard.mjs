// @ts-check
/**
 * Loaded before each program that we start: when we are killed, the program stops by itself. Processes that the program
 * starts in its turn also load this file, and their channel is none of our business.
 */
if (process.channel && process.env["COUNTERSIGN_PARENT"] === String(process.ppid)) {
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), 10_000).unref();
  });
  process.channel.unref();
}
