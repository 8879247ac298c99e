// @ts-check
/** @typedef {import("../../lib/config/settings.ts").StartSettings} StartSettings */
/** @typedef {import("../../lib/config/settings.ts").Settings} Settings */

/**
 * Checks the settings of an environment with the rules of the product itself.
 *
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<StartSettings>}
 */
export async function checkSettings(env) {
  return (await rules()).readSettings(env);
}

/**
 * The same for a part that runs by itself and needs a database.
 *
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<Settings>}
 */
export async function checkPartSettings(env) {
  const { readSettings, withDatabase } = await rules();
  return withDatabase(readSettings(env));
}

/**
 * Loaded late: this file is also read before anything is installed.
 *
 * @returns {Promise<typeof import("../../lib/config/settings.ts")>}
 */
async function rules() {
  const { tsImport } = await import("tsx/esm/api");
  return tsImport("../../lib/config/settings.ts", import.meta.url);
}
