-- I3, I13: at every moment, each execution that is not over has a row that will wake it, or queues behind a holder of its flow's slots.
select e.id || ' of ' || e.flow_id || ' in state ' || e.state from executions e
where e.state < 9 and e.state <> 6
    and not exists (select from work where execution_id = e.id) and not exists (select from timers where execution_id = e.id)
    and not exists (select from letters where execution_id = e.id) and not exists (select from waits w where w.execution_id = e.id and w.decided_at is null)
    and not exists (select from executions c where c.trigger_execution_id = e.id and c.state < 9)
