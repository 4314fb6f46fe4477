// What the hub says about a show: a snapshot, kept current by events, asked for again after every gap.
import { get } from '../core/api.js';
import { EventStream } from '../core/sse.js';

/** A Lit controller: `show` is null until loaded, `problem` says why it cannot be. */
export class ShowState {
  show = null;
  problem = null;
  isOnline = true;

  constructor(host, { onEvent } = {}) {
    this.host = host;
    this.onEvent = onEvent;
    host.addController(this);
  }

  async open(idOrSlug, streamPath = 'events') {
    this.key = idOrSlug;
    await this.refresh();
    if (!this.show) return;
    this.stream?.close();
    this.stream = new EventStream(`/api/shows/${encodeURIComponent(this.show.id)}/${streamPath}`, {
      onOpen: (again) => this.opened(again),
      onDown: () => this.set({ isOnline: false }),
      onRefused: (problem) => this.set({ isOnline: false, problem: problem.status === 404 ? problem : this.problem }),
      onEvent: (name, data) => this.apply(name, data),
    });
  }

  opened(again) {
    this.set({ isOnline: true });
    if (!again) return;
    this.refresh();
    this.onEvent?.('reconnected', {});
  }

  async refresh() {
    try {
      const show = await get(`/api/shows/${encodeURIComponent(this.key)}`);
      const most = new Map(this.show?.products.map((p) => [p.sku, p.most]));
      show.products = (show.products ?? []).map((p) => ({ ...p, most: Math.max(p.available, most.get(p.sku) ?? 0) }));
      // The snapshot knows only whether the host is there; why not, and the recording, were told apart from it.
      if (show.hostConnected === false) show.hostState ??= this.show?.hostState ?? null;
      show.replay ??= this.show?.replay ?? null;
      this.set({ show, problem: null });
    } catch (problem) {
      if (!this.show) this.set({ problem });
    }
  }

  apply(name, data) {
    const show = this.show;
    if (name === 'pin') this.set({ show: { ...show, pin: data } });
    else if (name === 'unpin') this.set({ show: { ...show, pin: null } });
    else if (name === 'stock') this.stock(data);
    else if (name === 'price') this.change(data.sku, { price: data.price, listPrice: data.listPrice });
    else if (name === 'viewers') this.set({ show: { ...show, viewers: data.count } });
    else if (name === 'state') this.set({ show: { ...show, state: data.state } });
    else if (name === 'host') this.set({ show: { ...show, hostConnected: data.connected, hostState: data.state ?? null } });
    else if (name === 'media') this.set({ show: { ...show, hostState: data.state, replay: Array.isArray(data.replay) ? data.replay : (show.replay ?? null) } });
    this.onEvent?.(name, data);
  }

  stock({ sku, available, version, ...terms }) {
    const known = this.product(sku);
    if (!known) return this.refresh();
    // Levels can overtake each other on the way; the newest version wins.
    if (version !== undefined && known.version !== undefined && version <= known.version) return undefined;
    return this.change(sku, { ...terms, available, version, most: Math.max(known.most, available) });
  }

  change(sku, changes) {
    this.set({ show: { ...this.show, products: this.show.products.map((p) => (p.sku === sku ? { ...p, ...changes } : p)) } });
  }

  product = (sku) => this.show?.products.find((p) => p.sku === sku) ?? null;

  get pinned() {
    return this.show?.pin ? this.product(this.show.pin.sku) : null;
  }

  set(changes) {
    Object.assign(this, changes);
    this.host.requestUpdate();
  }

  close() {
    this.stream?.close();
  }

  hostDisconnected() {
    this.close();
  }
}
