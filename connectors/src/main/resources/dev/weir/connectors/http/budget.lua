-- How full is the bucket that all hubs share? The same arithmetic as LocalBucket.java; a change here is a change there.
-- KEYS: the bucket, the hubs that use the connection. Times are milliseconds of this server.
-- ARGV: take   limit refill  cost headroom hub atMost
--       settle limit refill  cost charged settledBefore kind a b c   (kind: none, level, closed, pace, slower)
--       look   limit refill
-- Answers: taken (1 or 0), then as text: wait, settled, level, limit, refill, closed for, hubs.
local CLIMB, LOST, LEAST, ROUNDING, HUB_LIFE, KEEP = 60, 130000, 0.05, 1e-9, 60000, 172800000
local op = ARGV[1]
local termsLimit, termsRefill = tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000

local function text(n) return string.format('%.17g', n) end

local names = {'level', 'limit', 'base', 'pace', 'spent', 'settled', 'at', 'lastTake', 'closedUntil', 'termsLimit', 'termsRefill'}
local found = redis.call('HMGET', KEYS[1], unpack(names))
local b = {}
if found[1] then
  for i, name in ipairs(names) do b[name] = tonumber(found[i]) end
else
  b = {level = termsLimit, limit = termsLimit, base = termsRefill, pace = 1, spent = 0, settled = 0, at = now, lastTake = now,
    closedUntil = 0, termsLimit = termsLimit, termsRefill = termsRefill}
end

if b.termsLimit ~= termsLimit or b.termsRefill ~= termsRefill then
  b.termsLimit, b.termsRefill, b.limit, b.base = termsLimit, termsRefill, termsLimit, termsRefill
end
if now - b.lastTake > LOST then b.spent = b.settled end
local seconds = (now - math.max(b.at, b.closedUntil)) / 1000
b.at = math.max(b.at, now)
if seconds > 0 then
  local climbing = math.min(seconds, (1 - b.pace) * CLIMB)
  local reached = b.pace + climbing / CLIMB
  b.level = math.min(b.limit, b.level + b.base * (climbing * (b.pace + reached) / 2 + (seconds - climbing)))
  b.pace = math.min(1, reached)
end

local taken, wait = 0, 0
if op == 'take' then
  local cost, headroom, atMost = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[7])
  if atMost then b.level = math.min(b.level, atMost) end
  local need = math.min(b.limit, cost + headroom * b.limit)
  if b.closedUntil > now then
    wait = b.closedUntil - now
  elseif b.level + ROUNDING < need then
    wait = (need - b.level) / (b.base * b.pace) * 1000
  else
    taken = 1
    b.level, b.spent, b.lastTake = b.level - cost, b.spent + cost, now
  end
  redis.call('ZADD', KEYS[2], now, ARGV[6])
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - HUB_LIFE)
  redis.call('PEXPIRE', KEYS[2], HUB_LIFE)
elseif op == 'settle' then
  local cost, charged, before, kind = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7]
  local told = tonumber(ARGV[8])
  local meanwhile = b.settled - before
  b.settled = b.settled + cost
  b.level = b.level + cost - charged
  if kind == 'level' then
    b.limit, b.base = tonumber(ARGV[9]), tonumber(ARGV[10])
    local underWay = math.max(0, b.spent - b.settled)
    b.level = math.min(math.max(b.level, told - meanwhile - underWay), told)
  elseif kind == 'closed' then
    b.closedUntil = math.max(b.closedUntil, now + told)
    b.pace = math.max(LEAST, b.pace / 2)
  elseif kind == 'pace' then
    b.pace = told
  elseif kind == 'slower' then
    b.pace = math.max(LEAST, b.pace * told)
  end
  b.level = math.min(b.level, b.limit)
end

if op ~= 'look' then
  local fields = {}
  for _, name in ipairs(names) do
    fields[#fields + 1] = name
    fields[#fields + 1] = text(b[name])
  end
  redis.call('HSET', KEYS[1], unpack(fields))
  redis.call('PEXPIRE', KEYS[1], KEEP)
end
return {taken, text(wait), text(b.settled), text(b.level), text(b.limit), text(b.base * b.pace),
  text(math.max(0, b.closedUntil - now)), text(redis.call('ZCARD', KEYS[2]))}
