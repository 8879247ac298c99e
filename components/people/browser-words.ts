// The first that fits counts: every browser also names those it wants to be taken for.
const browsers: readonly [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const systems: readonly [RegExp, string][] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Mac OS X/, "macOS"],
  [/Windows/, "Windows"],
  [/Linux/, "Linux"],
];

/** `Chrome on Windows`, as far as the browser says the truth. */
export function browserIn(userAgent: string | null): string {
  const browser = browsers.find(([sign]) => sign.test(userAgent ?? ""))?.[1] ?? "A browser";
  const system = systems.find(([sign]) => sign.test(userAgent ?? ""))?.[1];
  return system ? `${browser} on ${system}` : browser;
}
