/** Every environment variable of Voice Agent Studio's container, and what it is for; the document of that name has its words. */
export const variables = {
  AWS_BEARER_TOKEN_BEDROCK: "API key of Bedrock, in mode `api-key`",
  AWS_REGION: "region of Bedrock, Polly and Transcribe",
  BEDROCK_MODEL_ID: "inference profile of the model that answers",
  HOME: "home of the image's user, where kiro-cli keeps its state",
  HOSTNAME: "address that the server listens on",
  KIRO_CLI_PATH: "program of kiro-cli, in mode `token-volume`",
  KIRO_WORKSPACE_DIR: "folder that kiro-cli works in",
  MAX_ACP_SESSIONS: "chat sessions that a pod accepts",
  NEXTAUTH_SECRET: "signs sessions",
  NEXT_PUBLIC_APP_URL: "address that users open",
  NODE_ENV: "`production`, so that libraries leave their development aids out",
  POLLY_ENGINE: "engine of the voice",
  POLLY_VOICE_ID: "voice that agents speak with",
  PORT: "port that the server listens on",
  TRANSCRIBE_LANGUAGE_CODE: "language that agents listen in",
} as const;
