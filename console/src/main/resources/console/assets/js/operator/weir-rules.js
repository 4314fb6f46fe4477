// The rules by which one product is sold: in a hot drop, and before it is on hand.
import { WeirElement, html, nothing } from '../core/element.js';
import { count, day } from '../core/format.js';
import { get, put } from '../core/api.js';
import { load, problemNote } from '../ui/parts.js';
import { complaints, numbersOf, said, unitsField } from './fields.js';

const FIELDS = ['preOrder', 'shipsFrom', 'buyerCap', 'payingPercent'];

/** `path` is that of the product; tells `weir-changed` with what takes the change back. */
export class WeirRules extends WeirElement {
  static properties = { path: {}, rules: { state: true }, bad: { state: true }, busy: { state: true }, fair: { state: true } };

  updated(changed) {
    if (changed.has('path')) this.refresh();
  }

  async refresh() {
    await load(this, 'rules', get(`${this.path}/rules`, { optional: true }));
    this.fair = this.rules.value?.fair;
  }

  render() {
    if (this.rules?.problem?.status === 404) return html`<p class="small-text muted">A bundle has the rules of its parts.</p>`;
    if (this.rules?.problem) return problemNote(this.rules.problem, () => this.refresh());
    const r = this.rules?.value;
    return r ? html`<details class="rules" data-testid="rules"><summary><b>Pre-order and fairness</b> <small class="muted">${this.words(r)}</small></summary>${this.form(r)}</details>` : nothing;
  }

  words(r) {
    const words = [];
    if (r.preOrder) words.push(`${count(r.preOrder)} to pre-order${r.shipsFrom ? `, sent from ${day(r.shipsFrom)}` : ''}`);
    if (r.buyerCap) words.push(`${count(r.buyerCap)} a buyer`);
    if (r.fair) words.push(`waitlist, ${r.payingPercent} % in payment`);
    return words.join(' · ') || 'everyone may have everything that is there';
  }

  form(r) {
    return html`<form class="form-grid" novalidate data-testid="rules-form" @submit=${(e) => this.save(e)}>
      ${unitsField('To pre-order', 'preOrder', { value: r.preOrder, hint: 'Units to promise beyond what is on hand' }, this.bad)}
      <label>Sent from<input name="shipsFrom" type="date" .value=${r.shipsFrom ?? ''} aria-invalid=${this.bad?.shipsFrom ? 'true' : nothing}><span class="hint">Told to whoever buys one</span>${said(this.bad, 'shipsFrom')}</label>
      ${unitsField('Most a buyer may have', 'buyerCap', { value: r.buyerCap, least: 1, optional: true, hint: 'In one show; empty for no cap' }, this.bad)}
      <label class="check"><input type="checkbox" name="buyerNeeded" .checked=${r.buyerNeeded}>Refuse buyers who do not say who they are</label>
      <label class="check"><input type="checkbox" name="fair" .checked=${r.fair} data-testid="fair" @change=${(e) => { this.fair = e.target.checked; }}>Hot drop: buyers wait in line when it is sold out</label>
      ${unitsField('Share in payment, %', 'payingPercent', { value: r.payingPercent, least: 1, most: 100, disabled: !this.fair, hint: 'Of what is there, at once, in a hot drop' }, this.bad)}
      ${said(this.bad, '')}<div class="actions span"><button class="button primary" data-testid="save-rules" ?disabled=${this.busy}>Save rules</button></div></form>`;
  }

  async save(event) {
    event.preventDefault();
    const before = this.rules.value;
    const { fair, buyerNeeded, ...rest } = numbersOf(event.target);
    const body = { payingPercent: before.payingPercent, ...rest, fair: fair === 'on', buyerNeeded: buyerNeeded === 'on' };
    this.busy = true;
    try {
      this.rules = { value: await put(`${this.path}/rules`, body) };
      this.bad = null;
      this.tell('weir-changed', { words: `Rules saved: ${this.words(this.rules.value)}.`, back: [[`${this.path}/rules`, before]] });
    } catch (failure) {
      this.bad = complaints(failure, FIELDS);
      await this.updateComplete;
      this.querySelector('[aria-invalid=true]')?.focus();
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('weir-rules', WeirRules);
