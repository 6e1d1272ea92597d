-- The event store of one context; @schema@ is its schema. Readers follow `position > last` and miss nothing, because
-- every append holds the context's advisory lock through its commit: positions become visible in their order.

create table @schema@.events (
    position bigint generated always as identity primary key,
    event_id uuid not null unique,
    stream text not null,
    version integer not null check (version > 0),
    type text not null,
    data jsonb not null,
    meta jsonb not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    hash bytea not null check (octet_length(hash) = 32),
    unique (stream, version)
);

create table @schema@.snapshots (
    stream text primary key,
    shape bytea not null,
    version integer not null,
    hash bytea not null,
    state json not null,
    kept_at timestamptz not null default clock_timestamp()
);

create table @schema@.idempotency (
    principal text not null,
    route text not null,
    key text not null,
    body_sha256 bytea not null,
    answer jsonb not null,
    answered_at timestamptz not null default clock_timestamp(),
    primary key (principal, route, key)
);
create index on @schema@.idempotency using brin (answered_at);

-- What each consumer has taken of a stream: an earlier version is a duplicate, a later one than the next waits.
create table @schema@.inbox (
    consumer text not null,
    stream text not null,
    version integer not null,
    primary key (consumer, stream)
);

-- Through which moment each partition has been applied; a topic through the least of its partitions. A worker makes the
-- rows of all partitions before it reads the first message.
create table @schema@.applied_watermarks (
    consumer text not null,
    topic text not null,
    partition integer not null,
    through timestamptz not null default '1970-01-01 00:00:00+00',
    primary key (consumer, topic, partition)
);

-- Messages that could not be handled, and those that wait behind them (services/adapters/kafka/queue.py has the order).
create table @schema@.parked (
    id bigint generated always as identity primary key,
    consumer text not null,
    topic text not null,
    partition integer not null,
    message_offset bigint not null,
    key bytea not null,
    headers json not null,
    value bytea,
    stream text,
    version integer,
    event_id uuid,
    type text,
    state text not null default 'waiting' check (state in ('waiting', 'failed', 'dead', 'discarded')),
    error text,
    tries integer not null default 0,
    parked_at timestamptz not null default clock_timestamp(),
    next_try_at timestamptz not null default clock_timestamp(),
    dead_lettered_at timestamptz,
    discarded_at timestamptz,
    discard_reason text
);
create index on @schema@.parked (consumer, topic, key) where state <> 'discarded';
create index on @schema@.parked (next_try_at) where state in ('waiting', 'failed');
create index on @schema@.parked (id) where state = 'dead' and dead_lettered_at is null;
-- The same message again is no second one; offsets begin anew when a topic is rebuilt, so they alone say nothing.
create unique index on @schema@.parked (consumer, topic, stream, version) where state <> 'discarded';
create unique index on @schema@.parked (consumer, topic, partition, message_offset, md5(coalesce(value, '')))
    where stream is null and state <> 'discarded';

-- The relay's place: everything up to `position` is acknowledged by the broker. The next checkpoint is chained to the
-- last one; it is stored before it is sent, so that a crash sends the same again.
create table @schema@.relay_state (
    singleton boolean primary key default true check (singleton),
    position bigint not null default 0,
    checkpoint_number bigint not null default 0,
    checkpoint_position bigint not null default 0,
    checkpoint_sha256 bytea not null default decode(repeat('00', 32), 'hex'),
    checkpoint_unsent bytea
);
insert into @schema@.relay_state default values;

create table @schema@.watermark (
    singleton boolean primary key default true check (singleton),
    through timestamptz not null default '1970-01-01 00:00:00+00'
);
insert into @schema@.watermark default values;

create table @schema@.directory_copy (
    authority_id text primary key,
    version integer not null,
    state jsonb not null
);

create function @schema@.lock_appends() returns void language sql as $$
    select pg_advisory_xact_lock(hashtextextended('@schema@ appends', 0));
$$;

-- Write an inline view's rows by a function of its own, `upsert_<view>(rows)`, whose plan the sessions keep. A view is a
-- table with the columns id, version and updated_at. Called after every migration, for views come and change.
create function @schema@.prepare_views() returns void language plpgsql set search_path = @schema@, pg_temp as $prepare$
declare
    view_name text;
    assignments text;
