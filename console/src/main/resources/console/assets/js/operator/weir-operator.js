// The operator's page: shows, connected shops, stock, orders and the proof, one section at a time.
import { html, nothing } from '../core/element.js';
import { StaffPage } from '../ui/shell.js';
import './weir-shows.js';
import './weir-connections.js';
import './weir-stock.js';
import './weir-orders.js';
import './weir-proof.js';

const TABS = [['shows', 'Shows'], ['connections', 'Shops and channels'], ['stock', 'Stock'], ['orders', 'Orders'], ['proof', 'Proof']];

export class WeirOperator extends StaffPage {
  static properties = { tab: { state: true } };

  constructor() {
    super();
    this.heading = 'Operator';
    this.audience = 'operators of the brand';
    this.tab = this.fromHash();
    this.onHash = () => { this.tab = this.fromHash(); };
  }

  fromHash = () => TABS.find(([id]) => `#${id}` === location.hash)?.[0] ?? 'shows';

  connectedCallback() {
    super.connectedCallback();
    addEventListener('hashchange', this.onHash);
  }

  disconnectedCallback() {
    removeEventListener('hashchange', this.onHash);
    super.disconnectedCallback();
  }

  page() {
    return html`<div class="page-head"><h1>Operator</h1></div>
      <nav class="tabs" aria-label="Sections">${TABS.map(([id, name]) => html`<a href="#${id}" aria-current=${id === this.tab ? 'true' : nothing} data-testid="tab-${id}">${name}</a>`)}</nav>${this.section()}`;
  }

  section() {
    switch (this.tab) {
      case 'connections': return html`<weir-connections></weir-connections>`;
      case 'stock': return html`<weir-stock></weir-stock>`;
      case 'proof': return html`<weir-proof></weir-proof>`;
      case 'orders': return html`<weir-orders></weir-orders>`;
      default: return html`<weir-shows></weir-shows>`;
    }
  }
}
customElements.define('weir-operator', WeirOperator);
