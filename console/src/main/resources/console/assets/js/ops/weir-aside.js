// What has no effect yet: deliveries that wait for something, or for a person, oldest first.
import { html, nothing, polling } from '../core/element.js';
import { ago, channelName, count, when } from '../core/format.js';
import { get, post, withQuery } from '../core/api.js';
import { empty, load, loaded, table } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';
import './weir-repair.js';

const EVERY_MS = 5000;
const PAGE = 20;
const WORDS = {
  parked: { title: 'Parked', hint: 'These wait for what they speak of and go on by themselves when it comes, or are tried again from time to time.', none: 'Nothing is parked', why: 'Every delivery found what it speaks of.' },
  dead: { title: 'Dead letters', hint: 'These cannot be handled as they are. Mend the map and replay, or repair a copy.', none: 'No dead letters', why: 'Every delivery could be read.' },
};

/** `board` is parked or dead; tells `weir-moved` when a delivery was taken up again. */
export class WeirAside extends polling(EVERY_MS) {
  static properties = { board: { type: String }, items: { state: true }, repairing: { state: true } };

  willUpdate(changed) {
    if (!changed.has('board') || !changed.get('board')) return;
    this.items = null;
    this.isFurther = false;
    this.refresh();
  }

  async refresh() {
    if (this.repairing || this.isFurther) return;
    const { board } = this;
    const slot = {};
    await load(slot, 'items', this.ask());
    if (board === this.board && !this.isFurther) this.items = slot.items;
  }

  ask = (cursor) => get(withQuery(`/api/webhooks/aside/${this.board}`, { cursor, limit: PAGE }));

  async further() {
    try {
      const next = await this.ask(this.items.value.nextCursor);
      this.isFurther = true;
      this.items = { value: { ...next, items: [...this.items.value.items, ...next.items] } };
    } catch (failure) {
      failed(failure);
    }
  }

  async replay(id) {
    try {
      await post(`/api/webhooks/${encodeURIComponent(id)}/replay`);
      toast('Replay accepted. It leaves this list when it has its effect.');
      this.moved();
    } catch (failure) {
      failed(failure);
    }
  }

  moved() {
    this.repairing = '';
    this.isFurther = false;
    this.refresh();
    this.tell('weir-moved');
  }

  render() {
    const words = WORDS[this.board];
    return html`<section class="card" aria-labelledby="aside-title"><h2 id="aside-title">${words.title}</h2><p class="muted small-text">${words.hint}</p>
      ${loaded(this.items, (b) => this.list(b), empty(words.none, words.why), () => this.refresh())}</section>
      ${this.repairing ? html`<weir-repair .delivery=${this.repairing} @weir-repaired=${() => this.moved()} @weir-closed=${() => { this.repairing = ''; }}></weir-repair>` : nothing}`;
  }

  list({ items, nextCursor }) {
    return html`${table([
      { title: 'Received', cell: (w) => html`<span title=${when(w.receivedAt)} class=${w.alarm ? 'bad' : ''}>${ago(w.receivedAt)}</span>` },
      { title: 'Channel', cell: (w) => channelName(w.channel) },
      { title: 'Topic', cell: (w) => html`<a class="link mono" href="#now/${w.id}">${w.topic}</a>` },
      this.board === 'parked' ? { title: 'Waits for', cell: (w) => this.waits(w) } : { title: 'Why', cell: (w) => html`<span class="reason">${w.reason}</span>` },
      { title: 'Attempts', numeric: true, cell: (w) => count(w.attempts) },
      { title: '', cell: (w) => html`<button class="button small" data-testid="again-${w.id}" aria-label="Replay ${w.topic}" @click=${() => this.replay(w.id)}>Replay</button> <button class="button small" data-testid="repair-${w.id}" aria-label="Repair ${w.topic}" @click=${() => { this.repairing = w.id; }}>Repair</button>` },
    ], items, { label: WORDS[this.board].title, testid: 'aside' })}${nextCursor ? html`<button class="button more" data-testid="aside-more" @click=${() => this.further()}>Newer</button>` : nothing}`;
  }

  waits = (w) => html`<b>${w.waitsFor ? w.waitsFor.replace('/', ' ') : 'another try'}</b>${w.nextTryAt ? html`<small class="reason">looked at again ${when(w.nextTryAt)}</small>` : nothing}
    <small class="reason">${w.reason}</small>${w.alarm ? html`<small class="reason bad">It has waited for over a day: what it waits for may never come.</small>` : nothing}`;
}
customElements.define('weir-aside', WeirAside);
