-- What the notifier keeps beside its events. Moments are domain time, except where a comment says real time.

create table notifier.stall_case (
    case_kind text not null,
    case_id uuid not null,
    state json not null,
    primary key (case_id, case_kind)
);
comment on table notifier.stall_case is 'Every case as its worker folded it from the other contexts'' events.';

create table notifier.deadline (
    case_id uuid not null,
    case_kind text not null,
    rule text not null,
    basis uuid not null,
    due_at timestamptz not null,
    fired boolean not null default false,
    primary key (case_id, case_kind, rule)
);
create index deadline_due on notifier.deadline (due_at) where not fired;
comment on column notifier.deadline.fired is 'Its alert was opened; the row stays until the cause is gone, so it opens once.';

-- An inline view of the alerts: written in the transaction that stores their events.
create table notifier.alert_view (
    id uuid primary key,
    case_id uuid not null,
    case_kind text not null,
    rule text not null,
    agency_id text,
    owner_post text,
    since timestamptz not null,
    due_at timestamptz not null,
    ends_at timestamptz,
    basis uuid not null,
    working_days integer not null,
    provision text not null,
    confidential boolean not null,
    state text not null,
    step integer not null,
    steps integer not null,
    recipient text not null,
    told text[] not null,
    acknowledged_by uuid,
    acknowledged_until timestamptz,
    exhausted boolean not null,
    next_kind text,
    next_at timestamptz,
    version integer not null,
    updated_at timestamptz not null
);
create index alert_next on notifier.alert_view (next_at) where next_at is not null;
create index alert_latest on notifier.alert_view (due_at desc, id);
create index alert_agency on notifier.alert_view (agency_id, due_at desc, id);
create index alert_case on notifier.alert_view (case_id);
create index alert_told on notifier.alert_view using gin (told);

create table notifier.recount (
    singleton boolean primary key default true check (singleton),
    wanted boolean not null default false,
    after_case uuid
);
insert into notifier.recount default values;
comment on table notifier.recount is 'A change of the calendar: deadlines are counted anew before any other fires.';

create table notifier.delivery (
    id uuid primary key,
    alert_id uuid,
    step integer,
    notice_id uuid,
    post_id text,
    person_id uuid,
    channel text not null check (channel in ('inbox', 'email', 'webhook')),
    webhook_id uuid,
    state text not null default 'pending' check (
        state in ('pending', 'sending', 'sent', 'failed_for_now', 'failed_for_good', 'suppressed')),
    told_at timestamptz not null,
    attempts integer not null default 0,
    next_try_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    correlation_id uuid not null,
    traceparent text,
    read_at timestamptz,
    read_by uuid,
    check ((alert_id is null) <> (notice_id is null))
);
comment on table notifier.delivery is 'Real time: next_try_at (while sending, the end of the lease), finished_at, read_at.';
create index delivery_next on notifier.delivery (next_try_at)
    where state in ('pending', 'failed_for_now', 'sending');
create index delivery_alert on notifier.delivery (alert_id, step);
create index delivery_inbox on notifier.delivery (post_id, told_at desc, id) where channel = 'inbox';

create table notifier.delivery_attempt (
    delivery_id uuid not null references notifier.delivery,
    number integer not null,
    started_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    outcome text,
    status integer,
    answer text,
    primary key (delivery_id, number)
);
comment on table notifier.delivery_attempt is 'Real time. Without an outcome: it was interrupted, and may have arrived.';

create table notifier.preference (
    person_id uuid primary key,
    language text not null check (language in ('vi', 'en')),
    email boolean not null,
    version integer not null
);

create table notifier.webhook (
    id uuid primary key,
    person_id uuid not null,
    post_id text not null,
    url text not null,
    key_version integer not null default 1,
    created_at timestamptz not null,
    disabled_at timestamptz,
    last_status integer,
    last_answer text,
    last_at timestamptz
);
create index webhook_post on notifier.webhook (post_id) where disabled_at is null;
create index webhook_person on notifier.webhook (person_id);

create table notifier.confidential_reads (
    id bigint generated always as identity primary key,
    alert_id uuid not null,
    reader text not null,
    route text not null,
    correlation_id uuid not null,
    read_at timestamptz not null default clock_timestamp()
);
create index confidential_reads_by_alert on notifier.confidential_reads (alert_id, id);
-- Who read what is only ever added to.
revoke update, delete, truncate on notifier.confidential_reads from kycuong_notifier;

-- The watch over the notifier itself; all of it real time.
create table notifier.heartbeat (
    process text primary key,
    beat_at timestamptz not null
);
create table notifier.watched (
    subject text primary key,
    seen text not null,
    changed_at timestamptz not null
);
create table notifier.notice (
    id uuid primary key,
    subject text not null,
    began_at timestamptz not null,
    ended_at timestamptz
);
create unique index notice_open on notifier.notice (subject) where ended_at is null;
create index notice_latest on notifier.notice (began_at desc, id);

-- When something is due next, in domain time; null when nothing is.
create function notifier.next_due() returns timestamptz language sql stable as $$
    select least(
        (select min(due_at) from notifier.deadline where not fired),
        (select min(next_at) from notifier.alert_view where next_at is not null));
$$;

-- What is on its way and not a deadline, for whoever moves the demo clock; null when nothing is.
create function notifier.unsettled() returns text language sql stable as $$
    select 'deadlines are being counted anew' from notifier.recount where wanted;
$$;

grant insert, update, delete on suite.compensated_days to kycuong_notifier;