begin
    for view_name, assignments in
        select c.relname, string_agg(format('%1$I = excluded.%1$I', a.attname), ', ' order by a.attnum)
                              filter (where a.attname <> 'id')
        from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = '@schema@'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
        group by c.relname having array['id', 'version', 'updated_at']::name[] <@ array_agg(a.attname)
    loop
        execute format(
            'create or replace function @schema@.%2$I(rows jsonb) returns void language plpgsql'
            ' set plan_cache_mode = force_generic_plan as $upsert$ begin'
            ' insert into @schema@.%1$I select * from jsonb_populate_recordset(null::@schema@.%1$I, rows)'
            ' on conflict (id) do update set %3$s; end $upsert$',
            view_name, 'upsert_' || view_name, assignments);
    end loop;
end
$prepare$;

create function @schema@.write_view(view_name text, rows jsonb) returns void language plpgsql
set search_path = @schema@, pg_temp
as $$ begin execute format('select %I($1)', 'upsert_' || view_name) using rows; end $$;

-- An empty table beside a view, for building it anew (services/adapters/postgres/projections.py).
create function @schema@.begin_rebuild(view_name text) returns void language plpgsql
set search_path = @schema@, pg_temp
as $$
begin
    perform abandon_rebuild(view_name);
    execute format('create table %I (like %I including all)', view_name || '_new', view_name);
    perform prepare_views();
end
$$;

create function @schema@.abandon_rebuild(view_name text) returns void language plpgsql
set search_path = @schema@, pg_temp
as $$
begin
    execute format('drop table if exists %I', view_name || '_new');
    execute format('drop function if exists %I', 'upsert_' || view_name || '_new');
end
$$;

-- Put the new table in the view's place; its indexes get the names that migrations know.
create function @schema@.finish_rebuild(view_name text) returns void language plpgsql
set search_path = @schema@, pg_temp
as $$
declare
    renamed text[];
    names text[];
begin
    with indexes as (
        select made.relname as name, x.indrelid = format('%I', view_name)::regclass as live, d.definition,
            row_number() over (partition by x.indrelid, d.definition order by made.relname) as number
        from pg_index x join pg_class made on made.oid = x.indexrelid,
            regexp_replace(pg_get_indexdef(x.indexrelid), ' INDEX \S+ ON \S+ ', ' ') as d(definition)
        where x.indrelid in (format('%I', view_name)::regclass, format('%I', view_name || '_new')::regclass)
    )
    select array_agg(array[new.name, old.name]::text[]) into renamed
    from indexes old join indexes new on new.definition = old.definition and new.number = old.number
    where old.live and not new.live;

    execute format('drop table %I', view_name);
    execute format('alter table %I rename to %I', view_name || '_new', view_name);
    foreach names slice 1 in array coalesce(renamed, '{}') loop
        execute format('alter index %I rename to %I', names[1], names[2]);
    end loop;
    perform abandon_rebuild(view_name);
    perform prepare_views();
end
$$;

-- Store several commands, each as a whole or not at all; one that loses does not disturb the others. At most one command
-- a stream and one an idempotency key (services/adapters/postgres/batch.py sees to it).
--
-- commands  [{stream, expected, event_id, hash, recorded_at (of the first event), principal, route, key, body_sha256,
--           answer}, …]; what a command does not have is left out
-- events    [{command (from 1), event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash}, …]
-- views     {table: [{command, row}, …], …}
-- outcomes  a letter for each command: W stored; S stored by an earlier try of the same; R replayed; T stamped behind
--           the watermark; C conflict
-- positions of all events stored now, in the order given
-- losers    {command: what it is told, …} for the letters other than W
--
-- Generic plans, always over an index: every probe is of one row, so there is nothing to plan anew, and a plan made
-- while the table was small must not scan it when it has grown.
create function @schema@.append_events(
    commands jsonb, events jsonb, views jsonb, out outcomes text[], out positions bigint[], out losers jsonb
)
language plpgsql security definer
set search_path = @schema@, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
    promised timestamptz;
    view_name text;
    view_rows jsonb;
