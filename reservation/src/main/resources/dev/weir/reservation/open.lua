-- Begins an epoch, not ready to be asked; an older one never replaces a newer one (0).
-- KEYS: pool. ARGV: epoch.
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if epoch and tonumber(epoch) >= tonumber(ARGV[1]) then
  return 0
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'seq', 0, 'ready', 0)
return 1
