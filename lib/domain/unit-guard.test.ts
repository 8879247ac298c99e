import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decimalsOf } from "./money";
import { secondLookQuestion, unitSuspicion } from "./unit-guard";

// ISO 4217 (list one of 2026), by the number of digits behind the point; funds and metals have none of their own.
const byDecimals: Record<0 | 2 | 3, string> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP
      CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
      KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK
      NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB
      TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW`,
  3: "BHD IQD JOD KWD LYD OMR TND",
};
const decimalsAndCode = Object.entries(byDecimals).flatMap(([decimals, codes]) =>
  codes.split(/\s+/).map((code) => ({ code, decimals: Number(decimals) })),
);
const currency = fc.constantFrom(...decimalsAndCode);
const amount = fc.integer({ min: 1, max: 1_000_000 });

test("every currency has the decimals of ISO 4217", () => {
  for (const { code, decimals } of decimalsAndCode) expect([code, decimalsOf(code)]).toEqual([code, decimals]);
});

test("a hundredfold and a hundredth of the ordinary sum are doubted in every currency", () => {
  fc.assert(
    fc.property(currency, amount, ({ code }, usual) => {
      expect(unitSuspicion(usual * 100, [usual], code)).toEqual({ kind: "too-large", expected: usual });
      expect(unitSuspicion(usual, [usual * 100], code)).toEqual({ kind: "too-small", expected: usual * 100 });
    }),
  );
});

test("typing major units where minor ones belong is doubted, and the other way round, by the currency's own decimals", () => {
  fc.assert(
    fc.property(currency, amount, ({ code, decimals }, usual) => {
      const size = 10 ** decimals;
      if (size === 1) return;
      expect(unitSuspicion(usual * size, [usual], code)?.kind).toBe("too-large");
      expect(unitSuspicion(usual, [usual * size], code)?.kind).toBe("too-small");
    }),
  );
});

test("the thousandfold is a slip only where the currency has three decimals", () => {
  fc.assert(
    fc.property(currency, amount, ({ code, decimals }, usual) => {
      expect(unitSuspicion(usual * 1000, [usual], code) !== null).toBe(decimals === 3);
    }),
  );
});

test("an ordinary sum, or one that is no such multiple, is never doubted", () => {
  fc.assert(
    fc.property(currency, amount, amount, ({ code, decimals }, usual, other) => {
      expect(unitSuspicion(usual, [usual, usual * 100], code)).toBeNull();
      const ratio = Math.max(usual, other) / Math.min(usual, other);
      const isSlip = ratio === 100 || (decimals === 3 && ratio === 1000);
      expect(unitSuspicion(other, [usual], code) !== null).toBe(isSlip);
    }),
  );
});

test("the question says both sums in figures and in words", () => {
  const suspicion = unitSuspicion(100, [10_000], "HKD");
  if (!suspicion) throw new Error("It was not doubted.");
  const question = secondLookQuestion(100, suspicion, "HKD").replaceAll("\u00A0", " ");
  expect(question).toContain("HK$ 1.00 (one Hong Kong dollar)");
  expect(question).toContain("one part in 100 of HK$ 100.00 (one hundred Hong Kong dollars)");
});
