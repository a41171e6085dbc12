/** Ports inside the pods; Services offer them under the same numbers. */
export const ports = {
  /** FastAPI, for users below /api; also answers health. A user's agent has the same number. */
  backend: 8000,
  streamlit: 8501,
  /** Prometheus metrics of the backend. No load balancer knows it. */
  metrics: 9090,
  postgres: 5432,
  /** Blender in a browser. */
  blenderWeb: 3000,
  blenderVnc: 3001,
  /** What agents drive Blender by (Model Context Protocol). Whoever reaches it runs Python in Blender. */
  blenderMcp: 9876,
} as const;
