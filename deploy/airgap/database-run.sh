#!/bin/sh
# Starts PostgreSQL as the public image does, for the variables that compose.yaml sets: the first start makes the cluster
# (POSTGRES_INITDB_ARGS, POSTGRES_PASSWORD_FILE) and the database POSTGRES_DB. A start that was killed halfway begins anew.
set -eu
[ "$1" = postgres ] || exec "$@"

if [ ! -s "$PGDATA/PG_VERSION" ]; then
    unfinished=$PGDATA.new
    rm -rf "$unfinished"
    mkdir -p "$(dirname "$PGDATA")"
    # shellcheck disable=SC2086 # options are words
    initdb --pgdata="$unfinished" --username=postgres --pwfile="$POSTGRES_PASSWORD_FILE" ${POSTGRES_INITDB_ARGS:-} >/tmp/initdb
    echo "create database \"$POSTGRES_DB\"" | postgres --single -j -D "$unfinished" postgres >/tmp/initdb 2>&1 ||
        { cat /tmp/initdb; exit 1; }
    mv "$unfinished" "$PGDATA"
fi
shift
exec postgres -c unix_socket_directories=/var/run/postgresql "$@"
