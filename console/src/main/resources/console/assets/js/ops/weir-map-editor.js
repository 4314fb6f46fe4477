// One map or table of the brand: read it beside the default, change it, try it on a payload, put it in force, take it back.
import { WeirElement, html, nothing } from '../core/element.js';
import { channelName, when } from '../core/format.js';
import { del, get, post, put } from '../core/api.js';
import { load, problemNote, skeleton } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';
import { whose, writes } from './map-words.js';
import './weir-map-trial.js';

const NOTE_MOST = 500;

export class WeirMapEditor extends WeirElement {
  static properties = { channel: { type: String }, name: { type: String }, delivery: { type: String }, map: { state: true }, source: { state: true }, bad: { state: true }, busy: { state: true }, trial: { state: true } };

  updated(changed) {
    if (changed.has('channel') || changed.has('name')) this.open();
  }

  get path() {
    return `/api/mappings/${encodeURIComponent(this.channel)}/${this.name.split('/').map(encodeURIComponent).join('/')}`;
  }

  get isTable() {
    return this.name.startsWith('tables/');
  }

  /** A table that nobody has made yet begins empty. */
  read = () => get(this.path).catch((problem) => (problem.status === 404 && this.isTable
    ? { channel: this.channel, name: this.name, origin: null, source: '{}', shipped: null, versions: [] } : Promise.reject(problem)));

  async open() {
    this.map = null;
    this.bad = '';
    this.trial = null;
    await load(this, 'map', this.read());
    this.source = this.map.value?.source ?? '';
  }

  render() {
    if (this.map?.problem) return html`${this.back()}${problemNote(this.map.problem, () => this.open())}`;
    if (!this.map?.value) return skeleton(6);
    const m = this.map.value;
    const isChanged = this.source !== (m.source ?? '');
    return html`<div class="stack">${this.back()}<div class="halves"><section class="card" aria-labelledby="map-title"><div class="card-head"><div><h2 id="map-title">${channelName(m.channel)}: <span class="mono">${m.name}</span></h2><small class="muted">${writes(m)}</small></div><span data-testid="map-origin">${whose(m)}</span></div>
      <label>${this.isTable ? 'Table, a JSON object' : 'Map, in JSLT'}<textarea class="code" spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off" .value=${this.source} aria-invalid=${this.bad ? 'true' : nothing} aria-describedby=${this.bad ? 'bad-source' : nothing}
        @input=${(e) => { this.source = e.target.value; }} data-testid="map-source"></textarea></label>
      ${this.bad ? html`<p class="field-bad" id="bad-source" role="alert" data-testid="map-bad">${this.bad}</p>` : nothing}
      <form class="stack" @submit=${(e) => this.save(e)}><label>What you changed, and why (optional)<input name="note" maxlength=${NOTE_MOST} autocomplete="off"></label>
        <div class="actions"><button class="button primary" ?disabled=${this.busy || !isChanged} data-testid="map-save">Put in force for your brand</button>
          ${isChanged ? html`<button type="button" class="button" @click=${() => this.show(m.source ?? '')}>Undo my changes</button>` : nothing}
          ${m.shipped !== null && this.source !== m.shipped ? html`<button type="button" class="button" @click=${() => this.show(m.shipped)}>Look at the default</button>` : nothing}
          ${m.origin === 'BRAND' ? html`<button type="button" class="button danger" ?disabled=${this.busy} @click=${() => this.giveUp()} data-testid="map-restore">Restore the default</button>` : nothing}</div></form>
      ${this.versions(m)}</section>
      ${this.isTable ? nothing : html`<weir-map-trial .path=${this.path} .channel=${this.channel} .name=${this.name} .delivery=${this.delivery} .source=${isChanged ? this.source : null} @weir-tried=${(e) => { this.trial = e.detail; }}></weir-map-trial>`}</div></div>`;
  }

  back = () => html`<p class="actions"><a href="#maps">← All field maps</a>${this.delivery ? html`<a href="#now/${this.delivery}" data-testid="to-delivery">The delivery, to replay it →</a>` : nothing}</p>`;

  versions({ versions }) {
    if (!versions.length) return nothing;
    return html`<details class="fold-list"><summary>Versions of your brand <small class="muted">${versions.length}</small></summary><ul class="lines">${versions.map((v, at) => html`<li><span><b>${v.version}</b> ${v.source === null ? 'the default again' : v.note ?? ''}<small class="muted">${v.author}, ${when(v.at)}</small></span>
      <span class="actions">${v.source === null ? nothing : html`<button class="button small" aria-label="Look at version ${v.version}" @click=${() => this.show(v.source)}>Look</button>`}${at === 0 || v.source === null ? nothing : html`<button class="button small" ?disabled=${this.busy} aria-label="Use version ${v.version} again" @click=${() => this.rollback(v.version)}>Use again</button>`}</span></li>`)}</ul></details>`;
  }

  show(source) {
    this.source = source;
    this.bad = '';
  }

  save(event) {
    event.preventDefault();
    const wasRefused = this.trial && !this.trial.ok && this.trial.source === this.source;
    if (wasRefused && !confirm('This map does not do on the payload that you tried. Put it in force all the same?')) return undefined;
    const note = new FormData(event.target).get('note').trim();
    const body = { source: this.source, basedOn: this.map.value.versions[0]?.version ?? 0, ...(note ? { note } : {}) };
    return this.change(() => put(this.path, body), 'In force for your brand.');
  }

  giveUp() {
    if (!confirm('Use the default again? Your versions are kept.')) return undefined;
    return this.change(() => del(this.path), 'The default is in force again.');
  }

  rollback = (version) => this.change(() => post(`${this.path}/rollback`, { version }), `Version ${version} is in force again.`);

  async change(request, words) {
    this.busy = true;
    this.bad = '';
    try {
      await request();
      await this.open();
      toast(words);
      this.tell('weir-map-changed');
    } catch (failure) {
      // Words about the text stay beside it; what was typed stays too.
      if (failure.status === 422) this.bad = failure.detail || failure.text;
      else if (failure.status === 409) this.bad = `Somebody changed this map meanwhile: ${failure.detail} Copy what you have, then open the map again.`;
      else failed(failure);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('weir-map-editor', WeirMapEditor);
