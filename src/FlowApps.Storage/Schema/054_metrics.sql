-- Metrics of a flow's tasks over time, and which there are.
create index metrics_flow on metrics (namespace, flow_id, task_id, name, at);
