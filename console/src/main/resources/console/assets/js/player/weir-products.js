// The pinned product, big and one tap away, and the rail of everything in the show.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { money } from '../core/format.js';
import './weir-stock-meter.js';

const picture = (product, size) => html`<span class="picture"><img src=${product.imageUrl ?? '/assets/img/logo.svg'} alt="" width=${size} height=${size}
  loading="lazy" @error=${(e) => { if (!e.target.src.endsWith('logo.svg')) e.target.src = '/assets/img/logo.svg'; }}></span>`;

const isReduced = (product) => product.listPrice && Number(product.listPrice.amount) > Number(product.price.amount);

const price = (product) => html`<span class="price ${isReduced(product) ? 'price-flash' : ''}">${money(product.price)}
  ${isReduced(product) ? html`<s aria-label="instead of ${money(product.listPrice)}">${money(product.listPrice)}</s>` : nothing}</span>`;

export class WeirPinCard extends WeirElement {
  static properties = { product: { attribute: false }, busy: { type: Boolean }, closed: { type: Boolean } };

  render() {
    const p = this.product;
    if (!p) return nothing;
    const gone = p.available <= 0;
    return html`<article class="pin-card" data-testid="pin-card" data-sku=${p.sku} aria-label="Now showing: ${p.title}">
      ${picture(p, 96)}
      <div class="pin-words">
        <p class="eyebrow">${icon('pin')} ${isReduced(p) ? html`<em>Flash price</em>` : 'Now showing'}</p>
        <h2>${p.title}</h2>
        <div class="pin-facts">${price(p)}<weir-stock-meter sku="pin-${p.sku}" .available=${p.available} .most=${p.most}></weir-stock-meter></div>
      </div>
      <button class="button buy" data-testid="pin-buy" ?disabled=${gone || this.busy || this.closed} aria-keyshortcuts="b"
        @click=${() => this.tell('buy', { sku: p.sku })}>
        ${this.busy ? html`<span class="spinner"></span> Holding…` : gone ? 'Sold out' : this.closed ? 'Show is over' : html`${icon('bag')} Buy`}</button>
    </article>`;
  }
}
customElements.define('weir-pin-card', WeirPinCard);

export class WeirProductRail extends WeirElement {
  static properties = { products: { attribute: false }, pinned: {}, busy: {}, closed: { type: Boolean } };

  render() {
    const products = this.products ?? [];
    if (!products.length) return html`<p class="rail-empty">Products appear here when the host shows them.</p>`;
    return html`<ul class="rail" aria-label="Products in this show">${products.map((p) => this.tile(p))}</ul>`;
  }

  tile(p) {
    const gone = p.available <= 0;
    return html`<li class="tile ${p.sku === this.pinned ? 'tile-pinned' : ''} ${gone ? 'tile-gone' : ''}">
      <button class="tile-button" data-testid="product-${p.sku}" ?disabled=${gone || this.busy === p.sku || this.closed}
        aria-label="Buy ${p.title}, ${money(p.price)}" @click=${() => this.tell('buy', { sku: p.sku })}>
        ${picture(p, 88)}
        <span class="tile-words"><span class="tile-title">${p.title}</span>${price(p)}
          <weir-stock-meter .sku=${p.sku} .available=${p.available} .most=${p.most}></weir-stock-meter></span>
        ${this.busy === p.sku ? html`<span class="spinner"></span>` : nothing}
      </button></li>`;
  }
}
customElements.define('weir-product-rail', WeirProductRail);
