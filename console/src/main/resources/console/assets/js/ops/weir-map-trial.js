// Trying a map on a payload: a delivery that came in, or a pasted one. What it writes, what is wrong with it, what is otherwise than now.
import { WeirElement, html, nothing } from '../core/element.js';
import { ago, count } from '../core/format.js';
import { get, send } from '../core/api.js';
import { parseExactly, pretty } from '../core/exact.js';
import { load, stateChip, table } from '../ui/parts.js';
import { failed } from '../ui/toast.js';

const DELIVERIES = 100;

/** `source` is what is tried, null for the map in force; `delivery` the id of one whose body it begins with, or empty; tells `weir-tried` with `{ok, source}`. */
export class WeirMapTrial extends WeirElement {
  static properties = { path: { type: String }, channel: { type: String }, name: { type: String }, delivery: { type: String }, source: {}, deliveries: { state: true }, payload: { state: true }, bad: { state: true }, outcome: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.payload = '';
  }

  willUpdate(changed) {
    if (changed.has('path')) {
      this.outcome = null;
      this.bad = '';
    }
  }

  updated(changed) {
    if (changed.has('channel')) load(this, 'deliveries', get(`/api/webhooks?limit=${DELIVERIES}`));
    if (changed.has('delivery')) this.take(this.delivery);
  }

  render() {
    const recent = (this.deliveries?.value?.items ?? []).filter((w) => w.channel === this.channel);
    return html`<section class="card" aria-labelledby="trial-title"><div class="card-head"><h2 id="trial-title">Try it</h2></div>
      <p class="small-text muted">Nothing is stored. The payload is what the map is given: the first lines of the map say what that is.</p>
      ${recent.length ? html`<label>A delivery that came in<select data-testid="delivery" @change=${(e) => this.take(e.target.value)}><option value="">Choose one…</option>${recent.map((w) => html`<option value=${w.id} ?selected=${w.id === this.delivery}>${w.topic}, ${w.state.toLowerCase()}, ${ago(w.receivedAt)}</option>`)}</select></label>`
        : this.deliveries?.value ? html`<p class="small-text muted">This channel has delivered nothing yet: paste a payload.</p>` : nothing}
      <label>Payload, JSON<textarea class="code payload" spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off" .value=${this.payload} aria-invalid=${this.bad ? 'true' : nothing} aria-describedby=${this.bad ? 'bad-payload' : nothing} @input=${(e) => { this.payload = e.target.value; }} data-testid="payload"></textarea></label>
      ${this.bad ? html`<p class="field-bad" id="bad-payload" role="alert">${this.bad}</p>` : nothing}
      <div class="actions"><button class="button primary" ?disabled=${this.busy} @click=${() => this.run()} data-testid="try">${this.busy ? html`<span class="spinner" aria-hidden="true"></span> ` : nothing}${this.source === null ? 'Try the map in force' : 'Try what I wrote'}</button></div>
      <div aria-live="polite" class="stack">${this.outcome ? this.said(this.outcome) : nothing}</div></section>`;
  }

  async take(id) {
    if (!id) return;
    try {
      const delivery = await get(`/api/webhooks/${encodeURIComponent(id)}`);
      this.payload = pretty(delivery.body);
      this.bad = '';
      this.outcome = null;
    } catch (failure) {
      failed(failure);
    }
  }

  async run() {
    this.bad = '';
    this.outcome = null;
    try {
      JSON.parse(this.payload);
    } catch (broken) {
      this.bad = this.payload.trim() ? `payload: ${broken.message}` : 'payload: empty (expected: JSON; choose a delivery or paste one)';
      return;
    }
    this.busy = true;
    try {
      const source = this.source;
      // As it was entered: to parse and print it again would round large ids.
      const body = `{"payload":${this.payload}${source === null ? '' : `,"source":${JSON.stringify(source)}`}}`;
      const answer = await send(`${this.path}/test`, { method: 'POST', text: body });
      this.outcome = { ...parseExactly(await answer.text()), isOwn: source !== null };
      this.tell('weir-tried', { ok: this.outcome.ok, source });
    } catch (failure) {
      if (failure.status === 422 || failure.status === 413) this.bad = failure.text;
      else failed(failure);
    } finally {
      this.busy = false;
    }
  }

  said(t) {
    return html`<div class="card-head" data-testid="trial-verdict"><b>${t.ok ? 'It would be taken.' : 'It would not be taken.'}</b>${stateChip(t.ok ? 'ok' : 'refused', t.ok ? 'good' : 'bad')}</div>
      ${t.refusal ? html`<p class="notice notice-bad small-text" data-testid="trial-refusal">${t.refusal}</p>` : nothing}
      ${t.faults?.length ? table([
        { title: 'Field', cell: (f) => html`<span class="mono">${f.field}</span>` },
        { title: 'Value', cell: (f) => html`<span class="was">${f.value}</span>` },
        { title: 'Expected', cell: (f) => f.expected },
      ], t.faults, { label: 'What is wrong', testid: 'trial-faults' }) : nothing}
      ${t.unread?.length ? html`<p class="small-text muted">Nobody reads: <span class="mono">${t.unread.join(', ')}</span></p>` : nothing}
      ${this.differences(t)}
      ${t.result === null || t.result === undefined ? nothing : html`<details class="fold-list" ?open=${!t.differences?.length}><summary>What it writes</summary><pre tabindex="0" data-testid="trial-result">${JSON.stringify(t.result, null, 2)}</pre></details>`}`;
  }

  differences({ differences, isOwn }) {
    if (!differences) return nothing;
    const than = isOwn ? 'the map in force' : 'the default';
    if (!differences.length) return html`<p class="small-text muted" data-testid="trial-same">Writes the same as ${than}.</p>`;
    return html`<h3>${count(differences.length)} ${differences.length === 1 ? 'field' : 'fields'} otherwise than by ${than}</h3>${table([
      { title: 'Field', cell: (d) => html`<span class="mono">${d.field || 'the whole'}</span>` },
      { title: 'Before', cell: (d) => html`<span class="was">${shown(d.before)}</span>` },
      { title: 'After', cell: (d) => html`<span class="is">${shown(d.after)}</span>` },
    ], differences, { label: 'Differences', testid: 'trial-differences' })}`;
  }
}

const shown = (value) => (value === null || value === undefined ? 'nothing' : JSON.stringify(value));
customElements.define('weir-map-trial', WeirMapTrial);
