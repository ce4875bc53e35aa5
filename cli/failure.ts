// Wrong use of the command: told in one line on standard error, with exit code 2.

export class Failure extends Error {}

/** The reason that the system gives for a failed read or write, in plain words. */
export function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT': return 'there is no such file';
    case 'EACCES': case 'EPERM': return 'permission denied';
    case 'EISDIR': return 'it is a folder';
    case 'ENOTDIR': return 'a part of its path is not a folder';
    default: return error instanceof Error ? error.message.split('\n')[0] ?? error.message : String(error);
  }
}
