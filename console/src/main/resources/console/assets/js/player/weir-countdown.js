// The ring that empties while units are held for the viewer.
import { WeirElement, html } from '../core/element.js';
import { clock } from '../core/format.js';
import { hubNow } from '../core/api.js';

const ROUND = 2 * Math.PI * 18;

export class WeirCountdown extends WeirElement {
  static properties = { expiresAt: {}, total: { type: Number }, left: { state: true } };

  constructor() {
    super();
    this.total = 90;
    this.left = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => this.tick(), 250);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  willUpdate(changed) {
    if (!changed.has('expiresAt')) return;
    this.told = false;
    this.tick();
  }

  tick() {
    this.left = Math.max(0, (Date.parse(this.expiresAt) - hubNow()) / 1000) || 0;
    if (this.left === 0 && this.expiresAt && !this.told) {
      this.told = true;
      this.tell('hold-over');
    }
  }

  render() {
    const seconds = Math.ceil(this.left);
    const gone = ROUND * (1 - Math.min(1, this.left / this.total));
    return html`<span class="countdown ${seconds <= 15 ? 'countdown-last' : ''}" role="timer" aria-label="Held for you for ${seconds} more seconds"
      data-testid="hold-countdown">
      <svg viewBox="0 0 44 44" aria-hidden="true"><circle cx="22" cy="22" r="18" class="ring-bed"/>
        <circle cx="22" cy="22" r="18" class="ring" stroke-dasharray=${ROUND} stroke-dashoffset=${gone} transform="rotate(-90 22 22)"/></svg>
      <b>${clock(seconds)}</b></span>`;
  }
}
customElements.define('weir-countdown', WeirCountdown);
