-- I4: what was acknowledged and is over has succeeded; nothing in this load fails by itself.
select e.flow_id || ' ' || e.id || ' ended in state ' || e.state from executions e join rig.acks a on a.execution_id = e.id where e.state > 9
