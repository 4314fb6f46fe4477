// How far the bucket of the recordings lags behind. Says nothing while it keeps up.
import { html, nothing, polling } from '../core/element.js';
import { icon } from '../core/icons.js';
import { ago, bytes, count } from '../core/format.js';
import { get } from '../core/api.js';

const EVERY_MS = 15_000;

export class WeirBucket extends polling(EVERY_MS) {
  static properties = { lag: { state: true } };

  async refresh() {
    try {
      this.lag = await get('/api/recordings/waiting', { optional: true });
    } catch (failure) {
      if ([403, 404].includes(failure.status)) this.stopPolling();
    }
  }

  render() {
    const l = this.lag;
    if (!l?.count) return nothing;
    const many = l.count === 1 ? '1 recording waits' : `${count(l.count)} recordings wait`;
    return html`<p class="notice ${l.failures ? 'notice-warn' : ''}" data-testid="bucket-lag">${l.failures ? icon('warn') : nothing}<span>${many} for the bucket: ${bytes(l.bytes)}, the oldest ended ${ago(l.since)}. Viewers watch them from this machine meanwhile.
      ${l.failures ? html`Tried ${l.failures === 1 ? 'once' : `${count(l.failures)} times`} in vain${l.lastError ? html`, the last time: <q>${l.lastError}</q>` : ''}. It is tried again by itself.` : nothing}</span></p>`;
  }
}
customElements.define('weir-bucket', WeirBucket);
