import { permissionsOfRole, roles, type Role } from '@jiapian/contract';

/** Roles whose people may grade: when one of them is seen, somebody is there to read. */
export const reviewerRoles: readonly Role[] = roles.filter((role) => permissionsOfRole[role].includes('review.grade'));

/** Roles whose people can end a hold: by their grade, or by letting the exam go. */
export const holdEndingRoles: readonly Role[] = roles.filter(
  (role) => reviewerRoles.includes(role) || permissionsOfRole[role].includes('release.decide'),
);

/** Somebody who was seen so lately counts as present. [PD] */
export const PRESENCE_MS = 15 * 60_000;
