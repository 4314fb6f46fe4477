-- How much could not be told must be counted without reading what was. No entry for a row that was just queued.
create index hook_delivery_failed on hook_delivery (done_at) where state = 'FAILED';
