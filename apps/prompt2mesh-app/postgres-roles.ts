/** Name of the database; its objects live in the schema `public`, which the owner has. */
export const database = "prompt2mesh";

/** Who may do what; postgres, the superuser, is for people. */
export const roles = {
  /** Reads and writes rows. */
  app: "prompt2mesh_app",
  /** Owns the schema and changes it. */
  owner: "prompt2mesh_owner",
} as const;

/** Run once, when the data directory is made. Passwords come from the environment, never through a command line. */
export const rolesScript = `#!/bin/bash
set -euo pipefail

psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
\\getenv app_password APP_PASSWORD
\\getenv owner_password OWNER_PASSWORD

CREATE ROLE ${roles.app} LOGIN PASSWORD :'app_password' CONNECTION LIMIT 80;
CREATE ROLE ${roles.owner} LOGIN PASSWORD :'owner_password' CONNECTION LIMIT 5;

REVOKE ALL ON DATABASE ${database} FROM PUBLIC;
GRANT CONNECT ON DATABASE ${database} TO ${roles.app};
GRANT CONNECT, CREATE, TEMPORARY ON DATABASE ${database} TO ${roles.owner};

REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO ${roles.owner};
GRANT USAGE ON SCHEMA public TO ${roles.app};
ALTER DEFAULT PRIVILEGES FOR ROLE ${roles.owner} IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${roles.app};
ALTER DEFAULT PRIVILEGES FOR ROLE ${roles.owner} IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO ${roles.app};

-- A forgotten transaction or a runaway query ends itself before it holds everybody up.
ALTER ROLE ${roles.app} SET statement_timeout = '30s';
ALTER ROLE ${roles.app} SET idle_in_transaction_session_timeout = '60s';
SQL
`;
