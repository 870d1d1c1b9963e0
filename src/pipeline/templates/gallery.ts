import { hotItems } from './hot-items.ts';
import { highestBid } from './highest-bid.ts';
import { newSellers } from './new-sellers.ts';
import { activityStream } from './activity-stream.ts';
import { abandonedCarts } from './abandoned-carts.ts';
import { viewingHistory } from './viewing-history.ts';
import { rideEvents } from './ride-events.ts';
import { transactionAudit } from './transaction-audit.ts';
import { ordersByTier } from './orders-by-tier.ts';
import { bursts } from './bursts.ts';
import { captures } from './captures.ts';
import { cardCheck } from './card-check.ts';
import { clicksToPurchases } from './clicks-to-purchases.ts';
import { earthquakes } from './earthquakes.ts';
import { enrich } from './enrich.ts';
import { flights } from './flights.ts';
import { lastTen } from './last-ten.ts';
import { lateEvents } from './late-events.ts';
import { oneWindow } from './one-window.ts';
import { orders } from './orders.ts';
import { panes } from './panes.ts';
import { salesSoFar } from './sales-so-far.ts';
import { sessions } from './sessions.ts';
import { silentPartition } from './silent-partition.ts';
import type { Template } from './template.ts';
import { topPages } from './top-pages.ts';
import { updates } from './updates.ts';

/** The templates in the gallery's order. A first visit shows the first one running. */
export const GALLERY: readonly Template[] = [
  clicksToPurchases,
  lateEvents,
  silentPartition,
  sessions,
  panes,
  salesSoFar,
  bursts,
  lastTen,
  oneWindow,
  abandonedCarts,
  captures,
  orders,
  ordersByTier,
  enrich,
  updates,
  topPages,
  cardCheck,
  hotItems,
  highestBid,
  newSellers,
  activityStream,
  viewingHistory,
  rideEvents,
  transactionAudit,
  flights,
  earthquakes,
];
