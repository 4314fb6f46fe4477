// One route: its picture, its text, and the way of a change: check, dry run, version, approval, swap, and back.
import { WeirElement, html, nothing } from '../core/element.js';
import { when } from '../core/format.js';
import { get, post } from '../core/api.js';
import { load, problemNote, skeleton, stateChip, table } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';
import './weir-route-picture.js';
import './weir-route-versions.js';
import { diffLines, verdictNote } from './route-words.js';

const NOTE_MOST = 500;
const MESSAGES = 20;

/** `route` is the id. */
export class WeirRouteEditor extends WeirElement {
  static properties = { route: { type: String }, one: { state: true }, yaml: { state: true }, wrongs: { state: true }, rehearsals: { state: true }, busy: { state: true } };

  updated(changed) {
    if (changed.has('route')) this.open();
  }

  get path() {
    return `/api/routes/${encodeURIComponent(this.route)}`;
  }

  async open() {
    this.one = null;
    await this.reload();
    this.yaml = this.one.value?.yaml ?? '';
    this.forget();
  }

  reload = () => load(this, 'one', get(this.path));

  forget() {
    this.wrongs = null;
    this.rehearsals = null;
  }

  render() {
    if (this.one?.problem) return html`${this.back()}${problemNote(this.one.problem, () => this.open())}`;
    if (!this.one?.value) return skeleton(6);
    const { standing: s, versions, decisions, hubs, model } = this.one.value;
    return html`<div class="stack">${this.back()}
      <section class="card" aria-labelledby="route-title"><div class="card-head"><div><h2 id="route-title" class="mono">${s.route}</h2><small class="muted">${s.description}</small></div>
        <span data-testid="route-running">${stateChip(s.running ? `version ${s.running}` : 'as it ships', s.running ? 'warn' : 'idle')}</span></div>
        ${s.refusal ? html`<p class="notice notice-bad" role="alert" data-testid="route-refusal">What is in force does not run here. ${s.refusal}</p>` : nothing}
        <weir-route-picture .model=${model}></weir-route-picture>
        ${s.wanted ? html`<div class="actions"><button class="button danger" ?disabled=${this.busy} @click=${() => this.takeBack()} data-testid="route-rollback">Take version ${s.wanted} back</button></div>` : nothing}
        ${this.hubs(hubs)}</section>
      ${this.text(s)}
      <weir-route-versions .standing=${s} .versions=${versions} .decisions=${decisions} .busy=${this.busy} @weir-approve=${(e) => this.approve(e.detail)} @weir-apply=${(e) => this.apply(e.detail)} @weir-show=${(e) => this.show(e.detail)}></weir-route-versions></div>`;
  }

  back = () => html`<p><a href="#routes">← All routes</a></p>`;

  hubs(hubs) {
    if (hubs.length < 2) return nothing;
    return html`<details class="fold-list"><summary>On ${hubs.length} hubs</summary><ul class="lines">${hubs.map((h) => html`<li><span class="mono">${h.hub.slice(0, 8)}<small class="muted">${when(h.at)}</small></span><span>${h.version ? `version ${h.version}` : 'as it ships'}${h.refusal ? html`<small class="reason bad">${h.refusal}</small>` : nothing}</span></li>`)}</ul></details>`;
  }

