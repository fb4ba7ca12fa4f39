-- Whom a question wants now ('u:' and a user, 'g:' and a group, '*' for everyone who may decide, nobody while the requester changes answers), who must not, who took part.
alter table waits
    add column audience text[] collate "C" not null default '{}',
    add column excluded text[] collate "C" not null default '{}',
    add column took_part text[] collate "C" not null default '{}',
    add column requester text collate "C",
    add column claimed_by text collate "C",
    add column title text;
update waits set
    audience = case when users = '{}' and groups = '{}' then array['*'] else array(select 'u:' || u from unnest(users) u) || array(select 'g:' || g from unnest(groups) g) end,
    requester = convert_from(wait, 'UTF8')::jsonb ->> 'requester',
    excluded = case when convert_from(wait, 'UTF8')::jsonb ->> 'requester' is null then '{}' else array[convert_from(wait, 'UTF8')::jsonb ->> 'requester'] end,
    took_part = case when decided_by is null then '{}' else array[decided_by] end,
    title = convert_from(wait, 'UTF8')::jsonb ->> 'title';
alter table waits drop column users, drop column groups;
drop index waits_decided;
create index waits_audience on waits using gin (audience) where decided_at is null;
create index waits_part on waits using gin (took_part);
create index waits_requester on waits (requester) where decided_at is null and requester is not null;
create index waits_decided on waits (decided_at desc) where decided_at is not null;
