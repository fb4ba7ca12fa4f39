-- I4: what was acknowledged and is over has succeeded, since nothing in this load fails by itself; what clients were told is killed is killed (12) or had not begun (13).
select e.flow_id || ' ' || e.id || ' ended in state ' || e.state from executions e join rig.acks a on a.execution_id = e.id where e.state > 9 and e.flow_id <> 'halted'
union all
select 'halted ' || e.id || ' ended in state ' || e.state from executions e where e.flow_id = 'halted' and e.state <> 12 and e.state >= 9
