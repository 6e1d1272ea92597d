-- A row of a view leaves a column that it does not name as it is, and a new one to the column's default: processes of the
-- release before go on writing rows that know nothing of a column that has come since.

-- Write an inline view's rows by a function of its own, `upsert_<view>(rows)`, whose plan the sessions keep. A view is a
-- table with the columns id, version and updated_at. Called after every migration, for views come and change.
create or replace function @schema@.prepare_views() returns void language plpgsql set search_path = @schema@, pg_temp
as $prepare$
declare
    view_name text;
    id_type text;
    columns text[];
    assignments text;
    defaults text;
begin
    for view_name, id_type, columns, assignments, defaults in
        select c.relname, max(format_type(a.atttypid, a.atttypmod)) filter (where a.attname = 'id'),
            array_agg(a.attname order by a.attnum),
            string_agg(format('%1$I = excluded.%1$I', a.attname), ', ' order by a.attnum)
                filter (where a.attname <> 'id'),
            string_agg(coalesce(pg_get_expr(d.adbin, d.adrelid), 'null'), ', ' order by a.attnum)
        from pg_class c join pg_attribute a on a.attrelid = c.oid
            left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
        where c.relnamespace = '@schema@'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
        group by c.relname having array['id', 'version', 'updated_at']::name[] <@ array_agg(a.attname)
    loop
        execute format(
            'create or replace function @schema@.%2$I(rows jsonb) returns void language plpgsql'
            ' set plan_cache_mode = force_generic_plan as $upsert$ begin'
            ' if exists (select from jsonb_array_elements(rows) item where not item ?& %4$L::text[]) then'
            ' insert into @schema@.%1$I select made.* from jsonb_array_elements(rows) item'
            ' left join @schema@.%1$I known on known.id = (item ->> ''id'')::%5$s'
            ' cross join lateral jsonb_populate_record(coalesce(known, row(%6$s)::@schema@.%1$I), item) made'
            ' on conflict (id) do update set %3$s; return; end if;'
            ' insert into @schema@.%1$I select * from jsonb_populate_recordset(null::@schema@.%1$I, rows)'
            ' on conflict (id) do update set %3$s; end $upsert$',
            view_name, 'upsert_' || view_name, assignments, columns, id_type, defaults);
    end loop;
end
$prepare$;
