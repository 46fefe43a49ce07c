import { useTranslation } from 'react-i18next';

/** Sex and age of the header in words: `男 46 岁`, `M 46 y`. */
export const usePatientWords = () => {
  const { t } = useTranslation('exams');
  const sexOf = (sex: string | null): string => (sex === 'M' || sex === 'F' || sex === 'O' ? t(`sex.${sex}`) : '');
  const ageOf = (age: string): string => {
    const [, digits, unit] = /^(\d{3})([YMWD])$/.exec(age) ?? [];
    return digits && unit ? t(`age.${unit}`, { value: Number(digits) }) : age;
  };
  return {
    sexAndAge: (patient: { patientSex: string | null; patientAge: string }): string =>
      [sexOf(patient.patientSex), ageOf(patient.patientAge)].filter((part) => part !== '').join(' '),
  };
};
