import { expect, test } from "vitest";
import { commonWayCodes, findWay, isBarCodeWay, manners, missingExtras, wallets, ways } from "./way-codes";

test("every way of the catalogue is listed once and can be found by its code", () => {
  const codes = ways.map((way) => way.code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const way of ways) {
    expect(findWay(way.code)).toBe(way);
    expect(wallets).toContain(way.wallet);
    expect(manners.map(({ manner }) => manner)).toContain(way.manner);
    // The gateway's column for a way code holds 20 characters.
    expect(way.code).toMatch(/^[A-Z0-9_]{1,20}$/);
  }
});

test("a choice always offers not to choose, unless it must be made", () => {
  for (const extra of ways.flatMap((way) => way.extras).filter((one) => one.kind === "select")) {
    expect(extra.options?.[0]?.value === "", extra.name).toBe(!extra.isRequired);
  }
});

test("a bar-code way without the payer's code names what is missing", () => {
  for (const code of ["WX_BAR", "ALI_BAR", "YSF_BAR", "UP_BAR", "AUTO_BAR"]) {
    expect(isBarCodeWay(code)).toBe(true);
    expect(missingExtras(code, {}).map(({ name }) => name)).toEqual(["authCode"]);
    expect(missingExtras(code, { authCode: "  " }).map(({ name }) => name)).toEqual(["authCode"]);
    expect(missingExtras(code, { authCode: "134567890123456789" })).toEqual([]);
  }
});

test("a mini program payment needs the payer's id, under the name that its wallet uses", () => {
  expect(missingExtras("WX_LITE", { openId: "o-1" }).map(({ name }) => name)).toEqual(["openid"]);
  expect(missingExtras("ALI_LITE", { buyerUserId: "2088" })).toEqual([]);
});

test("a way code nobody has told us about may be sent and misses nothing", () => {
  expect(findWay("NUVEI_H5")).toBeNull();
  expect(missingExtras("NUVEI_H5", {})).toEqual([]);
});

test("no two common ways stand in the same cell of the matrix", () => {
  const cells = commonWayCodes.map((code) => `${findWay(code)?.wallet} ${findWay(code)?.manner}`);
  expect(new Set(cells).size).toBe(cells.length);
});
