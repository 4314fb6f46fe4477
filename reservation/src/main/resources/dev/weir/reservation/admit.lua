-- May this hold pass on to the ledger? All SKUs or none.
-- KEYS: pool, marker of the hold, then stock and holds of each SKU. All share the brand's hash tag.
-- ARGV: epoch, newest number (of an admission or a change) that the caller has seen, now in ms (the ledger's time, not this server's), life of the hold in ms (0:
-- only look), life of the marker in ms, hold id, units of each SKU.
-- A server that was flushed, replaced or restored does not know the epoch, or is behind what the caller has seen.
local pool = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'ready')
if pool[1] ~= ARGV[1] or pool[3] ~= '1' or tonumber(pool[2]) < tonumber(ARGV[2]) then
  return { 'STALE', 0, 0 }
end
local now = tonumber(ARGV[3])
-- A hold that was granted while this server was away has no marker, but a rebuild brought its units.
if redis.call('EXISTS', KEYS[2]) == 1 or redis.call('ZSCORE', KEYS[4], ARGV[6] .. '|' .. ARGV[7]) then
  return { 'REPEAT', 0, 0 }
end
local skus = #ARGV - 6
local short, left = 0, 0
for i = 1, skus do
  local stock, holds = KEYS[2 * i + 1], KEYS[2 * i + 2]
  local cap = redis.call('HGET', stock, 'cap')
  if not cap then
    return { 'UNKNOWN', i, 0 }
  end
  for _, due in ipairs(redis.call('ZRANGEBYSCORE', holds, '-inf', now)) do
    redis.call('ZREM', holds, due)
    redis.call('HINCRBY', stock, 'held', '-' .. string.match(due, '|(%d+)$'))
  end
  local available = tonumber(cap) - tonumber(redis.call('HGET', stock, 'held') or '0')
  if short == 0 and available < tonumber(ARGV[6 + i]) then
    short, left = i, math.max(0, available)
  end
end
if short > 0 then
  return { 'SOLD_OUT', short, left }
end
if ARGV[4] == '0' then
  return { 'ENOUGH', 0, 0 }
end
for i = 1, skus do
  local units = ARGV[6 + i]
  -- One that was granted while its marker was lost may have been learnt for some of its SKUs.
  if redis.call('ZADD', KEYS[2 * i + 2], now + tonumber(ARGV[4]), ARGV[6] .. '|' .. units) == 1 then
    redis.call('HINCRBY', KEYS[2 * i + 1], 'held', units)
  end
end
redis.call('SET', KEYS[2], '1', 'PX', ARGV[5])
return { 'ADMITTED', redis.call('HINCRBY', KEYS[1], 'seq', 1), 0 }
