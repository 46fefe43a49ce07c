import { AppError } from '@jiapian/kernel';

const fullCodes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** A failed file operation as the error that the doors can answer with. */
export const storageError = (cause: unknown): AppError => {
  if (cause instanceof AppError) return cause;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? 'unknown';
  return new AppError(fullCodes.has(code) ? 'STORAGE_FULL' : 'STORAGE_FAILED', { code }, cause);
};
