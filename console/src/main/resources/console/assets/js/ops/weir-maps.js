// Field maps: which there are for each channel, whose is in force, and the way to each.
import { WeirElement, html, nothing } from '../core/element.js';
import { channelName } from '../core/format.js';
import { get } from '../core/api.js';
import { empty, load, loaded } from '../ui/parts.js';
import { whose, writes } from './map-words.js';
import './weir-map-editor.js';

/** `about` is CHANNEL/NAME of the one that is open, or empty; `delivery` the id of one to try it on, or empty. */
export class WeirMaps extends WeirElement {
  static properties = { about: { type: String }, delivery: { type: String }, maps: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
  }

  refresh = () => load(this, 'maps', get('/api/mappings'));

  render() {
    const [channel, ...name] = (this.about ?? '').split('/');
    if (channel && name.length) {
      return html`<weir-map-editor .channel=${channel} .name=${name.join('/')} .delivery=${this.delivery} @weir-map-changed=${this.refresh}></weir-map-editor>`;
    }
    return html`<section class="stack"><p class="muted">A map says how a channel's fields become ours, or ours become the channel's. What you change is for your brand alone, is in force within two seconds, and can be taken back.</p>
      ${loaded(this.maps, ({ items }) => this.channels(items), html`<div class="card">${empty('No maps', 'No channel of this hub has any.')}</div>`, this.refresh)}</section>`;
  }

  channels(items) {
    return [...new Set(items.map((m) => m.channel))].map((channel) => html`<section class="card" aria-label=${channelName(channel)} data-testid="maps-${channel}"><div class="card-head"><h2>${channelName(channel)}</h2></div>
      <ul class="map-list">${items.filter((m) => m.channel === channel).map((m) => html`<li><a href="#maps/${m.channel}/${m.name}" data-testid="map-${m.channel}-${m.name}"><span><b class="mono">${m.name}</b><small class="muted">${writes(m)}</small></span>${m.origin === 'SHIPPED' ? nothing : whose(m)}</a></li>`)}</ul>
      <form class="actions" @submit=${(e) => this.newTable(e, channel)}><label class="grow">A table of your own, such as <span class="mono">categories</span><span class="with-button"><input name="table" pattern="[a-z0-9-]{1,40}" required autocomplete="off" spellcheck="false" title="Small letters, digits and dashes" data-testid="table-${channel}"><button class="button">Open</button></span></label></form></section>`);
  }

  newTable(event, channel) {
    event.preventDefault();
    location.hash = `maps/${channel}/tables/${new FormData(event.target).get('table')}`;
  }
}
customElements.define('weir-maps', WeirMaps);
