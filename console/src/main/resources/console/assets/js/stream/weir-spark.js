// One figure with its last five minutes: the number to read, the line to see a trend by.
import { WeirElement, html, nothing, svg } from '../core/element.js';

const WIDTH = 240;
const HEIGHT = 56;
const PAD = 3;

/** `values` are numbers, oldest first; `say` puts one into words. */
export class WeirSpark extends WeirElement {
  static properties = { name: {}, values: { attribute: false }, say: { attribute: false }, looked: { state: true } };

  get known() {
    return (this.values ?? []).filter((v) => Number.isFinite(v));
  }

  render() {
    const { known } = this;
    const last = known.at(-1);
    const low = Math.min(...known);
    const high = Math.max(...known);
    const shown = this.looked === undefined ? last : known[this.looked];
    return html`<figure class="spark" data-testid="spark-${this.name.toLowerCase().replaceAll(' ', '-')}"><figcaption>${this.name}<b>${known.length ? this.say(shown) : '–'}</b></figcaption>
      ${known.length > 1 ? html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${this.name}, last five minutes: now ${this.say(last)}, lowest ${this.say(low)}, highest ${this.say(high)}"
        @pointermove=${(e) => this.look(e)} @pointerleave=${() => { this.looked = undefined; }}>${this.line(known, low, high)}</svg>
      <small>${low === high ? 'steady' : `${this.say(low)} – ${this.say(high)}`}</small>` : html`<span class="spark-none">${known.length ? 'collecting…' : 'no figures yet'}</span>`}</figure>`;
  }

  look(event) {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const last = this.known.length - 1;
    this.looked = Math.max(0, Math.min(last, Math.round(((event.clientX - left) / width) * last)));
  }

  line(values, low, high) {
    // A line that hardly moves should look so: the scale never shows less than two fifths of the value.
    const span = Math.max(high - low, Math.abs(high) * 0.4, 1);
    const floor = Math.max(0, (high + low) / 2 - span / 2);
    const x = (i) => (i * WIDTH) / (values.length - 1);
    const y = (v) => HEIGHT - PAD - ((v - floor) / span) * (HEIGHT - 2 * PAD);
    const points = values.map((v, i) => `${x(i).toFixed(1)},${y(v).toFixed(1)}`).join(' ');
    const at = this.looked === undefined ? nothing : svg`<line class="spark-at" x1=${x(this.looked)} x2=${x(this.looked)} y1="0" y2=${HEIGHT} vector-effect="non-scaling-stroke"></line>`;
    return svg`<polygon class="spark-area" points="0,${HEIGHT} ${points} ${WIDTH},${HEIGHT}"></polygon><polyline class="spark-line" points=${points} vector-effect="non-scaling-stroke"></polyline>${at}`;
  }
}
customElements.define('weir-spark', WeirSpark);
