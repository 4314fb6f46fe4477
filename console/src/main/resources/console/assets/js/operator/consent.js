// Being let in at a platform's own page: the way there, what came of it, and when the operator is needed again.
import { html, nothing } from '../core/element.js';
import { ago, when } from '../core/format.js';
import { post } from '../core/api.js';
import { plain } from './connection-words.js';

/** How the hub says that a browser came back with nothing to go on with. */
export const RETURNS = {
  'consent-unknown': 'You came back with a link that this hub did not make. Nothing was connected: begin again here.',
  'consent-used': 'That link was used before. Look below whether the shop is connected; if not, begin again.',
  'consent-late': 'More than ten minutes went by at the platform. Nothing was connected: begin again.',
  'consent-elsewhere': 'That was begun in another browser. Nothing was connected: begin again in this one.',
};

export const canConsent = (of) => Boolean(of?.capabilities?.includes('CONSENT'));

/** Leaves for the platform's page; comes back at #connections/ID. */
export async function goToConsent(id) {
  const { page } = await post(`/api/connections/${encodeURIComponent(id)}/consent`);
  const address = new URL(page);
  if (!['http:', 'https:'].includes(address.protocol)) throw new Error(`page: ${address.protocol} (expected: http or https)`);
  location.assign(address.href);
}

export const leaveButton = (title, isLeaving, words, attributes = {}) => html`<button class="button ${attributes.kind ?? 'primary'}" name="how" value="consent" formnovalidate type=${attributes.type ?? 'submit'}
  ?disabled=${attributes.busy} data-testid=${attributes.testid ?? nothing} @click=${attributes.click ?? nothing}>${isLeaving ? html`<span class="spinner" aria-hidden="true"></span> <span role="status">Opening ${title}…</span>` : words}</button>`;

/** What the operator has to know of a connection's access; `isBack` when they come from the platform just now, `wasRefused` when that is said already. */
export function accessNote(access, isBack, wasRefused, settings) {
  if (!access) return nothing;
  const { consent, needsYou, reason, trouble, endsAt, grantEndsAt } = access;
  return html`${isBack && consent?.ok ? html`<p class="notice small-text" role="status" data-testid="consent-said">${consent.detail}</p>` : nothing}
    ${needsYou && !wasRefused ? html`<p class="notice notice-warn small-text" data-testid="needs-you"><span><b>Needs you again.</b> ${plain(reason, settings).words}${grantEndsAt ? ` Until ${when(grantEndsAt)}.` : ''}</span></p>` : nothing}
    ${trouble && !needsYou ? html`<p class="small-text muted">The access could not be renewed yet: ${plain(trouble, settings).words} It is tried again.</p>` : nothing}
    ${endsAt && !needsYou ? html`<small class="muted">Access ${ends(endsAt)}${endsAt === grantEndsAt ? '' : ', renewed by itself'}${grantEndsAt ? html`; you are asked again before ${when(grantEndsAt)}` : nothing}</small>` : nothing}`;
}

const ends = (at) => `${new Date(at) > new Date() ? 'ends' : 'ended'} ${ago(at)}`;

/** Secrets that have two values now, each with a button that ends it. */
export const rotations = (rotating, titleOf, end, isBusy) => Object.entries(rotating ?? {}).map(([name, since]) => html`<p class="notice notice-wrap small-text" data-testid="rotating-${name}"><span>${titleOf(name)}: the old one is still accepted, rotating since ${when(since)}</span>
  <button class="button small" ?disabled=${isBusy} aria-label="Accept only the new ${titleOf(name)}" @click=${() => end(name)}>Accept only the new one</button></p>`);

/** What the hub complained of, at the field that it names. */
export function missingSetting(problem) {
  const name = /\bsetting (\w+) is missing/.exec(problem.detail ?? '')?.[1];
  return name ? { [name]: 'needed before you can go there' } : null;
}
