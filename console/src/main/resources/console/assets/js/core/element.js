// Base of every Weir element: light DOM, so that one style sheet, labels and tests reach everything.
import { LitElement, html, nothing, svg } from 'lit';

export { html, nothing, svg };

export class WeirElement extends LitElement {
  createRenderRoot() {
    // The page's loading text stands inside the element until the element takes over.
    this.replaceChildren();
    return this;
  }

  /** Tells ancestors; `detail` is data only. */
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** An element that calls its `refresh()` when it appears, and then every `ms` while its page is seen. */
export const polling = (ms) => class extends WeirElement {
  #timer;

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
    this.#timer = setInterval(() => document.hidden || this.refresh(), ms);
  }

  stopPolling() {
    clearInterval(this.#timer);
  }

  disconnectedCallback() {
    this.stopPolling();
    super.disconnectedCallback();
  }
};
