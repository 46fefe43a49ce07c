import { useTranslation } from 'react-i18next';
import { Card } from '../ui/card.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { PageHead } from '../ui/page-head.tsx';
import './home-page.css';

const keys: readonly { group: string; rows: readonly (readonly [caps: readonly string[], words: string])[] }[] = [
  {
    group: 'lists',
    rows: [
      [['J', 'K'], 'move'],
      [['Enter'], 'open'],
      [['X'], 'select'],
      [['/'], 'find'],
    ],
  },
  {
    group: 'grading',
    rows: [
      [['1', '2', '3', '4'], 'grade'],
      [['Enter'], 'save'],
      [['Backspace'], 'undo'],
      [['Q', 'W', 'E', 'R', 'T', 'Y'], 'position'],
      [['A', 'S', 'D', 'F'], 'quality'],
      [['Z', 'X'], 'artefact'],
      [['C', 'V', 'B'], 'annotation'],
      [['7', '8', '9'], 'veto'],
      [['N'], 'note'],
    ],
  },
  {
    group: 'viewer',
    rows: [
      [['Space'], 'fit'],
      [['O'], 'actual'],
      [['I'], 'invert'],
      [['Shift', '1…9'], 'presets'],
      [['G'], 'reference'],
      [['M'], 'mark'],
      [['H'], 'hide'],
      [['PageUp', 'PageDown'], 'image'],
      [['?'], 'map'],
    ],
  },
];
const questions = ['receive', 'held', 'missed', 'unnamed', 'reject', 'masked'] as const;

/** The keys of every page and the questions that are asked most. */
export function HelpPage() {
  const { t } = useTranslation('home');
  return (
    <>
      <PageHead title={t('help.title')} />
      <div className="help-columns">
        {keys.map(({ group, rows }) => (
          <Card key={group} title={t(`help.keys.${group}.title`)}>
            <dl className="help-keys">
              {rows.map(([caps, words]) => (
                <div key={words} style={{ display: 'contents' }}>
                  <dt>
                    {caps.map((cap) => (
                      <KeyCap key={cap}>{cap}</KeyCap>
                    ))}
                  </dt>
                  <dd>{t(`help.keys.${group}.${words}`)}</dd>
                </div>
              ))}
            </dl>
          </Card>
        ))}
        <Card title={t('help.questions')} className="help-questions">
          {questions.map((question) => (
            <section key={question} style={{ marginBottom: 12 }}>
              <strong>{t(`help.${question}.question`)}</strong>
              <div className="secondary">{t(`help.${question}.answer`)}</div>
            </section>
          ))}
        </Card>
      </div>
    </>
  );
}
