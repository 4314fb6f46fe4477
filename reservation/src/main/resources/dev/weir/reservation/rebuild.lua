-- What does the ledger say of one SKU? Adds what is missing here; refused (0) when a newer version was seen, (-1) in another epoch.
-- KEYS: pool, stock, holds. ARGV: epoch, now in ms, cap, version, then member `id|units` and remaining life in ms.
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then
  return -1
end
local now = tonumber(ARGV[2])
if tonumber(ARGV[4]) < tonumber(redis.call('HGET', KEYS[2], 'v') or '0') then
  return 0
end
redis.call('HSET', KEYS[2], 'cap', ARGV[3], 'v', ARGV[4])
for i = 5, #ARGV, 2 do
  if redis.call('ZADD', KEYS[3], now + tonumber(ARGV[i + 1]), ARGV[i]) == 1 then
    redis.call('HINCRBY', KEYS[2], 'held', string.match(ARGV[i], '|(%d+)$'))
  end
end
return 1
