-- Products that changed go to the shops that follow in one way, by what each was sent last; what was still due goes that way at the hub's start.
delete from channel_errand where kind = 'LISTING';
alter table channel_errand drop constraint channel_errand_kind_check;
alter table channel_errand add constraint channel_errand_kind_check
    check (kind in ('SHIP', 'PRICE', 'REFUND', 'CANCEL'));
