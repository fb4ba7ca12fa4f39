-- I5: of the answers to a question one was accepted.
select execution_id || ': ' || string_agg(who, ', ') || ' were all told that they decided' from rig.decisions group by execution_id having count(distinct who) > 1
