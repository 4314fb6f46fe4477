// The player page: stage, products, chat and the buy sheet around one show.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { compact, when } from '../core/format.js';
import { get } from '../core/api.js';
import { failed, toast } from '../ui/toast.js';
import { ShowState } from './show-state.js';
import { askedByLink, forgetHold, giveBack, heldBefore, heldByLink, rememberHold, takeHold } from './holding.js';
import { Waiting } from './waiting.js';
import './weir-video.js';
import './weir-replay.js';
import './weir-products.js';
import './weir-chat.js';
import './weir-buy-sheet.js';
import './weir-wait-bar.js';

// A recording is there a moment after the end, or it is not kept at all.
const REPLAY_ASKS_MS = [0, 2000, 5000, 15_000];

const slugOf = () => decodeURIComponent(location.pathname.split('/').filter(Boolean)[1] ?? '') || new URLSearchParams(location.search).get('show');

export class WeirPlayer extends WeirElement {
  static properties = { holding: { state: true }, hold: { state: true }, sheetHidden: { state: true }, delay: { state: true }, chatOpen: { state: true }, replayAt: { state: true }, offers: { state: true } };

  constructor() {
    super();
    this.state = new ShowState(this, { onEvent: (name, data) => this.onShowEvent(name, data) });
    this.line = new Waiting(this, { onOffer: (hold) => this.offer(hold), onDropped: (sku) => toast(`You have all that one may have of ${this.state.product(sku)?.title ?? 'it'}, so your turn went to the next.`, 'bad') });
    this.offers = [];
    this.onKey = (event) => this.key(event);
    this.delay = { seconds: null, playing: false };
    this.chatOpen = true;
  }

