// One delivery, repaired: a copy of its body is edited, tried, and handled in the body's place; what came is kept.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { count, when } from '../core/format.js';
import { get, post } from '../core/api.js';
import { skeleton, stateChip, table } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';

/** `delivery` is its id; tells `weir-repaired`, and `weir-closed` when it was left as it is. */
export class WeirRepair extends WeirElement {
  static properties = { delivery: { type: String }, found: { state: true }, copy: { state: true }, trial: { state: true }, bad: { state: true }, busy: { state: true } };

  async firstUpdated() {
    this.querySelector('dialog').showModal();
    try {
      this.found = await get(`/api/webhooks/${encodeURIComponent(this.delivery)}`);
      // As it came, or as the last one left it: to print it anew would round large ids.
      this.copy = this.found.repairs?.[0]?.body ?? this.found.body;
    } catch (failure) {
      failed(failure);
      this.tell('weir-closed');
    }
  }

  get path() {
    return `/api/webhooks/${encodeURIComponent(this.delivery)}/repair`;
  }

  edit(text) {
    this.copy = text;
    this.trial = null;
    this.bad = '';
  }

  try = () => this.asking(async () => {
    const tried = this.copy;
    const trial = await post(`${this.path}/test`, { body: tried });
    if (tried === this.copy) this.trial = trial;
  });

  send(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    return this.asking(async () => {
      await post(this.path, { body: this.copy, by: form.get('by') || null, note: form.get('note') || null, basedOn: this.found.repairs?.length ?? 0 });
      toast('The copy is handled in its place.');
      this.tell('weir-repaired');
    });
  }

  async asking(request) {
    this.busy = true;
    this.bad = '';
    try {
      await request();
    } catch (failure) {
      if ([409, 413, 422].includes(failure.status)) this.bad = failure.text;
      else failed(failure);
    } finally {
      this.busy = false;
    }
  }

  render() {
    return html`<dialog class="sheet-dialog" aria-labelledby="repair-title" @close=${() => this.tell('weir-closed')}><div class="card-head"><h2 id="repair-title">Repair a copy</h2><button class="icon-button" aria-label="Close" @click=${(e) => e.target.closest('dialog').close()}>${icon('close')}</button></div>
      ${this.found ? this.form(this.found) : skeleton()}</dialog>`;
  }

  form(w) {
    const isCut = w.size > new TextEncoder().encode(w.body).length;
    return html`<p class="muted small-text">What the platform sent is kept. The copy is handled under the same key, so what the delivery has done already is not done twice.</p>
      <p class="notice" data-testid="repair-reason">${w.reason}</p>${this.earlier(w.repairs ?? [])}
      ${isCut ? html`<p class="notice notice-bad">Only a part of this body can be shown, so it cannot be repaired here. Mend its map and replay it.</p>` : html`
      <label>Copy<textarea class="mono" rows="12" spellcheck="false" data-testid="repair-copy" .value=${this.copy} @input=${(e) => this.edit(e.target.value)}></textarea></label>
      <div class="actions"><button class="button" ?disabled=${this.busy || !this.copy} data-testid="repair-try" @click=${this.try}>Try the copy</button></div>
      <div aria-live="polite" class="stack">${this.bad ? html`<p class="notice notice-bad" data-testid="repair-bad">${this.bad}</p>` : nothing}${this.trial ? this.said(this.trial) : nothing}</div>
      ${this.trial?.ok ? html`<form class="stack" @submit=${(e) => this.send(e)}><div class="filters"><label>Your name<input name="by" maxlength="80" autocomplete="name"></label><label>Why<input name="note" maxlength="500" required></label></div>
        <button class="button primary" ?disabled=${this.busy} data-testid="repair-send">Handle the copy</button></form>` : nothing}`}`;
  }

  earlier = (repairs) => (repairs.length ? html`<p class="small-text muted" data-testid="repair-earlier">Repaired ${count(repairs.length)} times before, last by ${repairs[0].by}, ${when(repairs[0].at)}${repairs[0].note ? `: ${repairs[0].note}` : ''}.</p>` : nothing);

  said(t) {
    return html`<div class="card-head" data-testid="repair-verdict"><b>${t.ok ? 'It can be read.' : 'It cannot be read.'}</b>${stateChip(t.ok ? 'ok' : 'refused', t.ok ? 'good' : 'bad')}</div>
      ${t.refusal ? html`<p class="notice notice-bad small-text">${t.refusal}</p>` : nothing}
      ${t.differences.length ? html`<h3>${count(t.differences.length)} ${t.differences.length === 1 ? 'field' : 'fields'} read otherwise</h3>${table([
        { title: 'Field', cell: (d) => html`<span class="mono">${d.field || 'the whole'}</span>` },
        { title: 'Before', cell: (d) => html`<span class="was">${shown(d.before)}</span>` },
        { title: 'After', cell: (d) => html`<span class="is">${shown(d.after)}</span>` },
      ], t.differences, { label: 'Differences', testid: 'repair-differences' })}` : html`<p class="small-text muted">It says the same as before.</p>`}`;
  }
}

const shown = (value) => (value === null || value === undefined ? 'nothing' : JSON.stringify(value));
customElements.define('weir-repair', WeirRepair);
