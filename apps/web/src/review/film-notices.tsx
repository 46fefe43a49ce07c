import type { FilmDetail } from '@jiapian/contract';
import type { ReviewStandard } from '@jiapian/rules';
import { Alert, Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { ReadingCard } from './reading-card.tsx';
import type { ScoreSheet } from './score-sheet.ts';
import type { LockStanding } from './use-film-lock.ts';

/** Why the sheet can't be written on, and what can be done about it. */
export function FilmNotices(props: {
  readonly detail: FilmDetail;
  readonly standing: LockStanding;
  readonly droppedMarks: number;
  readonly onTakeOver: () => void;
  readonly onRetake: () => void;
  readonly onNext: () => void;
}) {
  const { t } = useTranslation(['review', 'errors']);
  const may = useMay();
  const time = useHospitalTime();
  const { standing, detail } = props;
  const next = (
    <Button key="next" onClick={props.onNext}>
      {t('gradeBar.next')}
    </Button>
  );
  if (detail.film.isOwn || standing.kind === 'own') {
    return <Alert banner type="info" title={t('notice.own')} action={next} />;
  }
  if (standing.kind === 'not-asked')
    return (
      <Alert
        banner
        type="info"
        title={t(detail.film.state === 'graded' ? 'notice.graded' : 'notice.noPermission')}
        action={next}
      />
    );
  if (standing.kind === 'lost') {
    const retake = <Button onClick={props.onRetake}>{t('notice.retake')}</Button>;
    return <Alert banner type="warning" title={t('notice.lost')} action={retake} />;
  }
  if (standing.kind === 'refused') {
    const { facts, code } = standing.problem;
    const since = typeof facts['since'] === 'string' && facts['since'] !== '' ? time.minute(facts['since']) : '';
    const text =
      code === 'REVIEW_FILM_LOCKED'
        ? t('notice.locked', { holder: String(facts['holder'] ?? ''), since })
        : t(`errors:${code}`);
    const takeOver = may('review.unlock') && code === 'REVIEW_FILM_LOCKED';
    return (
      <Alert
        banner
        type="warning"
        title={text}
        action={
          <>
            {takeOver ? (
              <Button onClick={props.onTakeOver}>{t('notice.takeOver')}</Button>
            ) : (
              <Button onClick={props.onRetake}>{t('notice.tryAgain')}</Button>
            )}{' '}
            {next}
          </>
        }
      />
    );
  }
  if (props.droppedMarks > 0) {
    return <Alert banner closable type="warning" title={t('notice.dropped', { count: props.droppedMarks })} />;
  }
  return null;
}

/** Somebody saved first: what they saved beside what is on this sheet; nothing is overwritten. */
export function StaleNotice(props: {
  readonly latest: FilmDetail | undefined;
  readonly sheet: ScoreSheet;
  readonly standard: ReviewStandard;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}) {
  const { t, i18n } = useTranslation('review');
  const mine = Object.entries(props.sheet.steps).map(([code, step]) => {
    const item = props.standard.deductions.find((each) => each.code === code);
    return item ? `${i18n.language === 'en' ? item.name.en : item.name.zh} −${item.steps[step - 1] ?? '?'}` : code;
  });
  return (
    <Modal
      open
      onCancel={props.onKeepMine}
      title={t(props.latest?.readings.length ? 'stale.title' : 'stale.titleChanged')}
      width={760}
      footer={[
        <Button key="theirs" onClick={props.onTakeTheirs}>
          {t('stale.takeTheirs')}
        </Button>,
        <Button key="mine" type="primary" onClick={props.onKeepMine}>
          {t('stale.keepMine')}
        </Button>,
      ]}
    >
      <p>{t('stale.text')}</p>
      <div className="stale-sides">
        <section>
          <h3>{t('stale.theirs')}</h3>
          {props.latest?.readings.length ? (
            props.latest.readings.map((reading) => (
              <ReadingCard
                key={reading.readingId}
                reading={reading}
                standard={props.standard}
                images={props.latest?.images ?? []}
              />
            ))
          ) : (
            <p className="hint">{t('stale.changed')}</p>
          )}
        </section>
        <section>
          <h3>{t('stale.mine')}</h3>
          <p>{mine.length > 0 ? mine.join(' · ') : t('stale.nothing')}</p>
          {props.sheet.note === '' ? null : <p className="secondary">{props.sheet.note}</p>}
        </section>
      </div>
    </Modal>
  );
}
