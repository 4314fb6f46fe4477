// The health of the host's stream, where it goes, and the sales as they happen.
import { WeirElement, html, nothing } from '../core/element.js';
import { ago, bytes, channelName, count, money } from '../core/format.js';
import '../player/weir-video.js';
import { stateChip } from '../ui/parts.js';

export class WeirShowSide extends WeirElement {
  static properties = { showId: {}, summary: { attribute: false }, connected: { type: Boolean }, targets: { attribute: false }, sales: { attribute: false }, products: { attribute: false } };

  render() {
    return html`${this.stream()}${this.sold()}`;
  }

  stream() {
    const host = this.summary?.host ?? {};
    const connected = host.connected ?? this.connected;
    const notes = [];
    if (connected && host.gopSeconds > 4) notes.push(`A key frame comes only every ${host.gopSeconds} s; set 2 s in the encoder, or viewers wait and targets refuse.`);
    if (connected && host.bFrames) notes.push('The encoder sends B-frames; turn them off, real-time players stutter with them.');
    return html`<section class="card" aria-labelledby="stream-title"><div class="card-head"><h2 id="stream-title">Host stream</h2>${stateChip(connected ? 'LIVE' : 'no signal', connected ? 'good' : 'idle')}</div>
      ${connected ? html`<weir-video class="preview" bare .showId=${this.showId} .active=${true}></weir-video>
        <dl class="facts"><div><dt>Bit rate</dt><dd>${host.bitrateKbps ? `${count(Math.round(host.bitrateKbps))} kbit/s` : '–'}</dd></div>
        <div><dt>Frames</dt><dd>${host.fps ? `${Math.round(host.fps)} /s` : '–'}</dd></div><div><dt>Key frame</dt><dd>${host.gopSeconds ? `every ${host.gopSeconds} s` : '–'}</dd></div></dl>`
        : html`<p class="muted small-text">The encoder is not connected. Its address and key are on the <a href="/operator">operator page</a>.</p>`}
      ${notes.map((n) => html`<p class="notice small-text">${n}</p>`)}
      ${this.targets?.length ? html`<ul class="lines">${this.targets.map((t) => html`<li><span>${t.name}<small class="muted">${bytes(t.bytes)} sent${t.lastError ? ` · ${t.lastError}` : ''}</small></span>${stateChip(t.state)}</li>`)}</ul>`
        : nothing}</section>`;
  }

  sold() {
    const title = (sku) => this.products?.find((p) => p.sku === sku)?.title ?? sku;
    return html`<section class="card" aria-labelledby="sales-title"><div class="card-head"><h2 id="sales-title">Sales</h2></div>
      ${this.sales?.length ? html`<ul class="lines sales" aria-live="polite">${this.sales.map((s) => html`<li><span>${s.quantity} × ${title(s.sku)}<small class="muted">${channelName(s.channel)} · ${ago(s.at)}</small></span><b>${money(s.amount)}</b></li>`)}</ul>`
        : html`<p class="muted small-text">Each sale appears here the moment it is paid, whichever shop it came from.</p>`}</section>`;
  }
}
customElements.define('weir-show-side', WeirShowSide);
