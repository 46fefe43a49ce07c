import { permissionsOfRole, roles, type Permission, type Role } from '@jiapian/contract';

const isRole = (name: string): name is Role => (roles as readonly string[]).includes(name);

/** The union of what the roles may do; a role this version does not know gives nothing. */
export const permissionsOf = (roleNames: readonly string[]): ReadonlySet<Permission> =>
  new Set(roleNames.filter(isRole).flatMap((role) => permissionsOfRole[role]));

/** Only the roles this version knows. */
export const knownRoles = (roleNames: readonly string[]): Role[] => roleNames.filter(isRole);
