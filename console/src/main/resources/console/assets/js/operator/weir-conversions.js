// Purchases that a platform would not have: why, and to try again. Nothing is shown while all were taken.
import { WeirElement, html, nothing } from '../core/element.js';
import { when } from '../core/format.js';
import { get, post } from '../core/api.js';
import { load, table } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';

export class WeirConversions extends WeirElement {
  static properties = { parked: { state: true }, shops: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
    load(this, 'shops', get('/api/connections', { optional: true }));
  }

  refresh = () => load(this, 'parked', get('/api/conversions?state=PARKED', { optional: true }));

  render() {
    const items = this.parked?.value?.items ?? [];
    if (!items.length) return nothing;
    return html`<section class="card" data-testid="conversions"><div class="card-head"><h2>Purchases that were not told</h2></div>
      <p class="muted">These platforms brought the buyer and are told of the purchase, so that their figures are right. They refused:</p>
      ${table([
        { title: 'Order', cell: (c) => html`<code>${c.orderId}</code>` },
        { title: 'To', cell: (c) => this.shops?.value?.items.find((s) => s.id === c.connectionId)?.name ?? c.connectionId },
        { title: 'Why not', cell: (c) => html`<span class="reason">${c.reason}</span>` },
        { title: 'Again', cell: (c) => (c.nextTryAt ? when(c.nextTryAt) : 'not by itself') },
        { title: '', cell: (c) => html`<button class="button small" data-testid="tell-${c.orderId}" ?disabled=${this.busy} @click=${() => this.again(c)}>Tell again</button>` },
      ], items, { label: 'Purchases that were not told', testid: 'conversions-table' })}</section>`;
  }

  async again(c) {
    this.busy = true;
    try {
      await post(`/api/conversions/${encodeURIComponent(c.orderId)}/${encodeURIComponent(c.connectionId)}/retry`);
      toast('It is told again in a moment.');
      await this.refresh();
    } catch (failure) {
      failed(failure);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('weir-conversions', WeirConversions);
