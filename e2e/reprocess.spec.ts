import { expect, test } from "./fixtures";
import { Hands } from "./scenarios/hands";
import { measured } from "./scenarios/measured";

const outage = {
  number: 6,
  title: "after an outage, process everything that was missed",
  target: "3 clicks and 8 s for any number, with a preview and a sweep",
  anchor: "Razorpay or Convoy: 7 clicks, 14 s",
  most: { clicks: 3, keys: 0 },
};

test("everything since an hour is processed again in three clicks, and what was never told is asked about", async ({
  operator,
}, info) => {
  const { page } = operator;
  await operator.open("/production/notifications");
  const hands = new Hands(page);
  await hands.click(page.getByRole("link", { name: "Reprocess…" }));
  const lastHour = page.getByRole("link", { name: "The last hour" });
  await hands.click(lastHour);
  await hands.wait(() => expect(lastHour).toHaveAttribute("aria-current", "page"));
  hands.think();
  await hands.click(page.getByRole("button", { name: /^Reprocess .* ask about the rest$/ }));
  await page.waitForURL(/run=/);
  await expect(page.getByText("Done.", { exact: true })).toBeVisible();
  await measured(info, outage, { way: "since a time", hands, ours: { clicks: 3, keys: 0 } });
  await operator.open("/production/notifications/reprocess");
  await expect(page.getByRole("region", { name: "Earlier runs" }).getByText("finished").first()).toBeVisible();
});
