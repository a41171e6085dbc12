/**
 * An image by the name that a node knows it by. Podman would put `localhost/` before a short one, and no pod would find
 * it there.
 */
export function fullName(image: string): string {
  const [first = "", ...rest] = image.split("/");
  if (rest.length === 0) return `docker.io/library/${image}`;
  return /[.:]|^localhost$/.test(first) ? image : `docker.io/${image}`;
}
