/** What a command came to. */
export const exitCodes = { clean: 0, failed: 1, differs: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
