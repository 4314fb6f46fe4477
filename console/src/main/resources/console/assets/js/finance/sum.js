// Exact sums of decimal strings; amounts of the books must not pass through floating point.
function minor(amount, scale) {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  if (whole === undefined) throw new Error(`amount: ${amount} (expected: a decimal like 12.90)`);
  return BigInt(sign + whole + fraction.padEnd(scale, '0'));
}

const scaleOf = (amount) => amount.split('.')[1]?.length ?? 0;

/** The sum of money values of one currency, or null for none. */
export function sum(values) {
  if (!values.length) return null;
  const { currency } = values[0];
  const scale = Math.max(...values.map((v) => scaleOf(String(v.amount))));
  const total = values.reduce((t, v) => t + minor(String(v.amount), scale), 0n);
  const digits = String(total < 0n ? -total : total).padStart(scale + 1, '0');
  const text = scale ? `${digits.slice(0, -scale)}.${digits.slice(-scale)}` : digits;
  return { amount: (total < 0n ? '-' : '') + text, currency };
}

/** Money per key of the rows, largest first. */
export function sumBy(rows, keyOf, valueOf) {
  const groups = new Map();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), valueOf(row)]);
  return [...groups].map(([name, values]) => ({ name, value: sum(values) })).sort((a, b) => Number(b.value.amount) - Number(a.value.amount));
}
