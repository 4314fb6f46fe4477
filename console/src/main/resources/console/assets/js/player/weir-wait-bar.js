// Where the viewer stands in line for something that is sold out.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';

const ahead = (position) => (position <= 1 ? 'You are next in line' : position === 2 ? '1 person is ahead of you' : `${position - 1} people are ahead of you`);

export class WeirWaitBar extends WeirElement {
  static properties = { entry: { attribute: false }, product: { attribute: false }, busy: { state: true } };

  render() {
    if (!this.entry) return nothing;
    return html`<div class="wait-bar" data-testid="wait-bar" data-sku=${this.entry.sku}>${icon('queue')}
      <span role="status"><b>${ahead(this.entry.position)}</b> for ${this.product?.title ?? this.entry.sku}. When one comes free it is held for you.</span>
      <button class="link" data-testid="wait-leave" ?disabled=${this.busy} aria-label="Leave the waitlist for ${this.product?.title ?? this.entry.sku}"
        @click=${() => { this.busy = true; this.tell('leave-line', this.entry); }}>Leave</button></div>`;
  }

  willUpdate(changed) {
    if (changed.has('entry')) this.busy = false;
  }
}
customElements.define('weir-wait-bar', WeirWaitBar);
