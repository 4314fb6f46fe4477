// The webhook log: what the platforms delivered, found by state and by text, why it is parked, the map that reads it, and handling it again.
import { html, nothing, polling } from '../core/element.js';
import { icon } from '../core/icons.js';
import { ago, channelName, count, when } from '../core/format.js';
import { get, post, withQuery } from '../core/api.js';
import { empty, load, loaded, stateChip, table } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';
import { pretty } from '../core/exact.js';
import { mapsFor } from './webhook-words.js';
import './weir-replay-many.js';

const STATES = ['', 'RECEIVED', 'PROCESSED', 'PARKED', 'DEAD', 'IGNORED'];
const REPLAYABLE = ['PARKED', 'DEAD', 'PROCESSED'];
const EVERY_MS = 5000;
const PAGE = 20;
const TYPED_MS = 300;

/** `about` is the id of the delivery that is open, or empty. */
export class WeirWebhooks extends polling(EVERY_MS) {
  static properties = { about: { type: String }, webhooks: { state: true }, filter: { state: true }, text: { state: true }, opened: { state: true }, maps: { state: true } };

  constructor() {
    super();
    this.filter = '';
    this.text = '';
  }

  updated(changed) {
    if (changed.has('about') && this.about) this.open(this.about);
  }

  disconnectedCallback() {
    clearTimeout(this.typing);
    super.disconnectedCallback();
  }

  /** Who reads a delivery, or has turned to older ones, is left where they are. */
  refresh() {
    return this.opened || this.isOlder ? undefined : this.newest();
  }

  async newest() {
    const { filter, text } = this;
    const slot = {};
    await load(slot, 'webhooks', this.ask());
    if (filter === this.filter && text === this.text && !this.isOlder) this.webhooks = slot.webhooks;
  }

  ask = (cursor) => get(withQuery('/api/webhooks', { state: this.filter, q: this.text, cursor, limit: PAGE }));

  anew() {
    this.isOlder = false;
    this.webhooks = null;
    return this.newest();
  }

