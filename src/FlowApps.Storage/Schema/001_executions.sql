-- Texts compare by byte everywhere (collate "C"): ids sort by time of making, namespaces by prefix.

-- A count that must come out as said, or the whole batch is undone: the writer then looks who was in the way.
create function expect(actual bigint, wanted bigint, code text) returns void language plpgsql as $$
begin
    if actual <> wanted then raise exception 'expected % rows, found %', wanted, actual using errcode = code; end if;
end $$;

-- One row per writer. Its batch number rises in the transaction of each batch, so a lost answer to a commit can be looked up, and a late copy of it fails.
create table writers (
    id text collate "C" primary key,
    node text collate "C" not null,
    batch bigint not null,
    seen_at timestamptz not null default now()
) with (fillfactor = 50);

-- One row per append: "version" is the number of its first event. Events are a JSON array in UTF-8, packed when long, so the server need not try to.
create table journal (
    execution_id text collate "C" not null,
    version bigint not null,
    events bytea not null,
    primary key (execution_id, version)
);
alter table journal alter column events set storage external;

-- The current state: what lists filter by, and the snapshot document, which may be older than "version"; the journal's tail completes it.
create table executions (
    version bigint not null,
    snapshot_version bigint not null,
    updated_at timestamptz not null,
    end_date timestamptz,
    start_date timestamptz not null,
    revision int not null,
    state smallint not null,
    kind smallint not null,
    id text collate "C" primary key,
    namespace text collate "C" not null,
    flow_id text collate "C" not null,
    created_by text collate "C",
    trigger_type text collate "C",
    trigger_execution_id text collate "C",
    parent_id text collate "C",
    original_id text collate "C",
    labels text[] collate "C" not null,
    inputs bytea,
    snapshot bytea
) with (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table executions alter column snapshot set storage external;
create index executions_start on executions (start_date);
create index executions_flow on executions (namespace, flow_id, start_date);
-- Successes are most of the rows and are found by time. What is open is little and is found by state; what ended otherwise is found by time without reading the successes.
create index executions_open on executions (state, start_date) where state < 9;
create index executions_bad on executions (start_date, state) where state > 9;
create index executions_creator on executions (created_by, start_date) where created_by is not null;
create index executions_trigger on executions (trigger_execution_id) where trigger_execution_id is not null;

-- Labels for finding, written when they change (an index on executions would grow with every change of state). That an execution's correlation id is its own id is not written.
create table labels (
    term text collate "C" not null,
    start_date timestamptz not null,
    execution_id text collate "C" not null,
    primary key (term, start_date, execution_id)
);

create table work (
    seq bigint generated always as identity,
    lease_until timestamptz,
    epoch int not null,
    attempt int not null,
    id text collate "C" primary key,
    execution_id text collate "C" not null,
    task_run_id text collate "C" not null,
    kind text collate "C" not null,
    queue text collate "C",
    owner text collate "C",
    payload text
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
create index work_free on work (seq) where owner is null;

create table timers (
    due timestamptz not null,
    id text collate "C" primary key,
    execution_id text collate "C" not null,
    command bytea not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
create index timers_due on timers (due);

create table letters (
    seq bigint generated always as identity,
    id text collate "C" primary key,
    execution_id text collate "C" not null,
    command bytea not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

create table inbox (
    used_at timestamptz not null,
    key text collate "C" primary key,
    execution_id text collate "C" not null,
    payload_hash text,
    answer text
);
create index inbox_used on inbox using brin (used_at);

create table waits (
    since timestamptz not null,
    due timestamptz,
    decided_at timestamptz,
    execution_id text collate "C" not null,
    task_run_id text collate "C" not null,
    namespace text collate "C" not null,
    flow_id text collate "C" not null,
    decided_by text collate "C",
    users text[] collate "C" not null,
    groups text[] collate "C" not null,
    wait bytea not null,
    decision bytea,
    primary key (execution_id, task_run_id)
);
create index waits_open on waits (since) where decided_at is null;
create index waits_decided on waits (decided_by, decided_at) where decided_at is not null;

create table logs (
    at timestamptz not null,
    seq bigint generated always as identity,
    level smallint not null,
    attempt smallint,
    execution_id text collate "C",
    task_run_id text collate "C",
    task_id text collate "C",
    trigger_id text collate "C",
    namespace text collate "C" not null,
    flow_id text collate "C" not null,
    thread text,
    message text not null
);
create index logs_execution on logs (execution_id, at) where execution_id is not null;
create index logs_at on logs (at);
create index logs_warnings on logs (at) where level >= 3;
create index logs_trigger on logs (namespace, flow_id, trigger_id, at) where trigger_id is not null;

create table metrics (
    at timestamptz not null,
    seq bigint generated always as identity,
    value double precision not null,
    kind smallint not null,
    execution_id text collate "C" not null,
    task_run_id text collate "C" not null,
    task_id text collate "C" not null,
    namespace text collate "C" not null,
    flow_id text collate "C" not null,
    name text collate "C" not null,
    tags bytea
);
create index metrics_execution on metrics (execution_id, at);
