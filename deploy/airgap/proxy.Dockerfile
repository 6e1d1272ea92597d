# What the public haproxy image is, from Debian's package: same user and place of the configuration. What is needed of the
# packages is unpacked apart and copied, so that no layer keeps them.
ARG BASE
FROM ${BASE} AS build
COPY proxy-packages /tmp/packages
RUN for package in /tmp/packages/*.deb; do dpkg-deb --extract "$package" /tmp/unpacked; done \
 && rm -rf /tmp/unpacked/usr/share /tmp/unpacked/usr/lib/tmpfiles.d

FROM ${BASE}
LABEL org.opencontainers.image.title="HAProxy, from Debian's package"
COPY --from=build /tmp/unpacked/usr /usr
RUN groupadd --gid 99 haproxy \
 && useradd --uid 99 --gid 99 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin haproxy \
 && mkdir -p /usr/local/etc/haproxy
USER haproxy
STOPSIGNAL SIGUSR1
CMD ["haproxy", "-W", "-db", "-f", "/usr/local/etc/haproxy/haproxy.cfg"]
