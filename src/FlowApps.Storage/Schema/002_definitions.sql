create table documents (
    version bigint not null,
    updated_at timestamptz not null,
    expires_at timestamptz,
    kind text collate "C" not null,
    id text collate "C" not null,
    namespace text collate "C",
    owner text collate "C",
    json bytea not null,
    primary key (kind, id)
) with (fillfactor = 85);
create index documents_namespace on documents (kind, namespace, id) where namespace is not null;
create index documents_owner on documents (kind, owner, id) where owner is not null;
create index documents_expiry on documents (expires_at) where expires_at is not null;

create table flow_revisions (
    revision int not null,
    saved_at timestamptz not null,
    disabled boolean not null,
    deleted boolean not null,
    namespace text collate "C" not null,
    id text collate "C" not null,
    saved_by text collate "C",
    source text not null,
    primary key (namespace, id, revision)
);

-- The newest revision of each flow, as lists show it.
create table flows (
    revision int not null,
    updated_at timestamptz not null,
    disabled boolean not null,
    deleted boolean not null,
    has_inputs boolean not null,
    namespace text collate "C" not null,
    id text collate "C" not null,
    updated_by text collate "C",
    description text,
    labels text[] collate "C" not null,
    trigger_types text[] collate "C" not null,
    primary key (namespace, id)
);

-- One row: how many changes there were to any flow.
create table flow_changes (number bigint not null);
insert into flow_changes values (0);

create table triggers (
    version bigint not null,
    due timestamptz,
    disabled boolean not null,
    locked boolean not null,
    namespace text collate "C" not null,
    flow_id text collate "C" not null,
    trigger_id text collate "C" not null,
    type text collate "C" not null,
    json bytea not null,
    primary key (namespace, flow_id, trigger_id)
) with (fillfactor = 70);
create index triggers_due on triggers (due) where due is not null and not disabled and not locked;
