// The frame of a staff page: brand, navigation, sign-in before anything else.
import { WeirElement, html, nothing } from '../core/element.js';
import { forgetKey, keepKey, openStaffSession, staffKey } from '../core/session.js';

const PAGES = [
  ['/', 'Shows'],
  ['/cockpit', 'Cockpit'],
  ['/operator', 'Operator'],
  ['/ops', 'Ops'],
  ['/finance', 'Finance'],
];

/** A staff page: subclasses render `page()` and load in `enter()`, which runs once there is a key. */
export class StaffPage extends WeirElement {
  static properties = { refusal: { state: true }, signedIn: { state: true } };

  constructor() {
    super();
    openStaffSession();
    this.signedIn = Boolean(staffKey());
    this.refusal = null;
    this.onRefused = (event) => {
      forgetKey();
      this.refusal = event.detail;
      this.signedIn = false;
      this.leave?.();
    };
  }

  connectedCallback() {
    super.connectedCallback();
    // A printed address that is opened in a tab where this page stands already changes the fragment alone.
    this.onAddress = () => {
      if (!openStaffSession()) return;
      this.leave?.();
      this.refusal = null;
      this.signedIn = true;
      this.enter?.();
    };
    window.addEventListener('hashchange', this.onAddress);
    window.addEventListener('weir-refused', this.onRefused);
    if (this.signedIn) this.enter?.();
  }

  disconnectedCallback() {
    window.removeEventListener('hashchange', this.onAddress);
    window.removeEventListener('weir-refused', this.onRefused);
    this.leave?.();
    super.disconnectedCallback();
  }

  render() {
    return html`${header(this.heading, this.signedIn ? () => this.signOut() : null)}
      <main id="main" class="desk-main">${this.signedIn ? this.page() : this.signIn()}</main>`;
  }

  signIn() {
    return html`<form class="card sign-in" @submit=${(e) => this.submitKey(e)}>
      <img src="/assets/img/logo.svg" alt="" width="44" height="37">
      <h1>Sign in to ${this.heading}</h1>
      <p class="muted">This page is for ${this.audience}. Paste the API key that your operator gave you: it stays in
        this tab and is forgotten when you close it.</p>
      ${this.refusal ? html`<p class="notice notice-bad" role="alert">${this.refusal.text}</p>` : nothing}
      <label>API key
        <input name="key" type="password" autocomplete="off" spellcheck="false" required data-testid="api-key" autofocus>
      </label>
      <button class="button primary wide" data-testid="sign-in">Sign in</button>
    </form>`;
  }

  submitKey(event) {
    event.preventDefault();
    const key = new FormData(event.target).get('key').trim();
    if (!key) return;
    keepKey(key);
    this.refusal = null;
    this.signedIn = true;
    this.enter?.();
  }

  signOut() {
    forgetKey();
    this.refusal = null;
    this.signedIn = false;
    this.leave?.();
  }
}

export const header = (current, onSignOut) => html`<a class="skip" href="#main">Skip to content</a>
  <header class="desk-bar">
    <a class="brand" href="/"><img src="/assets/img/logo.svg" alt="" width="30" height="26"><span>weir</span></a>
    <nav aria-label="Pages">${PAGES.map(
      ([href, name]) => html`<a href=${href} aria-current=${name === current ? 'page' : nothing}>${name}</a>`,
    )}</nav>
    ${onSignOut ? html`<button class="button quiet small" @click=${onSignOut}>Sign out</button>` : nothing}
  </header>`;
