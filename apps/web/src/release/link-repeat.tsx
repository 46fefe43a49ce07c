import { positionOf } from '@jiapian/rules';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { linkRepeat, repeatCandidatesQuery, type RepeatOrder } from './release-queries.ts';

/** The films of the same patient that came later: a person says which one took the place of the rejected film. */
export function LinkRepeat({ order, onClose }: { order: RepeatOrder; onClose: () => void }) {
  const { t, i18n } = useTranslation('release');
  const time = useHospitalTime();
  const client = useQueryClient();
  const candidates = useQuery(repeatCandidatesQuery(order.repeatOrderId));
  const linking = useMutation({
    mutationFn: (filmId: string) => linkRepeat(order.repeatOrderId, filmId),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['release'] });
      onClose();
    },
  });
  const problem = linking.error ?? candidates.error;
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <Modal open title={t('repeat.linkTitle', { accession: order.accessionNumber })} footer={null} onCancel={onClose}>
      {problem ? <ProblemNotice problem={asProblem(problem)} /> : null}
      {candidates.data?.items.length === 0 ? <p className="secondary">{t('repeat.noCandidates')}</p> : null}
      <ul className="row-list">
        {candidates.data?.items.map((film) => (
          <li key={film.filmId} className="row-line">
            <span>{film.accessionNumber || t('noAccession')}</span>
            <span>{film.positionCode ? (positionOf(film.positionCode)?.name[language] ?? film.positionCode) : ''}</span>
            <span className="hint">{time.brief(film.takenAt)}</span>
            {film.match ? <StateTag tone="good">{t(`repeat.match.${film.match}`)}</StateTag> : null}
            <Button type="link" size="small" loading={linking.isPending} onClick={() => linking.mutate(film.filmId)}>
              {t('repeat.choose')}
            </Button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
