/** Name of the database; its objects live in the schema `public`, which the migrator owns. */
export const database = "factory";

/** Who may do what; postgres, the superuser, is for people. */
export const roles = {
  /** Reads and writes rows. */
  app: "factory_app",
  /** Owns the schema and changes it. */
  migrator: "factory_migrator",
  /** Reads everything and writes nothing. */
  backup: "factory_backup",
} as const;

/** Run once, when the data directory is made. Passwords come from the environment, never through a command line. */
export const rolesScript = `#!/bin/bash
set -euo pipefail

psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
\\getenv app_password APP_PASSWORD
\\getenv migrator_password MIGRATOR_PASSWORD
\\getenv backup_password BACKUP_PASSWORD

CREATE EXTENSION IF NOT EXISTS pg_stat_statements;

CREATE ROLE ${roles.app} LOGIN PASSWORD :'app_password' CONNECTION LIMIT 120;
CREATE ROLE ${roles.migrator} LOGIN PASSWORD :'migrator_password' CONNECTION LIMIT 5;
CREATE ROLE ${roles.backup} LOGIN PASSWORD :'backup_password' CONNECTION LIMIT 2;

REVOKE ALL ON DATABASE ${database} FROM PUBLIC;
GRANT CONNECT ON DATABASE ${database} TO ${roles.app}, ${roles.backup};
GRANT CONNECT, CREATE, TEMPORARY ON DATABASE ${database} TO ${roles.migrator};

REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO ${roles.migrator};
GRANT USAGE ON SCHEMA public TO ${roles.app};
ALTER DEFAULT PRIVILEGES FOR ROLE ${roles.migrator} IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${roles.app};
ALTER DEFAULT PRIVILEGES FOR ROLE ${roles.migrator} IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO ${roles.app};
GRANT pg_read_all_data TO ${roles.backup};

-- A forgotten transaction or a runaway query ends itself before it holds everybody up.
ALTER ROLE ${roles.app} SET statement_timeout = '30s';
ALTER ROLE ${roles.app} SET idle_in_transaction_session_timeout = '60s';
-- A migration that cannot get its lock fails and is tried again, instead of queueing all traffic behind it.
ALTER ROLE ${roles.migrator} SET lock_timeout = '10s';
SQL
`;
