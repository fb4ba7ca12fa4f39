-- Flows whose newest revision has no rows for its triggers yet: none as a rule, so looking often costs nothing.
create index flows_unplanned on flows (namespace, id) where not deleted and planned_revision <> revision;
