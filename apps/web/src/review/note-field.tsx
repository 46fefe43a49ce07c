import { forwardRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ActCap } from './act-cap.tsx';

/** Longest note the server takes. */
const NOTE_LENGTH_MAX = 2000;

export const NoteField = forwardRef<
  HTMLTextAreaElement,
  { text: string; isReadOnly: boolean; onChange: (text: string) => void }
>(function NoteField({ text, isReadOnly, onChange }, field) {
  const { t } = useTranslation('review');
  return (
    <section className="sheet-section note-section">
      <h2>
        <label htmlFor="note">{t('note.title')}</label> <ActCap act="note" />
        <small className="sheet-total-plain">{t('note.audience')}</small>
      </h2>
      <textarea
        ref={field}
        id="note"
        rows={2}
        maxLength={NOTE_LENGTH_MAX}
        value={text}
        readOnly={isReadOnly}
        placeholder={t('note.placeholder')}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          // Enter in the note is done with the note; the next Enter saves the film.
          if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing)) {
            event.preventDefault();
            event.stopPropagation();
            event.currentTarget.blur();
          }
        }}
      />
    </section>
  );
});