  text(s) {
    const isChanged = this.yaml !== this.one.value.yaml;
    return html`<section class="card" aria-labelledby="route-change"><div class="card-head"><h2 id="route-change">Change it</h2>${s.needsApproval ? html`<span class="muted small-text">needs a second person</span>` : nothing}</div>
      <label>Text, in YAML<textarea class="code" spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off" .value=${this.yaml} aria-invalid=${this.wrongs?.length ? 'true' : nothing} aria-describedby=${this.wrongs ? 'route-wrongs' : nothing}
        @input=${(e) => { this.yaml = e.target.value; this.forget(); }} data-testid="route-yaml"></textarea></label>
      ${this.wrongs ? this.verdict() : nothing}
      <div class="actions"><button class="button" ?disabled=${this.busy} @click=${() => this.check()} data-testid="route-check">Check</button>
        <button class="button" ?disabled=${this.busy || !isChanged} @click=${() => this.dryRun()} data-testid="route-dry-run">Dry run on ${MESSAGES} messages</button>
        ${isChanged ? html`<button class="button" @click=${() => this.show(this.one.value.yaml)}>Undo my changes</button>` : nothing}</div>
      ${(this.rehearsals ?? []).map((r) => this.rehearsal(r))}
      <form class="stack" @submit=${(e) => this.propose(e)}><label>What you changed, and why (optional)<input name="note" maxlength=${NOTE_MOST} autocomplete="off"></label>
        <div class="actions"><button class="button primary" ?disabled=${this.busy || !isChanged} data-testid="route-propose">Keep as a version</button></div></form></section>`;
  }

  verdict() {
    if (!this.wrongs.length) return html`<p id="route-wrongs" role="status" class="is" data-testid="route-wrongs">Nothing is wrong with it.</p>`;
    return html`<ul id="route-wrongs" class="lines" role="alert" data-testid="route-wrongs">${this.wrongs.map((w) => html`<li><span class="field-bad">Line ${w.line}, <span class="mono">${w.place}</span>: ${w.value}<small class="muted">expected: ${w.expected}</small></span></li>`)}</ul>`;
  }

  rehearsal(r) {
    return html`<section class="stack" aria-label="Dry run of ${r.route}" data-testid="rehearsal">${diffLines(r.diff)}${verdictNote(r.verdict)}
      ${r.verdict.differences.length ? table([
        { title: 'Message', cell: (d) => d.message },
        { title: 'Field', cell: (d) => html`<span class="mono">${d.field}</span>` },
        { title: 'Now', cell: (d) => html`<span class="was">${d.before ?? 'not there'}</span>` },
        { title: 'Then', cell: (d) => html`<span class="is">${d.after ?? 'not there'}</span>` },
      ], r.verdict.differences, { label: 'What differs', testid: 'differences' }) : nothing}</section>`;
  }

  show(yaml) {
    this.yaml = yaml;
    this.forget();
  }

  check = () => this.change(async () => {
    this.wrongs = (await post('/api/routes/validate', { yaml: this.yaml })).wrongs;
  });

  dryRun = () => this.change(async () => {
    this.rehearsals = (await post('/api/routes/dry-run', { yaml: this.yaml, messages: MESSAGES })).items;
    this.wrongs = [];
  });

  propose(event) {
    event.preventDefault();
    const note = new FormData(event.target).get('note').trim();
    return this.change(async () => {
      const { items } = await post('/api/routes', { yaml: this.yaml, ...(note ? { note } : {}) });
      await this.reload();
      toast(items.length ? `Kept as version ${items.map((v) => v.version).join(', ')}.` : 'Nothing differs from what is in force.');
    });
  }

  approve = (version) => this.change(async () => {
    await post(`${this.path}/versions/${version}/approve`);
    await this.reload();
    toast(`Version ${version} is approved.`);
  });

  apply = (version) => this.change(async () => this.came(await post(`${this.path}/versions/${version}/apply`)));

  takeBack() {
    if (!confirm('Put the version before it in force again?')) return undefined;
    return this.change(async () => this.came(await post(`${this.path}/rollback`)));
  }

  /** What is in force is what one edits next. */
  async came(standing) {
    await this.open();
    toast(standing.refusal ? `It does not run here: ${standing.refusal}` : standing.running ? `Version ${standing.running} runs.` : 'It runs as it ships.');
  }

  async change(work) {
    this.busy = true;
    try {
      await work();
    } catch (failure) {
      // Words about the text stay beside it.
      if (failure.body?.wrongs) this.wrongs = failure.body.wrongs;
      else failed(failure);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('weir-route-editor', WeirRouteEditor);
