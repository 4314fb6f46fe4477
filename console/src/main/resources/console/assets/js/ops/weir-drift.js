// What the shops show otherwise than we expect: since when, worth how much, why, and what can be done about each.
import { html, nothing, polling } from '../core/element.js';
import { ago, channelName, count, money, readable, when } from '../core/format.js';
import { get, post, withQuery } from '../core/api.js';
import { empty, load, loaded, stateChip } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';
import { causeOf, modeOf, phaseOf, stateOf } from './drift-words.js';

const EVERY_MS = 3000;
const PAGE = 50;
const FILTERS = [['', 'Now'], ['ASKS', 'Waits for you'], ['HEALED', 'Healed']];
const UNDER_WAY = ['WAITING', 'RUNNING'];

export class WeirDrift extends polling(EVERY_MS) {
  static properties = { drift: { state: true }, shown: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.shown = '';
  }

  async refresh() {
    // Who has turned to older pages is not thrown back to the first.
    if (this.isOlder) return;
    const { shown } = this;
    const slot = {};
    await load(slot, 'drift', this.ask());
    if (shown === this.shown && !this.isOlder) this.drift = slot.drift;
  }

  ask = (cursor) => get(withQuery('/api/drift', { state: this.shown, cursor, limit: PAGE }));

  show(state) {
    this.shown = state;
    this.isOlder = false;
    this.drift = null;
    this.refresh();
  }

  async older() {
    try {
      const next = await this.ask(this.drift.value.nextCursor);
      this.isOlder = true;
      this.drift = { value: { ...next, items: [...this.drift.value.items, ...next.items] } };
    } catch (failure) {
      failed(failure);
    }
  }

  render() {
    return html`<section class="stack"><p class="muted">Every shop that tells its numbers is compared with ours by schedule. What is healed can be taken back.</p>
      ${loaded(this.drift && { ...this.drift, value: this.drift.value && [this.drift.value] }, ([d]) => this.page(d), nothing, () => this.refresh())}</section>`;
  }

  page(d) {
    const shops = new Map(d.shops.map((s) => [s.id, s]));
    return html`${this.figures(d.sums)}${this.compare(d.shops.filter((s) => s.isComparable))}${this.runs(d.runs, shops)}
      <section class="card" aria-labelledby="drift-title"><div class="card-head"><h2 id="drift-title">Differences</h2><div class="segments" role="group" aria-label="Which differences">${FILTERS.map(([id, name]) => html`<button data-testid="drift-${id || 'NOW'}" aria-pressed=${String(id === this.shown)} @click=${() => this.show(id)}>${name}</button>`)}</div></div>
        ${d.items.length ? html`<ul class="lines drift-lines" data-testid="drifts">${d.items.map((e) => this.line(e, shops.get(e.connectionId)))}</ul>` : this.none()}
        ${d.nextCursor ? html`<button class="button more" @click=${() => this.older()}>Older</button>` : nothing}</section>`;
  }

  none() {
    if (this.shown === 'HEALED') return empty('Nothing was healed yet', 'What is healed stays here, with what it was before.');
    if (this.shown === 'ASKS') return empty('Nothing waits for you', 'What is above the limits, or cannot be told apart from a sale, comes here.');
    return empty('Nothing differs', 'Every shop showed what we expect when it was compared last.');
  }

  figures(sums) {
    const alive = sums.reduce((all, s) => all + s.count, 0);
    const asks = sums.filter((s) => s.state === 'ASKS').reduce((all, s) => all + s.count, 0);
    const worth = sums.filter((s) => s.worth).sort((a, b) => b.count - a.count);
    return html`<div class="figures" data-testid="drift-figures"><div class="figure"><span>Differ now</span><b>${count(alive)}</b></div><div class="figure"><span>Wait for you</span><b>${count(asks)}</b></div>
      ${worth.slice(0, 2).map((s) => html`<div class="figure"><span>${causeOf(s.cause)[0]}, worth</span><b>${money(s.worth)}</b></div>`)}</div>`;
  }

  compare(shops) {
    if (!shops.length) return html`<div class="card">${empty('No shop to compare', 'Connect a shop that tells its numbers.')}</div>`;
    return html`<form class="card" data-testid="compare" @submit=${(e) => this.begin(e)}><label>Shop<select name="connectionId">${shops.map((s) => html`<option value=${s.id}>${s.name} (${channelName(s.channel)})</option>`)}</select></label>
      <label class="check"><input type="checkbox" name="listings"> Its listings too; that takes as long as its catalogue is large</label>
      <div class="actions"><button class="button primary" name="mode" value="HEAL" ?disabled=${this.busy} data-testid="compare-heal">Compare and heal</button><button class="button" name="mode" value="REPORT" ?disabled=${this.busy} data-testid="compare-report">Only look</button></div></form>`;
  }

