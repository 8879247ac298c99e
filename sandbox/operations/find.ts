import { err, ok, type Result } from "@/lib/domain/result";
import { type Answer, refused, texts } from "../answers";
import type { Gateway } from "../gateway";
import type { CheckedRequest } from "../gateway-request";
import type { Order } from "../records";
import { orderKey } from "../state";

/** The order a request names. Looked up by merchant, whichever of its applications asks; payOrderId wins over mchOrderNo. */
export function findOrder(
  gateway: Gateway,
  request: CheckedRequest,
  { noId, noOrder }: { noId: string; noOrder: string } = { noId: texts.needsOrderId, noOrder: texts.noOrder },
): Result<Order, Answer> {
  const payOrderId = request.text("payOrderId");
  const mchOrderNo = request.text("mchOrderNo");
  if (payOrderId === null && mchOrderNo === null) return err(refused(noId));
  const { mchNo } = request.merchant;
  const order =
    payOrderId === null
      ? gateway.state.orderByNo.get(orderKey(mchNo, mchOrderNo ?? ""))
      : gateway.state.orders.get(payOrderId);
  return order?.mchNo === mchNo ? ok(order) : err(refused(noOrder));
}
