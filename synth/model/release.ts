import type { ImagePin } from "./image.ts";

/** What one environment of an app runs; committed as apps/<app>/releases/<environment>.json. */
export interface Release {
  readonly images: Readonly<Record<string, ImagePin>>;
}
