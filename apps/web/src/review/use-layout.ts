import type { FilmDetail } from '@jiapian/contract';
import { layoutsFor, type HungLayout } from '@jiapian/rules';
import { useMemo } from 'react';
import { usePreference } from '../api/preferences.ts';
import { layoutPreference, layoutsOf } from './layouts.ts';

const nothing = { modality: '', description: '', own: null, others: [], series: [] };
const [oneAlone] = layoutsFor(nothing);

/** The layouts that fit a film and the one the reader chose last for such exams, kept with the account. */
export const useLayout = (detail: FilmDetail, isAlwaysSingle: boolean) => {
  const layouts = useMemo(
    () => layoutsOf(detail).filter(({ code }) => !isAlwaysSingle || code === 'single'),
    [detail, isAlwaysSingle],
  );
  const [chosen, choose] = usePreference(layoutPreference(layouts));
  const layout = (layouts.find(({ code }) => code === chosen) ?? layouts[0] ?? oneAlone) as HungLayout;
  return {
    layouts,
    layout,
    choose,
    /** The layout before or after in the list, round and round. */
    turn: (step: 1 | -1): void => {
      const at = layouts.indexOf(layout);
      const next = layouts[(at + step + layouts.length) % layouts.length];
      if (next && next !== layout) choose(next.code);
    },
  };
};
