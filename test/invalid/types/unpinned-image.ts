import type { PublicImage } from "#synth";

// error: TS2322
export const image: PublicImage = "docker.io/library/redis:8.4";
