// What a field map is, in people's words.
import { stateChip } from '../ui/parts.js';

/** Whose map is in force, in words and with a colour. */
export const whose = (m) => {
  switch (m.origin) {
    case 'BRAND': return stateChip(`your own, version ${m.version}`, 'warn');
    case 'FILE': return stateChip("this hub's file", 'warn');
    default: return stateChip(m.origin ? 'default' : 'none', 'idle');
  }
};

const WRITES = { ORDER: 'an order', LISTING: 'a listing', REFUND: 'a refund', STOCK_LEVEL: 'a stock level', SHIPMENT: 'a shipment', STATEMENT: 'a statement', ORDER_LINE: 'a line of an order', MONEY: 'an amount' };
export const writes = (m) => (m.name.startsWith('tables/') ? 'a table, from our words to the channel’s' : `writes ${WRITES[m.shape?.toUpperCase().replaceAll('-', '_')] ?? "the channel’s own JSON"}`);
