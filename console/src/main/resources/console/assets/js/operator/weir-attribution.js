// Who earned an order and why: each decision with its evidence and the rules that lost, and other rules tried on old orders.
import { WeirElement, html, nothing } from '../core/element.js';
import { count, isoDay, money, when } from '../core/format.js';
import { get, post } from '../core/api.js';
import { empty, load, loaded, stateChip } from '../ui/parts.js';
import { failed } from '../ui/toast.js';

/** `order` is its id, `showName(showId)` what a show is called. */
export class WeirAttribution extends WeirElement {
  static properties = { order: {}, showName: { attribute: false }, why: { state: true } };

  updated(changed) {
    if (changed.has('order')) load(this, 'why', get(`/api/orders/${encodeURIComponent(this.order)}/attribution`));
  }

  render() {
    return html`<div class="hold-life" data-testid="why">${loaded(this.why, ({ items }) => items.toReversed().map((d) => this.decision(d)), empty('Nothing is known', 'This order has no decision.'))}</div>`;
  }

  decision(d) {
    const evidence = Object.entries(d.evidence).map(([key, value]) => `${key}=${value}`).join(' · ');
    return html`<p><b>${d.winner.showId ? this.showName(d.winner.showId) : 'No show'}</b> by <code>${d.winner.rule}</code>: ${d.reason}
      <small class="reason">${[d.ruleset ? `set ${d.ruleset}` : 'from its hold', d.cause, when(d.decidedAt), evidence].filter(Boolean).join(' · ')}</small>
      ${d.losers.map((l) => html`<small class="reason">lost: ${this.showName(l.showId)} by <code>${l.rule}</code>, ${l.reason}</small>`)}</p>`;
  }
}
customElements.define('weir-attribution', WeirAttribution);

const EVERY_MS = 2000;

/** Tries a set of rules on the last 90 days and tells which orders another show would have earned. */
export class WeirRerun extends WeirElement {
  static properties = { showName: { attribute: false }, rules: { state: true }, run: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    load(this, 'rules', get('/api/attribution'));
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    super.disconnectedCallback();
  }

  render() {
    const { sets = [], inForce } = this.rules?.value ?? {};
    return html`<details class="card"><summary><b>Try other rules on old orders</b> <small class="muted">set ${inForce} is in force; what is booked stays booked</small></summary>
      <div class="actions">${sets.map((set) => html`<button class="button small" data-testid="try-${set.number}" title=${set.rules.map((r) => `${r.name}: ${r.words}`).join('\n')} @click=${() => this.start(set.number)}>Try set ${set.number}: ${set.rules.map((r) => r.name.split('/')[0]).join(', ')}</button>`)}</div>
      ${this.run ? this.progress(this.run) : nothing}</details>`;
  }

  async start(ruleset) {
    const now = Date.now();
    const body = { ruleset, from: `${isoDay(new Date(now - 90 * 86_400_000))}T00:00:00Z`, to: new Date(now).toISOString() };
    try {
      await this.watch((await post('/api/attribution/runs', body)).id);
    } catch (failure) {
      failed(failure);
    }
  }

  async watch(id) {
    this.run = await get(`/api/attribution/runs/${id}`);
    if (!this.run.run.isDone) this.timer = setTimeout(() => this.watch(id).catch(failed), EVERY_MS);
  }

  progress({ run, shifts }) {
    return html`<div class="hold-life" data-testid="run"><p>Set ${run.ruleset}, last 90 days: ${count(run.done)} of ${count(run.total)} judged, ${count(run.changed)} would be another show's ${stateChip(run.isDone ? 'done' : 'running', run.isDone ? 'good' : 'warn')}</p>
      <progress max=${Math.max(1, run.total)} value=${run.isDone ? Math.max(1, run.total) : run.done} aria-label="Orders judged"></progress>
      ${shifts.map((s) => html`<p>${count(s.orders)} orders, ${money(s.total)}: ${this.name(s.fromShow)} → ${this.name(s.toShow)}</p>`)}</div>`;
  }

  name = (show) => (show ? this.showName(show) : 'no show');
}
customElements.define('weir-rerun', WeirRerun);
