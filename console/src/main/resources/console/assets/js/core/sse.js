// Server-sent events over fetch: unlike EventSource it can carry a Bearer key and tells why a stream was refused.
import { staffKey } from './session.js';
import { Problem } from './api.js';

const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 15_000;
// The hub sends a comment at least this often; silence for longer means that the connection is dead.
const SILENCE_MS = 45_000;
const MAX_BUFFER = 1 << 20;

function parse(block) {
  const event = { name: 'message', data: '', id: null, retry: null };
  const data = [];
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event.name = value;
    else if (field === 'data') data.push(value);
    else if (field === 'id') event.id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) event.retry = Number(value);
  }
  event.data = data.join('\n');
  return event;
}

/**
 * Follows a stream until `close()`. Handlers: `onEvent(name, data, id)`, `onOpen(isReconnect)`, `onDown(retryInMs)`,
 * `onRefused(problem)` for an answer that a retry cannot mend.
 */
export class EventStream {
  #url;
  #handlers;
  #controller = null;
  #closed = false;
  #opened = false;
  #lastId = null;
  #attempt = 0;
  #timer = 0;
  #watchdog = 0;

  constructor(url, handlers) {
    this.#url = url;
    this.#handlers = handlers;
    this.#run();
    addEventListener('online', this.#hurry);
    document.addEventListener('visibilitychange', this.#hurry);
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#watchdog);
    removeEventListener('online', this.#hurry);
    document.removeEventListener('visibilitychange', this.#hurry);
    this.#controller?.abort();
  }

  // A phone that wakes up should not sit out the back-off of the time it was asleep.
  #hurry = () => {
    if (!this.#timer || document.hidden) return;
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#run();
  };

  async #run() {
    this.#controller = new AbortController();
    try {
      const response = await this.#connect();
      await this.#read(response.body.getReader());
    } catch (failure) {
      if (failure instanceof Problem) {
        this.#closed = true;
        this.#handlers.onRefused?.(failure);
      }
    }
    clearTimeout(this.#watchdog);
    if (!this.#closed) this.#retryLater();
  }

  async #connect() {
    const headers = { Accept: 'text/event-stream' };
    if (staffKey()) headers.Authorization = `Bearer ${staffKey()}`;
    if (this.#lastId) headers['Last-Event-ID'] = this.#lastId;
    this.#feedWatchdog();
    const response = await fetch(this.#url, { headers, signal: this.#controller.signal, cache: 'no-store' });
    if ([401, 403, 404, 410].includes(response.status)) {
      const body = await response.json().catch(() => ({ title: `The event stream was refused (${response.status})` }));
      const problem = new Problem(response.status, body);
      if (response.status < 404 && staffKey()) window.dispatchEvent(new CustomEvent('weir-refused', { detail: problem }));
      throw problem;
    }
    if (!response.ok || !response.body) throw new Error(`event stream: ${response.status} (expected: 200)`);
    this.#handlers.onOpen?.(this.#opened);
    this.#opened = true;
    return response;
  }

  async #read(reader) {
    const decoder = new TextDecoder();
    let buffer = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.#feedWatchdog();
      this.#attempt = 0;
      buffer = (buffer + decoder.decode(value, { stream: true })).replaceAll('\r\n', '\n');
      if (buffer.length > MAX_BUFFER) throw new Error(`event: ${buffer.length} characters (expected: at most ${MAX_BUFFER})`);
      const blocks = buffer.split('\n\n');
      buffer = blocks.pop();
      for (const block of blocks) this.#dispatch(parse(block));
    }
  }

  #dispatch(event) {
    if (event.id) this.#lastId = event.id;
    if (!event.data) return;
    let data;
    try {
      data = JSON.parse(event.data);
    } catch {
      console.warn('event %s carries no JSON', event.name);
      return;
    }
    this.#handlers.onEvent?.(event.name, data, event.id);
  }

  #feedWatchdog() {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#controller?.abort(), SILENCE_MS);
  }

  #retryLater() {
    const ceiling = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#attempt++);
    // Half fixed, half random: a restarted hub is not met by every viewer in the same instant.
    const wait = ceiling / 2 + (Math.random() * ceiling) / 2;
    this.#handlers.onDown?.(wait);
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      this.#run();
    }, wait);
  }
}
