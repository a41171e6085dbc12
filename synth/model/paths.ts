/** Paths from the repository root, with slashes on every machine. */

/** Folder of what is rendered. */
export const distRoot = "dist";
export const fleetPath = "clusters/fleet.ts";

/** A path below dist, as people name it. */
export const inDist = (path: string): string => `${distRoot}/${path}`;

export const appFolder = (app: string): string => `apps/${app}`;
export const appPath = (app: string): string => `${appFolder(app)}/app.ts`;
export const addonPath = (addon: string): string => `platform/${addon}.ts`;
export const clusterPath = (cluster: string): string => `clusters/${cluster}.ts`;
export const factsFolder = "clusters/facts";
export const factsPath = (cluster: string): string => `${factsFolder}/${cluster}.json`;
export const releasesFolder = (app: string): string => `${appFolder(app)}/releases`;
export const releasePath = (app: string, environment: string): string =>
  `${releasesFolder(app)}/${environment}.json`;
export const addonReleasesFolder = "platform/releases";
export const addonReleasePath = (addon: string, group: string): string =>
  `${addonReleasesFolder}/${group}/${addon}.json`;
