// What comments under the show's lives elsewhere buy: by which rules, and what became of each that asked for something.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { ago, channelName } from '../core/format.js';
import { get, post, put } from '../core/api.js';
import { load, loaded, stateChip } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';

const SCOPES = [['OFF', 'Nothing'], ['PINNED', 'What is pinned'], ['SHEET', 'Every product']];
const STATES = { DUE: ['under way', 'idle'], ANSWERED: ['answered', 'good'], SHOWN: ['yours to tell', 'warn'], UNANSWERED: ['yours to tell', 'warn'], REFUSED: ['not held', 'bad'] };
const KEPT = 50;

export class WeirCommentOrders extends WeirElement {
  static properties = { showId: {}, products: { attribute: false }, orders: { state: true }, rules: { state: true }, link: { state: true }, busy: { type: Boolean } };

  willUpdate(changed) {
    if (changed.has('showId') && this.showId) this.refresh();
  }

  get base() {
    return `/api/shows/${encodeURIComponent(this.showId)}/cockpit`;
  }

  /** Also called after a reconnect: the stream may have missed some. */
  refresh = () => Promise.all([load(this, 'orders', get(`${this.base}/comment-orders?limit=${KEPT}`)), load(this, 'rules', get(`${this.base}/comment-sales`))]);

  add(order) {
    const others = (this.orders?.value?.items ?? []).filter((one) => one.id !== order.id);
    this.orders = { value: { items: [order, ...others].sort((a, b) => (a.saidAt < b.saidAt ? 1 : -1)).slice(0, KEPT) } };
  }

  render() {
    return html`<section class="card" aria-labelledby="comments-title" data-testid="comment-orders"><div class="card-head"><h2 id="comments-title">Comments that buy</h2></div>
      ${loaded(this.rules, (rules) => this.form(rules), nothing, this.refresh)}
      ${loaded(this.orders, ({ items }) => html`<ul class="lines sales" aria-live="polite">${items.map((o) => this.order(o))}</ul>`,
        html`<p class="muted small-text">Whoever comments a product's code under a live of yours, and how many, has it held and reads where to pay.</p>`, this.refresh)}</section>`;
  }

  form(rules) {
    return html`<div class="segments" role="group" aria-label="What comments buy">${SCOPES.map(([id, words]) => html`<button type="button" data-testid="scope-${id}" aria-pressed=${String(rules.scope === id)} ?disabled=${this.busy} @click=${() => this.save({ scope: id }, 'Counts from the next comment on.')}>${words}</button>`)}</div>
      ${rules.scope === 'OFF' ? nothing : html`<details class="rules"><summary>Words and limits <small class="muted">at most ${rules.mostUnits} in a comment</small></summary>
        <form class="form-grid" data-testid="words-form" @submit=${(e) => this.submit(e)}><label>Most in one comment<input name="mostUnits" type="number" min="1" max="20" required .value=${String(rules.mostUnits)} data-testid="most-units"></label>
          ${(this.products ?? []).map((p) => html`<label>${p.title}<input name="word-${p.sku}" maxlength="30" placeholder=${p.sku} .value=${rules.keywords[p.sku] ?? ''} autocomplete="off" data-testid="word-${p.sku}"></label>`)}
          <div class="actions span"><button class="button primary" data-testid="save-words" ?disabled=${this.busy}>Save words</button></div></form></details>`}`;
  }

  order(o) {
    const [words, kind] = STATES[o.state] ?? [o.state, 'idle'];
    const canTell = (o.state === 'SHOWN' || o.state === 'UNANSWERED') && o.heldUntil && Date.parse(o.heldUntil) > Date.now();
    return html`<li data-testid="comment-order-${o.id}"><span><b>${o.author}</b> ${o.quantity} × <span class="mono">${o.sku}</span>
      <small class="muted">${channelName(o.channel)} · ${ago(o.saidAt)}${o.reason ? ` · ${o.reason}` : ''}</small>
      ${this.link?.id === o.id ? html`<input readonly class="mono" aria-label="Link for ${o.author}" data-testid="order-link" .value=${this.link.href} @focus=${(e) => e.target.select()}>` : nothing}</span>
      <span class="order-end">${stateChip(words, kind)}${canTell ? html`<button type="button" class="button small" data-testid="link-${o.id}" ?disabled=${this.busy} @click=${() => this.ask(o)}>${icon('copy')} Link</button>` : nothing}</span></li>`;
  }

  submit(event) {
    event.preventDefault();
    const fields = [...new FormData(event.target)];
    const keywords = Object.fromEntries(fields.filter(([name, word]) => name.startsWith('word-') && word.trim()).map(([name, word]) => [name.slice(5), word.trim()]));
    return this.save({ mostUnits: Number(event.target.elements.mostUnits.value), keywords }, 'Words saved.');
  }

  save = (change, said) => this.doing(async () => {
    this.rules = { value: await put(`${this.base}/comment-sales`, change) };
    toast(said);
  });

  /** The link holds the hold's secret, so it is asked for when somebody wants it, for one buyer. */
  ask = (order) => this.doing(async () => {
    const { link } = await post(`${this.base}/comment-orders/${encodeURIComponent(order.id)}/link`);
    this.link = { id: order.id, href: link };
    await navigator.clipboard?.writeText(link).catch(() => undefined);
    toast(`Send it to ${order.author} alone.`);
  });

  async doing(what) {
    this.busy = true;
    try {
      await what();
    } catch (failure) {
      failed(failure);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('weir-comment-orders', WeirCommentOrders);
