import { roles as knownRoles, type Role } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';

/** The roles of a comma list, or bad use. */
export const rolesOf = (list: string | undefined): Role[] => {
  const named = (list ?? '').split(',').filter((part) => part !== '');
  const unknown = named.filter((part) => !(knownRoles as readonly string[]).includes(part));
  if (named.length === 0 || unknown.length > 0)
    throw new AppError('COMMAND_USE_WRONG', { reason: `--roles takes a comma list of ${knownRoles.join(', ')}` });
  return named as Role[];
};
