// The viewer's places in line: taken when something is sold out, kept over a reload, answered by a hold of their own.
import { del, get, post } from '../core/api.js';
import { buyerId } from './holding.js';

const SLOT = 'weir.waiting';
// Everyone in line hears of each hand-over: those whose turn it is not ask how far they are later, and not all at once.
const SPREAD_MS = 3000;
// An event can be missed.
const ANYWAY_MS = 30_000;

/** A Lit controller. `entries` wait; `onOffer(hold)` hears of a hold that is ready to be paid, `onDropped(sku)` of a turn that was lost. */
export class Waiting {
  entries = [];

  constructor(host, { onOffer, onDropped }) {
    Object.assign(this, { host, onOffer, onDropped });
    host.addController(this);
  }

  async open(showId) {
    this.showId = showId;
    const kept = JSON.parse(sessionStorage.getItem(SLOT) ?? '{}');
    this.kept = kept.showId === showId ? kept.ids : [];
    await Promise.all(this.kept.map((id) => this.ask(id)));
  }

  async join(sku) {
    const entry = await post('/api/waitlist', { showId: this.showId, sku, quantity: 1, buyer: buyerId() });
    this.keep([...this.kept.filter((id) => id !== entry.id), entry.id]);
    await this.take(entry);
  }

  async leave(entry) {
    await del(`/api/waitlist/${entry.id}`);
    // Its turn may have come in the same moment.
    await this.ask(entry.id);
  }

  of = (sku) => this.entries.find((entry) => entry.sku === sku) ?? null;

  heard({ sku, place }) {
    const entry = this.of(sku);
    if (entry && entry.place <= place) this.ask(entry.id);
    else if (entry) this.askSoon();
  }

  askAll = () => Promise.all(this.kept.map((id) => this.ask(id)));

  askSoon() {
    this.soon ??= setTimeout(() => {
      this.soon = null;
      this.askAll();
    }, 500 + Math.random() * SPREAD_MS);
  }

  async ask(id) {
    const entry = await get(`/api/waitlist/${id}`).catch((failure) => (failure.status === 404 ? { id, state: 'LEFT' } : null));
    if (entry) await this.take(entry);
  }

  async take(entry) {
    const waits = entry.state === 'WAITING';
    const others = this.entries.filter(({ id }) => id !== entry.id);
    this.set(waits ? [...others, entry] : others);
    if (waits) return;
    const hold = entry.state === 'OFFERED' ? await this.held(entry) : null;
    // An offer is kept as long as it stands: a reload finds it again.
    if (hold?.state === 'HELD') this.onOffer({ ...hold, token: entry.holdToken });
    else this.keep(this.kept.filter((id) => id !== entry.id));
    if (entry.state === 'DROPPED') this.onDropped(entry.sku);
  }

  held = (entry) => get(`/api/holds/${entry.holdId}`, { headers: { Authorization: `Hold ${entry.holdToken}` } }).catch(() => null);

  keep(ids) {
    this.kept = ids;
    sessionStorage.setItem(SLOT, JSON.stringify({ showId: this.showId, ids }));
  }

  set(entries) {
    this.entries = entries.sort((a, b) => a.place - b.place);
    clearTimeout(this.anyway);
    if (entries.length) this.anyway = setTimeout(() => this.askAll(), ANYWAY_MS + Math.random() * SPREAD_MS);
    this.host.requestUpdate();
  }

  hostDisconnected() {
    clearTimeout(this.anyway);
    clearTimeout(this.soon);
  }
}
