// What waits for a connection, in people's words.
import { ago, count, money } from '../core/format.js';

const some = (n, one, many) => `${count(n)} ${n === 1 ? one : many}`;

/** One sentence for each that is not nothing; those that cost money come first. */
export function stakeWords(s) {
  return [
    s.orders ? `${some(s.orders, 'paid order waits', 'paid orders wait')} for it, worth ${s.worth.map(money).join(' and ')}, since ${ago(s.oldest)}` : '',
    s.heldUnits ? `it can sell ${some(s.heldUnits, 'unit', 'units')} that buyers hold here, because it does not hear of it` : '',
    s.levels ? `${some(s.levels, 'stock level waits', 'stock levels wait')}${s.behindSeconds ? `, ${count(s.behindSeconds)} s behind` : ''}` : '',
    s.errands ? `${some(s.errands, 'shipment, price or refund waits', 'shipments, prices or refunds wait')}` : '',
  ].filter(Boolean);
}
