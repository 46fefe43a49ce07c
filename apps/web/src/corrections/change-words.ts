import { identitySchema } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';

const factsSchema = z.object({
  identity: identitySchema.optional(),
  studyInstanceUid: z.string().nullable().optional(),
  sides: z.record(z.string(), z.string().nullable()).optional(),
});
export type ChangeLine = readonly [name: string, before: string, after: string];

/** What was and what is, line by line; lines that say the same are left out. */
export const useChangeLines = () => {
  const { t } = useTranslation('corrections');
  const side = (value: string | null | undefined): string => (value ? t(`side.${value}`) : t('none'));
  return (before: unknown, after: unknown): ChangeLine[] => {
    const [was, is] = [factsSchema.safeParse(before).data ?? {}, factsSchema.safeParse(after).data ?? {}];
    const fields = ['patientName', 'dicomPatientId', 'issuer', 'sex', 'birthDate', 'accessionNumber'] as const;
    const lines: ChangeLine[] = fields.map((field) => [
      t(`field.${field}`),
      was.identity?.[field] || t('none'),
      is.identity?.[field] || t('none'),
    ]);
    if (is.sides) {
      const uids = Object.keys(is.sides);
      const all = (sides: Record<string, string | null> | undefined): string =>
        [...new Set(uids.map((uid) => side(sides?.[uid])))].join(' / ');
      lines.push([t('field.side'), all(was.sides), all(is.sides)]);
    }
    return lines.filter(([, one, other]) => one !== other);
  };
};
