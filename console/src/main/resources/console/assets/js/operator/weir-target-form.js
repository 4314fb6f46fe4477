// A new target: choose the platform, paste what it gave you. The key goes to the hub and never comes back.
import { WeirElement, html, nothing } from '../core/element.js';
import { limitsLine } from '../stream/words.js';

const OTHER = { choice: '', id: '', name: 'Another address', help: 'Any rtmp://, rtmps:// or srt:// address, or https:// for WHIP, with its key.' };

// One platform may be there several times: once for each account that the brand has connected.
const choiceOf = (preset) => preset.choice ?? preset.id;

/** Tells `target` with the body to post, or `cancel`. */
export class WeirTargetForm extends WeirElement {
  static properties = { presets: { attribute: false }, busy: { type: Boolean }, chosen: { state: true }, keyShown: { state: true } };

  get preset() {
    return [...this.presets, OTHER].find((p) => choiceOf(p) === (this.chosen ?? choiceOf(this.presets[0] ?? OTHER)));
  }

  render() {
    const p = this.preset;
    return html`<form class="card target-form" data-testid="target-form" @submit=${(e) => this.submit(e)}>
      <div class="segments" role="group" aria-label="Where to">${[...this.presets, OTHER].map((one) => html`<button type="button" data-testid="preset-${one.id || 'other'}" aria-pressed=${String(one === p)} @click=${() => { this.chosen = choiceOf(one); }}>${one.name}</button>`)}</div>
      ${p.account ? html`<p class="small-text" data-testid="target-account">For your connected account <b>${p.account.name}</b>.</p>` : nothing}<p class="small-text">${p.help}</p>
      ${p.limits ? html`<p class="hint">Takes ${limitsLine(p.limits)}.${p.uncertain ? html` Not published by the platform, so check in its own studio${p.uncertainties?.length ? `: ${p.uncertainties.join('; ')}` : ''}.` : nothing}</p>` : nothing}
      <div class="form-grid">${p.id ? this.known(p) : this.other()}
        ${p.limits ? html`<label class="span">When the stream is more than it takes<select name="fit"><option value="AS_IS">Say so, and send it as it is</option><option value="REENCODE">Re-encode for this target</option></select></label>` : nothing}</div>
      <div class="actions"><button class="button primary" data-testid="save-target" ?disabled=${this.busy}>Add target</button><button type="button" class="button" @click=${() => this.tell('cancel')}>Cancel</button></div></form>`;
  }

  known(p) {
    return html`<label class="span">Server<input name="server" type="url" required pattern="(rtmps?|srt|https?)://.+" title="rtmp://, rtmps://, srt:// or https://" .value=${p.server ?? ''} placeholder="rtmps://…" autocomplete="off" spellcheck="false" data-testid="target-server"></label>
      ${p.keyNeeded === false ? nothing : html`<label class="span">Stream key<span class="with-button"><input name="key" type=${this.keyShown ? 'text' : 'password'} required autocomplete="off" spellcheck="false" data-testid="target-key">
        <button type="button" class="button small" aria-pressed=${String(Boolean(this.keyShown))} @click=${() => { this.keyShown = !this.keyShown; }}>${this.keyShown ? 'Hide' : 'Show'}</button></span>
        <span class="hint">Paste it whole, with everything behind a question mark. It cannot be read back here.</span></label>`}`;
  }

  other = () => html`<label>Name<input name="name" required maxlength="60" placeholder="Our second site" data-testid="target-name"></label>
    <label class="span">Address with key<input name="url" required type="url" pattern="(rtmps?|srt|https?)://.+" title="rtmp://, rtmps://, srt:// or https:// (WHIP)" placeholder="rtmps://push.example/live/key" autocomplete="off" spellcheck="false" data-testid="target-url"></label>`;

  submit(event) {
    event.preventDefault();
    const fields = Object.fromEntries([...new FormData(event.target)].map(([name, value]) => [name, value.trim()]));
    this.tell('target', this.preset.id ? { preset: this.preset.id, ...fields } : fields);
  }
}
customElements.define('weir-target-form', WeirTargetForm);
