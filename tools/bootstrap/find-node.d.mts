/** Flags of every Node that runs the server. */
export const nodeFlags: readonly string[];
/** The Node that runs the product: the pinned one of the lock file, else the running one when it is new enough. */
export function findNode(root: string): string;
export const nodeEnvironment: Readonly<Record<string, string>>;
