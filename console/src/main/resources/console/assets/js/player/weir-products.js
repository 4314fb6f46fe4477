// The pinned product, big and one tap away, and the rail of everything in the show.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { money } from '../core/format.js';
import { isPreOrder, preOrderWords } from './pre-order.js';
import './weir-stock-meter.js';

const picture = (product, size) => html`<span class="picture"><img src=${product.imageUrl ?? '/assets/img/logo.svg'} alt="" width=${size} height=${size}
  loading="lazy" @error=${(e) => { if (!e.target.src.endsWith('logo.svg')) e.target.src = '/assets/img/logo.svg'; }}></span>`;

const isReduced = (product) => product.listPrice && Number(product.listPrice.amount) > Number(product.price.amount);

const price = (product) => html`<span class="price ${isReduced(product) ? 'price-flash' : ''}">${money(product.price)}
  ${isReduced(product) ? html`<s aria-label="instead of ${money(product.listPrice)}">${money(product.listPrice)}</s>` : nothing}</span>`;

/** What a tap does: buy (or go on buying what is held), wait for one, or nothing. */
const tapOf = (p, waits, held) => (p.available > 0 || held ? 'buy' : p.line && !waits ? 'wait' : null);

export class WeirPinCard extends WeirElement {
  static properties = { product: { attribute: false }, busy: { type: Boolean }, closed: { type: Boolean }, waits: { type: Boolean }, held: { type: Boolean } };

  render() {
    const p = this.product;
    if (!p) return nothing;
    const tap = tapOf(p, this.waits, this.held);
    return html`<article class="pin-card" data-testid="pin-card" data-sku=${p.sku} aria-label="Now showing: ${p.title}">
      ${picture(p, 96)}
      <div class="pin-words">
        <p class="eyebrow">${icon('pin')} ${isReduced(p) ? html`<em>Flash price</em>` : 'Now showing'}</p>
        <h2>${p.title}</h2>
        <div class="pin-facts">${price(p)}<weir-stock-meter sku="pin-${p.sku}" .available=${p.available} .preOrder=${p.preOrder} .most=${p.most}></weir-stock-meter></div>
        ${isPreOrder(p) ? html`<p class="pre-order" data-testid="pin-pre-order">${preOrderWords(p.shipsFrom)}</p>` : nothing}
      </div>
      <button class="button buy ${tap === 'wait' ? 'buy-wait' : ''}" data-testid="pin-buy" ?disabled=${!tap || this.busy || this.closed} aria-keyshortcuts="b"
        @click=${() => this.tell(tap, { sku: p.sku })}>
        ${this.busy ? html`<span class="spinner"></span> ${tap === 'wait' ? 'Joining…' : 'Holding…'}` : this.closed && tap ? 'Show is over' : this.words(p, tap)}</button>
    </article>`;
  }

  words(p, tap) {
    if (tap === 'wait') return html`${icon('queue')} Join the waitlist`;
    if (!tap) return this.waits ? 'In line' : 'Sold out';
    if (this.held && p.available <= 0) return html`${icon('bag')} Held`;
    return html`${icon('bag')} ${isPreOrder(p) ? 'Pre-order' : 'Buy'}`;
  }
}
customElements.define('weir-pin-card', WeirPinCard);

export class WeirProductRail extends WeirElement {
  static properties = { products: { attribute: false }, pinned: {}, busy: {}, closed: { type: Boolean }, waiting: { attribute: false }, held: {} };

  render() {
    const products = this.products ?? [];
    if (!products.length) return html`<p class="rail-empty">Products appear here when the host shows them.</p>`;
    return html`<ul class="rail" aria-label="Products in this show">${products.map((p) => this.tile(p))}</ul>`;
  }

  tile(p) {
    const waits = Boolean(this.waiting?.includes(p.sku));
    const tap = tapOf(p, waits, p.sku === this.held);
    return html`<li class="tile ${p.sku === this.pinned ? 'tile-pinned' : ''} ${!tap && !waits ? 'tile-gone' : ''}">
      <button class="tile-button" data-testid="product-${p.sku}" ?disabled=${!tap || this.busy === p.sku || this.closed}
        aria-label="${tap === 'wait' ? 'Join the waitlist for' : 'Buy'} ${p.title}, ${money(p.price)}${isPreOrder(p) ? `. ${preOrderWords(p.shipsFrom)}` : ''}" @click=${() => this.tell(tap, { sku: p.sku })}>
        ${picture(p, 88)}
        <span class="tile-words"><span class="tile-title">${p.title}</span>${price(p)}
          <weir-stock-meter .sku=${p.sku} .available=${p.available} .preOrder=${p.preOrder} .most=${p.most}></weir-stock-meter>
          ${isPreOrder(p) ? html`<small class="pre-order">${preOrderWords(p.shipsFrom)}</small>` : tap === 'wait' ? html`<small class="pre-order">Join the waitlist</small>` : waits ? html`<small class="pre-order">In line</small>` : nothing}</span>
        ${this.busy === p.sku ? html`<span class="spinner"></span>` : nothing}
      </button></li>`;
  }
}
customElements.define('weir-product-rail', WeirProductRail);
