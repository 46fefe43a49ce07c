import { reviewUnitOf } from '../modality.ts';
import type { AnnotationFacts } from './annotation-facts.ts';
import { checkAge } from './check-age.ts';
import { checkSide } from './check-side.ts';
import type { HeaderCheck } from './header-check.ts';

/**
 * Is the annotation of a film complete (name, sex, age, number, date, hospital, side, scale) and free of contradiction?
 * Reads the header only; what is burnt into the picture is another metric. An exposure marked as a test is not asked.
 * Source: domain notes §4.1 after the department's five-part annotation rule [S00], PS3.3 types.
 */
export const checkAnnotation = (facts: AnnotationFacts): HeaderCheck[] => {
  if (facts.qualityControlImage === 'YES') return [];
  return [...missing(facts), ...checkAge(facts), ...scale(facts), ...windows(facts), ...checkSide(facts)];
};

const items = [
  ['patient-name-missing', 'PatientName', 'patientName'],
  ['patient-sex-missing', 'PatientSex', 'patientSex'],
  ['patient-number-missing', 'PatientID', 'patientId'],
  ['accession-number-missing', 'AccessionNumber', 'accessionNumber'],
  ['hospital-missing', 'InstitutionName', 'institutionName'],
  ['operator-missing', 'OperatorsName', 'operatorsName'],
] as const satisfies readonly (readonly [string, string, keyof AnnotationFacts])[];

const missing = (facts: AnnotationFacts): HeaderCheck[] => {
  const found: HeaderCheck[] = items
    .filter(([, , name]) => !isWritten(facts[name]))
    .map(([check, keyword]) => ({ check, keyword }));
  if (!isWritten(facts.patientAge) && !isWritten(facts.patientBirthDate))
    found.push({ check: 'patient-age-missing', keyword: 'PatientAge' });
  if (!isWritten(facts.acquisitionDate) && !isWritten(facts.studyDate))
    found.push({ check: 'date-missing', keyword: 'AcquisitionDate' });
  if (isRadiograph(facts) && !isWritten(facts.bodyPartExamined))
    found.push({ check: 'body-part-missing', keyword: 'BodyPartExamined' });
  if (isRadiograph(facts) && !isWritten(facts.viewPosition) && (facts.viewCodes ?? []).length === 0)
    found.push({ check: 'view-missing', keyword: 'ViewPosition' });
  return found;
};

/** Placeholders that consoles leave when nobody typed anything. */
const placeholder = /^(?:unknown|anonymous|anonymized|none|noname|no name|test|\^+|[-_.?0]+)$/i;

const isWritten = (value: unknown): boolean =>
  typeof value === 'string' && value.replaceAll('^', ' ').trim() !== '' && !placeholder.test(value.trim());

const isRadiograph = ({ modality }: AnnotationFacts): boolean => reviewUnitOf(modality ?? '') === 'image';

const hasPixels = ({ rows, columns }: AnnotationFacts): boolean => (rows ?? 0) > 0 && (columns ?? 0) > 0;

/** Without a scale no distance can be measured on the film. */
const scale = (facts: AnnotationFacts): HeaderCheck[] =>
  hasPixels(facts) && facts.pixelSpacing === undefined ? [{ check: 'scale-missing', keyword: 'PixelSpacing' }] : [];

/** An image for presentation without a window is shown at the viewer's guess. */
const windows = (facts: AnnotationFacts): HeaderCheck[] =>
  isRadiograph(facts) &&
  hasPixels(facts) &&
  facts.presentationIntentType !== 'FOR PROCESSING' &&
  (facts.windows ?? []).length === 0
    ? [{ check: 'window-missing', keyword: 'WindowCenter' }]
    : [];