begin
    -- A statement of its own: the next one's snapshot is younger than the lock, so it sees what was just committed.
    perform lock_appends();
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'append_events needs read committed: an older snapshot would not see the latest versions';
    end if;
    select through into promised from watermark;

    select array_agg(case
        when c.stored_hash = c.hash then 'S'
        when c.key is not null and exists (
            select from idempotency i where i.principal = c.principal and i.route = c.route and i.key = c.key) then 'R'
        when c.event_id is null then 'W'
        when c.stored_hash is not null then 'R'
        when c.recorded_at <= promised then 'T'
        when c.expected <> coalesce((
            select e.version from @schema@.events e where e.stream = c.stream order by e.version desc limit 1), 0) then 'C'
        else 'W' end)
    into outcomes
    from (
        select given.*, (select e.hash from @schema@.events e where e.event_id = given.event_id) as stored_hash
        from jsonb_to_recordset(commands) as given(
            stream text, expected integer, event_id uuid, hash bytea, recorded_at timestamptz,
            principal text, route text, key text)
        offset 0
    ) c;

    with stored as (
        insert into @schema@.events(event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash)
        select e.event_id, e.stream, e.version, e.type, e.data, e.meta, e.occurred_at, e.recorded_at, e.hash
        from jsonb_to_recordset(append_events.events) as e(
            command integer, event_id uuid, stream text, version integer, type text, data jsonb, meta jsonb,
            occurred_at timestamptz, recorded_at timestamptz, hash bytea)
        where outcomes[e.command] = 'W'
        returning position
    )
    select array_agg(stored.position order by stored.position) into positions from stored;

    insert into idempotency(principal, route, key, body_sha256, answer)
    select c.principal, c.route, c.key, c.body_sha256, c.answer
    from rows from (jsonb_to_recordset(commands) as (
        principal text, route text, key text, body_sha256 bytea, answer jsonb))
        with ordinality as c(principal, route, key, body_sha256, answer, number)
    where c.key is not null and outcomes[c.number] = 'W';

    for view_name, view_rows in
        select v.key, jsonb_agg(r -> 'row')
        from jsonb_each(views) as v, jsonb_array_elements(v.value) as r
        where outcomes[(r ->> 'command')::integer] = 'W'
        group by v.key order by v.key
    loop
        perform write_view(view_name, view_rows);
    end loop;

    if positions is not null then
        perform pg_notify('@schema@_events', positions[cardinality(positions)]::text);
    end if;
    if 'W' <> any (outcomes) then
        losers := tell_losers(commands, outcomes, promised);
    end if;
end
$$;

-- What the commands with another letter than W are told, by command.
create function @schema@.tell_losers(commands jsonb, outcomes text[], promised timestamptz) returns jsonb
language sql set search_path = @schema@, pg_temp
as $$
    select jsonb_object_agg(c.number, case outcomes[c.number]
        when 'C' then jsonb_build_object('version', coalesce((
            select e.version from events e where e.stream = c.stream order by e.version desc limit 1), 0))
        when 'T' then jsonb_build_object('watermark', promised)
        when 'S' then jsonb_build_object('position', first_try.position)
        else coalesce(
            (select jsonb_build_object('body_sha256', encode(i.body_sha256, 'hex'), 'answer', i.answer)
             from idempotency i where i.principal = c.principal and i.route = c.route and i.key = c.key),
            jsonb_build_object('answer', jsonb_build_object(
                'stream', first_try.stream, 'version', first_try.version)))
        end)
    from rows from (jsonb_to_recordset(commands) as (
        stream text, event_id uuid, principal text, route text, key text))
        with ordinality as c(stream, event_id, principal, route, key, number)
    -- The last event of the command whose first this is: one command's events share their stamp and follow each other.
    left join lateral (
        select e.stream, max(e.version) as version, max(e.position) as position
        from events f join events e on e.stream = f.stream and e.version >= f.version
            and e.recorded_at = f.recorded_at and e.meta = f.meta
        where f.event_id = c.event_id group by e.stream
    ) first_try on true
    where outcomes[c.number] <> 'W';
$$;

-- History is only ever added to.
revoke insert, update, delete, truncate on @schema@.events from kycuong_@schema@;
