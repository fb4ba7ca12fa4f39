-- I4: what was acknowledged and is over has succeeded, since nothing in this load fails by itself; what clients killed is killed (12).
select e.flow_id || ' ' || e.id || ' ended in state ' || e.state || coalesce((select ': ' || string_agg(l.message, ' / ' order by l.at) from logs l where l.execution_id = e.id and l.level >= 3), '')
from executions e join rig.acks a on a.execution_id = e.id where e.state > 9 and e.flow_id <> 'halted'
union all
select 'halted ' || e.id || ' ended in state ' || e.state from executions e where e.flow_id = 'halted' and e.state <> 12 and e.state >= 9
