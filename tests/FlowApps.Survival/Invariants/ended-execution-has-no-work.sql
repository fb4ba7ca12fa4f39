-- I7: at every moment, nothing is left to do for an execution that is over.
select w.execution_id || ' ' || w.kind from work w join executions e on e.id = w.execution_id where e.state >= 9
union all
select w.execution_id || ' still waits for a person' from waits w join executions e on e.id = w.execution_id where e.state >= 9 and w.decided_at is null
