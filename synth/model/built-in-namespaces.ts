/** Namespaces that Kubernetes makes itself, with objects of its own in them: nobody's to create or prune. */
export const builtInNamespaces: ReadonlySet<string> = new Set([
  "default",
  "kube-node-lease",
  "kube-public",
  "kube-system",
]);
