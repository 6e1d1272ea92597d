# What the public prom/prometheus image is, from Debian's package: same user, places and entry point. Its programs need
# nothing but the C library, so nothing else of the package's is there.
ARG BASE
FROM ${BASE} AS build
COPY prometheus_*.deb /tmp/
RUN dpkg-deb --extract /tmp/prometheus_*.deb /tmp/package

FROM ${BASE}
LABEL org.opencontainers.image.title="Prometheus, from Debian's package"
COPY --from=build /tmp/package/usr/bin/prometheus /tmp/package/usr/bin/promtool /bin/
RUN mkdir -p /etc/prometheus /prometheus && chown 65534:65534 /prometheus
USER 65534:65534
VOLUME ["/prometheus"]
EXPOSE 9090
ENTRYPOINT ["/bin/prometheus"]
