/** Label and annotation of everything that is not what it would be in a real cluster; its value says what it stands in for. */
export const standInMark = "slipway.dev/stand-in";
