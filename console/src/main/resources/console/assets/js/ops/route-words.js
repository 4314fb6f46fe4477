// A change of a route, in lines and in people's words.
import { html, nothing } from '../core/element.js';

/** Lines that go and come. */
export const diffLines = (diff) => html`<pre class="diff" tabindex="0" aria-label="Lines that change" data-testid="diff">${diff.split('\n').filter(Boolean).map((line) => html`<span class=${line.startsWith('-') ? 'was' : 'is'}>${line}</span>\n`)}</pre>`;

/** How a rehearsal ended. */
export const verdictNote = (v) => html`<p class="small-text" data-testid="verdict">Rehearsed with ${v.messages} ${v.messages === 1 ? 'message' : 'messages'}: ${v.differences.length ? `${v.differences.length} ${v.differences.length === 1 ? 'field differs' : 'fields differ'}.` : 'no field differs.'}</p>
  ${v.blocks.length ? html`<ul class="notice notice-bad blocks" role="alert" data-testid="blocks">${v.blocks.map((why) => html`<li>${why}</li>`)}</ul>` : nothing}`;

const RUNS = ['Started', 'Running'];

/** Whether it failed since the hub started, or does not run. */
export const isInTrouble = (r) => Boolean(r.lastError || r.exchangesFailed || !RUNS.includes(r.state));
