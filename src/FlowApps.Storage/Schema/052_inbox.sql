-- How pressing a question is (the inbox begins with the most pressing) and what it is about, for places that are given up to a limit.
alter table waits
    add column urgency smallint not null default 1,
    add column amount numeric;

-- The inbox in its order. Nothing reads the open questions by the time of asking alone any more.
create index waits_inbox on waits (urgency desc, since, task_run_id) where decided_at is null;
drop index waits_open;
