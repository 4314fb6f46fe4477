// What is said of units that are sold before they are there.
import { day } from '../core/format.js';

/** Those that are on hand are sold first: only when none is left is a tap a pre-order. */
export const isPreOrder = (product) => product.available > 0 && product.preOrder >= product.available;

export const preOrderWords = (shipsFrom) => (shipsFrom ? `Pre-order, ships from ${day(shipsFrom)}` : 'Pre-order, the day of shipping is not known yet');

/** What a hold's buyer is to know before paying, or null: `preOrder` [{sku, units, shipsFrom}], the latest day counts. */
export function preOrderOf(hold) {
  const toCome = hold.preOrder ?? [];
  if (!toCome.length) return null;
  const units = toCome.reduce((sum, one) => sum + one.units, 0);
  const all = hold.lines.reduce((sum, line) => sum + line.quantity, 0);
  const days = toCome.map((one) => one.shipsFrom);
  const words = preOrderWords(days.includes(null) || days.includes(undefined) ? null : days.sort().at(-1));
  return units < all ? `${units} of ${all}: ${words}` : words;
}
