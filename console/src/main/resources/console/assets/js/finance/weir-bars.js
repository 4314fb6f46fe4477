// Net by channel as bars, smallest chart that says it: drawn as text and boxes, readable without colour.
import { WeirElement, html } from '../core/element.js';
import { money } from '../core/format.js';

export class WeirBars extends WeirElement {
  static properties = { bars: { attribute: false } };

  render() {
    const most = Math.max(1e-9, ...this.bars.map((b) => Math.abs(Number(b.value.amount))));
    return html`<ul class="bars" aria-label="Net by channel">${this.bars.map((b, i) => html`<li class="bar bar-${i % 5}"><span class="bar-name">${b.name}</span>
      <span class="bar-bed" aria-hidden="true"><i style="width:${Math.max(1, (100 * Math.abs(Number(b.value.amount))) / most)}%"></i></span><b>${money(b.value)}</b></li>`)}</ul>`;
  }
}
customElements.define('weir-bars', WeirBars);
