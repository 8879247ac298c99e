// @ts-check
/** Loaded before each part of the product: when the process that started it is killed, the part stops by itself. */
if (process.channel) {
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), 10_000).unref();
  });
  process.channel.unref();
}