  find(text) {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      this.text = text.trim();
      this.anew();
    }, TYPED_MS);
  }

  async older() {
    try {
      const next = await this.ask(this.webhooks.value.nextCursor);
      this.isOlder = true;
      this.webhooks = { value: { ...next, items: [...this.webhooks.value.items, ...next.items] } };
    } catch (failure) {
      failed(failure);
    }
  }

  async open(id) {
    try {
      this.opened = await get(`/api/webhooks/${encodeURIComponent(id)}`);
      await this.updateComplete;
      const dialog = this.querySelector('dialog');
      if (!dialog.open) dialog.showModal();
      if (!this.maps) this.maps = (await get('/api/mappings', { optional: true })).items ?? [];
    } catch (failure) {
      failed(failure);
    }
  }

  closed() {
    this.opened = null;
    // Going on to a map has changed the address by then.
    if (location.hash.startsWith('#now/')) location.hash = 'now';
  }

  async replay(id) {
    try {
      await post(`/api/webhooks/${encodeURIComponent(id)}/replay`);
      toast('Replay accepted. The state below follows.');
      await this.anew();
    } catch (failure) {
      failed(failure);
    }
  }

  render() {
    return html`<section class="card" aria-labelledby="hooks-title"><div class="card-head"><h2 id="hooks-title">Webhooks</h2>
        <div class="segments" role="group" aria-label="State">${STATES.map((s) => html`<button data-testid="state-${s || 'ALL'}" aria-pressed=${String(this.filter === s)} @click=${() => { this.filter = s; this.anew(); }}>${s ? s.toLowerCase() : 'all'}</button>`)}</div></div>
      <label class="search">Find a delivery<input type="search" maxlength="100" placeholder="An order, topic, reason, or anything in its body" autocomplete="off" spellcheck="false" data-testid="webhook-find" @input=${(e) => this.find(e.target.value)}></label>
      ${loaded(this.webhooks && { ...this.webhooks, value: this.webhooks.value && [this.webhooks.value] }, ([w]) => this.list(w), nothing, () => this.anew())}
      <weir-replay-many .filter=${this.filter} .text=${this.text} @weir-replayed=${() => this.anew()}></weir-replay-many></section>${this.dialog()}`;
  }

  list({ items, nextCursor }) {
    return html`${items.length ? this.rows(items) : this.none(nextCursor)}${nextCursor ? html`<button class="button more" @click=${() => this.older()} data-testid="webhooks-older">${items.length ? 'Older' : 'Look further back'}</button>` : nothing}`;
  }

  none(nextCursor) {
    if (this.text) return empty('None found', nextCursor ? 'The newest 5,000 were looked through.' : `Nothing that was delivered has "${this.text}" in it.`);
    return empty('No webhooks', this.filter ? 'None in this state.' : 'Nothing has been delivered yet.');
  }

  rows = (items) => table([
    { title: 'Received', cell: (w) => html`<span title=${when(w.receivedAt)}>${ago(w.receivedAt)}</span>` },
    { title: 'Channel', cell: (w) => channelName(w.channel) },
    { title: 'Topic', cell: (w) => html`<a class="link mono" href="#now/${w.id}" data-testid="open-${w.id}">${w.topic}</a>` },
    { title: 'State', cell: (w) => html`${stateChip(w.state)}${w.reason ? html`<small class="reason">${w.reason}</small>` : nothing}` },
    { title: 'Attempts', numeric: true, cell: (w) => count(w.attempts) },
    { title: '', cell: (w) => (REPLAYABLE.includes(w.state) ? html`<button class="button small" data-testid="replay-${w.id}" aria-label="Replay ${w.topic}" @click=${() => this.replay(w.id)}>Replay</button>` : nothing) },
  ], items, { label: 'Webhooks', testid: 'webhooks' });

  dialog() {
    const w = this.opened;
    if (!w) return nothing;
    return html`<dialog class="sheet-dialog" aria-labelledby="delivery-title" @close=${() => this.closed()}><div class="card-head"><h2 class="mono" id="delivery-title">${w.topic}</h2><button class="icon-button" aria-label="Close" @click=${close}>${icon('close')}</button></div>
      <dl class="facts"><div><dt>State</dt><dd>${stateChip(w.state)}</dd></div><div><dt>Received</dt><dd>${when(w.receivedAt)}</dd></div><div><dt>Processed</dt><dd>${when(w.processedAt)}</dd></div><div><dt>Attempts</dt><dd>${count(w.attempts)}</dd></div><div><dt>Delivery</dt><dd class="mono">${w.deliveryId}</dd></div></dl>
      ${w.reason ? html`<p class="notice" data-testid="delivery-reason">${w.reason}</p>` : nothing}${this.readers(w)}<pre tabindex="0">${pretty(w.body)}</pre></dialog>`;
  }

  /** What can be done: handling it again, and the way to a map that does not read it, with the delivery as its payload. */
  readers(w) {
    const maps = w.body ? mapsFor(w, this.maps ?? []) : [];
    const named = maps.filter((m) => m.isNamed);
    const link = (m, style) => html`<a class=${style} href="#maps/${m.channel}/${m.name}?delivery=${w.id}" data-testid="mend-${m.name}" @click=${close}>${m.isNamed ? `Mend ${m.name}` : m.name}</a>`;
    const others = maps.filter((m) => !m.isNamed);
    const replay = REPLAYABLE.includes(w.state) ? html`<button class="button primary" data-testid="replay-opened" @click=${(e) => { close(e); this.replay(w.id); }}>Replay</button>` : nothing;
    return html`${replay === nothing && !named.length ? nothing : html`<p class="actions">${replay}${named.map((m) => link(m, 'button'))}</p>`}
      ${others.length ? html`<details class="fold-list"><summary>Try it on a field map</summary><p class="actions">${others.map((m) => link(m, 'button small'))}</p></details>` : nothing}`;
  }
}

const close = (event) => event.target.closest('dialog').close();
customElements.define('weir-webhooks', WeirWebhooks);
