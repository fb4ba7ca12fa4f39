-- I6: however often an attempt calls the outside world, it calls with one idempotency key, and no other attempt uses it.
select body || ': ' || string_agg(distinct key, ', ') from rig.calls group by body having count(distinct key) > 1
union all
select key || ': used by ' || count(distinct body) || ' attempts' from rig.calls group by key having count(distinct body) > 1
