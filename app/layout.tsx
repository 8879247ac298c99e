import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { forcedTheme, themeCookie } from "@/components/shell/theme";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Countersign", template: "%s · Countersign" },
  description: "Merchant console for payment gateways",
  icons: { icon: "/favicon.svg" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = forcedTheme((await cookies()).get(themeCookie)?.value);
  return (
    // The theme switch changes this attribute in place.
    <html lang="en" className={GeistSans.variable} data-theme={theme} suppressHydrationWarning>
      <body>{children}</body>
    </html>
  );
}