  async connectedCallback() {
    super.connectedCallback();
    document.addEventListener('keydown', this.onKey);
    const slug = slugOf();
    if (!slug) return this.state.set({ problem: { status: 404 } });
    await this.state.open(slug);
    if (!this.state.show) return undefined;
    document.title = `${this.state.show.title} · Weir`;
    if (this.state.show.state === 'ENDED' || this.state.show.hostConnected === false) this.askMedia();
    const brought = await heldByLink(this.state.show.id);
    this.hold = brought ?? (await heldBefore(this.state.show.id));
    this.sheetHidden = true;
    await this.line.open(this.state.show.id);
    const asked = askedByLink();
    if (brought) await this.openSheet();
    else if (!this.hold && asked.length > 0) await this.buy(asked[0].sku, asked);
    return undefined;
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.onKey);
    clearTimeout(this.replayTimer);
    super.disconnectedCallback();
  }

  onShowEvent(name, data) {
    const chat = this.querySelector('weir-chat');
    if (name === 'chat') chat?.add(data);
    if (name === 'waitlist') this.line.heard(data);
    if (name === 'reconnected') {
      chat?.refresh();
      this.line.askAll();
    }
    if (name === 'state' && data.state === 'ENDED') this.askMedia();
  }

  /** Whether the host is only away for a moment, and after the show its recording. */
  async askMedia(asked = 0) {
    const media = await get(`/api/shows/${encodeURIComponent(this.state.show.id)}/media`).catch(() => null);
    if (media?.replay) media.replay = await this.withPins(media);
    if (media) this.state.apply('media', media);
    const isAwaited = this.state.show.state === 'ENDED' && !media?.replay && asked + 1 < REPLAY_ASKS_MS.length;
    if (isAwaited && this.isConnected) this.replayTimer = setTimeout(() => this.askMedia(asked + 1), REPLAY_ASKS_MS[asked + 1]);
  }

  /** All recordings of the show, oldest first, each with what was pinned where on it. */
  async withPins({ replay, replays = [replay] }) {
    const timeline = await get(`/api/shows/${encodeURIComponent(this.state.show.id)}/timeline`).catch(() => null);
    return replays.map((part) => ({ ...part, pins: (timeline?.items ?? []).filter((mark) => mark.epoch === part.epoch) }));
  }

  get replay() {
    return this.state.show?.state === 'ENDED' ? (this.state.show.replay ?? null) : null;
  }

  /** What is pinned: by the host now, or in the replay at the place that it stands at. */
  get pinned() {
    return this.replay?.some((part) => part.pins.length) ? this.state.product(this.replayAt?.sku) : this.state.pinned;
  }

  key(event) {
    if (event.key === 'Escape' && this.hold && !this.sheetHidden) return this.closeSheet();
    if (event.target.closest?.('input, select, textarea, button, a') || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    if (event.key.toLowerCase() === 'b' && this.pinned) this.querySelector('[data-testid=pin-buy]')?.click();
    else if (this.querySelector('weir-video')?.key(event)) event.preventDefault();
    return undefined;
  }

  render() {
    const { show, problem } = this.state;
    if (problem) return this.missing(problem);
    if (!show) return html`<div class="stage-wait" role="status"><img src="/assets/img/logo.svg" alt="" width="56" height="48"><p>Opening the show…</p></div>`;
    const { replay, pinned } = this;
    const closed = show.state === 'ENDED' && !replay;
    const isAway = show.hostState === 'GAP';
    return html`<div class="stage ${this.hold && !this.sheetHidden ? 'stage-buying' : ''} ${this.chatOpen ? '' : 'stage-quiet'} ${replay ? 'stage-replay' : ''}" @buy=${(e) => this.buy(e.detail.sku)}
      @wait=${(e) => this.wait(e.detail.sku)} @leave-line=${(e) => this.leaveLine(e.detail)}>
      <section class="screen" aria-label="Live show">
        ${replay ? html`<weir-replay .parts=${replay} .products=${show.products} @replay-at=${(e) => { this.replayAt = e.detail; }}></weir-replay>`
          : html`<weir-video .showId=${show.id} .active=${show.state === 'LIVE' && (show.hostConnected !== false || isAway)} .still=${isAway} @video-delay=${(e) => { this.delay = e.detail; }}
            @video-media=${(e) => this.state.apply('media', e.detail)}></weir-video>`}
        ${replay ? nothing : this.cover(show)} ${this.topBar(show)}
      </section>
      <div class="pin-place"><weir-pin-card .product=${pinned} .busy=${this.holding === pinned?.sku && Boolean(this.holding)} .closed=${closed} .waits=${Boolean(pinned && this.line.of(pinned.sku))} .held=${Boolean(pinned) && this.hold?.lines[0].sku === pinned.sku}></weir-pin-card>
        ${this.line.entries.map((entry) => html`<weir-wait-bar .entry=${entry} .product=${this.state.product(entry.sku)}></weir-wait-bar>`)}
        ${this.hold && this.sheetHidden ? this.heldBar(this.hold, () => this.openSheet()) : nothing}
        ${this.offers.map((offer) => this.heldBar(offer, () => this.takeOffer(offer)))}</div>
      <section class="shelf" aria-label="Products"><h2 class="shelf-title">In this show <small>${show.products.length || ''}</small></h2>
        <weir-product-rail .products=${show.products} .pinned=${pinned?.sku} .busy=${this.holding} .closed=${closed} .waiting=${this.line.entries.map((entry) => entry.sku)} .held=${this.hold?.lines[0].sku}></weir-product-rail></section>
      <section class="talk" aria-label="Chat"><h2 class="talk-title">Chat</h2><weir-chat .showId=${show.id} .closed=${show.state === 'ENDED'}></weir-chat></section>
      <weir-buy-sheet .hold=${this.hold} .product=${this.state.product(this.hold?.lines[0].sku)} .folded=${Boolean(this.sheetHidden)} @sheet-close=${() => this.closeSheet()}
        @hold-again=${() => this.holdAgain()} @release=${() => this.release()} @paid=${() => this.settled('COMMITTED')} @not-paid=${() => this.settled('RELEASED')}></weir-buy-sheet></div>`;
  }

  topBar(show) {
    return html`<header class="top-bar"><a class="brand" href="/" aria-label="All shows"><img src="/assets/img/logo.svg" alt="" width="30" height="26"></a>
      <div class="who"><h1>${show.title}</h1><p>${[show.host, show.brand].filter(Boolean).join(' · ')}</p></div>
      ${this.liveChip(show)} <span class="badge" aria-label="${show.viewers ?? 0} watching">${icon('eye')} ${compact(show.viewers)}</span>
      <button class="icon-button chat-toggle" aria-label="Show or hide the chat" aria-pressed=${String(this.chatOpen)} @click=${() => { this.chatOpen = !this.chatOpen; }}>${icon('chat')}</button>
    </header>${this.state.isOnline ? nothing : html`<p class="offline" role="status">Connection lost. Trying again…</p>`}`;
  }

  liveChip(show) {
    if (show.state !== 'LIVE') return html`<span class="badge">${show.state !== 'ENDED' ? 'Soon' : this.replay ? 'Replay' : 'Ended'}</span>`;
    return html`<span class="badge badge-live"><i></i>LIVE</span>`;
  }

  cover(show) {
    if (show.state === 'ENDED') return this.coverText('The show is over', 'Thank you for watching. What you bought is on its way.', html`<a class="button" href="/">See other shows</a>`);
    if (show.state !== 'LIVE') return this.coverText('Not live yet', show.startsAt ? `Starts ${when(show.startsAt)}. Stay here, it begins by itself.` : 'Stay here, it begins by itself.');
    if (show.hostState === 'GAP' || (show.hostConnected === false && !this.delay.playing)) return this.coverText(`${show.host ?? 'The host'} will be right back`, 'The picture returns by itself. You can keep shopping.', nothing, this.delay.playing);
    if (this.delay.playing) return nothing;
    return this.coverText('Tuning in…', 'The picture is on its way.');
  }

  // Over a picture that still plays (the hub's slate) the words stand on a veil, not on a wall.
  coverText = (title, text, action, isVeil = false) => html`<div class="cover ${isVeil ? 'cover-veil' : ''}" data-testid="cover"><div class="cover-waves" aria-hidden="true"></div><div class="cover-words" role="status"><h2>${title}</h2><p>${text}</p>${action ?? nothing}</div></div>`;

  missing(problem) {
    const gone = problem.status === 404;
    return html`<div class="stage-wait"><img src="/assets/img/logo.svg" alt="" width="56" height="48"><h1>${gone ? 'There is no show here' : 'The show cannot be opened'}</h1>
      <p>${gone ? 'The address may have a typing mistake, or the show was taken down.' : problem.text}</p>
      ${gone ? html`<a class="button" href="/">All shows</a>` : html`<button class="button" @click=${() => this.connectedCallback()}>Try again</button>`}</div>`;
  }

  heldBar(hold, open) {
    const product = this.state.product(hold.lines[0].sku);
    return html`<button class="held-bar" data-testid="held-bar" @click=${open}>
      <weir-countdown .expiresAt=${hold.expiresAt} @hold-over=${() => this.holdOver(hold)}></weir-countdown><span><b>${product?.title}</b> is held for you</span><em>Continue</em></button>`;
  }

  async buy(sku, lines = [{ sku, quantity: 1 }]) {
    if (this.holding) return;
    const sheet = this.querySelector('weir-buy-sheet');
    const isPaying = this.hold && (sheet.busy || sheet.phase === 'challenge');
    if (isPaying && this.hold.lines[0].sku !== sku) toast('Finish this payment first, then buy the next one.');
    if (isPaying || (this.hold?.lines[0].sku === sku && sheet.phase === 'form')) return this.openSheet();
    this.holding = sku;
    try {
      const previous = this.hold;
      this.hold = await takeHold(this.state.show, lines, this.replay ? (this.replayAt ?? { millis: 0, sku: null }) : null);
      if (previous?.state === 'HELD') giveBackQuietly(previous);
      await this.openSheet();
    } catch (failure) {
      this.refusedHold(sku, failure);
    } finally {
      this.holding = null;
    }
  }

  refusedHold(sku, failure) {
    if (!failure.type?.endsWith('/sold-out')) return failed(failure);
    const left = failure.body.available ?? 0;
    this.state.change(failure.body.sku ?? sku, { available: left });
    if (left > 0) return toast(`Only ${left} left, and fewer than you asked for.`, 'bad');
    const line = this.state.product(sku)?.line;
    return toast(`Someone was faster: this one is sold out. ${line ? 'Join the waitlist, and one that comes back is held for you.' : 'Held units can come back within 90 seconds.'}`, 'bad');
  }

  async wait(sku) {
    if (this.holding) return;
    this.holding = sku;
    try {
      await this.line.join(sku);
    } catch (failure) {
      if (!failure.type?.endsWith('/not-sold-out')) return failed(failure);
      this.holding = null;
      await this.buy(sku);
    } finally {
      this.holding = null;
    }
  }

  async leaveLine(entry) {
    try {
      await this.line.leave(entry);
    } catch (failure) {
      failed(failure);
    }
    this.line.set(this.line.entries.map((one) => ({ ...one })));
  }

  /** A turn in line has come: what is being bought at the moment is not interrupted. */
  offer(hold) {
    if ([this.hold, ...this.offers].some((known) => known?.id === hold.id)) return;
    toast(`Your turn: ${this.state.product(hold.lines[0].sku)?.title ?? 'it'} is held for you.`);
    this.offers = [...this.offers, hold];
    if (!this.hold) this.takeOffer(hold);
  }

  takeOffer(hold) {
    const sheet = this.querySelector('weir-buy-sheet');
    if (this.hold && (sheet?.busy || sheet?.phase === 'challenge')) return this.openSheet();
    const others = this.offers.filter((offer) => offer !== hold);
    this.offers = this.hold?.state === 'HELD' ? [...others, this.hold] : others;
    this.hold = hold;
    rememberHold(this.state.show.id, hold);
    return this.openSheet();
  }

  async openSheet() {
    this.returnTo = document.activeElement;
    this.sheetHidden = false;
    await this.updateComplete;
    this.querySelector('.sheet h2')?.focus();
  }

  closeSheet() {
    const done = ['paid', 'failed', 'expired'].includes(this.querySelector('.sheet')?.dataset.phase);
    if (done) this.hold = null;
    this.sheetHidden = true;
    this.returnTo?.focus?.();
  }

  holdAgain() {
    const lines = this.hold.lines.map(({ sku, quantity }) => ({ sku, quantity }));
    this.hold = { ...this.hold, state: 'EXPIRED' };
    return this.buy(lines[0].sku, lines);
  }

  holdOver(hold) {
    if (hold !== this.hold) {
      this.offers = this.offers.filter((offer) => offer !== hold);
      return;
    }
    if (this.querySelector('.sheet')?.dataset.phase !== 'form') return;
    this.querySelector('weir-buy-sheet').askHold();
    this.openSheet();
  }

  settled(state) {
    forgetHold();
    this.hold.state = state;
  }

  async release() {
    const hold = this.hold;
    try {
      await giveBack(hold);
      this.hold = null;
      this.sheetHidden = true;
      toast('Given back. Thank you!');
    } catch (failure) {
      failed(failure);
    }
  }
}

// A second product replaces the first; the hub would take the first back by itself after its 90 seconds.
const giveBackQuietly = (hold) => fetch(`/api/holds/${hold.id}`, { method: 'DELETE', headers: { Authorization: `Hold ${hold.token}` } }).catch(() => undefined);

customElements.define('weir-player', WeirPlayer);
