import { AppError } from '@jiapian/kernel';

/** For commands that take none: a misspelt option must not be ignored. */
export const refuseArguments = (args: readonly string[]): void => {
  if (args.length > 0) throw new AppError('COMMAND_USE_WRONG', { reason: `unexpected: ${args.join(' ')}` });
};
