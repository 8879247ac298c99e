/**
 * Whether a password is among those that are tried first: the well-known ones with digits and signs around them, a word
 * said several times, one character held down, or keys in a row.
 */
export function isCommonPassword(password: string): boolean {
  const text = password.toLowerCase();
  const forms = [text, withoutEdges(text), undisguised(withoutEdges(text)), withoutEdges(undisguised(text))];
  const isKnown = forms.some((form) => known.has(form));
  return isKnown || isRepeated(text) || isInARow(text);
}

/** `2024password!!` is `password` to whoever tries passwords. */
function withoutEdges(text: string): string {
  return text.replace(/^[^a-z]+|[^a-z]+$/g, "");
}

function undisguised(text: string): string {
  const plain: Record<string, string> = { "@": "a", "0": "o", $: "s", "1": "i", "!": "i", "3": "e" };
  return text.replaceAll(/[@0$1!3]/g, (sign) => plain[sign] ?? sign);
}

const known = new Set(
  `password passwort passw0rd motdepasse contraseña senha parola wachtwoord haslo letmein letmeinplease welcome
  welcomehome welcomeback administrator admin adminadmin changeme changeit changemenow default secret topsecret
  mysecret mypassword yourpassword newpassword oldpassword thisispassword thisismypassword passwordpassword
  iloveyou iloveyouforever loveyou sunshine princess football baseball basketball superman batman starwars
  pokemon monkey dragon master shadow michael jennifer jordan hunter trustno trustnoone whatever
  qwertyuiop qwertyuiopasdfghjkl qwerty qwertyqwerty qwertzuiop azertyuiop asdfghjkl zxcvbnm
  correcthorsebatterystaple letmeinletmein testtesttest test testing testuser tester guest login access
  computer internet samsung google facebook linkedin dropbox microsoft windows company business
  payment payments gateway merchant countersign console operator support production`
    .split(/\s+/)
    .filter(Boolean),
);

/** `abcabcabcabc`, `aaaaaaaaaaaa`: one short piece and nothing else. */
function isRepeated(text: string): boolean {
  return /^(.{1,4})\1{2,}.{0,3}$/u.test(text);
}

const rows = ["abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop"];

/** Made of nothing but stretches of at least four keys that lie in a row: `123456789012`, `qwertyasdfgh`. */
function isInARow(text: string): boolean {
  const runs = rows.flatMap((row) => [row, [...row].reverse().join("")]);
  let rest = text;
  while (rest !== "") {
    const run = Math.max(0, ...runs.map((row) => lengthOfRun(rest, row)));
    if (run < 4) return false;
    rest = rest.slice(run);
  }
  return true;
}

function lengthOfRun(text: string, row: string): number {
  let length = 0;
  while (length < text.length && row.includes(text.slice(0, length + 1))) length += 1;
  return length;
}
