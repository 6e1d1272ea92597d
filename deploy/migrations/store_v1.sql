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
    answer json not null,
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
-- The same message again is no second one; offsets begin anew when a topic is rebuilt, so they alone say nothing.
create unique index on @schema@.parked (consumer, topic, stream, version) where state <> 'discarded';
create unique index on @schema@.parked (consumer, topic, partition, message_offset, md5(value))
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

-- The statement that writes an inline view's rows, given as $1 jsonb[]; `id` is the key of every inline view.
create function @schema@.view_upsert(view_table text) returns text language sql stable
set search_path = @schema@, pg_temp
as $$
    select format(
        'insert into @schema@.%1$I select p.* from unnest($1) as r(row), jsonb_populate_record(null::@schema@.%1$I, r.row)'
        ' as p on conflict (id) do update set %2$s',
        view_table, string_agg(format('%1$I = excluded.%1$I', attname), ', '))
    from pg_attribute
    where attrelid = format('@schema@.%I', view_table)::regclass
        and attnum > 0 and not attisdropped and attname <> 'id'
$$;

-- Store several commands, each as a whole or not at all; one that loses does not disturb the others. At most one command
-- a stream and one an idempotency key (`services/adapters/postgres/batch.py` sees to it).
--
-- outcomes has a letter a command: W stored; S was stored by an earlier try, exactly so; R replayed; T stamped behind
-- the watermark; C conflict. positions are those of all events stored now, in the order given. losers says, by command
-- (from 1), what those with another letter than W are told.
create function @schema@.append_events(
    c_stream text[], c_expected integer[], c_event_id uuid[], c_hash bytea[], c_recorded_at timestamptz[],
    k_principal text[], k_route text[], k_key text[], k_body_sha256 bytea[], k_answer json[],
    e_command integer[], e_event_id uuid[], e_stream text[], e_version integer[], e_type text[], e_data jsonb[],
    e_meta jsonb[], e_occurred_at timestamptz[], e_recorded_at timestamptz[], e_hash bytea[],
    v_command integer[], v_table text[], v_row jsonb[],
    out outcomes text[], out positions bigint[], out losers jsonb
)
language plpgsql security definer
set search_path = @schema@, pg_temp
as $$
declare
    promised timestamptz;
    won boolean[];
    view_table text;
    view_rows jsonb[];
begin
    -- A statement of its own: the next one's snapshot is younger than the lock, so it sees what was just committed.
    perform @schema@.lock_appends();
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'append_events needs read committed: an older snapshot would not see the latest versions';
    end if;
    select through into promised from watermark;

    select array_agg(
        case
            when c.event_id is not null and c.hash = (select e.hash from events e where e.event_id = c.event_id) then 'S'
            when exists (select from idempotency i
                         where i.principal = c.principal and i.route = c.route and i.key = c.key) then 'R'
            when c.event_id is null then 'W'
            when exists (select from events e where e.event_id = c.event_id) then 'R'
            when c.recorded_at <= promised then 'T'
            when c.expected <> coalesce((select e.version from events e where e.stream = c.stream
                                         order by e.version desc limit 1), 0) then 'C'
            else 'W'
        end order by c.index)
    into outcomes
    from unnest(c_stream, c_expected, c_event_id, c_hash, c_recorded_at, k_principal, k_route, k_key)
        with ordinality as c(stream, expected, event_id, hash, recorded_at, principal, route, key, index);

    select array_agg(o.outcome = 'W' order by o.index) into won
    from unnest(outcomes) with ordinality as o(outcome, index);

    with stored as (
        insert into events(event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash)
        select e.event_id, e.stream, e.version, e.type, e.data, e.meta, e.occurred_at, e.recorded_at, e.hash
        from unnest(e_command, e_event_id, e_stream, e_version, e_type, e_data, e_meta, e_occurred_at, e_recorded_at,
                    e_hash)
            as e(command, event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash)
        where won[e.command]
        returning position
    )
    select array_agg(stored.position order by stored.position) into positions from stored;

    insert into idempotency(principal, route, key, body_sha256, answer)
    select k.principal, k.route, k.key, k.body_sha256, k.answer
    from unnest(k_principal, k_route, k_key, k_body_sha256, k_answer)
        with ordinality as k(principal, route, key, body_sha256, answer, index)
    where k.key is not null and won[k.index];

    for view_table, view_rows in
        select v.name, array_agg(v.row) from unnest(v_command, v_table, v_row) as v(command, name, row)
        where won[v.command] group by v.name order by v.name
    loop
        execute @schema@.view_upsert(view_table) using view_rows;
    end loop;

    if positions is not null then
        perform pg_notify('@schema@_events', positions[cardinality(positions)]::text);
    end if;

    if true = all (won) then
        return;
    end if;
    select jsonb_object_agg(c.index, case c.outcome
        when 'C' then jsonb_build_object('version', coalesce((
            select e.version from events e where e.stream = c.stream order by e.version desc limit 1), 0))
        when 'T' then jsonb_build_object('watermark', promised)
        when 'S' then jsonb_build_object('position', (
            select max(e.position) from events e join unnest(e_command, e_event_id) as own(command, event_id)
            on own.event_id = e.event_id where own.command = c.index))
        when 'R' then coalesce(
            (select jsonb_build_object('body_sha256', encode(i.body_sha256, 'hex'), 'answer', i.answer)
             from idempotency i where i.principal = c.principal and i.route = c.route and i.key = c.key),
            (select jsonb_build_object('answer', jsonb_build_object('stream', first.stream, 'version', max(e.version)))
             from events first join events e on e.stream = first.stream and e.version >= first.version
                 and e.recorded_at = first.recorded_at and e.meta = first.meta
             where first.event_id = c.event_id group by first.stream))
        end)
    into losers
    from unnest(c_stream, c_event_id, outcomes, k_principal, k_route, k_key)
        with ordinality as c(stream, event_id, outcome, principal, route, key, index)
    where c.outcome <> 'W';
end
$$;

-- History is only ever added to.
revoke insert, update, delete, truncate on @schema@.events from kycuong_@schema@;
