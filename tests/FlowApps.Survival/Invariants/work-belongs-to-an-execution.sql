-- I12 (R-48): at every moment, work and timers are visible only together with the execution they belong to.
select 'work ' || w.id from work w where not exists (select from executions e where e.id = w.execution_id)
union all
select 'timer ' || t.id from timers t where not exists (select from executions e where e.id = t.execution_id)
