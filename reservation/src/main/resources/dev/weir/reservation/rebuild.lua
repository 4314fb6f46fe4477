-- What does the ledger say of one SKU? Adds what is missing here; refused (0) when a newer version was seen.
-- KEYS: stock, holds. ARGV: now in ms (0: this server's time), cap, version, then member `id|units` and remaining life in ms.
local now = tonumber(ARGV[1])
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
if tonumber(ARGV[3]) < tonumber(redis.call('HGET', KEYS[1], 'v') or '0') then
  return 0
end
redis.call('HSET', KEYS[1], 'cap', ARGV[2], 'v', ARGV[3])
for i = 4, #ARGV, 2 do
  if redis.call('ZADD', KEYS[2], now + tonumber(ARGV[i + 1]), ARGV[i]) == 1 then
    redis.call('HINCRBY', KEYS[1], 'held', string.match(ARGV[i], '|(%d+)$'))
  end
end
return 1
