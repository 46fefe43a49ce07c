import type { Notice } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { markNoticesRead, noticesQuery } from './own-queries.ts';

const shownNotices = 8;

/** Few words to the person: a digest a day, a reject, an appeal and what became of it. */
export function NoticeList() {
  const { t } = useTranslation('home');
  const client = useQueryClient();
  const notices = useQuery(noticesQuery);
  const read = useMutation({
    mutationFn: markNoticesRead,
    onSuccess: () => client.invalidateQueries({ queryKey: noticesQuery.queryKey }),
  });
  const items = notices.data?.items.slice(0, shownNotices) ?? [];
  const unread = notices.data?.unread ?? 0;
  return (
    <Card
      title={t('notice.title')}
      remark={unread > 0 ? t('notice.unread', { count: unread }) : null}
      isFlush
      actions={
        unread > 0 ? (
          <Button size="small" onClick={() => read.mutate()}>
            {t('notice.read')}
          </Button>
        ) : null
      }
    >
      {items.length === 0 ? <div className="panel-empty">{t('notice.none')}</div> : null}
      <ul className="row-list">
        {items.map((notice) => (
          <NoticeLine key={notice.noticeId} notice={notice} />
        ))}
      </ul>
    </Card>
  );
}

function NoticeLine({ notice }: { notice: Notice }) {
  const { t } = useTranslation(['home', 'shell']);
  const time = useHospitalTime();
  const { before, after } = notice.facts;
  const words = t(`notice.kind.${notice.kind}`, {
    ...notice.facts,
    before: before ? t(`shell:grade.${before}`) : '',
    after: after ? t(`shell:grade.${after}`) : '',
  });
  return (
    <li className={notice.readAt === null ? 'row-line notice-unread' : 'row-line'}>
      {notice.kind.startsWith('consultation-') ? <Link to="/consultations">{words}</Link> : <span>{words}</span>}
      <span className="spacer" />
      <span className="hint">{time.brief(notice.at)}</span>
    </li>
  );
}
