// Why a read or a write failed, in plain words.

/** The reason that the system gives, as the end of a sentence. */
export function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EISDIR':
      return 'it is a folder';
    case 'ENOTDIR':
      return 'a part of its path is not a folder';
    case 'ELOOP':
      return 'its links lead round in a circle';
    case 'ENAMETOOLONG':
      return 'its name is too long';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EFBIG':
      return 'it would be larger than files may be';
    case 'EROFS':
      return 'the disk is read-only';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open';
    case 'ENXIO':
      return 'nobody reads from it';
    case 'EBUSY':
    case 'ETXTBSY':
      return 'somebody else uses it';
    case 'EIO':
      return 'the disk has an error';
    case 'EPIPE':
      return 'nobody reads it any more';
    case 'ERR_INVALID_ARG_VALUE':
      return 'its name is none that a file can have';
    default:
      return error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error);
  }
}
