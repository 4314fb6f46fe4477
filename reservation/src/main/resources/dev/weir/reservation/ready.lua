-- The epoch's numbers are complete: it may be asked. Refused (0) when another one has begun.
-- KEYS: pool. ARGV: epoch.
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'ready', 1)
return 1
