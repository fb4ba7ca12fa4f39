-- The outbox: why people are told something, from the commit that made it happen.
create table notices (
    seq bigint generated always as identity,
    id text collate "C" primary key,
    notice bytea not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- The lines of notification centres. Ids sort by time.
create table notifications (
    at timestamptz not null,
    read_at timestamptz,
    id text collate "C" primary key,
    person text collate "C" not null,
    execution_id text collate "C" not null,
    task_run_id text collate "C",
    settled text,
    notification bytea not null
);
create index notifications_person on notifications (person, id);
create index notifications_unread on notifications (person) where read_at is null;
create index notifications_execution on notifications (execution_id);
create index notifications_at on notifications using brin (at);

-- What is on its way out. A try pushes "due" beyond its lease; what was given up has a date of death.
create table deliveries (
    due timestamptz not null,
    dead_at timestamptz,
    attempts int not null,
    id text collate "C" primary key,
    bundle text collate "C",
    execution_id text collate "C" not null,
    error text,
    delivery bytea not null
);
create index deliveries_due on deliveries (due) where dead_at is null;
create index deliveries_bundle on deliveries (bundle) where bundle is not null;
create index deliveries_troubled on deliveries (id) where error is not null;
