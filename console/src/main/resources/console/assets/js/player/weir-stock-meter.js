// How many are left: a number where it matters, a calm word where it does not.
import { WeirElement, html } from '../core/element.js';

const SCARCE = 10;

export class WeirStockMeter extends WeirElement {
  static properties = { available: { type: Number }, preOrder: { type: Number }, most: { type: Number }, sku: {} };

  render() {
    const left = Math.max(0, this.available ?? 0);
    // The full mark is what this page saw as the most, so a meter never starts empty.
    const share = left === 0 ? 0 : Math.max(6, Math.min(100, (100 * left) / Math.max(this.most || left, 1)));
    const there = Math.max(0, left - (this.preOrder ?? 0));
    const words = left === 0 ? 'Sold out' : there === 0 ? `${left} to pre-order` : there <= SCARCE ? `${there} left` : `${there} in stock`;
    const level = left === 0 ? 'none' : there === 0 ? 'many' : there <= 3 ? 'last' : there <= SCARCE ? 'few' : 'many';
    return html`<span class="meter meter-${level}"><span class="meter-bar" aria-hidden="true"><i style="width:${share}%"></i></span>
      <span class="meter-words" data-testid="product-${this.sku}-stock" data-available=${left}>${words}</span></span>`;
  }
}
customElements.define('weir-stock-meter', WeirStockMeter);
