-- People are found by their group or role without reading all of them.
create index documents_user_groups on documents using gin ((convert_from(json, 'UTF8')::jsonb -> 'groups')) where kind = 'user';
create index documents_user_roles on documents using gin ((convert_from(json, 'UTF8')::jsonb -> 'roles')) where kind = 'user';
