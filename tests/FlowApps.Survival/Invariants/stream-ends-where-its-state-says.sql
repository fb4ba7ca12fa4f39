-- I4, I12: every stream begins with its first event and its rows do not reach beyond the current state (gaps within are counted from the events themselves).
select e.id || ': version ' || e.version || ', journal begins at ' || coalesce(min(j.version)::text, 'nothing') || ' and its last row at ' || coalesce(max(j.version)::text, 'nothing')
from executions e left join journal j on j.execution_id = e.id group by e.id, e.version having min(j.version) is distinct from 1 or max(j.version) > e.version
