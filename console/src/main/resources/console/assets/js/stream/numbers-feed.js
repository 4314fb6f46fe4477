// The figures of a live while somebody looks at them.
import { get } from '../core/api.js';

const EVERY_MS = 3000;

/** A Lit controller: `numbers` is null until they came; a hub or a key that does not give them leaves it so. */
export class NumbersFeed {
  numbers = null;

  constructor(host, showId) {
    this.host = host;
    this.showId = showId;
    host.addController(this);
  }

  hostConnected() {
    this.refresh();
    this.timer = setInterval(() => document.hidden || this.refresh(), EVERY_MS);
  }

  hostDisconnected() {
    clearInterval(this.timer);
  }

  refresh = async () => {
    const id = this.showId();
    if (!id) return;
    try {
      this.numbers = await get(`/api/shows/${encodeURIComponent(id)}/numbers`, { optional: true });
      this.host.requestUpdate();
    } catch (failure) {
      if ([403, 404].includes(failure.status)) clearInterval(this.timer);
    }
  };
}
