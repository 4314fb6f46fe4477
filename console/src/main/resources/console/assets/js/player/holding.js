// The viewer's hold: taken at the tap with what earned it, kept over a reload, given back on request.
import { del, get, newId, post } from '../core/api.js';
import { remembered } from '../core/session.js';

const SLOT = 'weir.hold';

// Where storage is refused, the viewer is at least the same buyer until the page closes.
let thisPage = null;

export function buyerId() {
  thisPage ??= remembered.get('buyer') ?? newId();
  remembered.set('buyer', thisPage);
  return thisPage;
}

const MAX_CAMPAIGN = 20;

/** What else than utm_ says who earned the sale; Meta wants its click back with the purchase. */
const CAMPAIGN = new Set(['campaign', 'coupon', 'fbclid', 'fbc', 'fbp', 'cart_origin']);

/** What a link from a social shop asked for (`?buy=SKU:2,SKU2:1`), once: a reload must not buy again. */
export function askedByLink() {
  const address = new URL(location.href);
  const asked = address.searchParams.get('buy');
  if (!asked) return [];
  address.searchParams.delete('buy');
  history.replaceState(null, '', address);
  return asked.split(',').map((item) => item.split(':')).map(([sku, quantity]) => ({ sku, quantity: Number(quantity ?? 1) || 1 }));
}

/** `replayAt` {millis, sku}: where a replay stands, so that the sale is earned by what was shown there. */
export async function takeHold(show, lines, replayAt) {
  const query = new URLSearchParams(location.search);
  const campaign = Object.fromEntries([...query].filter(([name]) => name.startsWith('utm_') || CAMPAIGN.has(name)).slice(0, MAX_CAMPAIGN));
  const touch = { campaign };
  const pinSku = replayAt ? replayAt.sku : show.pin?.sku;
  if (pinSku) touch.pinSku = pinSku;
  if (replayAt) touch.replayPosition = replayAt.millis;
  const hold = await post('/api/holds', { showId: show.id, lines, channel: query.get('channel') ?? 'PLAYER', buyer: buyerId(), touch });
  rememberHold(show.id, hold);
  return hold;
}

export const rememberHold = (showId, hold) => sessionStorage.setItem(SLOT, JSON.stringify({ showId, id: hold.id, token: hold.token }));

const authorised = (hold) => ({ headers: { Authorization: `Hold ${hold.token}` } });

export async function giveBack(hold) {
  forgetHold();
  await del(`/api/holds/${hold.id}`, authorised(hold));
}

export const forgetHold = () => sessionStorage.removeItem(SLOT);

/** The hold that a message elsewhere brought the buyer to (`#hold=ID.TOKEN`), while the hub still keeps it; otherwise null. */
export async function heldByLink(showId) {
  const [, id, token] = /^#hold=([^.]{1,64})\.(.{1,200})$/.exec(location.hash) ?? [];
  if (!id) return null;
  // A secret does not stay in the address.
  history.replaceState(null, '', location.pathname + location.search);
  const hold = await get(`/api/holds/${encodeURIComponent(id)}`, authorised({ token })).catch(() => null);
  if (hold?.state !== 'HELD') return null;
  rememberHold(showId, { id, token });
  return { ...hold, token };
}

/** The hold of this tab that a reload interrupted, while the hub still keeps it; otherwise null. */
export async function heldBefore(showId) {
  const kept = JSON.parse(sessionStorage.getItem(SLOT) ?? 'null');
  if (kept?.showId !== showId) return null;
  const hold = await get(`/api/holds/${kept.id}`, authorised(kept)).catch(() => null);
  if (hold?.state === 'HELD') return { ...hold, token: kept.token };
  forgetHold();
  return null;
}
