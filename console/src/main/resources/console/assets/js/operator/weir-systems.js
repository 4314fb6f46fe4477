// The brand's own systems that are told of its events: entered, their secret shown once, tried, told once more.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { ago, count, when } from '../core/format.js';
import { del, get, post, put } from '../core/api.js';
import { copyButton, empty, load, loaded, stateChip, table } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';

const AT = '/api/webhook-endpoints';
const MOST_SHOWN = 20;
const GROUPS = [['order.*', 'Orders'], ['stock.*', 'Stock'], ['show.*', 'Shows'], ['pin.*', 'Pins'], ['payment.*', 'Payments taken'], ['journal.*', 'Journal entries'], ['payout.*', 'Payouts'], ['delivery.*', 'Dead letters']];
const STATES = { DUE: ['waits', 'warn'], DONE: ['taken', 'good'], FAILED: ['given up', 'bad'], STALE: ['not needed', 'idle'] };

export class WeirSystems extends WeirElement {
  static properties = { systems: { state: true }, adding: { state: true }, secret: { state: true }, tried: { state: true }, opened: { state: true }, log: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.tried = {};
  }

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
  }

  refresh = async () => {
    await load(this, 'systems', get(AT));
    this.tell('weir-systems', this.systems?.value?.items.filter((s) => s.needsYou).length ?? 0);
  };

  render() {
    return html`<section class="stack" data-testid="systems"><div class="card"><div class="card-head"><h2>Your systems</h2><button class="button" data-testid="add-system" @click=${() => { this.adding = true; }}>${icon('plus')} Add one</button></div>
      <p class="muted">Each is told by a signed webhook, in the form of Standard Webhooks, and at least once: it is to know an event by its id. What it does not take is tried again for a day.</p>
      ${this.adding ? this.form() : nothing}${this.secret ? this.shown() : nothing}</div>
      ${loaded(this.systems, ({ items }) => html`<ul class="stack">${items.map((s) => this.system(s))}</ul>`, html`<div class="card">${empty('None yet', 'Add the address of your ERP, warehouse or data platform.')}</div>`, this.refresh)}</section>`;
  }

  form() {
    return html`<form class="form-grid" data-testid="system-form" @submit=${(e) => this.add(e)}>
      <label>Name<input name="name" required maxlength="100" placeholder="ERP"></label>
      <label class="span">Address<input name="url" type="url" required maxlength="2000" placeholder="https://erp.example.com/weir" autocapitalize="off" spellcheck="false"></label>
      <fieldset class="span"><legend>What it is told of</legend>${GROUPS.map(([types, name]) => html`<label class="check"><input type="checkbox" name="types" value=${types} .checked=${types === 'order.*'}> ${name}</label>`)}</fieldset>
      <div class="actions span"><button class="button primary" ?disabled=${this.busy}>Add</button><button type="button" class="button" @click=${() => { this.adding = false; }}>Cancel</button></div></form>`;
  }

  shown() {
    return html`<div class="notice notice-warn notice-wrap" role="status" data-testid="secret"><div class="copy-line"><small>The secret of ${this.secret.name}. It is shown once: keep it where that system checks signatures.</small><code>${this.secret.secret}</code>${copyButton(this.secret.secret, () => toast('Copied.'))}</div>
      <button class="button small" @click=${() => { this.secret = null; }}>I have it</button></div>`;
  }

  system(s) {
    const tried = this.tried[s.id];
    return html`<li class="card tile-card" data-testid="system-${s.id}"><div class="card-head"><div><b>${s.name}</b><small class="muted"><code class="reason">${s.url}</code></small></div>${s.needsYou ? stateChip('needs you', 'bad') : s.on ? stateChip(s.failingSince ? 'failing' : 'on', s.failingSince ? 'warn' : 'good') : stateChip('off')}</div>
      ${s.needsYou ? html`<p class="notice notice-bad small-text" role="alert">Switched off ${ago(s.offAt)}. ${s.needsYou}</p>` : nothing}
      ${s.on && s.failingSince ? html`<p class="notice notice-warn small-text">Nothing got through since ${when(s.failingSince)}; after a day it is switched off.</p>` : nothing}
      ${s.oldSecretUntil ? html`<p class="notice small-text">Both secrets sign until ${when(s.oldSecretUntil)}.</p>` : nothing}
      ${tried ? html`<p class="notice ${tried.ok ? '' : 'notice-bad'} small-text" role="status" data-testid="tried-${s.id}">${tried.ok ? `It took the test: ${tried.status} after ${count(tried.millis)} ms.` : `It did not take the test: ${tried.error}.`}</p>` : nothing}
      <p class="small-text">${s.types.join(', ')}. ${s.due ? `${count(s.due)} waiting. ` : ''}${s.failed ? `${count(s.failed)} given up.` : ''}</p>
      <div class="tile-foot"><div class="actions"><button class="button small" ?disabled=${this.busy} @click=${() => this.test(s)}>Send a test</button>
        <button class="button small" aria-expanded=${this.opened === s.id} @click=${() => this.open(s)}>Deliveries</button>
        <button class="button small" ?disabled=${this.busy} @click=${() => this.rotate(s)}>New secret</button>
        <button class="button small" ?disabled=${this.busy} @click=${() => this.flip(s)}>${s.on ? 'Switch off' : 'Switch on'}</button>
        <button class="button small danger" ?disabled=${this.busy} aria-label="Remove ${s.name}" @click=${() => this.remove(s)}>Remove</button></div></div>
      ${this.opened === s.id ? this.deliveries(s) : nothing}</li>`;
  }

  deliveries(s) {
    return html`<form class="form-grid" @submit=${(e) => this.replay(e, s)}><label>Everything since<input type="datetime-local" name="since" required></label><button class="button small" ?disabled=${this.busy}>Tell once more</button></form>
      ${loaded(this.log, ({ items }) => table([
        { title: 'Event', cell: (d) => html`${d.type}<small class="reason">${d.subject}</small>` },
        { title: 'State', cell: (d) => stateChip(...STATES[d.state]) },
        { title: 'Tries', numeric: true, cell: (d) => count(d.attempts) },
        { title: 'Last', cell: (d) => html`<span class="reason">${d.error ?? d.status ?? '–'}</span>` },
        { title: 'Again', cell: (d) => (d.nextAt ? when(d.nextAt) : '–') },
      ], items, { label: `Deliveries to ${s.name}`, testid: 'deliveries' }), empty('Nothing yet', 'It was not told of anything so far.'))}`;
  }

  /** One change at a time; what the hub says of it stands when it is through. */
  async change(work) {
    this.busy = true;
    try {
      await work();
    } catch (failure) {
      failed(failure);
    } finally {
      this.busy = false;
      await this.refresh();
    }
  }

  add(event) {
    event.preventDefault();
    const fields = new FormData(event.target);
    return this.change(async () => {
      this.secret = await post(AT, { name: fields.get('name'), url: fields.get('url'), types: fields.getAll('types') });
      this.adding = false;
    });
  }

  test = (s) => this.change(async () => { this.tried = { ...this.tried, [s.id]: await post(`${at(s)}/test`) }; });

  rotate = (s) => confirm(`A new secret for ${s.name}? The old one signs beside it for a day.`) && this.change(async () => { this.secret = await post(`${at(s)}/secret`); });

  flip = (s) => this.change(() => put(at(s), { on: !s.on }));

  remove = (s) => confirm(`Remove ${s.name}? It is told nothing more.`) && this.change(() => del(at(s)));

  open(s) {
    this.opened = this.opened === s.id ? null : s.id;
    this.log = null;
    if (this.opened) load(this, 'log', get(`${at(s)}/deliveries?limit=${MOST_SHOWN}`));
  }

  replay(event, s) {
    event.preventDefault();
    const since = new Date(new FormData(event.target).get('since')).toISOString();
    return this.change(async () => {
      const { queued, more } = await post(`${at(s)}/replay?since=${encodeURIComponent(since)}`);
      toast(`${count(queued)} deliveries are due again.${more ? ' There is more: once they are through, ask again.' : ''}`);
      await load(this, 'log', get(`${at(s)}/deliveries?limit=${MOST_SHOWN}`));
    });
  }
}

const at = (s) => `${AT}/${encodeURIComponent(s.id)}`;
customElements.define('weir-systems', WeirSystems);
