import { useMay } from '../api/session.ts';
import { MailQueueCard } from './mail-queue-card.tsx';
import { MailServerCard } from './mail-server-card.tsx';
import './mail-page.css';
import { OwnMailCard } from './own-mail-card.tsx';

/** Notices by mail: one's own address, and for who manages access the server and what has left by it. */
export function MailPage() {
  const may = useMay();
  const isManager = may('access.manage');
  return (
    <div className="mail-columns">
      <OwnMailCard />
      {isManager ? <MailServerCard /> : null}
      {isManager ? <MailQueueCard /> : null}
    </div>
  );
}
