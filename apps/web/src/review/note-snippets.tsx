import type { ReviewStandard } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { inLanguage } from './film-words.ts';
import { recentNotes } from './recent-notes.ts';
import type { ScoreSheet } from './score-sheet.ts';
import './criteria-list.css';

/** Words to put into the note at once: of the items just marked, and of the reader's own last notes. */
export function NoteSnippets(props: {
  readonly standard: ReviewStandard;
  readonly sheet: ScoreSheet;
  readonly onChange: (note: string) => void;
}) {
  const { t, i18n } = useTranslation('review');
  const { standard, sheet } = props;
  const ofItems = Object.entries(sheet.steps).flatMap(([code, step]) => {
    const item = standard.deductions.find((each) => each.code === code);
    if (!item) return [];
    const named = item.stepNames?.[step - 1];
    const separator = i18n.language === 'en' ? ': ' : ':';
    return [inLanguage(item.name, i18n.language) + (named ? separator + inLanguage(named, i18n.language) : '')];
  });
  const snippets = [...new Set([...ofItems, ...recentNotes()])].filter((words) => !sheet.note.includes(words));
  if (snippets.length === 0) return null;
  const join = i18n.language === 'en' ? '; ' : ';';
  return (
    <div className="note-snippets" role="group" aria-label={t('note.snippets')}>
      {snippets.map((words) => (
        <button
          key={words}
          type="button"
          title={words}
          onClick={() => props.onChange(sheet.note === '' ? words : `${sheet.note}${join}${words}`)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
