-- I1: each acknowledged submission has its execution.
select a.key || ': execution ' || a.execution_id || ' is gone' from rig.acks a left join executions e on e.id = a.execution_id where e.id is null
