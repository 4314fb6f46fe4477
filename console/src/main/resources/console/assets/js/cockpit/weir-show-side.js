// The health of the host's stream, where it goes, and the sales as they happen.
import { WeirElement, html, nothing } from '../core/element.js';
import { ago, bytes, channelName, money } from '../core/format.js';
import '../player/weir-video.js';
import { stateChip } from '../ui/parts.js';
import { hostState, hostWarnings, hostWords, targetState } from '../stream/words.js';
import { warningNotes } from '../stream/weir-numbers.js';

export class WeirShowSide extends WeirElement {
  static properties = { showId: {}, summary: { attribute: false }, numbers: { attribute: false }, connected: { type: Boolean }, targets: { attribute: false }, sales: { attribute: false }, products: { attribute: false } };

  render() {
    return html`${this.stream()}${this.sold()}`;
  }

  stream() {
    const host = { connected: this.connected, ...this.summary?.host, ...this.numbers?.host };
    const [words, kind] = hostState(host);
    const isOnAir = host.connected || host.state === 'GAP';
    return html`<section class="card" aria-labelledby="stream-title"><div class="card-head"><h2 id="stream-title">Host stream</h2>${stateChip(words, kind)}</div>
      ${isOnAir ? html`<weir-video class="preview" bare .showId=${this.showId} .active=${true} .still=${host.state === 'GAP'}></weir-video><p class="small-text muted" data-testid="host-line">${hostWords(host)}</p>`
        : html`<p class="muted small-text">No encoder is connected. <a href="/shows/${this.showId}/studio">Go live from this browser</a>, or take an encoder's address and key from the <a href="/operator">operator page</a>.</p>`}
      ${warningNotes(hostWarnings(host))}
      ${this.targets?.length ? html`<ul class="lines">${this.targets.map((t) => this.target(t))}</ul>` : nothing}</section>`;
  }

  target(t) {
    const [words, kind] = targetState(t);
    return html`<li><span>${t.name}<small class="muted">${bytes(t.bytes)} sent${t.lastError && t.state !== 'LIVE' ? ` · ${t.lastError}` : ''}</small></span>${stateChip(words, kind)}</li>`;
  }

  sold() {
    const title = (sku) => this.products?.find((p) => p.sku === sku)?.title ?? sku;
    return html`<section class="card" aria-labelledby="sales-title"><div class="card-head"><h2 id="sales-title">Sales</h2></div>
      ${this.sales?.length ? html`<ul class="lines sales" aria-live="polite">${this.sales.map((s) => html`<li><span>${s.quantity} × ${title(s.sku)}<small class="muted">${channelName(s.channel)} · ${ago(s.at)}</small></span><b>${money(s.amount)}</b></li>`)}</ul>`
        : html`<p class="muted small-text">Each sale appears here the moment it is paid, whichever shop it came from.</p>`}</section>`;
  }
}
customElements.define('weir-show-side', WeirShowSide);
