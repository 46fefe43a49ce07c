import type { UnitOfWork } from '../platform/database.ts';
import { lockRegister } from './lock-register.repository.ts';
import {
  findAliases,
  nameExams,
  refuseUnknownStaff,
  saveAlias,
  type OperatorAlias,
} from './operator-aliases.repository.ts';

/**
 * Remembers whose name an operator name is, and enters it in the exams that carry it; answers how many changed.
 * What a person has assigned to one exam by hand stays. Throws ORGANIZATION_NOT_FOUND for an unknown member of staff.
 */
export const applyOperatorAlias = async (unit: UnitOfWork, alias: OperatorAlias): Promise<number> => {
  await lockRegister(unit);
  await refuseUnknownStaff(unit, alias.staffId);
  const before = await findAliases(unit, [alias.operatorName]);
  await saveAlias(unit, alias);
  return nameExams(unit, alias, before.get(alias.operatorName) ?? null);
};
