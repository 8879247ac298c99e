// @ts-check
import { register } from "node:module";

/**
 * Loaded before everything else in every process of a mutated run: hands the product's files out with a flaw in them.
 * The files themselves stay as they are.
 */
const flaws = process.env["CHAOS_FLAWS"];
if (flaws) register("./flawed-loader.mjs", { parentURL: import.meta.url, data: JSON.parse(flaws) });