  begin(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    return this.run({ connectionId: form.get('connectionId'), mode: event.submitter?.value ?? 'HEAL', listings: form.get('listings') === 'on' });
  }

  force(run) {
    if (!confirm(`${run.heldBack}. Write our numbers over all of them?`)) return undefined;
    return this.run({ connectionId: run.connectionId, mode: 'HEAL', force: true });
  }

  run = (body) => this.change(() => post('/api/drift/runs', body), 'Asked for. It begins in a moment.');

  /** Those under way, and of each shop the last one where it has something to say. */
  runs(runs, shops) {
    const last = [...new Map([...runs].reverse().map((r) => [r.connectionId, r])).values()];
    return last.map((r) => {
      const name = shops.get(r.connectionId)?.name ?? 'A shop that is gone';
      if (UNDER_WAY.includes(r.state)) {
        return html`<p class="notice" role="status" data-testid="run-${r.id}"><span><span class="spinner" aria-hidden="true"></span> <b>${name}</b>: ${phaseOf(r)}, ${count(r.skus)} SKUs so far, ${count(r.found)} differ.${r.trouble ? html` <span class="bad">${r.trouble}. It is tried again.</span>` : nothing}</span></p>`;
      }
      if (r.state === 'FAILED') return html`<p class="notice notice-bad" data-testid="run-${r.id}"><span><b>${name}</b> could not be compared: ${r.trouble}</span></p>`;
      if (r.heldBack) return html`<p class="notice notice-warn" data-testid="run-${r.id}"><span><b>${name}</b>: ${r.heldBack}. Nothing was written.</span><button class="button small" ?disabled=${this.busy} data-testid="force-${r.id}" @click=${() => this.force(r)}>Heal all the same</button></p>`;
      return html`<p class="small-text muted" data-testid="run-${r.id}">${name} was ${modeOf(r.mode)} <span title=${when(r.endedAt)}>${ago(r.endedAt)}</span>: ${count(r.skus)} SKUs, ${count(r.found)} differed.</p>`;
    });
  }

  line(e, shop) {
    const [cause, kind] = causeOf(e.cause);
    const isStock = e.kind === 'STOCK';
    const isHealable = isStock && ['OPEN', 'ASKS', 'REVERTED'].includes(e.state);
    const isUndoable = isStock && e.state === 'HEALED' && e.heal && !e.heal.undoneAt;
    return html`<li data-testid="drift-${e.id}"><span><b class="mono">${e.kind === 'ORDER' ? `Order ${e.subject}` : e.subject}</b> ${stateChip(cause, kind)}
        <span class="drift-numbers">${isStock ? html`expected <b>${e.expected}</b>, shows <b>${e.seen}</b>` : html`expected ${e.expected}, shows ${e.seen}`}${e.worth ? html`, worth <b>${money(e.worth)}</b>` : nothing}</span>
        <small class="muted">${shop?.name ?? 'A shop that is gone'} · since <span title=${when(e.since)}>${ago(e.since)}</span>${e.times > 1 ? `, seen ${count(e.times)} times` : ''} · ${stateOf(e.state)}${e.heal ? html`: ${e.heal.before} → ${e.heal.after} by ${e.heal.by}${e.heal.undoneBy ? `, taken back by ${e.heal.undoneBy}` : ''}` : nothing}</small>
        <small>${readable(e.words)}</small></span>
      <span class="actions">${isHealable ? html`<button class="button small" ?disabled=${this.busy} aria-label="Write ${e.expected} for ${e.subject}" data-testid="heal-${e.id}" @click=${() => this.decide(e, 'heal')}>Write ${e.expected}</button>` : nothing}
        ${isUndoable ? html`<button class="button small" ?disabled=${this.busy} aria-label="Undo ${e.subject}" data-testid="undo-${e.id}" @click=${() => this.decide(e, 'undo')}>Undo</button>` : nothing}</span></li>`;
  }

  decide = (e, what) => this.change(() => post(`/api/drift/${encodeURIComponent(e.id)}/${what}`), what === 'heal' ? `${e.subject} is ${e.expected} again.` : `${e.subject} is what it was at the shop.`);

  async change(request, words) {
    this.busy = true;
    try {
      await request();
      toast(words);
    } catch (failure) {
      failed(failure);
    } finally {
      this.busy = false;
      this.isOlder = false;
      this.refresh();
    }
  }
}
customElements.define('weir-drift', WeirDrift);
