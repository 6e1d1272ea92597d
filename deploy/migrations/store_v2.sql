-- An append may rest on other streams: it is stored only while they stand where the decision saw them.

-- Store several commands, each as a whole or not at all; one that loses does not disturb the others. At most one command
-- a stream and one an idempotency key, and none that rests on a stream that another writes
-- (services/adapters/postgres/batch.py sees to it).
--
-- commands  [{stream, expected, event_id, hash, recorded_at (of the first event), rests_on: [{stream, version}, …],
--           principal, route, key, body_sha256, answer}, …]; what a command does not have is left out
-- events    [{command (from 1), event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash}, …]
-- views     {table: [{command, row}, …], …}
-- outcomes  a letter for each command: W stored; S stored by an earlier try of the same; R replayed; T stamped behind
--           the watermark; C conflict; O outdated: another stream that the decision rested on has moved on
-- positions of all events stored now, in the order given
-- losers    {command: what it is told, …} for the letters other than W
--
-- Generic plans, always over an index: every probe is of one row, so there is nothing to plan anew, and a plan made
-- while the table was small must not scan it when it has grown.
create or replace function @schema@.append_events(
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
        when c.rests_on is not null and exists (
            select from jsonb_to_recordset(c.rests_on) as seen(stream text, version integer)
            where seen.version <> coalesce((
                select e.version from @schema@.events e where e.stream = seen.stream order by e.version desc limit 1), 0)
            ) then 'O'
        else 'W' end)
    into outcomes
    from (
        select given.*, (select e.hash from @schema@.events e where e.event_id = given.event_id) as stored_hash
        from jsonb_to_recordset(commands) as given(
            stream text, expected integer, event_id uuid, hash bytea, recorded_at timestamptz, rests_on jsonb,
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
create or replace function @schema@.tell_losers(commands jsonb, outcomes text[], promised timestamptz) returns jsonb
language sql set search_path = @schema@, pg_temp
as $$
    select jsonb_object_agg(c.number, case outcomes[c.number]
        when 'C' then jsonb_build_object('version', coalesce((
            select e.version from events e where e.stream = c.stream order by e.version desc limit 1), 0))
        when 'T' then jsonb_build_object('watermark', promised)
        when 'O' then (
            select jsonb_build_object('stream', seen.stream, 'version', now.version)
            from rows from (jsonb_to_recordset(c.rests_on) as (stream text, version integer))
                with ordinality as seen(stream, version, number),
            lateral (select coalesce((
                select e.version from events e where e.stream = seen.stream order by e.version desc limit 1), 0)) as now(version)
            where seen.version <> now.version order by seen.number limit 1)
        when 'S' then jsonb_build_object('position', first_try.position)
        else coalesce(
            (select jsonb_build_object('body_sha256', encode(i.body_sha256, 'hex'), 'answer', i.answer)
             from idempotency i where i.principal = c.principal and i.route = c.route and i.key = c.key),
            jsonb_build_object('answer', jsonb_build_object(
                'stream', first_try.stream, 'version', first_try.version)))
        end)
    from rows from (jsonb_to_recordset(commands) as (
        stream text, event_id uuid, rests_on jsonb, principal text, route text, key text))
        with ordinality as c(stream, event_id, rests_on, principal, route, key, number)
    -- The last event of the command whose first this is: one command's events share their stamp and follow each other.
    left join lateral (
        select e.stream, max(e.version) as version, max(e.position) as position
        from events f join events e on e.stream = f.stream and e.version >= f.version
            and e.recorded_at = f.recorded_at and e.meta = f.meta
        where f.event_id = c.event_id group by e.stream
    ) first_try on true
    where outcomes[c.number] <> 'W';
$$;
