// The versions of a route: what each changed, how its rehearsal ended, who wrote, approved and applied it, and what may be done with it.
import { WeirElement, html, nothing } from '../core/element.js';
import { when } from '../core/format.js';
import { empty, stateChip } from '../ui/parts.js';
import { diffLines, verdictNote } from './route-words.js';

const KINDS = { APPROVED: 'approved', APPLIED: 'put in force', ROLLED_BACK: 'went back to' };

/** Tells `weir-approve` and `weir-apply` with a version, `weir-show` with its text. */
export class WeirRouteVersions extends WeirElement {
  static properties = { standing: { attribute: false }, versions: { attribute: false }, decisions: { attribute: false }, busy: { attribute: false } };

  render() {
    return html`<section class="card" aria-labelledby="route-versions"><div class="card-head"><h2 id="route-versions">Versions</h2></div>
      ${this.versions.length ? html`<ul class="stack" data-testid="route-versions">${this.versions.map((v) => this.version(v))}</ul>` : empty('None yet', 'It runs as it ships. A change that you keep stands here.')}
      ${this.decisions.length ? html`<details class="fold-list"><summary>Who decided what <small class="muted">${this.decisions.length}</small></summary><ul class="lines" data-testid="route-decisions">${this.decisions.map((d) => html`<li><span>${d.by}<small class="muted">${when(d.at)}</small></span><span>${KINDS[d.kind] ?? d.kind.toLowerCase()} ${d.version || 'the one that ships'}</span></li>`)}</ul></details>` : nothing}</section>`;
  }

  version(v) {
    const isBlocked = v.verdict.blocks.length > 0;
    const waits = v.needsApproval && !v.approver;
    const isNext = v.basedOn === this.standing.wanted && v.version !== this.standing.wanted;
    return html`<li class="route-version" data-testid="version-${v.version}"><div class="card-head"><div><b>${v.version}</b> ${v.note ?? ''}<small class="reason">${v.author}, ${when(v.at)}${v.approver ? `, approved by ${v.approver}` : ''}, written against ${v.basedOn || 'the one that ships'}</small></div>${this.chip(v, isBlocked, waits, isNext)}</div>
      <details class="fold-list"><summary>What it changes</summary>${diffLines(v.diff)}${verdictNote(v.verdict)}</details>
      <div class="actions"><button class="button small" aria-label="Look at version ${v.version}" @click=${() => this.tell('weir-show', v.yaml)}>Look</button>
        ${isNext && waits && !isBlocked ? html`<button class="button small" ?disabled=${this.busy} @click=${() => this.tell('weir-approve', v.version)} data-testid="approve-${v.version}">Approve</button>` : nothing}
        ${isNext && !waits && !isBlocked ? html`<button class="button small primary" ?disabled=${this.busy} @click=${() => this.tell('weir-apply', v.version)} data-testid="apply-${v.version}">Put in force</button>` : nothing}</div></li>`;
  }

  chip(v, isBlocked, waits, isNext) {
    if (v.version === this.standing.wanted) return stateChip(v.version === this.standing.running ? 'runs' : 'in force', v.version === this.standing.running ? 'good' : 'bad');
    if (isBlocked) return stateChip('blocked', 'bad');
    if (!isNext) return stateChip('of the past', 'idle');
    return waits ? stateChip('waits for approval', 'warn') : stateChip('ready', 'good');
  }
}
customElements.define('weir-route-versions', WeirRouteVersions);
