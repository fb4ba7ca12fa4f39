-- What the tasks of one commit measured is one row: a row for each figure, in two indexes, cost three times what the execution itself did.
alter table metrics rename to metrics_singly;
alter index metrics_execution rename to metrics_singly_execution;
drop index metrics_flow;

-- "at" is when the first was measured. A figure: [task run, task, name, kind, value, microseconds after "at", tags or null].
create table metrics (
    at timestamptz not null,
    execution_id text collate "C" not null,
    namespace text collate "C" not null,
    flow_id text collate "C" not null,
    figures jsonb not null
);
create index metrics_execution on metrics (execution_id, at);
create index metrics_flow on metrics (namespace, flow_id, at);

insert into metrics
select at, execution_id, namespace, flow_id, jsonb_agg(jsonb_build_array(task_run_id, task_id, name, kind, case when value::text in ('NaN', 'Infinity', '-Infinity') then to_jsonb(value::text) else to_jsonb(value) end, 0, convert_from(tags, 'UTF8')::jsonb) order by seq)
from metrics_singly group by at, execution_id, namespace, flow_id;

-- Which metrics a flow's tasks have given out, ever.
create table metric_names (
    namespace text collate "C" not null,
    flow_id text collate "C" not null,
    task_id text collate "C" not null,
    name text collate "C" not null,
    kind smallint not null,
    primary key (namespace, flow_id, task_id, name)
);
insert into metric_names select namespace, flow_id, task_id, name, min(kind) from metrics_singly group by namespace, flow_id, task_id, name;
drop table metrics_singly;
