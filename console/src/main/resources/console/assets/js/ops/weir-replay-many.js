// Handling many deliveries again: which, how fast, how far it is, and stopping it.
import { html, nothing, polling } from '../core/element.js';
import { count, when } from '../core/format.js';
import { get, post } from '../core/api.js';
import { load } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';

const EVERY_MS = 2000;
const MOST = 1000;
const FASTEST = 50;

/** `filter` and `text` are those of the log; tells `weir-replayed` when one has ended. */
export class WeirReplayMany extends polling(EVERY_MS) {
  static properties = { filter: { type: String }, text: { type: String }, replays: { state: true }, busy: { state: true } };

  async refresh() {
    const before = this.alive;
    const slot = {};
    await load(slot, 'replays', get('/api/webhooks/replays'));
    // What is shown stays while the hub does not answer: the log above says so.
    if (slot.replays?.value) this.replays = slot.replays.value.items;
    if (before && !this.alive) this.tell('weir-replayed');
  }

  get alive() {
    return this.replays?.find((r) => !r.endedAt);
  }

  get which() {
    const state = ['PARKED', 'DEAD', 'PROCESSED'].includes(this.filter) ? `${this.filter.toLowerCase()} ones` : 'parked, dead and processed ones';
    return this.text ? `${state} with "${this.text}"` : state;
  }

  render() {
    const isOfferable = this.filter !== 'RECEIVED' && this.filter !== 'IGNORED';
    return html`${this.alive ? this.progress(this.alive) : nothing}
      ${isOfferable && !this.alive ? html`<details class="fold-list" data-testid="replay-many"><summary>Replay many</summary><form class="stack" @submit=${(e) => this.start(e)}>
        <p class="small-text muted">The ${this.which}, as the log is filtered now; the oldest begins. What they have done already is not done twice.</p>
        <div class="filters"><label>The newest<input name="most" type="number" min="1" max=${MOST} value=${MOST} required inputmode="numeric"></label><label>A second<input name="rate" type="number" min="1" max=${FASTEST} value="10" required inputmode="numeric"></label>
        <button class="button" ?disabled=${this.busy} data-testid="replay-start">Replay them</button></div></form>${this.last()}</details>` : nothing}`;
  }

  progress(r) {
    const through = r.done + r.refused;
    return html`<div class="notice" role="status" data-testid="replay-progress"><span>${count(through)} of ${count(r.total)} begun again, ${count(r.rate)} a second, for ${r.by}.
      <progress max=${r.total} value=${through} aria-label="Deliveries begun again"></progress></span><button class="button small" ?disabled=${this.busy} @click=${() => this.stop(r)} data-testid="replay-stop">Stop</button></div>`;
  }

  last() {
    const [r] = this.replays ?? [];
    if (!r) return nothing;
    return html`<p class="small-text muted" data-testid="replay-last">Last: ${count(r.done)} of ${count(r.total)}, ${when(r.at)}, by ${r.by}${r.refused ? `; ${count(r.refused)} were erased` : ''}${r.stoppedBy ? `; stopped by ${r.stoppedBy}` : ''}.</p>`;
  }

  start(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const most = Number(form.get('most'));
    const rate = Number(form.get('rate'));
    if (!confirm(`Replay the ${this.which}, at most ${count(most)}, ${count(rate)} a second?`)) return undefined;
    return this.change(() => post('/api/webhooks/replays', { state: this.filter || null, q: this.text || null, rate, most }), 'Begun. The bar shows how far it is.');
  }

  stop = (r) => this.change(() => post(`/api/webhooks/replays/${encodeURIComponent(r.id)}/stop`), 'Stopped. The rest stays as it is.');

  async change(request, words) {
    this.busy = true;
    try {
      await request();
      toast(words);
      await this.refresh();
    } catch (failure) {
      failed(failure);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('weir-replay-many', WeirReplayMany);
