-- What did the ledger decide? Newest version of a SKU wins; holds are added and removed by their id, so repeats are harmless.
-- KEYS: pool, then stock and holds of each SKU.
-- ARGV: epoch, now in ms, then for each SKU: cap (on hand - sold - allocated, or empty), version,
-- hold member `id|units` (or empty), its remaining life in ms (negative: remove it).
-- Answers how many of the SKUs are unknown here, or -1 when the epoch is; and the number of this change: a replica that
-- takes over without having heard of it is behind what the caller has seen.
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then
  return { -1, 0 }
end
local now = tonumber(ARGV[2])
local unknown = 0
for i = 1, (#KEYS - 1) / 2 do
  local stock, holds = KEYS[2 * i], KEYS[2 * i + 1]
  local at = 2 + (i - 1) * 4
  local cap, version, member, life = ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], tonumber(ARGV[at + 4])
  local known = redis.call('HEXISTS', stock, 'cap') == 1
  if cap ~= '' and tonumber(version) > tonumber(redis.call('HGET', stock, 'v') or '0') then
    -- Kept for an unknown SKU too: it refuses a rebuild that was read before this change.
    redis.call('HSET', stock, 'v', version)
    if known then
      redis.call('HSET', stock, 'cap', cap)
    end
  end
  if member ~= '' then
    local units = string.match(member, '|(%d+)$')
    if life < 0 then
      if redis.call('ZREM', holds, member) == 1 then
        redis.call('HINCRBY', stock, 'held', '-' .. units)
      end
    elseif known and redis.call('ZADD', holds, now + life, member) == 1 then
      redis.call('HINCRBY', stock, 'held', units)
    end
  end
  if not known then
    unknown = unknown + 1
  end
end
return { unknown, redis.call('HINCRBY', KEYS[1], 'seq', 1) }
