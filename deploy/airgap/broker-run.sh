#!/bin/sh
# Starts Kafka as the public image does: mounted configuration and KAFKA_… variables make server.properties, an empty
# folder is formatted, then the broker takes this process's place.
set -eu
: "${CLUSTER_ID:?the cluster has no id}"
quiet="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

# shellcheck disable=SC2086 # options are words
java -Xmx128m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC $quiet -cp '/opt/kafka/libs/*' \
    kafka.docker.KafkaDockerWrapper setup --default-configs-dir /etc/kafka/docker \
    --mounted-configs-dir /mnt/shared/config --final-configs-dir /opt/kafka/config >/tmp/setup 2>&1 ||
    grep -qi 'already formatted' /tmp/setup || { cat /tmp/setup; exit 1; }

# shellcheck disable=SC2086
exec java ${KAFKA_HEAP_OPTS:--Xmx1g} ${KAFKA_JVM_PERFORMANCE_OPTS:-} ${KAFKA_OPTS:-} $quiet \
    -Dlog4j2.configurationFile=/opt/kafka/config/log4j2.yaml -cp '/opt/kafka/libs/*' \
    kafka.Kafka /opt/kafka/config/server.properties
