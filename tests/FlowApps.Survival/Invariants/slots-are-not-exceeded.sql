-- I10: at every moment, no more holders than the flow's limit (2).
select flow_id || ' holds ' || count(*) from executions where flow_id = 'limited' and state in (2, 3, 4, 5, 7, 8) group by flow_id having count(*) > 2
