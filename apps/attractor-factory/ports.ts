/** Ports inside the pods; Services offer them under the same numbers. */
export const ports = {
  /** Below /api for users, at any path inside the cluster; also answers health. */
  api: 8080,
  web: 3000,
  /** Prometheus metrics, and the controller's health. No load balancer knows it. */
  metrics: 8081,
  postgres: 5432,
  redis: 6379,
  /** S3 and MinIO's own API. */
  minio: 9000,
} as const;
