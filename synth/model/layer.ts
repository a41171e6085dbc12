/**
 * Order of a cluster's layers. A slice depends only on slices of its own or an earlier layer:
 * namespaces and classes, then controllers with their CRDs, then objects of those CRDs, then apps.
 */
export const layers = ["foundation", "controllers", "configuration", "applications"] as const;
export type Layer = (typeof layers)[number];
