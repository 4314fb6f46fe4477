// Who did what when: routes, maps, connections, replays, heals and systems, newest first, found by act and by text.
import { WeirElement, html, nothing } from '../core/element.js';
import { ago, when } from '../core/format.js';
import { get, withQuery } from '../core/api.js';
import { empty, load, loaded } from '../ui/parts.js';
import { failed } from '../ui/toast.js';
import { placeOf, wordsOf } from './audit-words.js';

const PAGE = 50;
const TYPED_MS = 300;

/** `linked`: the page around it has the places that the subjects are seen at. */
export class WeirAudit extends WeirElement {
  static properties = { linked: { type: Boolean }, audit: { state: true }, act: { state: true }, text: { state: true }, acts: { state: true } };

  constructor() {
    super();
    this.act = '';
    this.text = '';
    this.acts = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
  }

  disconnectedCallback() {
    clearTimeout(this.typing);
    super.disconnectedCallback();
  }

  ask = (after) => get(withQuery('/api/audit', { act: this.act, q: this.text, after, limit: PAGE }));

  async refresh() {
    this.audit = null;
    const { act, text } = this;
    const slot = {};
    await load(slot, 'audit', this.ask());
    if (act !== this.act || text !== this.text) return;
    this.audit = slot.audit;
    this.acts = this.audit.value?.acts ?? this.acts;
  }

  find(text) {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      this.text = text.trim();
      this.refresh();
    }, TYPED_MS);
  }

  async older() {
    try {
      const next = await this.ask(this.audit.value.nextCursor);
      this.audit = { value: { ...next, items: [...this.audit.value.items, ...next.items] } };
    } catch (failure) {
      failed(failure);
    }
  }

  render() {
    return html`<section class="card" aria-labelledby="audit-title"><div class="card-head"><h2 id="audit-title">Who did what</h2><button class="button small" @click=${() => this.refresh()} data-testid="audit-refresh">Refresh</button></div>
      <div class="filters"><label>What<select data-testid="audit-act" @change=${(e) => { this.act = e.target.value; this.refresh(); }}><option value="">Everything</option>${this.acts.map((a) => html`<option value=${a} ?selected=${a === this.act}>${wordsOf(a)}</option>`)}</select></label>
        <label class="search">Find<input type="search" maxlength="100" placeholder="Route, shop, person" autocomplete="off" spellcheck="false" data-testid="audit-find" @input=${(e) => this.find(e.target.value)}></label></div>
      <div aria-live="polite">${loaded(this.audit, (a) => this.lines(a), this.none(), () => this.refresh())}</div></section>`;
  }

  none = () => (this.act || this.text ? empty('None found', 'Nobody did that, or not with these words.') : empty('Nothing was done yet', 'Who changes a route, a map or a connection, or replays something, is named here.'));

  lines({ items, nextCursor }) {
    return html`<ul class="lines audit-lines" data-testid="audit">${items.map((a) => this.line(a))}</ul>${nextCursor ? html`<button class="button more" @click=${() => this.older()} data-testid="audit-older">Older</button>` : nothing}`;
  }

  line(a) {
    const place = this.linked ? placeOf(a) : null;
    return html`<li><span><b>${a.by}</b> ${wordsOf(a.act)}${a.words ? html`<small>${a.words}</small>` : nothing}<small class="mono">${place ? html`<a href=${place}>${a.subject}</a>` : html`<span class="muted">${a.subject}</span>`}</small></span><time class="muted small-text" datetime=${a.at} title=${when(a.at)}>${ago(a.at)}</time></li>`;
  }
}
customElements.define('weir-audit', WeirAudit);
