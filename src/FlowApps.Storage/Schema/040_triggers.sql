-- When a flow changed, by the number of changes to any flow, so that other processes read only what they have not seen.
alter table flows add column change bigint not null default 0;
create index flows_change on flows (change);

-- Which revision's triggers have their rows, and how many these are: what differs is planned anew.
alter table flows add column planned_revision int not null default 0, add column planned_triggers int not null default 0;

create index triggers_locked on triggers (namespace, flow_id, trigger_id) where locked;
