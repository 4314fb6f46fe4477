// One show's stream on the operator page: its figures, where it comes in, where it goes.
import { WeirElement, html } from '../core/element.js';
import { NumbersFeed } from '../stream/numbers-feed.js';
import '../stream/weir-addresses.js';
import '../stream/weir-numbers.js';
import './weir-targets.js';

export class WeirStream extends WeirElement {
  static properties = { showId: {} };

  constructor() {
    super();
    this.feed = new NumbersFeed(this, () => this.showId);
  }

  render() {
    return html`<weir-numbers .numbers=${this.feed.numbers}></weir-numbers><weir-addresses .showId=${this.showId}></weir-addresses>
      <weir-targets .showId=${this.showId} .live=${this.feed.numbers?.targets}></weir-targets>`;
  }
}
customElements.define('weir-stream', WeirStream);
