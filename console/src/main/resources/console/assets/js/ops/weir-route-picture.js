// A route as a picture, drawn from its model: where messages come from, and each step that they go through, from top to bottom.
import { WeirElement, html, nothing, svg } from '../core/element.js';

const WIDTH = 440;
const HEIGHT = 46;
const GAP = 16;
const INDENT = 24;
const RAIL = 11;
const LETTERS = 50;
const NAMES = { from: 'messages of', bean: 'step', setHeader: 'note beside', setBody: 'instead of it', filter: 'only if', choice: 'one of', when: 'when', otherwise: 'otherwise', log: 'log', stop: 'stop' };

/** Depth first; what stands inside the source is as deep as the source. */
const flat = (step, depth = 0) => [{ ...step, depth }, ...step.inside.flatMap((one) => flat(one, step.kind === 'from' ? depth : depth + 1))];
const top = (i) => i * (HEIGHT + GAP);
const words = (step) => `${NAMES[step.kind] ?? step.kind} ${step.text}`.trim();

/** `model` is {kind, text, inside: [...]} */
export class WeirRoutePicture extends WeirElement {
  static properties = { model: { attribute: false } };

  render() {
    if (!this.model) return nothing;
    const rows = flat(this.model);
    return html`<figure class="route-picture"><svg viewBox="0 0 ${WIDTH} ${top(rows.length) - GAP}" role="img" aria-label=${rows.map(words).join(', then ')} data-testid="route-picture">${rows.map((row, i) => this.node(rows, row, i))}</svg></figure>`;
  }

  node(rows, row, i) {
    const x = row.depth * INDENT;
    const room = LETTERS - row.depth * 3;
    const shown = row.text.length > room ? `${row.text.slice(0, room - 1)}…` : row.text;
    return svg`${this.rail(rows, row, i)}<g class="route-node ${row.kind === 'from' ? 'route-source' : row.kind === 'bean' ? 'route-step' : ''}"><title>${words(row)}</title>
      <rect x=${x + 1} y=${top(i) + 1} width=${WIDTH - x - 2} height=${HEIGHT - 2} rx="9"></rect>
      <text class="route-kind" x=${x + 14} y=${top(i) + 18}>${NAMES[row.kind] ?? row.kind}</text><text x=${x + 14} y=${top(i) + 36}>${shown}</text></g>`;
  }

  /** Down from whatever is before it and not deeper. */
  rail(rows, row, i) {
    if (i === 0) return nothing;
    const before = rows.slice(0, i).findLastIndex((one) => one.depth <= row.depth);
    const x = row.depth * INDENT + RAIL;
    return svg`<path class="route-rail" d="M${x} ${top(before) + HEIGHT} V${top(i) - 5} m-4 0 l4 5 l4 -5 z"></path>`;
  }
}
customElements.define('weir-route-picture', WeirRoutePicture);
