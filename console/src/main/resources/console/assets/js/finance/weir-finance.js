// Unified GMV: what was sold, in which channel, because of which show, from the journal of the hub.
import { html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { channelName, count, money } from '../core/format.js';
import { get, send, withQuery } from '../core/api.js';
import { StaffPage } from '../ui/shell.js';
import { empty, load, loaded, table } from '../ui/parts.js';
import { failed } from '../ui/toast.js';
import { PERIODS, daysOf, ownZone, zones } from './period.js';
import { sumBy } from './sum.js';
import './weir-bars.js';
import './weir-payouts.js';

const GROUPINGS = [['channel,show', 'Channel and show'], ['channel', 'Channel'], ['show,host', 'Show and host'], ['day,channel', 'Day and channel'], ['sku', 'Product']];
const NO_SHOW = 'Outside a show';

export class WeirFinance extends StaffPage {
  static properties = { report: { state: true }, period: { state: true }, from: { state: true }, to: { state: true }, zone: { state: true }, by: { state: true }, currency: { state: true }, saving: { state: true } };

  constructor() {
    super();
    this.heading = 'Finance';
    this.audience = 'finance';
    this.period = '7';
    this.zone = ownZone();
    this.by = 'channel,show';
    this.currency = '';
    Object.assign(this, daysOf('7'));
  }

  enter() {
    return this.refresh();
  }

  get query() {
    return { ...daysOf(this.period, this.from, this.to), by: this.by, zone: this.zone, currency: this.currency };
  }

  refresh() {
    this.report = null;
    return load(this, 'report', get(withQuery('/api/reports/gmv', this.query)));
  }

  choose(changes) {
    Object.assign(this, changes);
    if (this.period === 'custom' && !(this.from && this.to && this.from <= this.to)) return undefined;
    return this.refresh();
  }

  // A plain link could not carry the key, so the file is fetched and handed over.
  async download() {
    this.saving = true;
    try {
      const query = this.query;
      const response = await send(withQuery('/api/reports/gmv', { ...query, format: 'csv' }), { headers: { Accept: 'text/csv' } });
      const url = URL.createObjectURL(await response.blob());
      const link = Object.assign(document.createElement('a'), { href: url, download: `gmv-${query.from}-${query.to}.csv` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    } catch (failure) {
      failed(failure);
    } finally {
      this.saving = false;
    }
  }

  page() {
    return html`<div class="page-head"><div><h1>Finance</h1><p class="muted">Every order from every shop, straight from the journal.</p></div>
        <button class="button" data-testid="csv" ?disabled=${this.saving} @click=${() => this.download()}>${this.saving ? html`<span class="spinner"></span>` : icon('download')} CSV</button></div>
      <div class="filters"><div class="segments" role="group" aria-label="Period">${PERIODS.map(([id, name]) => html`<button data-testid="period-${id}" aria-pressed=${String(this.period === id)} @click=${() => this.choose({ period: id })}>${name}</button>`)}</div>
        ${this.period === 'custom' ? html`<label>From<input type="date" .value=${this.from} max=${this.to} @change=${(e) => this.choose({ from: e.target.value })}></label><label>To<input type="date" .value=${this.to} min=${this.from} @change=${(e) => this.choose({ to: e.target.value })}></label>` : nothing}
        ${this.select('Grouped by', this.by, GROUPINGS, (by) => this.choose({ by }))}
        ${this.select('Time zone', this.zone, zones().map((z) => [z, z]), (zone) => this.choose({ zone }))}
        ${this.select('Currency', this.currency, [['', 'As sold'], ['EUR', 'EUR'], ['USD', 'USD'], ['GBP', 'GBP']], (currency) => this.choose({ currency }))}</div>
      ${loaded(this.report, (r) => this.result(r), nothing, () => this.refresh())}
      <weir-payouts></weir-payouts>`;
  }

  select = (name, value, options, onChange) => html`<label>${name}<select @change=${(e) => onChange(e.target.value)}>${options.map(([id, text]) => html`<option value=${id} ?selected=${id === value}>${text}</option>`)}</select></label>`;

  result(report) {
    if (!report.rows.length) return html`<section class="card">${empty('Nothing sold in this period', 'Choose a longer period, or wait for the first order.')}</section>`;
    const t = report.totals;
    return html`<section class="figures" aria-label="Totals">${this.figure('Net', money(t.net), 'gmv-total', 'figure-main')}${this.figure('Gross', money(t.gross), 'gmv-gross')}${this.figure('Refunds', money(t.refunds), 'gmv-refunds')}${this.figure('Orders', count(t.orders), 'gmv-orders')}${this.figure('Units', count(t.units), 'gmv-units')}</section>
      ${report.rows[0].channel ? html`<section class="card" aria-labelledby="bars-title"><div class="card-head"><h2 id="bars-title">Net by channel</h2></div><weir-bars .bars=${sumBy(report.rows, (r) => channelName(r.channel), (r) => r.net)}></weir-bars></section>` : nothing}
      <section class="card" aria-labelledby="rows-title"><div class="card-head"><h2 id="rows-title">By ${GROUPINGS.find(([id]) => id === this.by)[1].toLowerCase()}</h2><small class="muted">${this.query.from} to ${this.query.to} · ${report.zone}</small></div>${this.rows(report)}</section>`;
  }

  figure = (name, value, testid, kind = '') => html`<div class="figure ${kind}"><span>${name}</span><b data-testid=${testid}>${value}</b></div>`;

  rows({ rows, totals }) {
    const dimensions = [['day', 'Day', (r) => r.day], ['channel', 'Channel', (r) => channelName(r.channel)], ['show', 'Show', (r) => r.showTitle ?? r.show ?? NO_SHOW], ['host', 'Host', (r) => r.host ?? '–'], ['sku', 'Product', (r) => html`<span class="mono">${r.sku}</span>`]]
      .filter(([id]) => this.by.split(',').includes(id)).map(([, title, cell]) => ({ title, cell }));
    const amounts = ['gross', 'refunds', 'net'];
    const columns = [...dimensions, ...['orders', 'units'].map((id) => ({ title: capital(id), numeric: true, cell: (r) => count(r[id]) })), ...amounts.map((id) => ({ title: capital(id), numeric: true, cell: (r) => money(r[id]) }))];
    const foot = html`<tfoot><tr><th scope="row" colspan=${dimensions.length}>Total</th><td class="num" data-label="Orders">${count(totals.orders)}</td><td class="num" data-label="Units">${count(totals.units)}</td>${amounts.map((id) => html`<td class="num" data-label=${capital(id)}>${money(totals[id])}</td>`)}</tr></tfoot>`;
    return table(columns, rows, { label: 'GMV', testid: 'gmv-table', foot });
  }
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);
customElements.define('weir-finance', WeirFinance);
