-- Databases are UTF-8, so reading a document's bytes as text depends on nothing; PostgreSQL does not know that of the function that does it.
create function document_list(body bytea, name text) returns jsonb language sql immutable parallel safe as $$ select convert_from(body, 'UTF8')::jsonb -> name $$;

-- People are found by their group or role without reading all of them.
create index documents_user_groups on documents using gin (document_list(json, 'groups')) where kind = 'user';
create index documents_user_roles on documents using gin (document_list(json, 'roles')) where kind = 'user';
