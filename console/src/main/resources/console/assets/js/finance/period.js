// Periods in the reader's own calendar; the report is asked for in the zone that is shown.
import { isoDay } from '../core/format.js';

export const PERIODS = [['today', 'Today'], ['7', '7 days'], ['30', '30 days'], ['custom', 'Custom']];

/** First and last day, both included, as ISO dates. */
export function daysOf(period, from, to) {
  if (period === 'custom') return { from, to };
  const today = new Date();
  const days = period === 'today' ? 1 : Number(period);
  const first = new Date(today.getFullYear(), today.getMonth(), today.getDate() - days + 1);
  return { from: isoDay(first), to: isoDay(today) };
}

export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';

export const zones = () => [...new Set([ownZone(), 'UTC', 'Europe/Berlin', 'Europe/London', 'America/New_York', 'America/Los_Angeles', 'Asia/Singapore', 'Asia/Tokyo', 'Australia/Sydney'])];
