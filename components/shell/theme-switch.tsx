"use client";

import { useSyncExternalStore } from "react";
import { type Theme, themeCookie, themes } from "./theme";

const words: Record<Theme, string> = { system: "System", light: "Light", dark: "Dark" };

/** System, light or dark, kept in a cookie so that the next page comes in the right colours at once. */
export function ThemeSwitch() {
  const theme = useSyncExternalStore(watchTheme, currentTheme, () => "system" as Theme);
  return (
    <fieldset className="noscript:hidden">
      <legend className="mb-1 text-12 text-ink-3">Theme</legend>
      <div className="segments">
        {themes.map((choice) => (
          <button key={choice} type="button" aria-pressed={theme === choice} onClick={() => chooseTheme(choice)}>
            {words[choice]}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function chooseTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  const maxAge = theme === "system" ? 0 : 31_536_000;
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store API is not everywhere, and this is one plain value
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${maxAge}; samesite=lax`;
}

function currentTheme(): Theme {
  const chosen = document.documentElement.dataset["theme"];
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
