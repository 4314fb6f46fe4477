// The chat of a show; for its staff with what is said under its lives elsewhere. What others wrote is text, never markup.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { channelName } from '../core/format.js';
import { get, post } from '../core/api.js';
import { remembered } from '../core/session.js';
import { failed } from '../ui/toast.js';

const KEPT = 200;
const HUES = [18, 36, 160, 190, 268, 330];

const hueOf = (name) => HUES[[...name].reduce((sum, c) => (sum * 31 + c.codePointAt(0)) >>> 0, 7) % HUES.length];

export class WeirChat extends WeirElement {
  static properties = { showId: {}, closed: { type: Boolean }, everywhere: { type: Boolean }, messages: { state: true }, name: { state: true }, sending: { state: true }, renaming: { state: true } };

  constructor() {
    super();
    this.messages = [];
    this.name = remembered.get('chatName') ?? '';
    this.renaming = false;
  }

  willUpdate(changed) {
    if (changed.has('showId') && this.showId) this.refresh();
  }

  /** Also called after a reconnect: the stream may have missed messages. */
  async refresh() {
    try {
      const { items } = await get(`/api/shows/${encodeURIComponent(this.showId)}${this.everywhere ? '/cockpit' : ''}/chat?limit=50`);
      items.forEach((message) => this.add(message));
    } catch {
      // Chat is the least of a show: without history it still goes on with what arrives.
    }
  }

  add(message) {
    if (this.messages.some((m) => m.id === message.id)) return;
    const all = [...this.messages, message].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    this.messages = all.slice(-KEPT);
  }

  updated(changed) {
    if (!changed.has('messages')) return;
    const log = this.querySelector('.chat-log');
    // Whoever scrolled up to read is left alone.
    if (log && (this.isAtEnd ?? true)) log.scrollTop = log.scrollHeight;
  }

  render() {
    return html`<div class="chat-log" data-testid="chat-log" role="log" aria-label="Chat" tabindex="0"
        @scroll=${(e) => { this.isAtEnd = e.target.scrollHeight - e.target.scrollTop - e.target.clientHeight < 40; }}>
        ${this.messages.length ? this.messages.map((m) => html`<p class="chat-line">${m.channel ? html`<span class="chat-mark" data-testid="chat-mark">${channelName(m.channel)}</span> ` : nothing}<b style="--hue:${hueOf(m.name)}">${m.name}</b> <span>${m.text}</span></p>`)
          : html`<p class="chat-none">No messages yet. Say hello.</p>`}
      </div>
      ${this.closed ? nothing : this.form()}`;
  }

  form() {
    const asksName = !this.name || this.renaming;
    return html`<form class="chat-form" @submit=${(e) => this.submit(e)}>
      ${asksName ? html`<input name="name" class="chat-name" data-testid="chat-name" aria-label="Your name in the chat" placeholder="Name" maxlength="30"
        .value=${this.name} autocomplete="nickname">` : html`<button type="button" class="chat-me" title="Change your name" @click=${() => { this.renaming = true; }}>${this.name}</button>`}
      <input name="text" class="chat-text" data-testid="chat-input" aria-label="Message" placeholder="Say something…" maxlength="300" autocomplete="off" enterkeyhint="send">
      <button class="icon-button" data-testid="chat-send" aria-label="Send" ?disabled=${this.sending}>${icon('send')}</button>
    </form>`;
  }

  async submit(event) {
    event.preventDefault();
    const form = event.target;
    const text = form.elements.text.value.trim();
    const name = (form.elements.name?.value ?? this.name).trim() || 'Guest';
    if (!text) return;
    this.sending = true;
    try {
      const sent = await post(`/api/shows/${encodeURIComponent(this.showId)}/chat`, { name, text });
      if (sent?.id) this.add(sent);
      remembered.set('chatName', name);
      this.name = name;
      this.renaming = false;
      form.elements.text.value = '';
      form.elements.text.focus();
    } catch (failure) {
      failed(failure);
    } finally {
      this.sending = false;
    }
  }
}
customElements.define('weir-chat', WeirChat);
