// @ts-check
/**
 * Loaded before each program that we start: when we are killed, the program stops by itself. The mark is taken away at
 * once, because processes that the program starts in its turn also load this file, and their channel is none of ours.
 */
const parent = process.env["COUNTERSIGN_PARENT"];
Reflect.deleteProperty(process.env, "COUNTERSIGN_PARENT");

if (parent !== undefined) {
  process.once("disconnect", stop);
  process.channel?.unref();
  if (!process.connected || parent !== String(process.ppid)) stop();
}

function stop() {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), 10_000).unref();
}
