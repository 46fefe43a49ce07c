import type { FilmRow } from '@jiapian/contract';
import { positionOf } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { ageOf, inLanguage, maskedName } from './film-words.ts';

/** What a picture is called by. */
export type NamedPicture = Pick<FilmRow, 'positionCode' | 'laterality' | 'description' | 'modality'>;

/** Name of the film: its position with the side, else what the device called it. */
export const useFilmTitle = (): ((film: NamedPicture) => string) => {
  const { t, i18n } = useTranslation('review');
  return (film) => {
    const position = film.positionCode === null ? null : positionOf(film.positionCode);
    if (!position) return film.description || `${film.modality} ${t('film.positionUnknown')}`;
    const side = film.laterality ? t(`film.side.${film.laterality}`) : '';
    return `${side}${inLanguage(position.name, i18n.language)}`;
  };
};

/** Masked patient with sex and age: `张** · 男 · 46 岁`. */
export const usePatientLine = (): ((film: FilmRow) => string) => {
  const { t } = useTranslation('review');
  return (film) => {
    const age = ageOf(film.patientAge);
    const parts = [
      maskedName(film.patientName),
      film.patientSex === 'M' || film.patientSex === 'F' ? t(`film.sex.${film.patientSex}`) : '',
      age ? t(`film.age.${age.unit}`, { value: age.value }) : '',
    ];
    return parts.filter((part) => part !== '').join(' · ');
  };
};
