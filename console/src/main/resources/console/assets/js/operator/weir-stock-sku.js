// Inside one product: each channel with its rule and its units, the rules of sale, and the ways to its history and proof.
import { html, nothing, polling } from '../core/element.js';
import { count } from '../core/format.js';
import { get, put } from '../core/api.js';
import { load, loaded } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';
import './weir-channel-units.js';
import './weir-rules.js';

const EVERY_MS = 2000;

/** `level` is the product as the list has it; tells `weir-moved` when units may have moved. */
export class WeirStockSku extends polling(EVERY_MS) {
  static properties = { level: { attribute: false }, channels: { state: true }, last: { state: true } };

  get path() {
    return `/api/stock/${encodeURIComponent(this.level.sku)}`;
  }

  refresh = () => load(this, 'channels', get(`${this.path}/channels`));

  render() {
    const { sku } = this.level;
    return html`<div class="stock-inside" @keydown=${(e) => this.key(e)} @weir-changed=${(e) => this.changed(e)}>
      ${this.last ? html`<p class="notice" role="status" data-testid="undo-line"><span>${this.last.words}</span><button class="button small" data-testid="undo" @click=${() => this.undo()}>Undo <kbd>Alt Z</kbd></button></p>` : nothing}
      <div class="card-head"><h3>Channels</h3><a class="button small" href="#proof/${encodeURIComponent(sku)}" data-testid="history-${sku}">History and proof</a></div>
      ${loaded(this.channels, (c) => this.rows(c), html`<p class="muted">No channel is connected. <a href="#connections">Connect one</a>, and say here how it may sell this product.</p>`, this.refresh)}
      <weir-rules .path=${this.path}></weir-rules></div>`;
  }

  rows = ({ items, player }) => html`<ul class="channel-list">${items.map((c) => html`<li><weir-channel-units .path=${this.path} .channel=${c}></weir-channel-units></li>`)}</ul>
    <p class="small-text muted">Player and shops that ask first: ${count(player.sold)} sold in 24 hours${player.perMinute ? `, ${count(player.perMinute)} a minute now` : ''}.</p>`;

  changed({ detail }) {
    this.last = detail;
    this.moved();
  }

  moved() {
    this.refresh();
    this.tell('weir-moved');
  }

  key(event) {
    if (!event.altKey || event.code !== 'KeyZ' || !this.last) return;
    event.preventDefault();
    this.undo();
  }

  async undo() {
    const { back } = this.last;
    this.last = null;
    try {
      for (const [path, body] of back) await put(path, body);
      toast('Taken back.');
    } catch (failure) {
      failed(failure);
    }
    this.querySelector('weir-rules')?.refresh();
    this.moved();
  }
}
customElements.define('weir-stock-sku', WeirStockSku);
