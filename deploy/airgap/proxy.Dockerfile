# What the public haproxy image is, from Debian's package: same user and place of the configuration.
ARG BASE
FROM ${BASE}
LABEL org.opencontainers.image.title="HAProxy, from Debian's package"
COPY proxy-packages /tmp/packages
RUN dpkg --install --force-confdef /tmp/packages/*.deb && rm -rf /tmp/packages /etc/haproxy /var/log/* \
 && usermod --uid 99 haproxy && groupmod --gid 99 haproxy \
 && mkdir -p /usr/local/etc/haproxy
USER haproxy
STOPSIGNAL SIGUSR1
CMD ["haproxy", "-W", "-db", "-f", "/usr/local/etc/haproxy/haproxy.cfg"]
