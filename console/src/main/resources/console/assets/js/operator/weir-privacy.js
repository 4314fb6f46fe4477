// What buyers asked through the platforms: what the hub erases by itself, and what the operator hands over, by when.
import { WeirElement, html, nothing } from '../core/element.js';
import { channelName, day } from '../core/format.js';
import { get, post } from '../core/api.js';
import { load } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';

const WORDS = { DISCLOSE: 'asks what is kept of them', ERASE: 'asks to be erased', ERASE_SHOP: 'The shop left: all its buyers are erased' };

export class WeirPrivacy extends WeirElement {
  static properties = { requests: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
  }

  refresh = () => load(this, 'requests', get('/api/privacy-requests'));

  render() {
    const items = this.requests?.value?.items ?? [];
    return items.length ? html`<section class="card" data-testid="privacy"><div class="card-head"><h3>Buyers' wishes</h3></div><ul class="stack">${items.map((r) => this.request(r))}</ul></section>` : nothing;
  }

  request(r) {
    const who = r.email ?? (r.orderExternalIds.length ? `the buyer of ${r.orderExternalIds.join(', ')}` : 'a buyer');
    return html`<li class="notice notice-warn notice-wrap small-text" data-testid="privacy-${r.id}"><span><b>${channelName(r.channel)}:</b> ${r.kind === 'ERASE_SHOP' ? WORDS[r.kind] : `${who} ${WORDS[r.kind]}`}. To be answered by ${day(r.dueAt)}.${r.waits ? ` ${r.waits}.` : ''}</span>
      ${r.kind === 'DISCLOSE' ? html`<button class="button small" @click=${() => this.save(r)}>Save what is kept</button>
        <button class="button small" ?disabled=${this.busy} @click=${() => this.answer(r)}>Handed over</button>` : nothing}</li>`;
  }

  async save(r) {
    try {
      const data = await get(`/api/privacy-requests/${encodeURIComponent(r.id)}/data`);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
      link.download = `buyer-${r.id}.json`;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      failed(error);
    }
  }

  async answer(r) {
    this.busy = true;
    try {
      await post(`/api/privacy-requests/${encodeURIComponent(r.id)}/answer`, {});
      toast('Noted as answered.');
    } catch (error) {
      failed(error);
    } finally {
      this.busy = false;
      this.refresh();
    }
  }
}

customElements.define('weir-privacy', WeirPrivacy);
