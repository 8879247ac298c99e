import { maskText } from "@/lib/gateway/masking";

/** The text of a field with what is sensitive in it hidden, by the field's own name too. */
export function maskValue(name: string, text: string): string {
  const prefix = `${name}=`;
  const masked = maskText(`${prefix}${text}`);
  return masked.startsWith(prefix) ? masked.slice(prefix.length) : maskText(text);
}
