// Where the hub sends a show's stream on to, each target on its own: its state and why, and what can be done about it.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { bytes, count } from '../core/format.js';
import { del, get, post, put } from '../core/api.js';
import { load, loaded, stateChip } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';
import { kbits, millis, targetState } from '../stream/words.js';
import './weir-target-form.js';

// The hub shows an address without its key: of an RTMP one the server is what is left.
const serverOf = (url) => (/^rtmps?:/.test(url ?? '') ? url.replace(/\/\*\*\*$/, '') : '');

const EVERY_MS = 3000;
const TICK_MS = 1000;

export class WeirTargets extends WeirElement {
  static properties = { showId: {}, live: { attribute: false }, targets: { state: true }, presets: { state: true }, adding: { state: true }, rekeying: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    load(this, 'presets', get('/api/target-presets', { optional: true }));
    this.timer = setInterval(() => document.hidden || this.refresh(), EVERY_MS);
    this.ticker = setInterval(() => this.targets?.value?.items.some((t) => t.state === 'BACKOFF') && this.requestUpdate(), TICK_MS);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    clearInterval(this.ticker);
    super.disconnectedCallback();
  }

  willUpdate(changed) {
    if (changed.has('showId') && this.showId) this.refresh();
  }

  get base() {
    return `/api/shows/${encodeURIComponent(this.showId)}/targets`;
  }

  at = (target) => `${this.base}/${encodeURIComponent(target.id)}`;

  refresh = () => load(this, 'targets', get(this.base));

  render() {
    return html`<div class="card-head"><h3>Stream targets</h3>${this.adding ? nothing : html`<button type="button" class="button small" data-testid="add-target" @click=${() => { this.adding = true; }}>${icon('plus')} Add target</button>`}</div>
      ${this.adding ? html`<weir-target-form .presets=${this.presets?.value?.items ?? []} .busy=${this.busy} @target=${(e) => this.add(e.detail)} @cancel=${() => { this.adding = false; }}></weir-target-form>` : nothing}
      ${loaded(this.targets, ({ items }) => html`<ul class="targets">${items.map((t) => this.target({ ...t, ...this.live?.find((l) => l.id === t.id), url: t.url }))}</ul>`,
        this.adding ? nothing : html`<p class="muted small-text">None yet. The player always gets the stream; add TikTok, Instagram, Facebook, YouTube or any address here.</p>`, this.refresh)}`;
  }

  target(t) {
    const [words, kind] = targetState(t);
    const sending = t.state === 'LIVE' || t.state === 'DEGRADED';
    const drops = t.drops ?? t.droppedUnits;
    const facts = [sending && t.kbps ? kbits(t.kbps) : '', `${bytes(t.bytes)} sent`, sending && t.queueMillis ? `${millis(t.queueMillis)} in the queue` : '', drops ? `${count(drops)} dropped` : '', t.reconnects ? `${count(t.reconnects)} reconnects` : ''].filter(Boolean).join(' · ');
    return html`<li class="target" data-testid="target-${t.id}">
      <div class="target-head"><div><b>${t.name}</b><small class="muted">${facts}</small></div>${stateChip(words, kind)}</div>
      ${t.lastError && !(t.state === 'LIVE') ? html`<p class="small-text ${kind === 'bad' ? 'bad' : 'muted'}">${t.lastError}</p>` : nothing}
      ${t.misfits?.length ? this.misfits(t) : nothing}
      ${this.rekeying === t.id ? this.keyForm(t) : html`<div class="actions"><small class="muted mono grow target-url">${t.url}</small>
        ${['BACKOFF', 'REJECTED', 'DEGRADED'].includes(t.state) ? html`<button type="button" class="button small" data-testid="retry-${t.id}" ?disabled=${this.busy} @click=${() => this.retry(t)}>${icon('refresh')} Try now</button>` : nothing}
        <button type="button" class="button small" data-testid="rekey-${t.id}" @click=${() => { this.rekeying = t.id; }}>${icon('key')} New key</button>
        <button type="button" class="button small danger" aria-label="Remove ${t.name}" data-testid="remove-${t.id}" @click=${() => this.discard(t)}>Remove</button></div>`}</li>`;
  }

  misfits(t) {
    const isMended = t.fit === 'REENCODE';
    return html`<div class="notice ${isMended ? '' : 'notice-warn'} small-text misfits"><div>${isMended ? 'Re-encoded for this target, because it does not take:' : `${t.name} may refuse this stream:`}<ul>${t.misfits.map((m) => html`<li>${m}</li>`)}</ul></div>
      ${isMended ? html`<button type="button" class="button small" ?disabled=${this.busy} @click=${() => this.refit(t, 'AS_IS')}>Send as it is</button>`
        : html`<button type="button" class="button small" data-testid="reencode-${t.id}" ?disabled=${this.busy} @click=${() => this.refit(t, 'REENCODE')}>Re-encode for this target</button>`}</div>`;
  }

  // A key is written, never read back: what is there now is replaced as a whole.
  keyForm(t) {
    return html`<form class="form-grid" data-testid="key-form" @submit=${(e) => this.rekey(e, t)}>
      <label>Server<input name="server" type="url" .value=${serverOf(t.url)} placeholder="the platform's own" pattern="(rtmps?|srt|https?)://.+" autocomplete="off"></label>
      <label>New stream key<input name="key" type="password" required autocomplete="off" spellcheck="false" data-testid="new-key"></label>
      <div class="actions"><button class="button primary" data-testid="save-key" ?disabled=${this.busy}>Use this key</button><button type="button" class="button" @click=${() => { this.rekeying = null; }}>Cancel</button></div></form>`;
  }

  add = (target) => this.ask(() => post(this.base, target), 'Target added.', () => { this.adding = false; });

  rekey(event, t) {
    event.preventDefault();
    const { server, key } = event.target.elements;
    const change = { key: key.value.trim(), ...(server.value.trim() ? { server: server.value.trim() } : {}) };
    return this.ask(() => put(this.at(t), change), `${t.name} connects with the new key.`, () => { this.rekeying = null; });
  }

  retry = (t) => this.ask(() => post(`${this.at(t)}/retry`), `Trying ${t.name} now.`);

  refit = (t, fit) => this.ask(() => put(this.at(t), { fit }), fit === 'REENCODE' ? `${t.name} gets a stream that it takes.` : `${t.name} gets the stream as it is.`);

  discard(t) {
    if (!confirm(`Stop sending to ${t.name} and remove it?`)) return undefined;
    return this.ask(() => del(this.at(t)), 'Target removed.');
  }

  async ask(request, said, after) {
    this.busy = true;
    try {
      await request();
      after?.();
      toast(said);
      await this.refresh();
    } catch (failure) {
      failed(failure);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('weir-targets', WeirTargets);
