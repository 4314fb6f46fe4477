// Sales that a channel made beyond its units: what can be done about each, best first, and what was decided.
import { html, nothing, polling } from '../core/element.js';
import { ago, channelName, count, when } from '../core/format.js';
import { get, post } from '../core/api.js';
import { empty, load, loaded, stateChip } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';

const EVERY_MS = 4000;
const PAGE = 50;
const STATES = [['OPEN', 'Open'], ['RESOLVED', 'Decided']];

/** For each remedy its name, and what will happen: said before it does. */
const REMEDIES = {
  OTHER_ALLOCATION: {
    name: (o) => `Take units from ${channelName(o.from)}`,
    then: (o, c) => `${channelName(o.from)} is told ${missing(c)} fewer. When it has confirmed that, and its orders under way are in, the units go to this order.`,
  },
  WAITLIST: { name: () => 'Wait for a hold to lapse', then: () => 'The order waits. It gets the first units that buyers in the show let go of.' },
  BACKORDER: { name: () => 'Wait for new goods', then: () => 'The order waits. It is supplied as soon as enough units are on hand.' },
  CANCEL_ON_CHANNEL: { name: (o, c) => `Cancel on ${channelName(c.channel)}`, then: (o, c) => `The order on ${channelName(c.channel)} is to be called off, and its buyer gets the money back there. This cannot be taken back.` },
  SETTLED: { name: () => 'Nothing left to do', then: () => '' },
};

const missing = (c) => c.lines.map((l) => `${count(l.asked - l.available)} of ${l.sku}`).join(' and ');
const nameOf = (option, c) => REMEDIES[option.remedy]?.name(option, c) ?? option.remedy.toLowerCase().replaceAll('_', ' ');

/** Tells `weir-cases` with how many are open. */
export class WeirShortfalls extends polling(EVERY_MS) {
  static properties = { cases: { state: true }, shown: { state: true }, choice: { state: true }, busy: { state: true }, bad: { state: true } };

  constructor() {
    super();
    this.shown = 'OPEN';
  }

  async refresh() {
    const { shown } = this;
    const slot = {};
    await load(slot, 'cases', get(`/api/shortfalls?state=${shown}&limit=${PAGE}`));
    if (shown !== this.shown) return;
    this.cases = slot.cases;
    if (shown === 'OPEN' && this.cases.value) this.tell('weir-cases', this.cases.value.items.length);
  }

  show(state) {
    this.shown = state;
    this.cases = null;
    this.refresh();
  }

  render() {
    const none = this.shown === 'OPEN' ? empty('No open cases', 'A case opens when a channel sells more than it was given. Channels with units of their own rarely do.', html`<a class="button" href="#stock">Give a channel its own units</a>`) : empty('Nothing decided yet', 'Cases stay here once somebody has decided them.');
    return html`<section class="stack"><div class="card-head"><h2>Shortfalls</h2><div class="segments" role="group" aria-label="Which cases">${STATES.map(([id, name]) => html`<button data-testid="cases-${id}" aria-pressed=${String(id === this.shown)} @click=${() => this.show(id)}>${name}</button>`)}</div></div>
      ${loaded(this.cases, ({ items }) => html`<ul class="stack" data-testid="cases">${items.map((c) => this.card(c))}</ul>${items.length === PAGE ? html`<p class="muted small-text">The first ${PAGE} are shown.</p>` : nothing}`, html`<div class="card">${none}</div>`, () => this.refresh())}
      ${this.choice ? this.confirmation(this.choice) : nothing}</section>`;
  }

  card(c) {
    const order = c.cause.startsWith('order/') ? html`order <code>${c.cause.slice(6)}</code>` : html`<code>${c.cause}</code>`;
    return html`<li class="card" data-testid="case-${c.cause}"><div class="card-head"><div><b>${channelName(c.channel)} sold more than was there</b><small class="reason">${order} · <span title=${when(c.openedAt)}>${ago(c.openedAt)}</span></small></div>${stateChip(c.state, c.state === 'RESOLVED' ? 'good' : 'warn')}</div>
      <ul class="lines">${c.lines.map((l) => html`<li><a class="mono" href="#stock/${encodeURIComponent(l.sku)}">${l.sku}</a><span>${count(l.asked)} sold, ${count(l.available)} there, <b class="bad">${count(l.asked - l.available)} missing</b></span></li>`)}</ul>
      ${c.resolution ? this.decided(c) : this.remedies(c)}</li>`;
  }

  remedies = (c) => html`<ol class="remedies">${c.remedies.map((option, i) => html`<li><button class="button ${i === 0 ? 'primary' : ''} ${option.remedy === 'CANCEL_ON_CHANNEL' ? 'danger' : ''}" data-testid="remedy-${option.remedy}" @click=${() => this.choose(c, option)}>${nameOf(option, c)}</button>${i === 0 ? html`<small class="muted">suggested</small>` : nothing}</li>`)}</ol>`;

  decided(c) {
    const { chosen, by, note, at } = c.resolution;
    return html`<p data-testid="decided"><b>${nameOf(chosen, c)}</b> <small class="reason">${by}, ${when(at)}${note ? html`: <q>${note}</q>` : nothing}</small></p>`;
  }

  async choose(c, option) {
    this.bad = null;
    this.choice = { c, option };
    await this.updateComplete;
    this.querySelector('dialog').showModal();
  }

  confirmation({ c, option }) {
    const { then } = REMEDIES[option.remedy] ?? {};
    return html`<dialog class="sheet-dialog" aria-labelledby="remedy-title" @close=${() => { this.choice = null; }}><form class="stack" data-testid="confirm-remedy" @submit=${(e) => this.decide(e)}>
      <h2 id="remedy-title">${nameOf(option, c)}?</h2><p>${missing(c)} ${c.lines.length > 1 ? 'are' : 'is'} missing for ${c.cause}. ${then?.(option, c)}</p>
      <label>Your name (optional)<input name="by" maxlength="80" autocomplete="name"></label>
      <label>Note for later (optional)<input name="note" maxlength="500" autocomplete="off"></label>
      ${this.bad ? html`<p class="notice notice-bad" role="alert">${this.bad}</p>` : nothing}
      <div class="actions"><button class="button primary" data-testid="confirm" ?disabled=${this.busy}>${nameOf(option, c)}</button><button type="button" class="button" @click=${(e) => e.target.closest('dialog').close()}>Not now</button></div></form></dialog>`;
  }

  async decide(event) {
    event.preventDefault();
    const { c, option } = this.choice;
    const dialog = event.target.closest('dialog');
    const signed = Object.fromEntries([...new FormData(event.target)].map(([k, v]) => [k, v.trim()]).filter(([, v]) => v));
    this.busy = true;
    try {
      await post('/api/shortfalls/decisions', { cause: c.cause, remedy: option.remedy, ...(option.from ? { from: option.from } : {}), ...signed });
      dialog.close();
      toast(`Decided: ${nameOf(option, c)}.`);
    } catch (failure) {
      if (failure.status === 401) failed(failure);
      this.bad = failure.text ?? String(failure);
    } finally {
      this.busy = false;
      this.refresh();
    }
  }
}
customElements.define('weir-shortfalls', WeirShortfalls);
