-- Lists in the order of ends: without it every execution would be read and sorted for one page.
create index executions_end on executions (end_date);

-- Events of up to a page stay in their row; by default what is longer than 2 kB becomes rows and index entries of another table.
alter table journal set (toast_tuple_target = 8160);
