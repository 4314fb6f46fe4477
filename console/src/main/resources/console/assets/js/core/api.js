// The one way a page talks to the hub: JSON both ways, problems as Problem errors, the staff key where there is one.
import { staffKey } from './session.js';

const TIMEOUT_MS = 15_000;
let clockOffsetMs = 0;

/** What the hub refused, in its own words (RFC 9457). */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `The hub answered ${status}.`);
    this.status = status;
    this.title = body.title || 'That did not work';
    this.detail = body.detail || '';
    this.type = body.type || 'about:blank';
    this.errors = Array.isArray(body.errors) ? body.errors : [];
    this.body = body;
  }

  get text() {
    const fields = this.errors.map((e) => `${e.field}: ${e.value ?? 'missing'} (expected: ${e.expected})`).filter((words) => !this.detail.includes(words));
    return [this.title, this.detail, ...fields].filter(Boolean).join('. ').replaceAll('..', '.');
  }
}

/** Milliseconds since the epoch on the hub's clock: countdowns of holds must not depend on the viewer's. */
export const hubNow = () => Date.now() + clockOffsetMs;

function learnClock(response) {
  const date = Date.parse(response.headers.get('Date') ?? '');
  // The header has whole seconds: half a second is its expected error, smaller differences are noise.
  if (date) clockOffsetMs = Math.abs(date + 500 - Date.now()) < 1500 ? 0 : date + 500 - Date.now();
}

async function problemOf(response) {
  const text = await response.text().catch(() => '');
  try {
    return new Problem(response.status, JSON.parse(text));
  } catch {
    return new Problem(response.status, { title: `The hub answered ${response.status}`, detail: response.statusText });
  }
}

/** Sends a request with the staff key if there is one; a non-2xx answer is thrown as a Problem. `text` is JSON that is sent as it stands. */
export async function send(path, { method = 'GET', body, text, headers = {}, idempotent = false, optional = false, signal } = {}) {
  const all = { Accept: 'application/json, application/problem+json, */*;q=0.5', ...headers };
  const content = body === undefined ? text : JSON.stringify(body);
  if (content !== undefined) all['Content-Type'] = 'application/json';
  if (idempotent) all['Idempotency-Key'] ??= newId();
  if (staffKey() && !all.Authorization) all.Authorization = `Bearer ${staffKey()}`;
  let response;
  try {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const either = signal && AbortSignal.any ? AbortSignal.any([signal, timeout]) : (signal ?? timeout);
    response = await fetch(path, { method, headers: all, body: content, signal: either });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Problem(0, { title: 'No connection to the hub', detail: 'Check your network, then try again.' });
  }
  learnClock(response);
  if (response.ok) return response;
  const problem = await problemOf(response);
  // What a page can do without may be refused to this key; that is no reason to ask for another.
  const isRefused = response.status === 401 || (response.status === 403 && staffKey());
  if (isRefused && !optional) {
    window.dispatchEvent(new CustomEvent('weir-refused', { detail: problem }));
  }
  throw problem;
}

/** The JSON body of an answer, or null where there is none. */
export async function json(path, options) {
  const response = await send(path, options);
  if (response.status === 204 || response.headers.get('Content-Length') === '0') return null;
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

export const get = (path, options) => json(path, options);
export const post = (path, body, options) => json(path, { method: 'POST', body: body ?? {}, idempotent: true, ...options });
export const put = (path, body) => json(path, { method: 'PUT', body });
export const del = (path, options) => json(path, { method: 'DELETE', ...options });

/** `path?a=1&b=2` without the parameters that are empty. */
export function withQuery(path, parameters) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, v]) => v !== undefined && v !== null && v !== ''));
  return query.size ? `${path}?${query}` : path;
}

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // randomUUID needs a secure context; a phone that opens the demo by its LAN address has none.
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
}
