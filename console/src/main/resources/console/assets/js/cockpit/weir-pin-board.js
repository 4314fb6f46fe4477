// Every product of the show with its number key, its stock, a pin button and a flash price form.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { decimal, money } from '../core/format.js';
import { empty } from '../ui/parts.js';
import { toast } from '../ui/toast.js';
import { hubNow } from '../core/api.js';
import '../player/weir-stock-meter.js';

export class WeirPinBoard extends WeirElement {
  static properties = { products: { attribute: false }, pinned: {}, busy: {}, pricing: { state: true } };

  render() {
    if (!this.products?.length) return empty('No products in this show', 'They come from the connected shops once the catalogue is synchronised.');
    return html`<ul class="board">${this.products.map((p, i) => this.row(p, i))}</ul>`;
  }

  row(p, index) {
    const isPinned = p.sku === this.pinned;
    return html`<li class="board-row ${isPinned ? 'board-pinned' : ''}" data-testid="row-${p.sku}">
      <kbd aria-hidden="true">${index < 9 ? index + 1 : ''}</kbd>
      <span class="picture"><img src=${p.imageUrl ?? '/assets/img/logo.svg'} alt="" width="56" height="56" loading="lazy"></span>
      <div class="board-words"><b>${p.title}</b><span class="muted small-text mono">${p.sku}</span>
        <weir-stock-meter .sku=${p.sku} .available=${p.available} .most=${p.most}></weir-stock-meter></div>
      <button class="price-button" title="Change the price" data-testid="price-${p.sku}" @click=${() => { this.pricing = this.pricing === p.sku ? null : p.sku; }} aria-expanded=${String(this.pricing === p.sku)}>
        ${money(p.price)}${p.listPrice && p.listPrice.amount !== p.price.amount ? html` <s>${money(p.listPrice)}</s>` : nothing}</button>
      ${isPinned ? html`<button class="button pinned-button" data-testid="unpin" ?disabled=${this.busy} @click=${() => this.tell('unpin')}>${icon('pin')} Unpin</button>`
        : html`<button class="button pin-button" data-testid="pin-${p.sku}" ?disabled=${this.busy} aria-keyshortcuts=${index < 9 ? String(index + 1) : nothing} @click=${() => this.tell('pin', { sku: p.sku })}>
          ${this.busy === `pin-${p.sku}` ? html`<span class="spinner"></span>` : icon('pin')} Pin</button>`}
      ${this.pricing === p.sku ? this.priceForm(p) : nothing}</li>`;
  }

  priceForm(p) {
    return html`<form class="price-form" @submit=${(e) => this.submitPrice(e, p)}>
      <label>Flash price (${p.price.currency})<input name="amount" inputmode="decimal" required placeholder=${p.price.amount} data-testid="flash-amount" autocomplete="off"></label>
      <label>For<select name="minutes"><option value="5">5 minutes</option><option value="15">15 minutes</option><option value="60">1 hour</option><option value="">until the show ends</option></select></label>
      <button class="button primary" data-testid="flash-set" ?disabled=${this.busy}>Set price</button></form>`;
  }

  submitPrice(event, p) {
    event.preventDefault();
    const { amount, minutes } = event.target.elements;
    const value = decimal(amount.value);
    if (value === null) return toast(`price: ${amount.value} (expected: an amount like 9.90)`, 'bad');
    const until = minutes.value ? new Date(hubNow() + Number(minutes.value) * 60_000).toISOString() : undefined;
    this.pricing = null;
    return this.tell('price', { sku: p.sku, price: { amount: value, currency: p.price.currency }, until });
  }
}
customElements.define('weir-pin-board', WeirPinBoard);
