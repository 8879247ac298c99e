import { away } from "./away/away";
import { clocks } from "./clocks/clocks";
import { copies } from "./copies/copies";
import type { Campaign } from "./core/campaign";
import { crashPoints } from "./crash-points/crash-points";
import { downtime } from "./downtime/downtime";
import { forgeries } from "./forgeries/forgeries";
import { gatewayFaults } from "./gateway-faults/gateway-faults";
import { kills } from "./kills/kills";
import { oddMessages } from "./odd-messages/odd-messages";
import { ordersOfMessages } from "./orders-of-messages/orders-of-messages";
import { overload } from "./overload/overload";
import { oversize } from "./oversize/oversize";
import { refundRaces } from "./refund-races/refund-races";
import { restarts } from "./restarts/restarts";
import { rotations } from "./rotations/rotations";
import { simulation } from "./simulation/simulation";
import { workers } from "./workers/workers";

export const campaigns: readonly Campaign[] = [
  ordersOfMessages,
  forgeries,
  oddMessages,
  gatewayFaults,
  refundRaces,
  crashPoints,
  rotations,
  workers,
  kills,
  away,
  downtime,
  copies,
  restarts,
  overload,
  oversize,
  clocks,
  simulation,
];
