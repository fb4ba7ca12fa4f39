-- I2: one execution for each submission; a repeated key got the same one.
select term || ': ' || count(*) || ' executions' from labels where term like 'key%' and execution_id not in (select id from executions where trigger_execution_id is not null) group by term having count(*) > 1
union all
select key || ': ' || count(distinct execution_id) || ' answers' from rig.acks group by key having count(distinct execution_id) > 1
